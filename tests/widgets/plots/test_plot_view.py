from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from widgets.plots.plot_view import PlotView


class Click:
    def __init__(self, button: Qt.MouseButton, double: bool = False) -> None:
        self._button, self._double, self.taken = button, double, False

    def button(self) -> Qt.MouseButton:
        return self._button

    def double(self) -> bool:
        return self._double

    def pos(self) -> QPointF:
        return QPointF(3, 4)

    def accept(self) -> None:
        self.taken = True


def test_clicks_and_double_clicks_are_told_apart(qtbot: QtBot) -> None:
    view = PlotView()
    with qtbot.waitSignal(view.clicked) as told:
        view.mouseClickEvent(Click(Qt.MouseButton.LeftButton))
    assert told.args == [QPointF(3, 4)]
    with qtbot.assertNotEmitted(view.clicked):
        view.mouseClickEvent(Click(Qt.MouseButton.LeftButton, double=True))
    right = Click(Qt.MouseButton.RightButton)
    with qtbot.assertNotEmitted(view.clicked):
        view.mouseClickEvent(right)
    assert not right.taken


def test_a_drag_is_offered_before_it_pans(qtbot: QtBot) -> None:
    view = PlotView()
    view.takes_drag = lambda event: True
    event = Click(Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(view.sigRangeChangedManually):
        view.mouseDragEvent(event)
    assert event.taken
