"""The list of scenes and tasks, as a sheet over the side column: a click opens one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QLineEdit, QScrollArea, QWidget

from widgets.base import fonts, icons, layouts, theme
from widgets.base.manners import Manners

_ROW = 28
_ICON = 16
_PADDING = 8
_INDENT = _PADDING + _ICON + 8


@dataclass(frozen=True)
class SceneRow:
    """One scene or task: what it is called, whether it is done, and whether it is worth another look.

    A note stands at the right of one that is offered by itself, with an icon in the accent's colour; one of another
    topic has that topic's.
    """

    id: str
    title: str
    done: bool = False
    is_task: bool = False
    due: bool = False
    note: str = ""
    icon: str = ""


class SceneButton(QAbstractButton):
    """Opens a scene: its tick or its kind, and its title on one line."""

    def __init__(self, row: SceneRow, name: str = "") -> None:
        super().__init__()
        self.row = row
        self.setObjectName(name or f"scene.{row.id}")
        self.setText(row.title)
        self.setToolTip(row.title)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if row.done:
            self.setAccessibleDescription(QCoreApplication.translate("SceneList", "done"))

    def sizeHint(self) -> QSize:
        return QSize(200, fonts.scaled(_ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, fonts.scaled(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        square = QRectF(_PADDING, (self.height() - _ICON) / 2, _ICON, _ICON)
        icons.draw(painter, self._icon(), square, colours.color(self._token()))
        room = self.rect().adjusted(_INDENT, 0, -_PADDING, 0)
        painter.setFont(fonts.role_font("subtitle"))
        painter.setPen(colours.color("muted"))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.row.note)
        if self.row.note:
            room.adjust(0, 0, -painter.fontMetrics().horizontalAdvance(self.row.note) - _PADDING, 0)
        painter.setFont(fonts.role_font("body"))
        painter.setPen(colours.color("muted" if self.row.done and not self.row.due else "text"))
        text = fonts.cut(self.text(), QFontMetrics(painter.font()), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_ground(self, painter: QPainter) -> None:
        colours, is_lit = theme.current(), self.underMouse() or self.hasFocus()
        if self.hasFocus():
            painter.setPen(QPen(colours.color("accent_text"), 2))
        else:
            painter.setPen(QPen(colours.color("border"), 1) if self.row.note else Qt.PenStyle.NoPen)
        painter.setBrush(colours.color("hover" if is_lit else "panel"))
        if is_lit or self.row.note:
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _token(self) -> str:
        if self.row.note:
            return "accent_text"
        return "ok" if self.row.done else "control"

    def _icon(self) -> str:
        if self.row.icon:
            return self.row.icon
        if self.row.due:
            return "repeat"
        if self.row.note:
            return "play"
        if self.row.done:
            return "circle-check-filled"
        return "target" if self.row.is_task else "circle"


class SceneList(QFrame):
    """All scenes of a topic: what is worth another look first, then scenes, then tasks; typing filters."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAutoFillBackground(True)
        self._filter = QLineEdit()
        self._filter.setObjectName("scene.filter")
        Manners(self._filter).escaped.connect(self.put_away)
        self._filter.textChanged.connect(self._show_matching)
        self._rows = layouts.column(spacing=2)
        content = QWidget()
        inner = layouts.column(self._rows, on=content)
        inner.addStretch()
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layouts.column(self._filter, area, spacing=6, grows=area, on=self).setContentsMargins(12, 8, 8, 8)
        self._retranslate()

    def set_rows(self, rows: Sequence[SceneRow]) -> None:
        """Show these scenes."""
        while (item := self._rows.takeAt(0)) and (old := item.widget()):
            old.hide()
            old.deleteLater()
        for row in sorted(rows, key=lambda row: (not row.due, row.is_task)):
            button = SceneButton(row)
            button.clicked.connect(lambda _=False, id=row.id: self.opened.emit(id))
            self._rows.addWidget(button)
        layouts.tab_through(self._filter, *self.buttons())
        self._show_matching(self._filter.text())

    def buttons(self) -> list[SceneButton]:
        """The buttons, in the order shown."""
        items = (self._rows.itemAt(i) for i in range(self._rows.count()))
        return [widget for item in items if item and isinstance(widget := item.widget(), SceneButton)]

    def begin(self) -> None:
        """Show the sheet, ready for typing."""
        self._filter.clear()
        self.show()
        self.raise_()
        self._filter.setFocus()

    def put_away(self) -> bool:
        """Hide the sheet, and let go of the focus if it has that; False where it is hidden already."""
        was_shown, now = not self.isHidden(), QApplication.focusWidget()
        if now and self.isAncestorOf(now):
            now.clearFocus()  # or hiding would hand it to the nearest field
        self.hide()
        return was_shown

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            matching = [button for button in self.buttons() if not button.isHidden()]
            if matching:
                matching[0].click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _show_matching(self, typed: str) -> None:
        for button in self.buttons():
            button.setVisible(typed.casefold() in button.text().casefold())

    def _retranslate(self) -> None:
        self._filter.setPlaceholderText(QCoreApplication.translate("SceneList", "Type to find a scene"))
        self._filter.setAccessibleName(self._filter.placeholderText())
