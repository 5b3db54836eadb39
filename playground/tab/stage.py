"""The stage of a tab: a scene asks, plays, pauses at its moments and says what came of it; a task waits for acts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.files.own_progress import own_progress
from playground.playback.compared import MOST, same_run
from playground.playback.run import Run
from playground.recipes.plain_compared import Comparison
from playground.scenes.checking import Checking
from playground.scenes.mark import Spoken
from playground.scenes.question import Question
from playground.scenes.scene import Moment, Outcome, scenes
from playground.tab.film import Film
from playground.tab.scene_words import Onward, Phase, Staged, offered
from playground.tab.task_watch import TaskWatch
from playground.topic_list import TopicEntry
from playground.words.refusals import sentence
from widgets.shell.scene_card import SceneCard
from widgets.shell.scene_list import SceneList, SceneRow

_LOOK_AGAIN = 50  # ms between two looks at the frames of a task, or at a check at work


class Stage(QObject):
    """Opens the scenes of a topic, takes the answers, follows the film, and ticks what was seen or reached."""

    opening = Signal()  # the run in view is about to be replaced
    opened = Signal(object)  # the scene, whose stage is to be set
    replaced = Signal()  # the run in view, by one that is no work of the learner's
    play_asked = Signal(float)  # steps a second
    pause_asked = Signal()
    ended = Signal()
    spoke_of = Signal(object)  # the focus that a moment speaks of
    staged = Signal(object)  # the open scene as it stands now, or None
    progressed = Signal(int, int)  # done, in all
    failed = Signal(str)  # why the progress could not be kept

    def __init__(self, entry: TopicEntry, run: Run) -> None:
        super().__init__(run)
        self.entry, self.run, self.progress = entry, run, own_progress()
        self.scenes = {scene.id: scene for scene in scenes(entry)}
        self.card, self.list = SceneCard(), SceneList()
        self.on: Staged | None = None  # the scene that is open
        self._recipes = [run.recipe]  # that it was opened with
        self._film: Film | None = None  # of an open scene
        self._checking: Checking | None = None
        self._watch: TaskWatch | None = None  # over an open task
        self._looker = QTimer(self, singleShot=True, interval=_LOOK_AGAIN)
        self._looker.timeout.connect(self._look)
        self._connect()

    def _connect(self) -> None:
        self.list.opened.connect(self.open)
        self.card.listed.connect(self.turn_list)
        self.card.turned.connect(self.turn)
        self.card.closed.connect(self.close)
        self.card.played.connect(self.play)
        self.card.skipped.connect(self.skip)
        self.card.again_asked.connect(self.again)
        self.card.next_asked.connect(self.go_on)
        self.card.offered.connect(self.open)
        self.card.hint_asked.connect(self.show_hint)
        self.card.answered.connect(self.take_answer)

    @property
    def done(self) -> set[str]:
        """The ids of those that are done."""
        return self.progress.done & set(self.scenes)

    # What the learner does with a scene.

    def open(self, id: str, onward: Onward | None = None) -> None:
        """Set the stage of a scene, its first run in front of those beside it, or that of a task; undo leads back.

        On a path that leads onward to another scene.
        """
        self.close()
        self.opening.emit()
        scene = self.scenes[id]
        self._recipes = [scene.recipe(name) for name in scene.names][:MOST]
        self.run.compare_with([Timeline(self.entry.core, recipe) for recipe in self._recipes])
        self.on = Staged(scene, Phase.TASK if scene.is_task else Phase.ASK, onward=onward)
        self._watch = TaskWatch(scene, self.run) if scene.is_task else None
        self._film = None if scene.is_task else Film(scene, self.run)
        self.opened.emit(scene)
        self.replaced.emit()
        self._show()

    def set_for(self, id: str, recipe: Recipe[Any]) -> None:
        """Show another run on the stage of a scene, which is not on: its question is not about that run."""
        self.close()
        self.opening.emit()
        self.run.compare_with([Timeline(self.entry.core, recipe)])
        self.opened.emit(self.scenes[id])
        self.replaced.emit()

    def show_left(self, recipe: Recipe[Any], position: int, beside: Comparison) -> None:
        """Show a run as it was left, with those it was compared with; undo leads back."""
        self.close()
        self.opening.emit()
        self.run.load(Timeline(self.entry.core, recipe), position)
        self.run.compare(beside)
        self.replaced.emit()

    def close(self) -> None:
        """Leave the scene; the run in view stays."""
        self.on = self._checking = self._watch = self._film = None
        self._looker.stop()
        self.list.put_away()
        self._show()

    def turn(self, by: int) -> None:
        """Open the next scene of the list, or the one before."""
        ids = list(self.scenes)
        self.open(ids[(self._place() + by - (by > 0 and not self.on)) % len(ids)])

    def _place(self) -> int:
        return list(self.scenes).index(self.on.scene.id) if self.on else 0

    def turn_list(self) -> None:
        """Show the list of scenes, or hide it."""
        if not self.list.put_away():
            self.list.begin()

    @property
    def _asked(self) -> Question | None:
        """The question that waits for an answer."""
        return self.on.scene.question if self.on and self.on.asks else None

    def take_drawn(self, answer: object) -> None:
        """Take an answer made in the picture, or a part of it; the card shows it in its field."""
        if self.on:
            self.on.drawn = answer
        self.take_answer(answer)
        self.card.answer.show_answer(json.dumps(answer) if answer else "")

    def take_mark(self, mark: Focus | None) -> bool:
        """Take a mark clicked in the picture as the answer; tell whether it was one. A cell is typed into the card."""
        question = self._asked
        if question is None or mark is None:
            return False
        if question.kind == "cell":
            self.card.answer.take_focus()
        option = question.option_of(str(mark))
        if option is not None:
            self.take_answer(option)
            self.card.answer.show_answer(option)
        return option is not None

    def take_answer(self, given: object) -> None:
        """Take an answer from the card or the picture; what is none yet only keeps the film from playing."""
        if self.on and (question := self._asked):
            try:
                self.on.answer = question.read(given)
            except ValueError:
                self.on.answer = None
            self._show()

    @property
    def asks(self) -> bool:
        """Whether an open scene waits for an answer."""
        return self._asked is not None

    @property
    def covers(self) -> bool:
        """Whether pictures leave out what would tell the answer to it."""
        return bool(self.on and self.on.covers)

    @property
    def spoken(self) -> Spoken | None:
        """What an open scene marks in the pictures."""
        return self.on.spoken if self.on else None

    @property
    def can_play(self) -> bool:
        """Whether what is on the stage can be played now."""
        return self.on is None or self.on.can_play

    def pauses(self) -> Sequence[int]:
        """Return the steps at which its film pauses; none before it is answered."""
        return self._film.pauses() if self._film and not self.asks else ()

    def span(self) -> int:
        """Return the last step of its film; 0 where it ends earlier, or none is on."""
        return self._film.span() if self._film else 0

    def note(self) -> str:
        """Return a few words about its span."""
        return self.on.note() if self.on else ""

    def play(self) -> None:
        """Play the film from here on: the answer stands, or the moment was read."""
        if self.can_play:
            self._start()

    def _start(self) -> None:
        if self.on and self.on.phase in (Phase.ASK, Phase.WATCH):
            self._begin(self.on)
            self.on.moment = None
            self._show()
            self.play_asked.emit(self.on.scene.pace)

    def skip(self) -> None:
        """Play the film without an answer."""
        if self.on:
            self.on.answer = None
            self._start()

    def again(self) -> None:
        """Set the same stage once more."""
        if self.on:
            self.open(self.on.scene.id, self.on.onward)

    def go_on(self) -> None:
        """Open what comes after the scene: on a path where that leads, else the next of the list."""
        if self.on and self.on.onward:
            self.on.onward.go()
        else:
            self.turn(1)

    def show_hint(self) -> None:
        """Say what may help with a task."""
        if self.on:
            self.on.has_hint = True
            self._show()

    # What the run does.

    def stops(self, t: int) -> bool:
        """Tell whether play pauses by itself at a step: at moments and at the end of a film, else where a run rests."""
        if self._film and self.on and self.on.phase is Phase.WATCH:
            return self._film.stops(t)
        return self.run.rests_at(t)

    def run_changed(self) -> None:
        """Leave the scene when the run in view is not its own any more; a task goes on with the learner's changes."""
        if self.on and self._watch:
            self._watch.change()
            if self._watch.needs_hint and not self.on.has_hint:
                self.show_hint()
        elif self.on and not any(same_run(self.run.recipe, recipe) for recipe in self._recipes):
            self.close()

    def run_moved(self) -> None:
        """Follow the film, or the frames of a task."""
        t = self.run.position
        if self.on is None or not t:
            return
        if self._watch:
            self._watch.move()
            if self._watch.is_behind and not self.on.outcome and not self._looker.isActive():
                self._looker.start()
        elif self._film and self.on.phase is not Phase.COMPARE:
            self._follow(self.on, self._film, t)

    def _follow(self, on: Staged, film: Film, t: int) -> None:
        if on.phase is Phase.ASK:  # it was set going by other buttons than the card's
            self._begin(on)
            self._show()
        if moment := film.moment_at(t):
            self._pause_at(on, film, moment)
        elif film.is_over(t):
            on.phase, on.moment = Phase.COMPARE, None
            self.pause_asked.emit()
            self.ended.emit()
            self._show()
            self._look()

    def _begin(self, on: Staged) -> None:
        if on.phase is Phase.ASK:
            on.phase, self._checking = Phase.WATCH, Checking(on.scene)

    def _pause_at(self, on: Staged, film: Film, moment: Moment) -> None:
        film.pause_at(moment)
        on.moment, on.paused = moment, film.paused
        self.pause_asked.emit()
        if moment.focus:
            self.spoke_of.emit(moment.focus)
        self._show()

    def _look(self) -> None:
        """Look whether a task is reached, or whether the check of a film is through."""
        if self.on and self._watch:
            if self._watch.look():
                self._finish(self.on, Outcome(True))
            elif self._watch.is_behind:
                self._looker.start()
        elif self.on and self.on.phase is Phase.COMPARE and self._checking:
            if self._checking.outcome is None or self.run.behind:  # what it tells of is drawn first
                self._looker.start()
            else:
                self._finish(self.on, self._checking.outcome)

    def _finish(self, on: Staged, outcome: Outcome) -> None:
        """Tick what was seen or reached, and keep the answer beside what is true."""
        self._checking = None
        if outcome.holds:
            on.outcome = outcome
            self._keep(lambda: self._note(on, outcome))
            self.progressed.emit(len(self.done), len(self.scenes))
            self._show_list()
        self._show()

    def _note(self, on: Staged, outcome: Outcome) -> None:
        question = on.scene.question
        try:
            if question and on.answer is not None:
                right = question.is_right(on.answer, outcome.truth)
                self.progress.predict(on.scene.id, on.answer, right, date.today())
        finally:  # it is done, be it written down or not
            self.progress.finish(on.scene.id)

    def _keep(self, write: Callable[[], None]) -> None:
        try:
            write()
        except Refusal as refusal:
            words = QCoreApplication.translate("Stage", "Your progress could not be kept: {reason}")
            self.failed.emit(words.format(reason=sentence(refusal)))

    # What it says.

    def retranslate(self) -> None:
        """Give card and list their words in the language shown."""
        self._show_list()
        self._show()
        self.progressed.emit(len(self.done), len(self.scenes))

    def _show_list(self) -> None:
        today = date.today()
        rows = [
            SceneRow(s.id, s.texts.get("title"), s.id in self.done, s.is_task, self.progress.is_due(s.id, today))
            for s in self.scenes.values()
        ]
        self.list.set_rows(rows)
        self.card.offers.set_rows(offered(rows))

    def _show(self) -> None:
        ids = list(self.scenes)
        self.card.show_count(self._place() + 1 if self.on else 0, len(ids), len(self.done))
        content = None
        if self.on:
            following = self.scenes[ids[(self._place() + 1) % len(ids)]].texts.get("title")
            content = self.on.content(self.on.scene.id in self.done, following)
        self.card.show_scene(content)
        self.staged.emit(self.on)
