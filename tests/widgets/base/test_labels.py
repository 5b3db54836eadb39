import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base.fonts import LETTERS, add_bundled
from widgets.base.labels import (
    APART,
    boxes_beside,
    draw_label,
    fitting,
    forget_fonts,
    outlined,
    place_beside,
    plot_font,
    spread,
    text_size,
    text_width,
    write,
)
from widgets.base.rendering import Rendering

BOUNDS = QRectF(0, 0, 200, 100)


@pytest.mark.parametrize("seed", range(20))
def test_labels_are_14_px_apart_inside_and_in_order(seed: int) -> None:
    wanted = np.random.default_rng(seed).uniform(-20, 220, size=12).tolist()
    placed = spread(wanted, 7.0, 193.0)
    ranked = [placed[index] for index in np.argsort(wanted, kind="stable")]
    assert (np.diff(ranked) >= APART - 1e-9).all()
    assert min(placed) >= 7.0
    assert max(placed) <= 193.0


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([100.0, 20.0, 60.0], 7.0, 193.0) == [100.0, 20.0, 60.0]


def test_touching_labels_move_by_as_little_as_can_be() -> None:
    assert spread([50.0, 50.0], 0.0, 100.0) == [43.0, 57.0]
    assert spread([50.0, 52.0, 54.0], 0.0, 100.0) == [38.0, 52.0, 66.0]


def test_a_label_takes_the_first_free_side() -> None:
    size = QSizeF(40, 10)
    assert place_beside(QPointF(100, 50), size, 5, BOUNDS, []).left() == 105
    taken = [QRectF(104, 40, 60, 20)]
    assert place_beside(QPointF(100, 50), size, 5, BOUNDS, taken).right() == 95
    taken = [QRectF(120, 49, 4, 2), QRectF(70, 49, 4, 2), QRectF(98, 36, 4, 2), QRectF(98, 60, 4, 2)]
    crowded = place_beside(QPointF(100, 50), size, 5, BOUNDS, taken)
    assert not any(crowded.intersects(other) for other in taken)
    assert BOUNDS.contains(place_beside(QPointF(198, 50), size, 5, BOUNDS, []))


def test_the_boxes_beside_a_point_stand_around_it_the_one_asked_for_first() -> None:
    boxes = boxes_beside(QPointF(100, 50), QSizeF(40, 10), 7, 4, first="above")
    assert boxes[:2] == [QRectF(80, 36, 40, 10), QRectF(107, 45, 40, 10)]
    assert len(boxes) == 8
    assert not any(box.contains(QPointF(100, 50)) for box in boxes)


def test_fonts_are_kept_until_forgotten(qapp: QApplication) -> None:
    assert plot_font("label") is plot_font("label")
    before = plot_font("label")
    assert text_size("Momentum", "label").width() > text_size("m", "label").width()
    forget_fonts()
    assert plot_font("label") is not before


@pytest.mark.parametrize("text", ["0.45", "−1.2e−5", "∂ℓ/∂h", "x·W", "✓", "状态 h"])
@pytest.mark.parametrize("role", ["tick", "cell", "strong"])
def test_a_text_is_written_as_the_painter_draws_it(text: str, role: str, dressed: QApplication) -> None:
    """Also in signs of another font, which may reach higher than the font of the role."""
    add_bundled(LETTERS)
    forget_fonts()
    made = []
    for way in ("write", "draw"):
        image = QImage(120, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        if way == "write":
            write(painter, 10, 20, text, role)
        else:
            painter.setFont(plot_font(role))
            painter.drawText(QPointF(10, 20), text)
        painter.end()
        made.append(image)
    assert made[0] == made[1]


def test_a_text_is_cut_where_it_is_wider(dressed: QApplication) -> None:
    wide = text_width("Momentum", "tick")
    assert fitting("Momentum", "tick", wide) == "Momentum"
    assert fitting("Momentum", "tick", wide - 2).endswith("…")


@pytest.mark.parametrize("smooth", [True, False])
def test_a_halo_lies_around_a_label_while_it_plays_too(qapp: QApplication, smooth: bool) -> None:
    image = QImage(80, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    painter = QPainter(image)
    draw_label(painter, Rendering(smooth=smooth), QPointF(10, 5), "0.85", "label", QColor("black"), QColor("white"))
    painter.end()
    pixels = np.frombuffer(image.constBits(), dtype=np.uint8).reshape(30, 80, 4)[:, :, :3].astype(int)
    ink, ground = pixels.max(axis=2) < 60, (pixels == (0, 0, 255)).all(axis=2)
    assert ink.any()
    beside = ink | np.roll(ink, 1, 0) | np.roll(ink, -1, 0) | np.roll(ink, 1, 1) | np.roll(ink, -1, 1)
    assert not (beside & ground).any()


def test_an_outline_is_the_same_whatever_was_written_before() -> None:
    words, first = "medoid of 4 Momentum Nesterov", None
    for number, role in enumerate(("label", "title", "panel", "heading", "label")):
        image = QImage(400, 40, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setFont(plot_font(role))
        painter.drawText(3, 30, f"{words}{chr(0x16A0 + number)} abcdefghij")
        painter.end()
        outlined("äöü fghi", role, QPointF())
        made = outlined(words, "label", QPointF())
        first = first or made
        assert made == first
