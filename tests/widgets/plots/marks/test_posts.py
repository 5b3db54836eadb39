from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from widgets.base import theme
from widgets.base.rendering import Rendering
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


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0, None])
@pytest.mark.parametrize("x", [0.5, 5.0, 9.5])
def test_labels_keep_off_the_post_and_its_words_which_stand_beside_it(
    qapp: QApplication, x: float, value: float | None
) -> None:
    post = Post(x, 0.05, 1.0, "< 0.05", value, "" if value is None else "0.50")
    box, *words = post.taken(VIEW)
    assert box.contains(VIEW.point(x, 0.5))
    assert not box.contains(VIEW.point(x, 0.02))
    assert len(words) == (1 if value is None else 2)
    assert not any(box.intersects(other) for other in words)
    assert all(other.top() >= 0 and other.bottom() <= 200 for other in words)
    assert len(words) == 1 or not words[0].intersects(words[1])
    assert not box.contains(QPointF(299, 0)) or x > 9


def test_values_of_two_posts_keep_off_each_other_wherever_the_curve_runs(qapp: QApplication) -> None:
    for low, high in ((0.99, 1.0), (0.0, 0.01), (0.01, 0.99), (0.5, 0.9)):
        posts = Post(4.0, 0.05, 1.0, "< 0.05", low, "✗ 0.99"), Post(6.0, 0.95, 0.0, "> 0.95", high, "✓ 1.0")
        words = [box for post in posts for box in post.taken(VIEW)[1:]]
        assert not any(one.intersects(other) for k, one in enumerate(words) for other in words[:k])


def test_words_are_not_cut_where_a_post_stands_near_the_edge(qapp: QApplication) -> None:
    for x in (0.6, 9.4):
        _, rule, told = Post(x, 0.95, 0.0, "> 0.95", 0.5, "✗ 0.50").taken(VIEW)
        assert VIEW.rect.contains(rule)
        assert VIEW.rect.contains(told)


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
