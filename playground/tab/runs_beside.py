"""A picture in equal parts, one for each of the runs that are compared, drawn alike and on the same ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from playground.playback.view import View
from widgets.base.letters import SIDE, paint_letter
from widgets.plots.plot import Plot

_GAP, _ROOM = 8, 5  # px between two parts, and around a letter


class Drawing(NamedTuple):
    """A plot and what draws a view in it."""

    plot: Plot
    draw: Callable[[View], None]


class Shows(Protocol):
    """What a panel says of itself: its plot, and how it shows the runs that are compared."""

    @property
    def widget(self) -> QWidget: ...
    def show(self, view: View, other: Drawing | None = None) -> None: ...
    def way(self, view: View) -> str: ...


class RunsBeside(QWidget):
    """Holds the plot of a panel, and beside it, by letter, one like it for each other run; those follow its zoom.

    Parts stand below each other where that gives them more room.
    """

    def __init__(self, panel: Shows, another: Callable[[], Drawing]) -> None:
        super().__init__()
        assert isinstance(panel.widget, Plot)
        self._panel, self._own, self._another = panel, panel.widget, another
        self._others: list[Drawing] = []
        self._badges: list[_Badge] = []
        self._letters, self._front, self._columns = "", "", 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self._grid.addWidget(self._own, 0, 0)
        self._own.zoomed.connect(self._follow)

    def others(self) -> Iterator[Plot]:
        """Yield the plots beside the panel's own."""
        return (other.plot for other in self._others)

    def parts(self) -> dict[str, Plot]:
        """The plots of the runs that stand beside each other, by letter; none while all are in one."""
        others = iter(self._others)
        return {o: self._own if o == self._front else next(others).plot for o in self._letters}

    def show_view(self, view: View) -> None:
        """Show a view, in one part or in several."""
        runs = view.compared if self._panel.way(view) == "beside" else ()
        self._split("".join(run.letter for run in runs), view.letter if runs else "")
        self._panel.show(view.alone() if runs else view)
        others = [run for run in runs if run.letter != view.letter]
        for run, other in zip(others, self._others, strict=False):
            self._panel.show(view.of(run), other)
        if runs:
            self._share_range()

    def _split(self, letters: str, front: str) -> None:
        """Have a part for each letter, the panel's own plot at that of the run in front."""
        if (letters, front) == (self._letters, self._front):
            return
        self._letters, self._front = letters, front
        while len(self._others) < len(letters) - 1:
            self._others.append(self._another())
            self._others[-1].plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        while len(self._badges) < len(letters):
            self._badges.append(_Badge(self))
        self._place()

    def _place(self) -> None:
        parts, columns = self.parts(), self._columns_in(self.width(), self.height())
        widgets: list[QWidget] = [*self.others(), *self._badges, self._own]
        for widget in widgets:
            self._grid.removeWidget(widget)
            widget.setVisible(widget is self._own)
        for i, (letter, plot) in enumerate(parts.items() or [("", self._own)]):
            at = divmod(i, columns)
            self._grid.addWidget(plot, *at)
            plot.show()
            if parts:
                self._grid.addWidget(self._badges[i], *at, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
                self._badges[i].show_letter(letter, letter == self._front)
        rows = -(-max(1, len(parts)) // columns)
        for i in range(len(self._badges) + 1):
            self._grid.setColumnStretch(i, int(i < columns))
            self._grid.setRowStretch(i, int(i < rows))
        self._columns = columns
        self._grid.activate()

    def _columns_in(self, width: int, height: int) -> int:
        """Return in how many columns the smaller side of a part is largest."""
        count = max(1, len(self._letters))
        return max(range(1, count + 1), key=lambda columns: min(width / columns, height / -(-count // columns)))

    def _share_range(self) -> None:
        """Let all parts show the smallest rectangle around those of each."""
        plots = list(self.parts().values())
        x0, x1, y0, y1 = zip(*(plot.home for plot in plots), strict=True)
        for plot in plots:
            plot.set_range(min(x0), max(x1), min(y0), max(y1))

    def _follow(self) -> None:
        """Let the other parts show what the learner has zoomed to in the panel's own."""
        now = self._own.viewport_now()
        for plot in self.others() if self._letters else ():
            if self._own.user_zoomed:
                plot.zoom_to((now.x0, now.x1, now.y0, now.y1))
            else:
                plot.reset_view()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns_in(event.size().width(), event.size().height()) != self._columns:
            self._place()

    def paint_into(self, painter: QPainter, target: QRectF) -> None:
        """Paint all parts as they are laid out now, scaled into `target`, at export quality."""
        scale = min(target.width() / max(1, self.width()), target.height() / max(1, self.height()))
        for letter, plot in (self.parts() or {"": self._own}).items():
            box = plot.geometry()
            left, top = target.left() + scale * box.left(), target.top() + scale * box.top()
            place = QRectF(left, top, scale * box.width(), scale * box.height())
            plot.paint_into(painter, place)
            if letter:
                self._paint_badge(painter, place, scale, letter)

    def _paint_badge(self, painter: QPainter, place: QRectF, scale: float, letter: str) -> None:
        painter.save()
        painter.translate(place.topRight())
        painter.scale(scale, scale)
        middle = _ROOM + SIDE / 2
        paint_letter(painter, QPointF(-middle, middle), letter, letter == self._front)
        painter.restore()


class _Badge(QWidget):
    """The letter in the corner of a part."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._letter, self._is_front = "", False

    def show_letter(self, letter: str, is_front: bool) -> None:
        """Show the letter of a run, filled for the one in front."""
        self._letter, self._is_front = letter, is_front
        self.show()
        self.raise_()
        self.update()

    def sizeHint(self) -> QSize:
        side = round(SIDE) + 2 * _ROOM
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_letter(painter, QRectF(self.rect()).center(), self._letter, self._is_front)
