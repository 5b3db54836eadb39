"""The ribbon of the run in front, and below it a line for each run compared: what it made of the same sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from PySide6.QtCore import QPointF

from core.embedding.settings import Params
from playground.playback.picture import ViewPicture
from playground.tab.marked import runs_in
from playground.topics.embedding.ribbon import Ribbon
from widgets.base.labels import text_height, text_width
from widgets.base.letters import SIDE
from widgets.grids.board import Caption, Item
from widgets.grids.board_series import RunLetter

_MARGIN, _GAP = 8.0, 6.0  # px
_LEFT = _MARGIN + SIDE + _GAP  # of the words


class RibbonRuns(ViewPicture[Params]):
    """The picture of a view, on a board."""

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        own, *others = (Ribbon(run, self.texts) for run in runs_in(self.view))
        if not others:
            return own.arrange(width, height)
        runs = sorted((own, *others), key=lambda run: run.view.letter)
        pace = max(SIDE, text_height("tick")) + 3
        top, told = height - len(runs) * pace, _told(runs, width)
        lines = (
            self._line(run, said, top + k * pace, width) for k, (run, said) in enumerate(zip(runs, told, strict=True))
        )
        return [*own.arrange(width, top), *chain.from_iterable(lines)]

    def _line(self, run: Ribbon, told: str, y: float, width: float) -> Iterator[Item]:
        """Say which words a run read, and what came of them."""
        letter = run.view.letter
        yield RunLetter(QPointF(_MARGIN + SIDE / 2, y + SIDE / 2), letter, letter == self.view.letter, still=True)
        yield Caption(told, width - _MARGIN, y, "tick", "text", "right", moves=True)
        widest = width - _MARGIN - _LEFT - text_width(told, "tick") - 2 * _GAP
        yield Caption(_read(run), _LEFT, y, "tick", "text", widest=widest)


def _read(run: Ribbon) -> str:
    """Return the words at all places that are shown."""
    return " · ".join(run.word_at(place) for place in run.places)


def _told(runs: Sequence[Ribbon], width: float) -> Sequence[str]:
    """Return what came of each, all as long as has room beside the words of each."""
    ways = list(zip(*(run.sums for run in runs), strict=True))
    rooms = [width - _MARGIN - _LEFT - text_width(_read(run), "tick") - 2 * _GAP for run in runs]
    fitting = (
        way for way in ways if all(text_width(told, "tick") <= room for told, room in zip(way, rooms, strict=True))
    )
    return next(fitting, ways[-1] if ways else [""] * len(runs))
