from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
from widgets.plots.marks.captions import Off
from widgets.plots.marks.labels import NO_LINES, any_within, ends_of, placed
from widgets.plots.marks.posts import Post
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 1, 300, 200)


def inks(post: Post) -> set[int]:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    post.paint(painter, VIEW, Rendering())
    post.paint_over(painter, VIEW, Rendering())
    painter.end()
    return {image.pixel(x, y) for x in range(300) for y in range(200)}


@pytest.mark.parametrize(("lets", "series"), [(True, "green"), (False, "vermillion")])
def test_its_colour_says_whether_the_curve_passes(qapp: QApplication, lets: bool, series: str) -> None:
    shown = inks(Post(4.0, 0.05, 1.0, "< 0.05", 0.5, "0.50", lets))
    other = {"green": "vermillion", "vermillion": "green"}[series]
    assert theme.current().line_colour(series).rgb() in shown
    assert theme.current().line_colour(other).rgb() not in shown


def written(*posts: Post, line: Off | None = None) -> list[tuple[str, QRectF]]:
    """What is written of posts, and where."""
    labels = [label for post in posts for label in post.labels(VIEW)]
    taken = [box for post in posts for box in post.taken(VIEW)]
    lines = line.along(VIEW) if line else NO_LINES
    return [(label.text, box) for label, box in placed(VIEW, labels, taken, lines)]


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0, None])
@pytest.mark.parametrize("x", [0.5, 5.0, 9.5])
def test_labels_keep_off_the_post_and_its_words_which_stand_beside_it(
    qapp: QApplication, x: float, value: float | None
) -> None:
    post = Post(x, 0.05, 1.0, "< 0.05", value, "" if value is None else "0.50")
    box, *_ = post.taken(VIEW)
    words = [word for _, word in written(post)]
    assert box.contains(VIEW.point(x, 0.5))
    assert not box.contains(VIEW.point(x, 0.02))
    assert len(words) == (1 if value is None else 2)
    assert not any(box.intersects(other) for other in words)
    assert all(VIEW.rect.contains(word) for word in words)
    assert len(words) == 1 or not words[0].intersects(words[1])


@pytest.mark.parametrize("steep", [0.7, 2.45, 9.0])
@pytest.mark.parametrize("middle", [0.0, 2.0, 4.0, 5.0])
def test_what_is_written_of_two_posts_lies_neither_on_each_other_nor_on_the_curve(
    qapp: QApplication, steep: float, middle: float
) -> None:
    x = np.linspace(0, 10, 2000)
    y = 1 / (1 + np.exp(-steep * (x - middle)))
    low, high = (float(np.interp(at, x, y)) for at in (4.0, 6.0))
    posts = Post(4.0, 0.05, 1.0, "< 0.05", low, "✗ 0.99"), Post(6.0, 0.95, 0.0, "> 0.95", high, "✓ 1.0")
    curve = Off(np.column_stack([x, y]))
    words = written(*posts, line=curve)
    assert {text for text, _ in words} == {"< 0.05", "✗ 0.99", "> 0.95", "✓ 1.0"}
    boxes = [box for _, box in words]
    assert not any(one.intersects(other) for k, one in enumerate(boxes) for other in boxes[:k])
    assert not any(any_within(curve.along(VIEW), *ends_of(box)) for box in boxes)


def test_a_post_without_a_rule_writes_its_value_alone(qapp: QApplication) -> None:
    assert [text for text, _ in written(Post(4.0, 0.05, 1.0, "", 0.5, "✗ 0.50"))] == ["✗ 0.50"]


@pytest.mark.parametrize("x", [0.2, 3.9, 9.97])
def test_while_playing_a_post_comes_from_a_picture_that_looks_the_same(qapp: QApplication, x: float) -> None:
    seen = []
    for smooth in (True, False):
        image = QImage(300, 200, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        Post(x, 0.05, 1.0, "< 0.05").paint(painter, VIEW, Rendering(smooth=smooth))
        painter.end()
        seen.append(image)
    assert seen[0] == seen[1]
