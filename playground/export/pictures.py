"""Still pictures of a tab or a panel: PNG, SVG and PDF. Each carries the recipe of its run and the step it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Protocol, runtime_checkable

from PySide6.QtCore import QBuffer, QHashSeed, QMarginsF, QPoint, QRect, QRectF, QSize, QSizeF, Qt, QUuid
from PySide6.QtGui import QImage, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from core.run.recipe import Recipe
from playground.files.embedded_recipe import STEP_KEY, png_texts
from playground.recipes.plain_compared import ALONE, Comparison
from playground.recipes.plain_recipes import plain_recipe
from widgets.base import theme

_PADDING = 8  # px around a panel
_DPI = 96
_DOCUMENTS = QUuid("{a6c1b1f4-6f3d-5a0e-9d0b-2f6c3f9f7d11}")  # the space in which a PDF is named after its recipe


@dataclass(frozen=True)
class Origin:
    """Where a picture comes from. It stands in the file, so that the picture opens as its run."""

    title: str
    recipe: Recipe[Any]
    step: int
    comparison: Comparison = ALONE

    def recipe_text(self) -> str:
        """Return the recipe as JSON, in ASCII, which every format can hold; with it what the run is compared with."""
        return json.dumps({**plain_recipe(self.recipe), **self.comparison.plain()})

    def note(self) -> str:
        """Return recipe and step as one JSON text."""
        return json.dumps({**plain_recipe(self.recipe), **self.comparison.plain(), STEP_KEY: self.step})


@runtime_checkable
class Paintable(Protocol):
    """A panel that paints itself at export quality."""

    def paint_into(self, painter: QPainter, target: QRectF) -> None:
        """Paint the panel as it is laid out now, scaled into `target`."""


@dataclass(frozen=True)
class Subject:
    """A tab or a panel as it is laid out now, drawn on a ground of `size` logical pixels with `padding` around it."""

    widget: QWidget
    size: QSize
    padding: int = 0

    def paint(self, painter: QPainter) -> None:
        """Paint it, scaled to fit."""
        painter.fillRect(QRect(QPoint(), self.size), theme.current().color("panel" if self.padding else "window"))
        edge = self.padding
        target = QRectF(QRect(QPoint(), self.size).adjusted(edge, edge, -edge, -edge))
        if isinstance(self.widget, Paintable):
            self.widget.paint_into(painter, target)
        else:
            _render(self.widget, painter, target)


def of_tab(tab: QWidget, size: QSize | None = None) -> Subject:
    """Return a whole tab as a subject, by default in the size it has."""
    return Subject(tab, size or tab.size())


def of_panel(panel: QWidget) -> Subject:
    """Return a panel as a subject, in the size it has and a margin."""
    return Subject(panel, panel.size() + QSize(2 * _PADDING, 2 * _PADDING), _PADDING)


def room_in(size: QSize) -> QSize:
    """Return the size a panel must have for a picture of this size."""
    return size - QSize(2 * _PADDING, 2 * _PADDING)


def _render(widget: QWidget, painter: QPainter, target: QRectF) -> None:
    scale = min(target.width() / max(1, widget.width()), target.height() / max(1, widget.height()))
    painter.save()
    painter.translate(target.topLeft())
    painter.scale(scale, scale)
    with _as_on_paper(widget):
        widget.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)
    painter.restore()


@contextmanager
def _as_on_paper(widget: QWidget) -> Iterator[None]:
    """Paint no focus ring, and the ground of a graphics view itself: its pixmap would be raster in SVG."""
    focused = QApplication.focusWidget()
    modes = {view: view.cacheMode() for view in widget.findChildren(QGraphicsView)}
    if focused:
        focused.clearFocus()
    for view in modes:
        view.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
    try:
        yield
    finally:
        for view, mode in modes.items():
            view.setCacheMode(mode)
        if focused:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)


def image(subject: Subject, scale: int = 1) -> QImage:
    """Return the picture in pixels, `scale` of them for each logical one; its rows have no padding."""
    made = QImage(subject.size * scale, QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(scale)
    _paint_on(made, subject)
    return made.convertToFormat(QImage.Format.Format_RGBX8888)


def svg(subject: Subject, origin: Origin) -> bytes:
    """Return the picture as an SVG document. Version 1.2 Tiny: Qt misplaces the clip paths of 1.1."""
    buffer = QBuffer()
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(subject.size)
    generator.setViewBox(QRect(QPoint(), subject.size))
    generator.setResolution(subject.widget.logicalDpiX())
    generator.setTitle(origin.title)
    generator.setDescription(origin.note())
    _paint_on(generator, subject)
    return bytes(buffer.data().data())


def pdf(subject: Subject, origin: Origin) -> bytes:
    """Return the picture as one page; the recipe is attached to it as a JSON file. One recipe gives one file."""
    QHashSeed.setDeterministicGlobalSeed()  # in the order of a hash the fonts are embedded
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    page = QSizeF(subject.size) * (72 / _DPI)
    writer.setPageSize(QPageSize(page, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch))
    writer.setPageMargins(QMarginsF())
    writer.setTitle(origin.title)
    writer.setDocumentId(QUuid.createUuidV5(_DOCUMENTS, origin.note().encode()))
    writer.setCreator("ML Playground")
    writer.addFileAttachment("recipe.json", origin.note().encode(), "application/json")
    _paint_on(writer, subject)
    return _undated(bytes(buffer.data().data()))


def _undated(document: bytes) -> bytes:
    """Return a PDF of the same length with the first moment of 1970 for the time at which it was made."""
    document = re.sub(rb"\(D:\d{14}", b"(D:19700101000000", document)
    return re.sub(rb'Date="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d', b'Date="1970-01-01T00:00:00', document)


def _paint_on(device: QPaintDevice, subject: Subject) -> None:
    painter = QPainter(device)
    try:
        subject.paint(painter)
    finally:
        painter.end()


class Picture:
    """A still picture on its way into a file: drawn on the GUI thread, then written on any."""

    length = 1

    def __init__(self, subject: Subject, ending: str, scale: int, origin: Origin) -> None:
        self._subject, self._ending, self._scale, self._origin = subject, ending, scale, origin
        self._image = QImage()
        self._document = b""

    def draw(self) -> Generator[None, None, None]:
        """Draw the picture in one go."""
        if self._ending == ".png":
            self._image = image(self._subject, self._scale)
        else:
            self._document = {".svg": svg, ".pdf": pdf}[self._ending](self._subject, self._origin)
        yield

    def write(self, file: IO[bytes], tick: Callable[[], None]) -> None:
        """Write what was drawn."""
        if self._document:
            file.write(self._document)
        else:
            write_png(file, self._image, self._origin)
        tick()


def write_png(file: IO[bytes], picture: QImage, origin: Origin) -> None:
    """Write a PNG with the texts `recipe` and `step`, of a resolution that gives it the same size at every scale."""
    from PIL import Image

    texts = png_texts(origin.recipe_text(), origin.step)
    size = (picture.width(), picture.height())
    dpi = _DPI * picture.devicePixelRatio()
    made = Image.frombytes("RGB", size, bytes(picture.constBits()), "raw", "RGBX")
    made.save(file, "PNG", pnginfo=texts, dpi=(dpi, dpi))
