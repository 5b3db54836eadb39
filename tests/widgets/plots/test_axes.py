from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.base.rendering import Rendering, without_painted_controls
from widgets.plots.axes import Axis, Beneath, Part
from widgets.plots.marks.mark import Mark
from widgets.plots.plot import Plot
from widgets.plots.plot_view import PlotView
from widgets.plots.viewport import Viewport


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
    plot.show()
    qtbot.waitExposed(plot)
    qtbot.wait(10)
    painted: list[object] = []
    for axis in plot.axes.values():
        monkeypatch.setattr(axis, "draw", painted.append)
    seen: list[str] = []

    @dataclass(frozen=True)
    class Moved(Mark):
        name: str

        def paint(self, painter: QPainter, viewport: Viewport, rendering: Rendering) -> None:
            seen.append(self.name)

    for name in ("a", "b"):  # the first frame may still be that of showing
        painted.clear()
        plot.set_marks([Moved(name)])
        qtbot.waitUntil(partial(seen.__contains__, name))
    assert not painted


def test_a_hint_stands_behind_the_name_but_not_on_paper(qtbot: QtBot) -> None:
    plot = Plot("point", "p")
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plain = plot.grab().toImage()
    plot.axes["bottom"].set_hint("drag")
    assert plot.grab().toImage() != plain
    with without_painted_controls():
        assert plot.grab().toImage() == plain


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


def test_an_axis_in_parts_has_its_ticks_in_the_first_alone(qtbot: QtBot) -> None:
    plot = Plot("z", "")
    qtbot.addWidget(plot)
    plot.resize(400, 400)
    plot.set_range(-1, 1, -10, 4)
    plot.set_parts((Part("loss", 0.0, 4.0), Part("class 1", -6.0, -1.0), Part("class 0", -10.0, -6.0)))
    plot.show()
    qtbot.waitExposed(plot)
    told = [at for at, _ in plot.axes["left"].ticks()]
    assert len(told) >= 3
    assert (min(told), max(told)) == (0.0, 4.0)
    with_names = plot.grab().toImage()
    plot.set_parts(())
    assert min(at for at, _ in plot.axes["left"].ticks()) < -1
    assert plot.grab().toImage() != with_names


def test_where_only_later_parts_move_what_is_below_is_not_painted_again(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    plot = Plot("z", "")
    qtbot.addWidget(plot)
    plot.resize(400, 400)
    plot.set_range(-1, 1, -10, 4)
    loss = Part("loss", 0.0, 4.0)
    plot.set_parts((loss, Part("class 1", -6.0, -1.0), Part("class 0", -10.0, -6.0)))
    with qtbot.waitExposed(plot):
        plot.show()
    QApplication.processEvents()
    painted: list[Axis] = []
    monkeypatch.setattr(Axis, "draw", lambda axis, painter: painted.append(axis))
    plot.set_parts((loss, Part("class 1", -5.0, -1.0), Part("class 0", -10.0, -5.0)))
    QApplication.processEvents()
    assert painted == [plot.axes["left"]]
    plot.set_parts((Part("loss", 0.0, 2.0), Part("class 1", -5.0, -1.0)))
    QApplication.processEvents()
    assert plot.axes["bottom"] in painted


def test_a_second_row_stands_under_the_ticks_and_is_taken_away_again(qtbot: QtBot) -> None:
    plot = Plot("z")
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.set_range(-2.0, 2.0, 0.0, 1.0)
    before = plot.axes["bottom"].minimumHeight()
    told: list[float] = []

    def tell(z: float) -> str:
        told.append(z)
        return f"{z:g}"

    plot.set_beneath(Beneath("z", "p", tell))
    assert plot.axes["bottom"].minimumHeight() > before
    plot.grab()
    assert set(told) == {tick for tick, _ in plot.axes["bottom"].ticks()}
    plot.set_beneath(None)
    assert plot.axes["bottom"].minimumHeight() == before
