from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.path import Path
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 200, 200)
BENT = np.array([[-5.0, 5.0], [5.0, 5.0], [5.0, 15.0], [np.nan, np.nan], [8.0, 1.0], [8.0, 2.0]])


def _picture(path: Path, lit: str = "") -> QImage:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    path.paint(painter, VIEW, Rendering(lit=lit or None))
    painter.end()
    return image


def _inked(image: QImage) -> set[tuple[int, int]]:
    return {(x, y) for x in range(200) for y in range(200) if image.pixelColor(x, y).lightness() < 128}


def test_it_goes_through_its_points_and_stops_at_gaps(qapp: QApplication) -> None:
    inked = _inked(_picture(Path("border", BENT)))
    assert {(40, 100), (100, 60), (160, 170)} <= inked
    assert not any(105 < x < 155 for x, _ in inked)
    assert max(x for x, _ in inked) < 165


def test_dashed_has_gaps_faint_is_pale_and_lit_is_wide(qapp: QApplication) -> None:
    whole, dashed = _inked(_picture(Path("border", BENT))), _inked(_picture(Path("border", BENT, dashed=True)))
    assert 0 < len(dashed) < 0.8 * len(whole)
    assert not _inked(_picture(Path("border", BENT, faint=True)))
    lit = _picture(Path("border", BENT), "border")
    assert lit.pixelColor(40, 101) == theme.current().line_colour("accent_text")


def test_it_is_pointed_at_along_its_pieces(qapp: QApplication) -> None:
    path = Path("border", BENT)
    hit = path.nearest(QPointF(160, 170), VIEW)
    assert hit is not None
    assert hit.focus == "border"
    assert path.nearest(QPointF(130, 140), VIEW) is None
    assert Path("border", BENT, faint=True).nearest(QPointF(160, 170), VIEW) is None


def test_labels_keep_off_it_and_its_own_stands_at_its_place(qapp: QApplication) -> None:
    path = Path("border", BENT, label="here", at=(8.0, 2.0))
    (label,) = path.labels(VIEW)
    assert (label.text, label.point) == ("here", QPointF(160, 160))
    assert not Path("border", BENT, label="here").labels(VIEW)
    seen = path.along(VIEW)
    assert np.hypot(*np.diff(seen[:20], axis=0).T).max() <= 8.0
    assert not len(Path("border", BENT, faint=True).along(VIEW))


@pytest.mark.parametrize("xy", [np.empty((0, 2)), np.full((3, 2), np.nan)])
def test_of_nothing_there_is_nothing_to_see(qapp: QApplication, xy: np.ndarray) -> None:
    path = Path("border", xy)
    assert not _inked(_picture(path))
    assert path.nearest(QPointF(1, 1), VIEW) is None
    assert not len(path.along(VIEW))


def test_a_line_of_a_run_beside_is_thin_with_its_letter_at_its_place(qapp: QApplication) -> None:
    whole, beside = Path("border", BENT), Path("border", BENT, at=(8.0, 2.0), letter="B")
    assert 0 < len(_inked(_picture(beside))) < 0.8 * len(_inked(_picture(whole)))
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    beside.paint_over(painter, VIEW, Rendering())
    painter.end()
    assert _inked(image)
    assert all(abs(x - 160) < 10 and abs(y - 160) < 10 for x, y in _inked(image))
