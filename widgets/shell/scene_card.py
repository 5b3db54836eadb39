"""The open scene above the settings: what is seen, what is asked, what came of it, and its buttons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QToolButton, QWidget

from widgets.base import fonts, icons, layouts, numbers, theme
from widgets.base.style import set_look
from widgets.shell.answer_field import AnswerField, Asked
from widgets.shell.gap_table import GapRow, GapTable
from widgets.shell.scene_offers import SceneOffers
from widgets.shell.stepper import Stepper

_MARGIN = 16
_BAR = 40
_HIGHEST, _HIGHEST_NARROW, _NARROW = 400, 420, 300
_BETWEEN = 8  # px from button to button
_AIR = 24  # px beside the words of a button


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
    state: str = ""  # how much of an answer is there
    is_whole: bool = False  # and whether that is enough
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
    offered = Signal(str)  # one of those offered while none is on
    next_asked = Signal()
    hint_asked = Signal()
    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content: CardContent | None = None
        self._is_unfolded = False  # the text of it, by hand
        self._counted = (0, 0, 0)
        self._bar = QToolButton()
        self._bar.setObjectName("scene.list")
        self._bar.setIcon(icons.icon("layers", "muted"))
        self._bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._bar.clicked.connect(self.listed)
        self._before, self._after, self._close = (_icon_button(name) for name in ("chevron-left", "chevron-right", "x"))
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._after.clicked.connect(lambda: self.turned.emit(1))
        self._close.clicked.connect(self.closed)
        self._build()
        self._arrange()
        self.show_scene(None)

    def _build(self) -> None:
        self._title = _label("", "scene")
        self._text = _label("scene.text", "body")
        self._more = QToolButton()
        self._more.setProperty("role", "link")
        self._more.clicked.connect(self._unfold)
        self.offers = SceneOffers(after=self._close)
        self.offers.opened.connect(self.offered)
        self._steps = Stepper()
        self._question = _label("scene.question", "strong")
        self._how = _label("", "subtitle")
        self._how.setProperty("role", "muted")
        self._state = _label("scene.state", "subtitle")
        self.answer = AnswerField()
        self.answer.given.connect(self.answered)
        self._moment = _label("scene.moment", "strong")
        self._result = _label("scene.result", "strong")
        self._note, self._hint = _label("scene.note", "body"), _label("scene.hint", "body")
        self._gaps = GapTable()
        self._play, self._next = _WordsButton(), _WordsButton()
        _prepare(self._play, "scene.play", self.played)
        _prepare(self._next, "scene.next", self.next_asked)
        self._skip = _button("scene.skip", self.skipped)
        self._again = _button("scene.again", self.again_asked)
        self._ask_hint = _button("scene.hint.show", self.hint_asked)

    def _arrange(self) -> None:
        bar = layouts.row(self._bar, self._before, self._after, self._close, spacing=2)
        bar.insertStretch(1)
        asked = self._question, self._how, self.answer, self._state
        said = *asked, self._moment, self._result, self._note, self._gaps, self._hint
        self._box = QFrame()
        self._box.setProperty("role", "card")
        layouts.column(*said, spacing=6, on=self._box).setContentsMargins(10, 8, 10, 8)
        self._key = _label("", "subtitle")
        self._key.setProperty("role", "muted")
        buttons = layouts.row(
            self._play, self._next, self._skip, self._again, self._ask_hint, self._key, spacing=_BETWEEN
        )
        buttons.insertStretch(5)
        text = layouts.row(self._text, self._more, spacing=4, grows=self._text)
        parts = bar, self.offers, self._title, text, self._steps, self._box, buttons
        layouts.column(*parts, spacing=6, on=self).setContentsMargins(_MARGIN, 4, _MARGIN, 8)

    def show_count(self, place: int, total: int, done: int) -> None:
        """Show which scene is on (0: none), of how many, and how many are done."""
        self._counted = place, total, done
        self._relabel()

    def show_scene(self, content: CardContent | None) -> None:
        """Show a scene at one moment of it; None shows the bar alone."""
        if content == self._content and content is not None:
            return
        if (content and content.text) != (self._content and self._content.text):
            self._is_unfolded = False
        self._content = content
        for part in (self._title, self._text, self._steps, self._box, self._before, self._after, self._close):
            part.setVisible(content is not None)
        self.offers.setVisible(content is None)
        shown = content or CardContent("", "")
        for label, text in self._labels(shown):
            label.setText(numbers.unbroken(text))
            label.setVisible(bool(text))
        set_look(self._state, "role", "ok" if shown.is_whole else "muted")
        self._steps.show_steps(shown.steps, shown.step)
        self._gaps.show_gaps(shown.gaps)
        self._box.setVisible(content is not None and self._has_words(shown))
        self._show_buttons(shown)
        self._relabel()
        self.answer.ask(shown.asked)  # comes last: rows to be sorted answer at once
        self._fold()

    def press(self) -> bool:
        """Press the button that leads on; False where there is none, or none that can be pressed now."""
        for button in (self._play, self._next):
            if not button.isHidden() and button.isEnabled():
                button.click()
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not self.press():
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fold()

    def _fold(self) -> None:
        """Where the card would be higher than it may, cut the text to its first line, then leave out how to answer.

        At last the title of the next scene is cut, which is read there.
        """
        shown = self._content or CardContent("", "")
        self._text.setText(numbers.unbroken(shown.text))
        self._break_next(shown.following)
        self._more.hide()
        self._how.setVisible(bool(shown.how))
        self._question.setToolTip("")
        if shown.text and not self._is_unfolded and self._is_high():
            room = self.width() - 2 * _MARGIN - self._more.sizeHint().width() - 4
            self._text.setText(fonts.cut(shown.text, self._text.fontMetrics(), room))
            self._more.show()
        if shown.how and not self._is_unfolded and self._is_high():
            self._how.hide()
            self._question.setToolTip(shown.how)
        if shown.following and self._is_high():
            self._break_next(shown.following, is_cut=True)

    def _break_next(self, words: str, is_cut: bool = False) -> None:
        """Let the title of the next scene go on in a second line where the row has no room for it, or cut it there."""
        room, font = self.width() - 2 * _MARGIN - self._again.sizeHint().width() - _BETWEEN - _AIR, self._next.bold()
        lines = [fonts.cut(words, QFontMetrics(font), room)] if is_cut else fonts.wrapped(words, font, room)
        self._next.setToolTip(words if is_cut else "")
        self._next.show_words(*lines)

    def _is_high(self) -> bool:
        highest = _HIGHEST_NARROW if self.width() <= fonts.scaled(_NARROW) else _HIGHEST
        return self._height() > fonts.scaled(highest)

    def _height(self) -> int:
        """Return how high the card is with what it says now, before Qt has laid it out anew."""
        for part in (self.answer, self._box, self):
            if layout := part.layout():
                layout.activate()
        return layout.totalHeightForWidth(self.width()) if layout else 0

    def _unfold(self) -> None:
        self._is_unfolded = True
        self._fold()

    def _labels(self, shown: CardContent) -> list[tuple[QLabel, str]]:
        return [
            (self._title, f"✓ {shown.title}" if shown.done else shown.title), (self._text, shown.text),
            (self._question, shown.question), (self._how, shown.how), (self._moment, shown.moment),
            (self._result, shown.result), (self._note, shown.note), (self._hint, shown.hint),
            (self._state, f"✓ {shown.state}" if shown.state and shown.is_whole else shown.state),
        ]  # fmt: skip

    def _has_words(self, shown: CardContent) -> bool:
        return bool(shown.asked or any(text for _, text in self._labels(shown)[2:]))

    def _show_buttons(self, shown: CardContent) -> None:
        self._play.show_words(shown.play)
        self._play.setEnabled(shown.can_play)
        self._next.setAccessibleName(shown.following)
        for button, is_shown in (
            (self._play, bool(shown.play)), (self._next, bool(shown.following)), (self._skip, shown.skip),
            (self._again, shown.again), (self._ask_hint, shown.offers_hint),
            (self._key, bool(shown.play or shown.following) and not (shown.following and shown.again)),
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
            words = QCoreApplication.translate("SceneCard", "Scenes {done} of {total} done")
        self._more.setText(QCoreApplication.translate("SceneCard", "more"))
        self._key.setText(QCoreApplication.translate("SceneCard", "Enter"))
        self._bar.setText(words.format(place=place, total=total, done=done) + "  ▾")
        self._bar.setMinimumWidth(self._bar.sizeHint().width())
        self._bar.setToolTip(QCoreApplication.translate("SceneCard", "All scenes and tasks of this topic (S)"))
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


def _button(name: str, pressed: SignalInstance) -> QPushButton:
    button = QPushButton()
    _prepare(button, name, pressed)
    return button


def _prepare(button: QPushButton, name: str, pressed: SignalInstance) -> None:
    button.setObjectName(name)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # clicked it leaves Space to the run
    button.clicked.connect(pressed)


class _WordsButton(QPushButton):
    """A primary button with the room its words need: such a one has no air of its own.

    A style sheet that comes anew, as with another theme, gives it least sizes that know nothing of its words.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "primary")

    def show_words(self, *lines: str) -> None:
        """Show words, in several lines."""
        self.setText("\n".join(lines))
        self._give_room()

    def bold(self) -> QFont:
        """The font in which its words are painted."""
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._give_room()

    def _give_room(self) -> None:
        metrics, lines = QFontMetrics(self.bold()), self.text().split("\n")
        self.setMinimumWidth(max(map(metrics.horizontalAdvance, lines)) + _AIR)
        self.setMinimumHeight(len(lines) * metrics.lineSpacing() + 2 * _BETWEEN)


def _icon_button(icon: str) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "icon")
    button.setIcon(icons.icon(icon, "muted"))
    return button
