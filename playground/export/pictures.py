"""Still pictures of a tab or a panel: PNG, SVG and PDF. Each carries the recipe of its run and the step it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import IO, Any, Protocol, runtime_checkable

from PySide6.QtCore import QBuffer, QHashSeed, QMarginsF, QPoint, QRect, QRectF, QSize, QSizeF, Qt, QUuid
from PySide6.QtGui import QFont, QFontInfo, QImage, QPageSize, QPaintDevice, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from core.run.recipe import Recipe
from playground.export.caption import Caption
from playground.export.on_paper import unfocused, without_fields
from playground.files.embedded_recipe import STEP_KEY, png_texts
from playground.recipes.plain_compared import ALONE, Comparison
from playground.recipes.plain_recipes import plain_recipe
from playground.tab.tab_parts import MARGIN
from widgets.base import theme
from widgets.base.rendering import scaled_into, without_ground

_DPI = 96
_DATE, _EPOCH = re.compile(rb"\(D:\d{14}(?:Z|[+-]\d\d'\d\d')\)"), b"(D:19700101000000+00'00')"
_XMP_DATE = re.compile(rb'Date="\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d\d:\d\d)"')
_FAMILY = re.compile(rb'font-family="([^"]*)"')
_OFFSET = re.compile(rb"(?m)^(\d+)( \d{5} n| *\n%%EOF)")  # of an object, and of the table of them at the end
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
class Paper:
    """The ground of a picture, `padding` px around the widget; words keep `inset` px more from its sides."""

    ground: str
    padding: int
    inset: int = 0

    def around(self, size: QSize, caption: Caption | None = None) -> QSize:
        """Return the size of a picture in which a widget has this one."""
        edges = 2 * self.padding
        return size + QSize(edges, edges + self._words(size.width(), caption))

    def room_in(self, size: QSize, caption: Caption | None = None) -> QSize:
        """Return the size that a widget has in a picture of this one."""
        width = size.width() - 2 * self.padding
        return QSize(width, size.height() - 2 * self.padding - self._words(width, caption))

    def _words(self, width: int, caption: Caption | None) -> int:
        room = width - 2 * self.inset
        return caption.above(room) + caption.below(room) if caption else 0

    def paint_caption(self, painter: QPainter, area: QRectF, caption: Caption) -> QRectF:
        """Paint it at the upper and lower edge of an area; return what is left between them."""
        inset = self.inset
        return caption.paint(painter, area.adjusted(inset, 0, -inset, 0)).adjusted(-inset, 0, inset, 0)


SCREEN = Paper("window", 0)  # as it is seen, with all that can be pressed
PANEL_PAPER, TAB_PAPER = Paper("panel", 8), Paper("window", 8, MARGIN)


@dataclass(frozen=True)
class Subject:
    """A tab or a panel as it is laid out now, drawn on paper of `size` logical pixels with a caption around it."""

    widget: QWidget
    size: QSize
    paper: Paper = SCREEN
    caption: Caption | None = None
    transparent: bool = False

    def at(self, step: int) -> Subject:
        """Return it as a frame of a film: its caption tells the step."""
        return replace(self, caption=self.caption and self.caption.at(step))

    def paint(self, painter: QPainter) -> None:
        """Paint it, scaled to fit."""
        if not self.transparent:
            painter.fillRect(QRect(QPoint(), self.size), theme.current().color(self.paper.ground))
        edge = self.paper.padding
        target = QRectF(QRect(QPoint(), self.size).adjusted(edge, edge, -edge, -edge))
        if self.caption:
            target = self.paper.paint_caption(painter, target, self.caption)
        with self._without_fields():
            self._paint_widget(painter, target)

    def _paint_widget(self, painter: QPainter, target: QRectF) -> None:
        if isinstance(self.widget, Paintable):
            with without_ground() if self.transparent else nullcontext():
                self.widget.paint_into(painter, target)
            return
        with scaled_into(painter, self.widget, target), unfocused(self.widget):
            self.widget.render(painter, QPoint(), renderFlags=QWidget.RenderFlag.DrawChildren)

    def _without_fields(self) -> AbstractContextManager[None]:
        """On paper nothing can be pressed."""
        return nullcontext() if self.paper is SCREEN else without_fields(self.widget)


def of_screen(widget: QWidget, size: QSize | None = None) -> Subject:
    """Return what is seen on the screen as a subject, by default in the size it has."""
    return Subject(widget, size or widget.size())


def of_tab(tab: QWidget, caption: Caption | None = None) -> Subject:
    """Return a whole tab as a subject, in the size it has, with room for a caption."""
    return Subject(tab, TAB_PAPER.around(tab.size(), caption), TAB_PAPER, caption)


def of_panel(panel: QWidget, caption: Caption | None = None) -> Subject:
    """Return a panel as a subject, in the size it has, with a margin and room for a caption."""
    return Subject(panel, PANEL_PAPER.around(panel.size(), caption), PANEL_PAPER, caption)


def image(subject: Subject, scale: int = 1) -> QImage:
    """Return the picture in pixels, `scale` of them for each logical one; its rows have no padding."""
    formats = QImage.Format
    own, packed = (
        (formats.Format_ARGB32_Premultiplied, formats.Format_RGBA8888)
        if subject.transparent
        else (formats.Format_RGB32, formats.Format_RGBX8888)
    )
    made = QImage(subject.size * scale, own)
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(scale)
    _paint_on(made, subject)
    return made.convertToFormat(packed)


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
    return _FAMILY.sub(_known_elsewhere, bytes(buffer.data().data()))


def _known_elsewhere(family: re.Match[bytes]) -> bytes:
    """Return a family of fonts by the name it has here, then as any: what Qt calls it no other program knows."""
    found = QFontInfo(QFont(family[1].decode()))
    return f"font-family=\"'{found.family()}', {'monospace' if found.fixedPitch() else 'sans-serif'}\"".encode()


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
    """Return a PDF with the first moment of 1970 for the time, and the time zone, in which it was made."""
    document = _XMP_DATE.sub(b'Date="1970-01-01T00:00:00+00:00"', document)
    ends = [match.end() for match in _DATE.finditer(document)]
    longer = [len(_EPOCH) - len(match[0]) for match in _DATE.finditer(document)]

    def moved(offset: re.Match[bytes]) -> bytes:
        by = sum(more for end, more in zip(ends, longer, strict=True) if end <= int(offset[1]))
        return b"%0*d%s" % (len(offset[1]), int(offset[1]) + by, offset[2])

    body, table = document[: (at := document.rindex(b"\nxref\n"))], document[at:]
    return _DATE.sub(_EPOCH, body) + _OFFSET.sub(moved, table)


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
    modes = ("RGBA", "RGBA") if picture.hasAlphaChannel() else ("RGB", "RGBX")
    made = Image.frombytes(modes[0], size, bytes(picture.constBits()), "raw", modes[1])
    made.save(file, "PNG", pnginfo=texts, dpi=(dpi, dpi))
