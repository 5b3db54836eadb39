from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.labels import corner_box, text_size
from widgets.base.rendering import Rendering
from widgets.plots.marks.named_points import RINGS, NamedPoints, Spot, label_places
from widgets.plots.viewport import Viewport

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
    placed = [spot.focus for spot, _ in label_places(crowd, BOUNDS)]
    assert placed[0] == "mark"
    assert len(placed) < 31


SPOTS = (Spot("king", 1, 1, "king", "blue"), Spot("cat", -1, -1, "cat"), Spot("cat'", -1, 1, hollow=True))
VIEW = Viewport(-2, 2, -2, 2, 300, 200)


def test_the_nearest_point_is_found_within_reach() -> None:
    def found(x: float, y: float) -> object:
        hit = NamedPoints(SPOTS).nearest(VIEW.point(x, y), VIEW)
        return hit and (hit.focus, hit.place)

    assert found(1.02, 1.02) == ("king", (1, 1))
    assert found(-1, 0.97) == ("cat'", (-1, 1))
    assert found(0, 0) is None


def test_points_stand_around_a_cross(qapp: QApplication) -> None:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    NamedPoints(SPOTS).paint(painter, VIEW, Rendering())
    painter.end()
    assert image.pixelColor(VIEW.point(1, 1).toPoint()) == theme.current().line("blue")
    assert image.pixelColor(VIEW.point(-1, -1).toPoint()) == theme.current().color("control")
    assert image.pixelColor(VIEW.point(-1, 1).toPoint()) != theme.current().color("panel")
    assert image.pixelColor(10, 100) == image.pixelColor(150, 10) == theme.current().color("grid")


def test_words_led_apart_stand_where_those_beside_had_no_room(qapp: QApplication) -> None:
    crowd = [(Spot(f"w{i}", 0, 0, f"word{i}"), QPointF(150 + 9 * (i % 3), 100 + 9 * (i // 3))) for i in range(9)]
    beside = {spot.focus for spot, _ in label_places(crowd, BOUNDS)}
    led = label_places(crowd, BOUNDS, RINGS)
    assert beside < {spot.focus for spot, _ in led}
    found = [QRectF(corner, text_size(spot.label, "tick")) for spot, corner in led]
    assert not any(a.intersects(b) for a, b in combinations(found, 2))


def test_no_label_covers_the_name_of_an_axis(qapp: QApplication) -> None:
    kept = corner_box("PCA 1 →", BOUNDS, True)
    spot = Spot("home", 0, 0, "home"), kept.topLeft() - QPointF(20, -6)
    (_, beside), (_, free) = *label_places([spot], BOUNDS), *label_places([spot], BOUNDS, kept=[kept])
    size = text_size("home", "tick")
    assert QRectF(beside, size).intersects(kept)
    assert not QRectF(free, size).intersects(kept)


def test_points_are_handles_where_they_can_be_moved() -> None:
    viewport = Viewport(0.0, 1.0, 0.0, 1.0, 100.0, 100.0)
    still, movable = (NamedPoints((Spot("w", 0.5, 0.5, "word"),), movable=movable) for movable in (False, True))
    assert not still.handles()
    assert [(handle.focus, handle.place, handle.name) for handle in movable.handles()] == [("w", (0.5, 0.5), "word")]
    for mark in (still, movable):
        hit = mark.nearest(QPointF(50, 50), viewport)
        assert hit is not None
        assert hit.draggable == mark.movable


def test_a_label_keeps_off_the_tip_of_an_arrow(qapp: QApplication) -> None:
    spot, tip = [(Spot("king", 0, 0, "king", "blue"), QPointF(150, 100))], QRectF(160, 93, 14, 14)
    ((_, beside),) = label_places(spot, BOUNDS)
    size = text_size("king", "label")
    assert QRectF(beside, size).intersects(tip)
    ((_, aside),) = label_places(spot, BOUNDS, others=[tip])
    assert not QRectF(aside, size).intersects(tip)
