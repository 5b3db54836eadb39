"""Opens the window on each screen of the platform in turn, and prints what of it and of its transport cannot be seen.

A line for each screen: its size and scale, how many tabs were looked at, all of them on the smallest, and what is hidden.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from playground.start import app
from playground.topic_list import TOPICS

_BUTTONS = 5  # of the transport, Play among them


def _out_of_sight(screen: QScreen, topics: list[str]) -> list[str]:
    """Open the window on a screen, and return what of it cannot be seen there."""
    program = app.Program()
    window, is_ready = program.window, []
    window.begin_with(topics[0])
    window.move(screen.availableGeometry().topLeft())
    window.ready.connect(lambda: is_ready.append(True))
    program.show()
    while not is_ready:
        QApplication.processEvents()
    found = [] if screen.availableGeometry().contains(window.frameGeometry()) else ["window"]
    for topic in topics:
        transport = window.visit(topic).transport
        QApplication.processEvents()
        buttons = transport.findChildren(QAbstractButton)
        if len(buttons) < _BUTTONS or not all(_is_in_sight(button) for button in buttons):
            found.append(topic)
    program.free()
    return found


def _is_in_sight(button: QWidget) -> bool:
    place = QRect(button.mapToGlobal(QPoint()), button.size())
    is_whole = button.visibleRegion().boundingRect() == button.rect() and button.window().geometry().contains(place)
    return is_whole and QApplication.widgetAt(place.center()) is button


def _main() -> None:
    qt = app.application()
    app.dress(qt, "light", "en")
    smallest = min(qt.screens(), key=lambda screen: screen.size().height())
    for screen in qt.screens():
        topics = [entry.id for entry in TOPICS] if screen is smallest else [TOPICS[0].id]
        width, height = screen.size().toTuple()
        line = width, height, screen.devicePixelRatio(), len(topics), *_out_of_sight(screen, topics)
        sys.stdout.write(" ".join(map(str, line)) + "\n")


if __name__ == "__main__":
    _main()
