"""Which digit is shown: one of each class to choose from, others like it, a misread one, one's own, a photograph."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from core.cnn.photograph import Photograph
from core.cnn.settings import Params, shown_label
from core.data.digits import CLASSES, SIDE, digits
from playground.tab.toggles import button, switch
from playground.words.texts import Texts
from widgets.base import fonts, layouts, theme
from widgets.base.labels import text_height
from widgets.grids.board import Caption, GridBoard, Item
from widgets.grids.gallery import GridGallery
from widgets.grids.grid import Grid, Ink, Light, Placed, cell_size

_ACROSS, _GAP, _HEIGHT = 5, 4, 132  # tiles side by side; px between buttons; px a photograph is high with its words
_BUTTONS = ("clear", "open", "another", "misread")


class DigitChoice(QWidget):
    """Ten thumbnails and the buttons below them; `chosen` tells one of all digits."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.gallery, self.photograph = GridGallery("digit", _ACROSS), GridBoard()
        self.draw = switch("draw", "")
        self.clear, self.open, self.another, self.misread = (button(f"digit.{id}", "") for id in _BUTTONS)
        self.photograph.setFixedHeight(fonts.scaled(_HEIGHT))
        self.photograph.hide()
        rows = ((self.draw, self.clear, self.open), (self.another, self.misread))
        lines = [layouts.row(*row, spacing=_GAP) for row in rows]
        layouts.column(self.gallery, *lines, self.photograph, spacing=_GAP, on=self)
        for made in self._buttons():
            made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._offered: tuple[int, ...] = ()
        self.gallery.chosen.connect(lambda id: self.chosen.emit(self._offered[int(id)]))

    def _buttons(self) -> Sequence[QToolButton]:
        return self.draw, self.clear, self.open, self.another, self.misread

    def show_params(self, params: Params) -> None:
        """Offer a digit of each class, that which is shown among them, and mark it."""
        self._offered = offered(params)
        label = shown_label(params)
        self.gallery.set_tiles([(f"{i}", f"{i}", _thumbnail(place)) for i, place in enumerate(self._offered)])
        self.gallery.set_current("" if label is None else f"{label}")

    def show_photograph(self, photograph: Photograph | None, texts: Texts) -> None:
        """Show the photograph that the picture was made from, and what of it; None takes it away."""
        self.photograph.setVisible(photograph is not None)
        if photograph is not None:
            self.photograph.set_arrangement(lambda width, height: arrange(photograph, texts, width, height))

    def set_words(self, texts: Texts) -> None:
        """Give all their words in the language shown."""
        self.gallery.set_title(texts.get("digit", "title"), texts.get("digit", "caption"))
        for id, made in zip(("draw", *_BUTTONS), self._buttons(), strict=True):
            made.setText(texts.get("digit", id))
            made.setToolTip(texts.get("digit", f"{id}_tip"))


def offered(params: Params) -> tuple[int, ...]:
    """Return a digit of each class: the first held out, or that which is shown."""
    made = list(_first())
    made[int(digits().labels[params.shown])] = params.shown
    return tuple(made)


def another(params: Params) -> int:
    """Return the next held-out digit of the class of the one shown, round and round."""
    test, labels = digits().test, digits().labels
    alike: list[int] = test[labels[test] == labels[params.shown]].tolist()
    return next((place for place in alike if place > params.shown), alike[0])


@lru_cache(maxsize=1)
def _first() -> tuple[int, ...]:
    test, labels = digits().test.tolist(), digits().labels
    return tuple(next(place for place in test if labels[place] == i) for i in range(CLASSES))


@lru_cache(maxsize=64)
def _thumbnail(place: int) -> Grid:
    return Grid(digits().images[place], Ink(0.0, 1.0))


# ---- a photograph


def arrange(photograph: Photograph, texts: Texts, width: float, height: float) -> list[Item]:
    """Place the photograph with the square that was cut out, and beside it the 8 × 8 cells it was shrunk to."""
    room, top = height - text_height("tick") - 6, text_height("tick") + 4
    picture = photograph.picture
    rows, columns = picture.shape[-2:]
    cell = cell_size(width - room - 16, room, rows, columns, 8.0)
    whole = Placed("photograph", Grid(picture, Light(0.0, max(255.0, float(picture.max())))), 0, top, cell)
    small = Placed("shrunk", Grid(photograph.digit, Ink(0.0, 1.0)), whole.rect.right() + 16, top, room // SIDE)
    told = texts.get("digit", "photograph").format(rows=rows, columns=columns, side=f"{photograph.frame[2]:g}")
    y, x, side = (cell * n for n in photograph.frame)
    return [Caption(told, 0, 0, "tick", widest=width), whole, Lattice(QRectF(x, top + y, side, side)), small]


class Lattice:
    """The square that is cut out of a photograph, and its 8 × 8 parts."""

    def __init__(self, rect: QRectF) -> None:
        self._rect = rect

    def paint(self, painter: QPainter) -> None:
        """Paint it, in pixels of the board."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.current().color("border"), 1.0))
        part = self._rect.width() / SIDE
        for i in range(SIDE):
            painter.drawRect(self._rect.adjusted(i * part, 0, 0, 0))
            painter.drawRect(self._rect.adjusted(0, i * part, 0, 0))
        painter.setPen(QPen(theme.current().color("accent"), 2.0))
        painter.drawRect(self._rect)
