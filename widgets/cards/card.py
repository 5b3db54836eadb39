"""The panel that every plot and drawing stands in."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from widgets.base import fonts, icons, layouts, theme

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
        self._enlarged = False
        self._labels = _Labels(self)
        self._enlarge = QToolButton(self)
        self._enlarge.setProperty("role", "icon")
        self._enlarge.clicked.connect(self.enlarge_requested)
        self._header = QWidget(self)
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
        self._labels.show_texts(title, self._labels.subtitle)
        self.setAccessibleName(title)

    def subtitle(self) -> str:
        """The whole subtitle, also where it is cut short."""
        return self._labels.subtitle

    def set_subtitle(self, subtitle: str) -> None:
        """Set the muted words after the title; they give way first where there is little room."""
        self._labels.show_texts(self._labels.title, subtitle)

    def set_body(self, body: QWidget) -> None:
        """Put a widget into the card; raises ValueError if it has one."""
        if self._body_place.count():
            raise ValueError("the card has a body")
        self._body_place.addWidget(body)

    def add_control(self, control: QWidget) -> None:
        """Put a widget at the right of the header, before the enlarge button."""
        self._controls.addWidget(control)

    def add_leading(self, control: QWidget) -> None:
        """Put a widget at the left of the header, before the title."""
        self._leading.addWidget(control)

    def set_header_visible(self, visible: bool) -> None:
        """Show or hide the header; the body takes its place."""
        self._header.setVisible(visible)
        top = 0 if visible else _PADDING
        self._body_place.setContentsMargins(_PADDING, top, _PADDING, _BOTTOM)

    def set_enlargeable(self, enlargeable: bool) -> None:
        """Show or hide the enlarge button."""
        self._enlarge.setVisible(enlargeable)

    def set_enlarged(self, enlarged: bool) -> None:
        """Say whether the card fills the page, so that its button offers the way back."""
        self._enlarged = enlarged
        self._show_enlarge()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show_enlarge()

    def _arrange(self) -> None:
        self._header.setFixedHeight(fonts.scaled(_HEADER))
        self._controls.setSpacing(_GAP)
        parts = self._leading, self._labels, self._controls, self._enlarge
        row = layouts.row(*parts, spacing=_GAP, grows=self._labels, on=self._header)
        row.setContentsMargins(_PADDING, 0, _GAP, 0)
        column = layouts.column(self._header, self._body_place, grows=self._body_place, on=self)
        column.setContentsMargins(1, 1, 1, 1)
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
    """Title and subtitle on one line; the subtitle is cut short first, then the title."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.title = ""
        self.subtitle = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_texts(self, title: str, subtitle: str) -> None:
        if (title, subtitle) == (self.title, self.subtitle):
            return
        self.title, self.subtitle = title, subtitle
        self._tell_all()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, QFontMetrics(fonts.role_font("panel")).height())

    def sizeHint(self) -> QSize:
        width = self._title_width() + _GAP + QFontMetrics(fonts.role_font("subtitle")).horizontalAdvance(self.subtitle)
        return QSize(width, self.minimumSizeHint().height())

    def resizeEvent(self, event: QEvent) -> None:
        self._tell_all()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(fonts.role_font("panel"))
        painter.setPen(theme.current().color("text"))
        baseline = (self.height() + painter.fontMetrics().ascent() - painter.fontMetrics().descent()) // 2
        painter.drawText(0, baseline, fonts.cut(self.title, painter.fontMetrics(), self.width()))
        rest = QRect(self._title_width() + _GAP, 0, self.width() - self._title_width() - _GAP, self.height())
        painter.setFont(fonts.role_font("subtitle"))
        if rest.width() < painter.fontMetrics().horizontalAdvance("…"):
            return
        painter.setPen(theme.current().color("muted"))
        painter.drawText(rest.left(), baseline, _fitting(self.subtitle, painter.fontMetrics(), rest.width()))

    def _title_width(self) -> int:
        return QFontMetrics(fonts.role_font("panel")).horizontalAdvance(self.title)

    def _tell_all(self) -> None:
        """Give the whole text as tool tip where it is cut short."""
        whole = _BETWEEN.join(text for text in (self.title, self.subtitle) if text)
        self.setToolTip(whole if self.sizeHint().width() > self.width() else "")


def _fitting(text: str, metrics: QFontMetrics, width: int) -> str:
    """As many of the parts of a text as there is room for, whole; a first part that has none is cut, or left out."""
    parts = text.split(_BETWEEN)
    wholes = (_BETWEEN.join(parts[:count]) for count in range(len(parts), 0, -1))
    fitting = (whole for whole in wholes if metrics.horizontalAdvance(whole) <= width)
    cut = fonts.cut(parts[0], metrics, width)
    return next(fitting, cut if 2 * width > metrics.horizontalAdvance(parts[0]) else "")
