"""Widgets as they look on paper: nothing in them that could be pressed, typed into or scrolled."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain
from typing import IO

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGraphicsView,
    QLineEdit,
    QWidget,
)

from playground.export.background import Export, Tick
from playground.tab.topic_tab import TopicTab
from widgets.base import appearance, rendering, theme
from widgets.base.settling import settle

_CONTROLS = (QAbstractButton, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit)


@contextmanager
def unfocused(widget: QWidget) -> Iterator[None]:
    """Paint no focus ring, and the ground of a graphics view itself: its pixmap would be raster in SVG."""
    focused = QApplication.focusWidget()
    modes = {view: view.cacheMode() for view in widget.findChildren(QGraphicsView)}
    if focused:
        focused.clearFocus()
    for view in modes:
        view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
    try:
        yield
    finally:
        for view, mode in modes.items():
            view.setCacheMode(mode)
        if focused:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)


@contextmanager
def without_fields(widget: QWidget) -> Iterator[None]:
    """Paint what a field holds as plain text, and of buttons, sliders and scroll bars nothing, painted ones neither.

    Nor is anything painted that says by its property `hint` what can be done. Nothing moves.
    """
    plain, children = _Plain(), widget.findChildren(QWidget)
    controls = [child for child in children if isinstance(child, _CONTROLS) or child.property("hint")]
    for control in controls:
        control.installEventFilter(plain)
    try:
        with rendering.without_painted_controls():
            yield
    finally:
        for control in controls:
            control.removeEventFilter(plain)


class _Plain(QObject):
    """Paints in place of the controls it watches."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or not isinstance(watched, QWidget):
            return False
        within = watched.parentWidget()
        if (text := _held(watched)) and not isinstance(within, QComboBox | QAbstractSpinBox):
            painter = QPainter(watched)
            painter.setPen(theme.current().color("text"))
            painter.drawText(watched.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return True


def _held(control: QWidget) -> str:
    if isinstance(control, QComboBox):
        return control.currentText()
    return control.text() if isinstance(control, QLineEdit | QAbstractSpinBox) else ""


@contextmanager
def without_controls(tab: TopicTab) -> Iterator[None]:
    """Show of a tab its pictures and numbers alone, without the buttons over them, in the room of all the rest."""
    bars = [tab.header, tab.compared, tab.recovery.dead_end, tab.transport, tab.side, tab.stage.card]
    buttons = chain(*(card.buttons() for card in (*tab.shown.cards(), tab.numbers)))
    shown = [part for part in (*bars, *buttons) if not part.isHidden()]
    _show(tab, shown, False)
    try:
        yield
    finally:
        _show(tab, shown, True)


def _show(tab: TopicTab, parts: list[QWidget], visible: bool) -> None:
    for deck in (tab.centre.first, tab.centre.second):
        deck.set_turned_by_tabs(visible)
    for part in parts:
        part.setVisible(visible)
    settle()


@contextmanager
def _in_theme(name: str) -> Iterator[None]:
    """Show the program in another theme, if one is asked for."""
    before, app = theme.choice(), QApplication.instance()
    assert isinstance(app, QApplication)
    if name in ("", theme.current().name):
        yield
        return
    appearance.apply(app, "dark" if name == "dark" else "light")
    settle()
    try:
        yield
    finally:
        appearance.apply(app, before)


@contextmanager
def on_paper(tab: TopicTab | None, theme_name: str) -> Iterator[None]:
    """Show the program in a theme, "" for the one shown, and a tab, where one is given, without its controls."""
    with _in_theme(theme_name), without_controls(tab) if tab else nullcontext():
        yield


class OnPaper:
    """An export that is drawn so. All is as before when it is drawn, or ended on its way."""

    def __init__(self, export: Export, tab: TopicTab | None, theme_name: str) -> None:
        self._export, self._tab, self._theme = export, tab, theme_name
        self.length = export.length

    def draw(self) -> Generator[None, None, None]:
        """Draw it."""
        with on_paper(self._tab, self._theme):
            yield from self._export.draw()

    def write(self, file: IO[bytes], tick: Tick) -> None:
        """Write what was drawn."""
        self._export.write(file, tick)
