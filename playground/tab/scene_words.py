"""What the card of an open scene says at each moment of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from PySide6.QtCore import QCoreApplication

from playground.scenes.mark import Spoken
from playground.scenes.question import MEDIAN, RISES, Question
from playground.scenes.scene import Moment, Outcome, Scene
from playground.words.texts import shared_texts
from widgets.shell.answer_field import Asked
from widgets.shell.scene_card import CardContent
from widgets.shell.scene_list import SceneRow


class Phase(Enum):
    """Where an open scene stands."""

    ASK = 0
    WATCH = 1
    COMPARE = 2
    TASK = 3


@dataclass(frozen=True)
class Onward:
    """Where a path leads on from a scene: which path it is; what the button says, and does."""

    path: str
    words: Callable[[], str]
    go: Callable[[], None]


@dataclass
class Staged:
    """A scene on the stage: where it stands, what was answered, what came of it."""

    scene: Scene
    phase: Phase
    answer: Any = None
    outcome: Outcome | None = None
    moment: Moment | None = None
    has_hint: bool = False
    drawn: Any = None  # of a curve, by hand so far
    paused: tuple[int, ...] = ()  # the steps at which it has paused by itself
    onward: Onward | None = None  # where it was opened on a path

    @property
    def asks(self) -> bool:
        """Whether it waits for an answer, so that nothing that would tell it can be played."""
        return self.scene.question is not None and self.phase is Phase.ASK

    @property
    def covers(self) -> bool:
        """Whether pictures leave out what would tell the answer; of a cell to fill the place is shown."""
        question = self.scene.question
        return self.asks and question is not None and (question.kind != "cell" or question.as_shape)

    @property
    def spoken(self) -> Spoken | None:
        """What is marked in the pictures now: before an answer only what stands for one, to be clicked."""
        question, claim = self.scene.question, self.scene.mark
        if self.asks and question and question.marks:
            return Spoken(named=question.numbers(), asks=True)
        if self.moment:
            focus = self.moment.focus
            return Spoken(claim, {focus: self._words_of_moment(self.moment)} if focus else {})
        return Spoken(claim) if self.phase is Phase.COMPARE and self.outcome and claim else None

    def _words_of_moment(self, moment: Moment) -> str:
        words = QCoreApplication.translate("Stage", "{unit} {step}")
        unit = self.scene.entry.texts.get("unit").lower()
        return moment.texts.find("words") or words.format(unit=unit, step=self.paused[-1])

    @property
    def can_play(self) -> bool:
        """Whether the film can be played now."""
        return not self.asks or self.answer is not None

    @property
    def leads(self) -> bool:
        """Whether it is the card, and not the transport, that says how to go on."""
        return self.asks or self.phase is Phase.COMPARE or self.moment is not None

    def content(self, done: bool, following: str) -> CardContent:
        """Return what its card says, in the language shown; `following` is the title of the next scene of its topic."""
        texts = self.scene.texts
        shown = CardContent(texts.get("title"), texts.get("text"), done, **self._steps())
        match self.phase:
            case Phase.TASK:
                return self._task(shown)
            case Phase.ASK:
                return self._asking(shown)
            case Phase.WATCH:
                return self._watching(shown)
            case Phase.COMPARE:
                return self._comparing(shown, following)

    def note(self) -> str:
        """Return what stands over the scrub bar: the span of the film, and afterwards where it paused."""
        last = self.scene.length
        if self.phase in (Phase.ASK, Phase.WATCH):
            words = QCoreApplication.translate("Stage", "0 → {last} in {seconds} s")
        elif self.paused:
            words = QCoreApplication.translate("Stage", "paused itself at {steps}")
        else:
            return ""
        return words.format(last=last, seconds=f"{self.scene.seconds:g}", steps=", ".join(map(str, self.paused)))

    def _steps(self) -> dict[str, Any]:
        if not self.scene.question:
            return {}
        words = shared_texts()
        first = words.get("stage", "kinds", self.scene.question.kind)
        return {"steps": (first, words.get("stage", "watch"), words.get("stage", "compare")), "step": self.phase.value}

    def _task(self, shown: CardContent) -> CardContent:
        hint = self.scene.texts.find("hint") or ""
        result = QCoreApplication.translate("Stage", "Done, by your own hand.") if self.outcome else ""
        offers = bool(hint) and not self.has_hint
        return replace(shown, again=True, offers_hint=offers, hint=hint if self.has_hint else "", result=result)

    def _asking(self, shown: CardContent) -> CardContent:
        play = QCoreApplication.translate("Stage", "Play it · {seconds} s").format(seconds=f"{self.scene.seconds:g}")
        question = self.scene.question
        if question is None:
            return replace(shown, play=play, question=self.scene.texts.find("predict") or "")
        kind = "axis" if question.along else "shape" if question.as_shape else question.kind
        how = question.texts.find("how") or shared_texts().get("stage", "how", kind)
        return replace(
            shown, question=question.texts.get("question"), how=how, state=self._state(question),
            is_whole=self.answer is not None, asked=asked_by(question), play=play,
            can_play=self.answer is not None, skip=True,
        )  # fmt: skip

    def _state(self, question: Question) -> str:
        """Return how much of a curve is drawn."""
        if question.kind != "curve" or not self.drawn:
            return ""
        if gap := question.missing(self.drawn):
            words = QCoreApplication.translate("Stage", "missing: steps {first}–{last}")
            return words.format(first=f"{gap[0]:g}", last=f"{gap[1]:g}")
        return QCoreApplication.translate("Stage", "Drawn: all {count} steps").format(
            count=round(self.drawn[-1][0] - self.drawn[0][0]) + 1
        )

    def _watching(self, shown: CardContent) -> CardContent:
        if self.moment is None:
            return replace(shown, question=self._said())
        go_on = QCoreApplication.translate("Stage", "Go on")
        return replace(shown, question=self._said(), moment=self.moment.texts.get("text"), play=go_on)

    def _said(self) -> str:
        """Return the question, and the answer on a line of its own."""
        if self.scene.question is None:
            return ""
        question = self.scene.question.texts.get("question")
        if self.answer is None:
            return question
        if self.scene.question.kind == "curve":  # it is seen in its plot
            return question
        own = ", ".join(gap.own for gap in self.scene.question.gaps(self.answer, self.answer))
        own = f"{own} {self.scene.question.texts.find('unit') or ''}".rstrip()
        return question + "\n" + QCoreApplication.translate("Stage", "You: {answer}").format(answer=own)

    def _comparing(self, shown: CardContent, following: str) -> CardContent:
        if self.onward:
            after = self.onward.words()
        else:
            after = QCoreApplication.translate("Stage", "Next: {title}").format(title=following)
        shown = replace(shown, text="", following=after, again=True)  # the room is for what came of it
        if self.outcome is None:
            return replace(shown, question=self._said())
        result = self.scene.texts.get("result").format(**self.outcome.values)
        return replace(shown, result=result, **self._judged())

    def _judged(self) -> dict[str, Any]:
        question, outcome = self.scene.question, self.outcome
        if question is None or outcome is None or self.answer is None:
            return {}
        gaps = [gap._replace(label=_row_name(question, gap.label)) for gap in question.gaps(self.answer, outcome.truth)]
        if question.is_right(self.answer, outcome.truth):
            note = QCoreApplication.translate("Stage", "That is what happened.")
        else:
            note = question.mistake(self.answer, outcome.truth)
        return {"note": note, "gaps": tuple(gaps)}


def _row_name(question: Question, label: str) -> str:
    """Return what a line of the comparison is called: of a curve they are steps."""
    if label == MEDIAN:
        return QCoreApplication.translate("Stage", "median")
    if label == RISES:
        return QCoreApplication.translate("Stage", "rises")
    words = QCoreApplication.translate("Stage", "step {step}") if question.kind == "curve" else "{step}"
    return words.format(step=label)


def offered(rows: Sequence[SceneRow]) -> list[SceneRow]:
    """Return what is offered while no scene is on: the next one, and one that was predicted wrongly on another day."""
    following = QCoreApplication.translate("Stage", "next")
    again = QCoreApplication.translate("Stage", "again")
    fresh = [replace(row, note=following) for row in rows if not (row.done or row.due)]
    due = [replace(row, note=again) for row in rows if row.due]
    return fresh[:1] + due[:1]


def asked_by(question: Question) -> Asked:
    """Return what a card needs to take an answer."""
    named = tuple((option, question.named(option)) for option in question.options)
    unit = question.texts.find("unit") or ""
    more = question.is_whole, question.as_shape, bool(question.numbers())
    return Asked(question.kind, named, question.low, question.high, unit, *more)
