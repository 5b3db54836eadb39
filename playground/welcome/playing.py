"""The run of a kept picture, played: its topic is loaded when it is begun, and let go when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from core.run.refusal import Refusal
from playground.topic_list import TopicEntry
from playground.welcome import kept_pictures
from widgets.base import theme

if TYPE_CHECKING:
    from playground.actions import Actions
    from playground.tab.topic_tab import TopicTab

_WAIT_MS = 350  # of pointing, before anything is loaded: a pointer that only passes costs nothing
_FRAME_MS = 66
_FRAMES = 60
_AT_THE_END = 15  # frames for which the last one stays
_PADDING = 8  # px around the panel, as in the kept picture
_SHAPE = 1.84


class Playing(QObject):
    """Plays one topic's picture at a time: a bit of loading, or a frame, each time the timer comes."""

    shown = Signal(object, QImage)  # the topic, and a frame of its run

    def __init__(self, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions
        self._entry: TopicEntry | None = None
        self._bits: Iterator[QImage | None] = iter(())
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    def begin(self, entry: TopicEntry) -> None:
        """Play a topic's picture from now on."""
        if entry is not self._entry:
            self.stop()
            self._entry, self._bits = entry, _frames(entry, self._actions)
            self._timer.start(_WAIT_MS)

    def stop(self) -> None:
        """Play nothing, and let go of what was loaded for it."""
        self._timer.stop()
        self._entry, self._bits = None, iter(())

    def _go_on(self) -> None:
        try:
            frame = next(self._bits)
        except (Refusal, StopIteration):  # the kept picture stays
            return
        if frame is not None and self._entry:
            self.shown.emit(self._entry, frame)
        self._timer.start(0 if frame is None else _FRAME_MS)


def _frames(entry: TopicEntry, actions: Actions) -> Iterator[QImage | None]:
    """Yield the frames of the run in a kept picture, over and over; nothing while all is made ready."""
    _ = entry.core
    yield None
    build = entry.tab
    yield None
    ground = QWidget()
    ground.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    try:
        tab = build(entry, actions, 0, ground, at_once=False)
        while tab.build_on():
            yield None
        yield from _played(entry, tab, ground)
    finally:
        ground.close()
        ground.deleteLater()
        QCoreApplication.sendPostedEvents(ground, QEvent.Type.DeferredDelete)


def _played(entry: TopicEntry, tab: TopicTab, ground: QWidget) -> Iterator[QImage | None]:
    from playground.files.session import open_file
    from playground.playback.view import axis_end

    opened = open_file(kept_pictures.place(entry))
    timeline = opened.timeline()
    while timeline.recorded < opened.position and not timeline.ended:
        timeline.record(min(timeline.recorded + max(1, opened.position // _FRAMES), opened.position))
        yield None
    tab.run.load(timeline, 0)
    panel, wide = kept_pictures.panel_of(entry), kept_pictures.width_of(entry)
    page = _brought_out(panel, tab)
    view = replace(tab.view(), steps=axis_end(timeline.recorded))
    for step in cycle(_steps(timeline.recorded)):
        _place(page, ground, wide)
        tab.shown.show(panel, replace(view, t=step, ahead=False))
        yield _image(page)


def _steps(last: int) -> list[int]:
    count = min(last, _FRAMES)
    return [round(last * i / max(1, count)) for i in range(count + 1)] + [last] * _AT_THE_END


def _brought_out(panel: str, tab: TopicTab) -> QWidget:
    """Return the panel as it is seen, in front of others."""
    tab.hide()
    tab.bring_forward(panel)
    return tab.shown.page_of(panel)


def _place(page: QWidget, ground: QWidget, wide: int) -> None:
    """Lay a panel out as in the kept picture, where nobody sees it; its tab may have taken it back meanwhile."""
    if page.parentWidget() is not ground:
        size = QSize(wide, round(wide / _SHAPE)) - QSize(2 * _PADDING, 2 * _PADDING)
        page.setParent(ground)
        ground.resize(size)
        page.setGeometry(QRect(QPoint(), size))
        page.show()
        ground.show()


def _image(page: QWidget) -> QImage:
    ratio = page.devicePixelRatioF()
    size = page.size() + QSize(2 * _PADDING, 2 * _PADDING)
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    painter.drawPixmap(_PADDING, _PADDING, page.grab())
    painter.end()
    return image
