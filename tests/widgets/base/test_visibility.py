from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from widgets.base.visibility import FirstPaint


class Painted(QWidget):
    """A widget that notes its paints."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.seen.append("paint")


def test_it_is_called_once_and_after_the_paint(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: widget.seen.append("call"))
    widget.show()
    qtbot.waitUntil(lambda: "call" in widget.seen)
    before = len(widget.seen)
    assert widget.seen.index("paint") < widget.seen.index("call")
    widget.update()
    qtbot.waitUntil(lambda: len(widget.seen) > before)
    assert widget.seen.count("call") == 1


def test_a_widget_that_is_gone_calls_nothing(qtbot: QtBot) -> None:
    widget = Painted()
    called: list[str] = []
    FirstPaint(widget, lambda: called.append("call"))
    widget.show()
    widget.deleteLater()
    with qtbot.waitSignal(widget.destroyed):
        pass
    assert not called
