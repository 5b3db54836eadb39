from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.base.labels import text_size
from widgets.plots.marks.named_points import LabelMap, Spot, label_places

BOUNDS = QRectF(0, 0, 300, 200)


def boxes(spots: list[tuple[Spot, QPointF]]) -> list[QRectF]:
    placed = label_places(spots, BOUNDS)
    return [QRectF(corner, text_size(spot.label, "label" if spot.colour else "tick")) for spot, corner in placed]


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200), st.booleans()), max_size=40))
def test_no_label_covers_another_or_leaves_the_plot(places: list[tuple[int, int, bool]]) -> None:
    QApplication.instance() or QApplication([])
    spots = [
        (Spot(f"w{i}", 0, 0, f"word{i}", "blue" if marked else ""), QPointF(x, y))
        for i, (x, y, marked) in enumerate(places)
    ]
    found = boxes(spots)
    assert not any(a.intersects(b) for a, b in combinations(found, 2))
    assert all(BOUNDS.contains(box) for box in found)


def test_who_comes_first_has_its_label(qapp: QApplication) -> None:
    crowd = [(Spot("mark", 0, 0, "mark", "blue"), QPointF(150, 100))]
    crowd += [(Spot(f"w{i}", 0, 0, f"word{i}"), QPointF(150 + i % 3, 100 + i % 2)) for i in range(30)]
    placed = [spot.name for spot, _ in label_places(crowd, BOUNDS)]
    assert placed[0] == "mark"
    assert len(placed) < 31


def made(qtbot: QtBot) -> LabelMap:
    plot = LabelMap()
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.set_range(-2, 2, -2, 2)
    plot.set_spots([Spot("king", 1, 1, "king", "blue"), Spot("cat", -1, -1, "cat"), Spot("cat'", -1, 1, hollow=True)])
    plot.show()
    return plot


def test_the_nearest_point_is_found_within_reach(qtbot: QtBot) -> None:
    plot = made(qtbot)
    assert plot.nearest(1.02, 1.02) == "king"
    assert plot.nearest(-1, 0.97) == "cat'"
    assert plot.nearest(0, 0) == ""


def test_a_click_picks_and_the_pointer_tells(qtbot: QtBot) -> None:
    plot = made(qtbot)
    with qtbot.waitSignal(plot.picked) as picked:
        plot.clicked.emit(-1.0, -1.0)
    assert picked.args == ["cat"]
    told: list[str] = []
    plot.hovered.connect(told.append)
    plot.pointed.emit(1.0, 1.0)
    plot.pointed.emit(1.01, 1.0)
    plot.left.emit()
    assert told == ["king", ""]


def test_moved_points_are_drawn_anew(qtbot: QtBot) -> None:
    plot = made(qtbot)
    before = plot.grab().toImage()
    plot.set_spots([Spot("king", -1, 0, "king", "blue")])
    assert plot.grab().toImage() != before
