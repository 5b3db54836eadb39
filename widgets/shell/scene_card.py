"""The open scene above the settings: what is seen, what is asked, what came of it, and its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget

from widgets.base import fonts, icons, layouts, theme
from widgets.shell.answer_field import AnswerField, Asked

_MARGIN = 16
_BAR = 40
_STEPS = 22
_ROW = 20
_NEXT = 140  # px for the title of the next scene
_AIR = 24  # px beside the words of a button

GapRow = tuple[str, str, str, str]
"""What a line of the comparison is of, what was answered, what happened, how far apart."""


@dataclass(frozen=True)
class CardContent:
    """All that the card says, in the language shown; what is empty is not shown."""

    title: str
    text: str
    done: bool = False
    steps: tuple[str, ...] = ()  # what the learner does, in its order
    step: int = 0
    question: str = ""
    how: str = ""
    asked: Asked | None = None
    moment: str = ""
    result: str = ""
    note: str = ""
    gaps: tuple[GapRow, ...] = ()
    hint: str = ""
    play: str = ""
    can_play: bool = True
    skip: bool = False
    again: bool = False
    following: str = ""
    offers_hint: bool = False


class SceneCard(QFrame):
    """The bar that opens the list, and below it the scene that is on."""

    listed = Signal()
    turned = Signal(int)  # to the scene before (-1) or after (1)
    closed = Signal()
    played = Signal()
    skipped = Signal()
    again_asked = Signal()
    next_asked = Signal()
    hint_asked = Signal()
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: CardContent | None = None
        self._counted = (0, 0, 0)
        self._bar = QToolButton()
        self._bar.setObjectName("scene.list")
        self._bar.clicked.connect(self.listed)
        self._before, self._after, self._close = (_icon_button(name) for name in ("chevron-left", "chevron-right", "x"))
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._after.clicked.connect(lambda: self.turned.emit(1))
        self._close.clicked.connect(self.closed)
        self._build()
        self._arrange()
        self.show_scene(None)

    def _build(self) -> None:
        self._title = _label("", "strong")
        self._text = _label("scene.text", "body")
        self._steps = _Steps()
        self._question = _label("scene.question", "strong")
        self._how = _label("", "subtitle")
        self._how.setProperty("role", "muted")
        self.answer = AnswerField()
        self.answer.given.connect(self.answered)
        self._moment = _label("scene.moment", "strong")
        self._result = _label("scene.result", "strong")
        self._note, self._hint = _label("scene.note", "body"), _label("scene.hint", "body")
        self._gaps = _Gaps()
        self._play = _button("scene.play", self.played, "primary")
        self._skip = _button("scene.skip", self.skipped)
        self._next = _button("scene.next", self.next_asked, "primary")
        self._again = _button("scene.again", self.again_asked)
        self._ask_hint = _button("scene.hint.show", self.hint_asked)

    def _arrange(self) -> None:
        bar = layouts.row(self._bar, self._before, self._after, self._close, spacing=2)
        bar.insertStretch(1)
        said = self._question, self._how, self.answer, self._moment, self._result, self._note, self._gaps, self._hint
        self._box = QFrame()
        self._box.setProperty("role", "card")
        layouts.column(*said, spacing=6, on=self._box).setContentsMargins(10, 8, 10, 8)
        buttons = layouts.row(self._play, self._next, self._skip, self._again, self._ask_hint, spacing=8)
        buttons.addStretch()
        parts = bar, self._title, self._text, self._steps, self._box, buttons
        layouts.column(*parts, spacing=6, on=self).setContentsMargins(_MARGIN, 4, _MARGIN, 8)

    def show_count(self, place: int, total: int, done: int) -> None:
        """Show which scene is on (0: none), of how many, and how many are done."""
        self._counted = place, total, done
        self._relabel()

    def show_scene(self, content: CardContent | None) -> None:
        """Show a scene at one moment of it; None shows the bar alone."""
        if content == self._content and content is not None:
            return
        self._content = content
        for part in (self._title, self._text, self._steps, self._box, self._before, self._after, self._close):
            part.setVisible(content is not None)
        shown = content or CardContent("", "")
        for label, text in self._labels(shown):
            label.setText(text)
            label.setVisible(bool(text))
        self._steps.show_steps(shown.steps, shown.step)
        self._gaps.show_gaps(shown.gaps)
        self._box.setVisible(content is not None and self._has_words(shown))
        self._show_buttons(shown)
        self._relabel()
        self.answer.ask(shown.asked)  # comes last: rows to be sorted answer at once

    def _labels(self, shown: CardContent) -> list[tuple[QLabel, str]]:
        return [
            (self._title, f"✓ {shown.title}" if shown.done else shown.title), (self._text, shown.text),
            (self._question, shown.question), (self._how, shown.how), (self._moment, shown.moment),
            (self._result, shown.result), (self._note, shown.note), (self._hint, shown.hint),
        ]  # fmt: skip

    def _has_words(self, shown: CardContent) -> bool:
        return bool(shown.asked or any(text for _, text in self._labels(shown)[2:]))

    def _show_buttons(self, shown: CardContent) -> None:
        self._play.setText(shown.play)
        self._play.setEnabled(shown.can_play)
        self._play.setMinimumWidth(_width_of(self._play))
        room = self._next.fontMetrics(), fonts.scaled(_NEXT)
        self._next.setText(fonts.cut(shown.following, *room))
        self._next.setToolTip(shown.following)
        self._next.setMinimumWidth(_width_of(self._next))
        for button, is_shown in (
            (self._play, bool(shown.play)), (self._next, bool(shown.following)), (self._skip, shown.skip),
            (self._again, shown.again), (self._ask_hint, shown.offers_hint),
        ):  # fmt: skip
            button.setVisible(is_shown)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._relabel()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        ground = colours.mix(colours.color("selection"), colours.color("panel"), 0.5)
        painter = QPainter(self)
        painter.fillRect(self.rect(), ground)
        painter.fillRect(0, 0, 1, self.height(), colours.color("border"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.color("border"))

    def _relabel(self) -> None:
        place, total, done = self._counted
        if place:
            words = QCoreApplication.translate("SceneCard", "Scene {place} of {total}")
        else:
            words = QCoreApplication.translate("SceneCard", "Scenes: {done} of {total} done")
        self._bar.setText(words.format(place=place, total=total, done=done) + "  ▾")
        self._skip.setText(QCoreApplication.translate("SceneCard", "Skip"))
        self._again.setText(QCoreApplication.translate("SceneCard", "Again"))
        self._ask_hint.setText(QCoreApplication.translate("SceneCard", "Hint"))
        for button, tip in (
            (self._before, QCoreApplication.translate("SceneCard", "Previous scene")),
            (self._after, QCoreApplication.translate("SceneCard", "Next scene")),
            (self._close, QCoreApplication.translate("SceneCard", "Close the scene")),
        ):
            button.setToolTip(tip)
            button.setAccessibleName(tip)


class _Steps(QWidget):
    """What the learner does, in its order: what is over, what is on, what comes."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[str, ...] = ()
        self._step = 0

    def show_steps(self, steps: tuple[str, ...], step: int) -> None:
        self._steps, self._step = steps, step
        self.setVisible(bool(steps))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, fonts.scaled(_STEPS))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, left, middle = theme.current(), 1.0, self.height() / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, word in enumerate(self._steps):
            is_on, is_over = index == self._step, index < self._step
            colour = colours.color("ok" if is_over else "accent" if is_on else "muted")
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(colour if is_on else Qt.BrushStyle.NoBrush)
            ring = QRectF(left, middle - 7, 14, 14)
            painter.drawEllipse(ring)
            painter.setFont(fonts.role_font("tick"))
            painter.setPen(colours.color("on_accent") if is_on else colour)
            painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, "✓" if is_over else str(index + 1))
            painter.setFont(fonts.role_font("strong" if is_on else "subtitle"))
            painter.setPen(colours.color("text" if is_on else "muted"))
            width = QFontMetrics(painter.font()).horizontalAdvance(word) + 4
            painter.drawText(QRectF(left + 19, 0, width, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            left += 19 + width + 10


class _Gaps(QWidget):
    """Answer and truth side by side, and what lies between them."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[GapRow, ...] = ()

    def show_gaps(self, rows: tuple[GapRow, ...]) -> None:
        self._rows = rows
        self.setVisible(bool(rows))
        self.setFixedHeight(fonts.scaled(_ROW) * (len(rows) + 1))
        words = "; ".join(f"{label} {own} / {truth} {gap}".strip() for label, own, truth, gap in rows)
        self.setAccessibleDescription(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        heads = (
            "",
            QCoreApplication.translate("SceneCard", "you"),
            QCoreApplication.translate("SceneCard", "run"),
            QCoreApplication.translate("SceneCard", "gap") if any(gap for *_, gap in self._rows) else "",
        )
        self._write(painter, 0, heads, ("muted", "accent_text", "text", "text"), "strong")
        for index, row in enumerate(self._rows, 1):
            self._write(painter, index, row, ("muted", "accent_text", "text", "text"), "body")
        painter.fillRect(0, fonts.scaled(_ROW) - 1, self.width(), 1, colours.color("border"))

    def _write(self, painter: QPainter, row: int, cells: Sequence[str], tokens: Sequence[str], role: str) -> None:
        painter.setFont(fonts.role_font(role))
        high, shares = fonts.scaled(_ROW), self._shares()
        left = 0.0
        for cell, token, share in zip(cells, tokens, shares, strict=True):
            painter.setPen(theme.current().color(token))
            room = QRectF(left, row * high, share * self.width() - 6, high)
            text = fonts.cut(cell, painter.fontMetrics(), int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
            left += share * self.width()

    def _shares(self) -> tuple[float, float, float, float]:
        label = 0.16 if any(label for label, *_ in self._rows) else 0.0
        gap = 0.2 if any(gap for *_, gap in self._rows) else 0.0
        return label, (1 - label - gap) / 2, (1 - label - gap) / 2, gap


def _label(name: str, role: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setFont(fonts.role_font(role))
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if role == "strong":
        font = label.font()
        font.setWeight(QFont.Weight.DemiBold)
        label.setFont(font)
    return label


def _button(name: str, pressed: SignalInstance, role: str = "") -> QPushButton:
    button = QPushButton()
    button.setObjectName(name)
    button.clicked.connect(pressed)
    if role:
        button.setProperty("role", role)
    return button


def _width_of(button: QPushButton) -> int:
    """How wide a button has to be for its words and some air; a primary one has no room of its own for that."""
    font = QFont(button.font())
    font.setWeight(QFont.Weight.DemiBold)
    return QFontMetrics(font).horizontalAdvance(button.text()) + _AIR


def _icon_button(icon: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "icon")
    button.setIcon(icons.icon(icon, "muted"))
    return button
