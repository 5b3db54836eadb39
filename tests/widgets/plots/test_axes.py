from functools import partial

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.plots.axes import Axis
from widgets.plots.plot import Plot
from widgets.plots.plot_view import PlotView


def test_the_axis_has_room_for_its_widest_tick(qapp: QApplication) -> None:
    axis = Axis("left", PlotView())
    axis.fit(0.0, 1.0)
    narrow = axis.minimumWidth()
    axis.fit(0.0, 200_000.0)
    assert axis.minimumWidth() > narrow
    axis.name = "loss"
    axis.fit(0.0, 1.0)
    assert axis.minimumWidth() > narrow


def test_a_moved_curve_does_not_repaint_the_axes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    plot = Plot("step", "loss")
    qtbot.addWidget(plot)
    plot.resize(400, 250)
    layer = plot.add_layer(lambda *arguments: None, 0)
    plot.show()
    qtbot.waitExposed(plot)
    qtbot.wait(10)
    painted: list[object] = []
    for axis in plot.axes.values():
        monkeypatch.setattr(axis, "draw", painted.append)
    seen: list[object] = []
    layer.draw = seen.append

    def reached(times: int) -> bool:
        return len(seen) >= times

    for times in (1, 2):  # the first frame may still be that of showing
        painted.clear()
        layer.update()
        qtbot.waitUntil(partial(reached, times))
    assert not painted


def test_a_low_axis_has_fewer_ticks(qtbot: QtBot) -> None:
    plot = Plot("step", "loss")
    qtbot.addWidget(plot)
    plot.set_range(0, 1, 0, 100)
    plot.resize(400, 300)
    plot.grab()
    many = len(plot.axes["left"].ticks())
    plot.resize(400, 110)
    plot.grab()
    assert 2 <= len(plot.axes["left"].ticks()) < many
