"""The panel that every plot and drawing stands in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from widgets.base import fonts, icons, layouts, theme
from widgets.base.rendering import has_controls
from widgets.base.style import set_look
from widgets.cards.mark_key import MarkKey

_HEADER = 36
_PADDING = 12
_BOTTOM = 6  # less than at the sides: plots end with the line of an axis name
_GAP = 8
_BETWEEN = " · "  # parts of a subtitle, which are left out one by one


class Card(QFrame):
    """A bordered panel: title, muted subtitle, a control of its own, an enlarge button, and below them the body."""

    enlarge_requested = Signal()

    def __init__(self, title: str = "", body: QWidget | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._enlarged = self._is_bare = False
        self._labels = _Labels(self)
        self._labels.resized.connect(self._place_key, Qt.ConnectionType.QueuedConnection)  # a layout is at work
        self._enlarge = QToolButton(self)
        self._enlarge.setProperty("role", "icon")
        self._enlarge.clicked.connect(self.enlarge_requested)
        self._header = QWidget(self)
        self._line: QLabel | None = None  # made when it is first needed
        self._key: MarkKey | None = None  # so is this
        self._key_line = layouts.row()  # where that stands under the header
        self._controls = QHBoxLayout()
        self._leading = QHBoxLayout()
        self._body_place = QVBoxLayout()
        self._arrange()
        self._show_enlarge()
        self.set_title(title)
        if body is not None:
            self.set_body(body)

    def title(self) -> str:
        """What the card shows."""
        return self._labels.title

    def set_title(self, title: str) -> None:
        """Set the title, which is also what a screen reader says of the card."""
        self._labels.show_texts(title=title)
        self.setAccessibleName(title)
        self._place_key()

    def subtitle(self) -> str:
        """The whole subtitle, also where parts of it have no room."""
        return self._labels.muted()

    def set_subtitle(self, subtitle: str, hint: str = "") -> None:
        """Set the muted words after the title; they give way first where there is little room.

        The hint, the last of them, says what can be done in the card; it is left out on paper.
        """
        self._labels.show_texts(subtitle=subtitle, hint=hint)

    def chip(self) -> str:
        """The words of the chip."""
        return self._labels.chip

    def set_chip(self, words: str) -> None:
        """Set the words of a chip between title and subtitle; none takes it away."""
        self._labels.show_texts(chip=words)

    def key(self) -> str:
        """What a shape in the picture means."""
        return self._key.words if self._key else ""

    def set_key(self, shape: str, words: str) -> None:
        """Say in the header what a shape in the picture means; where it has no room, under it. No words, no key."""
        if (shape, words) == ((self._key.shape, self._key.words) if self._key else ("", "")):
            return
        if self._key is None:
            self._key = MarkKey(self)
            self._key_line.addWidget(self._key, 0, Qt.AlignmentFlag.AlignLeft)
        self._key.show_key(shape, words)
        self._row.activate()
        self._place_key()

    def _place_key(self) -> None:
        """Put the key into the header if it has room beside the title, else under it: neither is cut for it."""
        if self._key is None:
            return
        is_above = self._controls.indexOf(self._key) >= 0
        wide = self._key.sizeHint().width() + _GAP
        has_room = self._labels.width() + is_above * (self._key.width() + _GAP) >= wide + self._labels.title_width()
        if has_room != is_above:
            place = self._controls if has_room else self._key_line
            place.insertWidget(0, self._key, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def line(self) -> str:
        """The words under the header."""
        return self._line.text() if self._line else ""

    def set_line(self, words: str) -> None:
        """Write a line under the header, which is never cut for what else stands there; without words there is none."""
        if words == self.line():
            return
        if self._line is None:
            self._line = QLabel()
            self._line.setProperty("role", "muted")
            self._column.insertWidget(1, self._line)
        self._line.setText(words)
        self._line.setVisible(bool(words))
        self._show_margins()

    def set_body(self, body: QWidget) -> None:
        """Put a widget into the card; raises ValueError if it has one."""
        if self._body_place.count():
            raise ValueError("the card has a body")
        self._body_place.addWidget(body)

    def add_control(self, control: QWidget) -> None:
        """Put a widget at the right of the header, before the enlarge button."""
        self._controls.addWidget(control)

    def buttons(self) -> list[QAbstractButton]:
        """The buttons in the header, the enlarge button among them."""
        return self._header.findChildren(QAbstractButton)

    def add_leading(self, control: QWidget) -> None:
        """Put a widget at the left of the header, before the title."""
        self._leading.addWidget(control)

    def leading_room(self) -> int:
        """Return how many px the widgets at the left of the header may take, so that those at the right have theirs."""
        controls, enlarge = self._controls.sizeHint().width(), self._enlarge.sizeHint().width()
        return self.width() - 2 - _PADDING - controls - enlarge * (not self._enlarge.isHidden()) - 4 * _GAP

    def set_header_visible(self, visible: bool) -> None:
        """Show or hide the header; the body takes its place."""
        self._header.setVisible(visible)
        self._show_margins()

    def set_bare(self, bare: bool) -> None:
        """Lose header and edges, as the page of another card, or get them back."""
        self._is_bare = bare
        self._column.setContentsMargins(*[0 if bare else 1] * 4)
        self.set_asking(False)
        self.set_header_visible(not bare)

    def lend_controls(self, other: Card) -> None:
        """Let the widgets at the right of the header stand in that of another card."""
        while item := self._controls.takeAt(0):
            if control := item.widget():
                other.add_control(control)

    def _show_margins(self) -> None:
        side, is_headed = 0 if self._is_bare else _PADDING, self._is_bare or not self._header.isHidden()
        top = 0 if is_headed or self.line() else _PADDING
        self._body_place.setContentsMargins(side, top, side, 0 if self._is_bare else _BOTTOM)
        if self._line:
            self._line.setContentsMargins(side, 0 if is_headed else _BOTTOM, side, 0)

    def set_enlargeable(self, enlargeable: bool) -> None:
        """Show or hide the enlarge button."""
        self._enlarge.setVisible(enlargeable)

    def set_enlarged(self, enlarged: bool) -> None:
        """Say whether the card fills the page, so that its button offers the way back."""
        self._enlarged = enlarged
        self._show_enlarge()

    def set_asking(self, asking: bool) -> None:
        """Edge the card while it takes an answer."""
        set_look(self, "role", "asking" if asking else "bare" if self._is_bare else "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_enlarge()

    def _arrange(self) -> None:
        self._header.setFixedHeight(fonts.scaled(_HEADER))
        self._controls.setSpacing(_GAP)
        parts = self._leading, self._labels, self._controls, self._enlarge
        self._row = layouts.row(*parts, spacing=_GAP, grows=self._labels, on=self._header)
        self._row.setContentsMargins(_PADDING, 0, _GAP, 0)
        self._key_line.setContentsMargins(_PADDING, 0, 0, 0)
        below = self._header, self._key_line, self._body_place
        self._column = layouts.column(*below, grows=self._body_place, on=self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self.set_header_visible(True)

    def _show_enlarge(self) -> None:
        if self._enlarged:
            words = QCoreApplication.translate("Card", "Back to all panels")
        else:
            words = QCoreApplication.translate("Card", "Enlarge this panel")
        self._enlarge.setIcon(icons.icon("minimize-2" if self._enlarged else "maximize-2", "muted"))
        self._enlarge.setToolTip(words)
        self._enlarge.setAccessibleName(words)


class _Labels(QWidget):
    """Title and subtitle on one line; where room is short the subtitle loses its parts first, then the title is cut."""

    resized = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = self.subtitle = self.hint = self.chip = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_texts(self, **texts: str) -> None:
        if any(getattr(self, name) != text for name, text in texts.items()):
            for name, text in texts.items():
                setattr(self, name, text)
            self._tell_all()
            self.update()

    def muted(self) -> str:
        return _BETWEEN.join(filter(None, (self.subtitle, self.hint)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(fonts.role_font("panel")).height())

    def sizeHint(self) -> QSize:
        width = self._before_subtitle() + QFontMetrics(fonts.role_font("subtitle")).horizontalAdvance(self.muted())
        return QSize(width, self.minimumSizeHint().height())

    def resizeEvent(self, event: QEvent) -> None:
        self._tell_all()
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(fonts.role_font("panel"))
        painter.setPen(theme.current().color("text"))
        baseline = (self.height() + painter.fontMetrics().ascent() - painter.fontMetrics().descent()) // 2
        painter.drawText(0, baseline, self._shown_title(painter.fontMetrics()))
        self._paint_chip(painter, baseline)
        rest = QRect(self._before_subtitle(), 0, self.width() - self._before_subtitle(), self.height())
        painter.setFont(fonts.role_font("subtitle"))
        if rest.width() < painter.fontMetrics().horizontalAdvance("…"):
            return
        painter.setPen(theme.current().color("muted"))
        words = self.muted() if has_controls() else self.subtitle
        painter.drawText(rest.left(), baseline, _fitting(words, painter.fontMetrics(), rest.width()))

    def _shown_title(self, metrics: QFontMetrics) -> str:
        """The title, cut where there is no room for it; rather none than a few letters."""
        shown = fonts.cut(self.title, metrics, self.width())
        return shown if 2 * len(shown) > len(self.title) else ""

    def _paint_chip(self, painter: QPainter, baseline: int) -> None:
        if not self.chip:
            return
        metrics = QFontMetrics(fonts.role_font("label"))
        middle, high = baseline - metrics.ascent() + metrics.height() / 2, metrics.height() + 4
        chip = QRectF(self.title_width() + _GAP, middle - high / 2, self._chip_width(), high)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("selection"))
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        painter.setFont(fonts.role_font("label"))
        painter.setPen(theme.current().color("accent_text"))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self.chip)

    def _chip_width(self) -> int:
        return QFontMetrics(fonts.role_font("label")).horizontalAdvance(self.chip) + 2 * _GAP

    def _before_subtitle(self) -> int:
        return self.title_width() + _GAP + (self._chip_width() + _GAP if self.chip else 0)

    def title_width(self) -> int:
        return QFontMetrics(fonts.role_font("panel")).horizontalAdvance(self.title)

    def _tell_all(self) -> None:
        """Give the whole text as tool tip where it is cut short."""
        whole = _BETWEEN.join(text for text in (self.title, self.chip, self.muted()) if text)
        self.setToolTip(whole if self.sizeHint().width() > self.width() else "")


def _fitting(text: str, metrics: QFontMetrics, width: int) -> str:
    """As many of the parts of a text as there is room for, each whole: of a number that is cut another is read."""
    parts = text.split(_BETWEEN)
    wholes = (_BETWEEN.join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((whole for whole in wholes if metrics.horizontalAdvance(whole) <= width), "")
