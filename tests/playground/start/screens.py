"""Opens the window on each screen of the platform in turn, and prints what of it and of its transport cannot be seen.

A line for each screen: its size and scale, how many tabs were looked at (all on the smallest), and what is hidden.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from playground.start import app
from playground.topic_list import TOPICS

SCREENS: dict[tuple[int, int], list[float]] = {  # scales, by the size in pixels of the device
    (1280, 720): [1],
    (1366, 768): [1, 1.25],
    (1920, 1080): [1.5, 2],
    (2560, 1440): [2],
    (3840, 2160): [1, 2.5],
}
_BUTTONS = 5  # of the transport, Play among them


def surroundings(folder: Path) -> dict[str, str]:
    """Return what has Qt see those screens beside each other."""
    screens: list[dict[str, Any]] = []
    scales = []
    for (width, height), own in SCREENS.items():
        for scale in own:
            name = f"screen{len(screens)}"
            left = sum(screen["width"] for screen in screens)
            density = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
            screens.append({"name": name, "x": left, "y": 0, "width": width, "height": height, **density})
            scales.append(f"{name}={scale}")
    (folder / "screens.json").write_text(json.dumps({"screens": screens}), encoding="utf-8")
    platform = f"offscreen:configfile={folder / 'screens.json'}"
    return {"QT_QPA_PLATFORM": platform, "QT_SCREEN_SCALE_FACTORS": ";".join(scales)}


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
