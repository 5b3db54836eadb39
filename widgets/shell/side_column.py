"""The column at the right of the window: sections with rules between them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from widgets.base import fonts, layouts, theme

_WIDTH = 320
_COMPACT_WIDTH = 288
_MARGIN = 16
_PADDING = 10
_GAP = 4


class SideColumn(QScrollArea):
    """A column of fixed width that scrolls when its sections are higher than it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: list[_Section] = []
        self._content = _Content()
        self._column = layouts.column(on=self._content)
        self._column.addStretch()
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("role", "panel")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().installEventFilter(self)
        self.set_compact(False)

    def add_section(self, *parts: QWidget) -> None:
        """Add a section at the end, its parts below each other."""
        section = _Section(parts)
        section.show_margins(self._right_margin())
        self._sections.append(section)
        self._column.insertWidget(self._column.count() - 1, section)
        self._show_rules()

    def set_section_visible(self, part: QWidget, visible: bool) -> None:
        """Show or hide the section that a part is in, with its rule."""
        for section in self._sections:
            if part in section.parts:
                section.setVisible(visible)
        self._show_rules()

    def set_compact(self, compact: bool) -> None:
        """Take the width for narrow windows."""
        self.setFixedWidth(fonts.scaled(_COMPACT_WIDTH if compact else _WIDTH))

    def sizeHint(self) -> QSize:
        return QSize(self.maximumWidth(), 400)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Show, QEvent.Type.Hide):
            self._show_margins()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_margins()

    def _show_margins(self) -> None:
        for section in self._sections:
            section.show_margins(self._right_margin())

    def _right_margin(self) -> int:
        # The scroll bar stands in the margin, so that nothing becomes narrower when it appears.
        bar = self.verticalScrollBar()
        return _MARGIN - (bar.sizeHint().width() if not bar.isHidden() and bar.maximum() else 0)

    def _show_rules(self) -> None:
        is_first = True
        for section in self._sections:
            section.rule.setHidden(is_first)
            is_first = is_first and section.isHidden()


class _Content(QWidget):
    """What scrolls; its left edge is that of the column."""

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(0, 0, 1, self.height(), theme.current().color("border"))


class _Section(QWidget):
    """A rule and the parts under it."""

    def __init__(self, parts: tuple[QWidget, ...]) -> None:
        super().__init__()
        self.parts = parts
        self.rule = QFrame()
        self.rule.setProperty("role", "rule")
        self._inner = layouts.column(*parts, spacing=_GAP)
        layouts.column(self.rule, self._inner, on=self)

    def show_margins(self, right: int) -> None:
        """Keep the parts this far from the right edge."""
        self._inner.setContentsMargins(_MARGIN, _PADDING, max(0, right), _PADDING)
