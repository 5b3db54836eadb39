"""The panel that takes an answer by hand: a place pointed at, or a curve drawn; and what is true, beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QToolButton

from playground.scenes.question import Question
from playground.tab.answers_in_hand import KEYS, DrawnCurve, InHand, NumberOnAxis, PlacedPoint, PlacedPoints
from playground.tab.panels import Panels
from playground.tab.scene_words import Staged
from playground.tab.stage import Stage
from playground.words.texts import shared_texts
from widgets.base import fonts, icons, numbers
from widgets.cards.card import Card
from widgets.plots.marks.answers import AnswerCurve, AnswerLine, AnswerPoint, AnswerPoints
from widgets.plots.marks.mark import Mark
from widgets.plots.plot import Plot

_NARROW = 440  # px of a card, under which the button that clears is an icon
_HANDS: dict[str, type[InHand]] = {"curve": DrawnCurve, "point": PlacedPoint, "number": NumberOnAxis}


class AskedPanel(QObject):
    """Follows the open scene; while it asks, clicks, drags and keys in its panel answer."""

    def __init__(self, panels: Panels, stage: Stage) -> None:
        super().__init__(stage)
        self._panels, self._stage = panels, stage
        self._id = ""  # of the panel that is asked
        self._plot: Plot | None = None
        self._hand: InHand | None = None
        self._card: Card | None = None  # that the panel stands in
        self._clear = QToolButton()
        self._clear.setObjectName("scene.clear")
        self._clear.setProperty("role", "toggle")
        self._clear.setIcon(icons.icon("x"))
        self._clear.clicked.connect(self._begin_anew)
        self._clear.hide()
        panels.area.installEventFilter(self)
        for moved in (panels.area.parted, panels.area.folded):
            moved.connect(self._stand_anew)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give the keys of the asked plot to the hand; let Enter lead on where no picture has a use for it."""
        if not isinstance(event, QKeyEvent) or not (staged := self._stage.on):
            return False
        if watched is self._plot:
            return staged.asks and self._is_for_hand(event)
        is_enter = event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return is_enter and staged.leads and self._stage.card.press()

    def _is_for_hand(self, event: QKeyEvent) -> bool:
        """Tell whether a key means something to the hand, and follow it."""
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in KEYS:
            event.accept()  # or it would be the transport's
            return True
        if event.type() != QEvent.Type.KeyPress or not self._hand or not self._hand.press(event):
            return False
        self._stage.take_drawn(self._hand.answer)
        return True

    def show(self, staged: Staged | None) -> None:
        """Show what an open scene asks, what was answered, and at its end what is true; None leaves the panel alone."""
        question = staged.scene.question if staged else None
        id = question.panel if question and question.is_by_hand else ""
        if id != self._id or (staged and self._hand and staged.scene.question is not self._hand.question):
            self._leave()
        if staged and question and id:
            if self._plot is None:
                self._take(question, id)
            self._follow(staged)

    def _take(self, question: Question, id: str) -> None:
        """Take a panel for the answers to a question."""
        plot = self._panels.plot_of(id)
        self._id, self._plot = id, plot
        plot.hold_range(question.axes or None, question.log)  # type: ignore[arg-type]
        self._begin(question, plot)
        plot.installEventFilter(self)
        plot.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, question: Question, plot: Plot) -> None:
        seen = plot.viewport_now()
        room = (seen.x0, seen.x1, seen.y0, seen.y1) if not question.axes else question.axes
        hand: Any = PlacedPoints if question.kind == "point" and question.options else _HANDS[question.kind]
        self._hand = hand(question, room)

    def _follow(self, staged: Staged) -> None:
        """Show the panel as it is at this moment of its scene."""
        assert self._plot
        assert self._hand
        asks = staged.asks
        if asks and staged.drawn is None and self._hand.answer:  # the scene was set anew
            self._hand.clear()
        self._plot.take_answers(self._draw if asks else None)
        self._plot.show_answer(_mark(staged, self._hand))
        self._stand_in(self._panels.card_of(self._id) if asks else None, self._hand.question)

    def _stand_anew(self) -> None:
        """Follow the panel into another card."""
        if self._card and self._hand:
            self._stand_in(self._panels.card_of(self._id), self._hand.question)

    def _stand_in(self, card: Card | None, question: Question) -> None:
        """Edge the card, and say in its header what to do there."""
        self._edge(card)
        self._panels.say_instead(self._id, shared_texts().get("stage", "here", question.kind) if card else "")

    def _edge(self, card: Card | None) -> None:
        """Edge the card that asks, with the button that clears in its header; None lets go of it."""
        if card is not self._card:
            for one, asks in ((self._card, False), (card, True)):
                if one:
                    one.set_asking(asks)
            self._card = card
            if card:
                card.add_control(self._clear)  # before it is shown: without a parent it would be a window
                style, is_narrow = Qt.ToolButtonStyle, card.width() < fonts.scaled(_NARROW)
                look = style.ToolButtonIconOnly if is_narrow else style.ToolButtonTextBesideIcon
                self._clear.setToolButtonStyle(look)
            self._clear.setVisible(card is not None)
        words = QCoreApplication.translate("AskedPanel", "Clear")
        self._clear.setText(words)
        self._clear.setToolTip(words)

    def _leave(self) -> None:
        if self._plot:
            self._plot.removeEventFilter(self)
            self._plot.take_answers(None)
            self._plot.show_answer(None)
            self._plot.hold_range(None)
            self._edge(None)
            self._panels.say_instead(self._id, "")
        self._id, self._plot, self._hand = "", None, None

    def _draw(self, x: float, y: float, begins: bool) -> None:
        if self._hand:
            self._hand.take(x, y, begins)
            self._stage.take_drawn(self._hand.answer)

    def _begin_anew(self) -> None:
        if self._hand:
            self._hand.clear()
            self._stage.take_drawn(self._hand.answer)


def _mark(staged: Staged, hand: InHand) -> Mark | None:
    question, answer = hand.question, staged.answer
    truth = staged.outcome.truth if staged.outcome else None
    if question.kind == "point" and question.options:
        return _points(question, answer or (staged.drawn if staged.asks else None), truth, getattr(hand, "held", -1))
    if question.kind == "point":
        return AnswerPoint(tuple(answer), *_told(question, answer, truth)) if answer else None
    if question.kind == "number":
        return _line(question, answer, truth)
    if truth and answer:
        return AnswerCurve(_knots(answer), _knots(truth), widest=_widest(question, answer, truth))
    drawn = answer or (staged.drawn if staged.asks else None) or ()
    if not staged.asks:
        return AnswerCurve(_knots(drawn)) if drawn else None
    held = hand.held if isinstance(hand, DrawnCurve) else None
    return AnswerCurve(_knots(drawn), given=_given(question), held=(held, _place(*held)) if held else None)


def _points(question: Question, places: Any, truth: Any, held: int) -> AnswerPoints | None:
    """Return the rings of several things, as far as they are placed."""
    truths = truth or [None] * len(question.options)
    named = enumerate(zip(question.options, places or (), truths, strict=False))
    rings = tuple(
        AnswerPoint(tuple(at), *_told(question, at, true), question.named(option), i == held)
        for i, (option, at, true) in named
        if at
    )
    return AnswerPoints(rings) if rings else None


def _line(question: Question, answer: Any, truth: Any) -> AnswerLine | None:
    if answer is None:
        return None
    told = (float(truth), question.apart(answer, truth)) if truth is not None else (None, "")
    return AnswerLine(float(answer), question.along == "x", *told)


def _told(question: Question, answer: Any, truth: Any) -> tuple[tuple[float, float] | None, str]:
    return ((truth[0], truth[1]), question.apart(answer, truth)) if truth else (None, "")


def _given(question: Question) -> tuple[tuple[float, float], str] | None:
    if not question.given:
        return None
    step, value = question.given
    words = QCoreApplication.translate("AskedPanel", "given: {value} at step {step}")
    return question.given, words.format(value=numbers.brief(value, 3), step=f"{step:g}")


def _place(step: float, value: float) -> str:
    words = QCoreApplication.translate("AskedPanel", "step {step}: {value}")
    return words.format(step=f"{step:g}", value=numbers.significant(value, 3))


def _widest(question: Question, answer: Any, truth: Any) -> tuple[tuple[float, float, float], str] | None:
    """Return the widest gap in words; None where nowhere is one to be seen."""
    at, gap = question.widest(answer, truth)
    if at[1] == at[2]:
        return None
    words = QCoreApplication.translate("AskedPanel", "widest gap, step {step}: {gap}")
    return at, words.format(step=f"{at[0]:g}", gap=gap)


def _knots(points: Any) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in points)
