"""Names of rows and columns. Most are the same from frame to frame: they are kept as one image, marked ones on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from widgets.base import theme
from widgets.base.images import painted_image
from widgets.base.labels import plot_font
from widgets.base.rendering import rendering_of


@dataclass(frozen=True)
class Name:
    """A name; `colour` is the series of a marked one, which is written bold."""

    text: str
    colour: str = ""


@dataclass(frozen=True)
class Place:
    """Room for names: `step` px from one to the next, `room` px long; `below` columns, or at the left of rows.

    Below columns they are written upwards, Chinese ones downwards, each character upright, as one sign alone is. Beside
    rows they end `room` px further right.
    """

    step: float
    room: float
    below: bool = False

    def box(self, index: int) -> QRectF:
        """The room of one name."""
        if self.below:
            return QRectF(index * self.step, 0, self.step, self.room)
        return QRectF(0, index * self.step, self.room, self.step)


def paint_names(painter: QPainter, names: Sequence[Name], at: QPointF, place: Place) -> None:
    """Write names into a place whose top left corner is at a point."""
    rendering = rendering_of(painter, True)
    colours = theme.current()
    painter.save()
    painter.translate(at)
    if rendering.vector:
        _paint_names(painter, names, place)
    else:
        texts = tuple(name.text for name in names)
        painter.drawImage(QPointF(), _kept(texts, place, rendering.scale, colours, plot_font("tick").key()))
        for i, name in enumerate(names):
            if name.colour:
                painter.fillRect(place.box(i), colours.color("panel"))
                _paint_name(painter, name, place.box(i), place)
    painter.restore()


@lru_cache(maxsize=16)
def _kept(texts: tuple[str, ...], place: Place, scale: float, _shown: theme.Theme, _font: str) -> QImage:
    whole = place.box(0).united(place.box(len(texts) - 1))
    return painted_image(
        whole.width() + 1, whole.height() + 1, scale, partial(_paint_names, names=[*map(Name, texts)], place=place)
    )


def _paint_names(painter: QPainter, names: Sequence[Name], place: Place) -> None:
    for i, name in enumerate(names):
        _paint_name(painter, name, place.box(i), place)


def _paint_name(painter: QPainter, name: Name, box: QRectF, place: Place) -> None:
    font = plot_font("label" if name.colour else "tick")
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(theme.current().text_colour(name.colour or "muted"))
    if not place.below:
        text = metrics.elidedText(name.text, Qt.TextElideMode.ElideRight, place.room)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    elif _stands_upright(name.text):
        for i, character in enumerate(name.text[: max(1, int(place.room / _line(metrics)))]):
            x = box.center().x() - metrics.horizontalAdvance(character) / 2
            painter.drawText(QPointF(x, box.top() + (i + 1) * _line(metrics) - 1), character)
    else:
        _paint_upwards(painter, name.text, box, metrics)


def _paint_upwards(painter: QPainter, text: str, box: QRectF, metrics: QFontMetricsF) -> None:
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.height() - 2)
    painter.save()
    painter.translate(box.center().x(), box.top() + 2)
    painter.rotate(-90)
    across = (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(-metrics.horizontalAdvance(text), across), text)
    painter.restore()


def _line(metrics: QFontMetricsF) -> float:
    return metrics.ascent() + 1


def _stands_upright(text: str) -> bool:
    """Tell whether a name is one sign, or Chinese, which is written downwards and not on its side."""
    return len(text) == 1 or (bool(text) and all(character >= "\u2e80" for character in text))


@dataclass(frozen=True)
class RowNames:
    """Names at the left of rows of a board, and behind each a text of its own, such as its place in a one-hot row."""

    names: Sequence[Name]
    texts: Sequence[str]
    left: float
    top: float
    step: float
    room: float
    text_room: float

    def paint(self, painter: QPainter) -> None:
        """Paint the names and texts, in pixels of the board."""
        paint_names(painter, self.names, QPointF(self.left, self.top), Place(self.step, self.room))
        if self.texts:
            marked = [Name(text, name.colour) for text, name in zip(self.texts, self.names, strict=True)]
            paint_names(painter, marked, QPointF(self.left + self.room, self.top), Place(self.step, self.text_room))
