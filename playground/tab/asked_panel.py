"""The panel that takes an answer by hand: a place pointed at, or a curve drawn; and what is true, beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from playground.tab.scene_words import Phase, Staged
from playground.tab.stage import Stage
from widgets.plots.marks.answers import AnswerCurve, AnswerPoint
from widgets.plots.marks.mark import Mark
from widgets.plots.plot import Plot

_DIGITS = 6  # of what is pointed at, in the field
BY_HAND = ("point", "curve")


class AskedPanel:
    """Follows the open scene; while it asks, clicks and drags in its panel answer."""

    def __init__(self, panels: Mapping[str, QWidget], stage: Stage) -> None:
        self._panels, self._stage = panels, stage
        self._plot: Plot | None = None
        self._stroke: dict[int, float] = {}  # values by steps, while a curve is drawn
        self._last: tuple[int, float] | None = None  # where the hand was

    def show(self, staged: Staged | None) -> None:
        """Show what an open scene asks, what was answered, and at its end what is true; None leaves the panel alone."""
        plot = self._plot_of(staged)
        if plot is not self._plot:
            self._leave()
        if plot and staged and staged.scene.question:
            question = staged.scene.question
            if plot is not self._plot:
                self._plot, self._stroke, self._last = plot, {}, None
                plot.hold_range(question.axes or None, question.log)  # type: ignore[arg-type]
            hand = self._point if question.kind == "point" else self._draw
            plot.take_answers(hand if staged.phase is Phase.ASK else None)
            plot.show_answer(_mark(question.kind, staged))

    def _plot_of(self, staged: Staged | None) -> Plot | None:
        question = staged.scene.question if staged else None
        panel = self._panels.get(question.panel) if question and question.kind in BY_HAND else None
        return panel if isinstance(panel, Plot) else None

    def _leave(self) -> None:
        if self._plot:
            self._plot.take_answers(None)
            self._plot.show_answer(None)
            self._plot.hold_range(None)
            self._plot = None

    def _point(self, x: float, y: float, _begins: bool) -> None:
        self._stage.take_drawn([float(f"{x:.{_DIGITS}g}"), float(f"{y:.{_DIGITS}g}")])

    def _draw(self, x: float, y: float, begins: bool) -> None:
        """Draw on from where the hand was: a quick one leaves out steps, which lie on the line between."""
        step = round(x)
        last = step if begins or self._last is None else self._last[0]
        before = y if begins or self._last is None else self._last[1]
        for between in range(min(step, last), max(step, last) + 1):
            share = (between - last) / (step - last) if step != last else 1.0
            self._stroke[between] = float(f"{before + share * (y - before):.{_DIGITS}g}")
        self._last = step, y
        self._stage.take_drawn([[step, self._stroke[step]] for step in sorted(self._stroke)])


def _mark(kind: str, staged: Staged) -> Mark | None:
    answer, truth = staged.answer, staged.outcome.truth if staged.outcome else None
    if answer is None:
        return None
    if kind == "point":
        return AnswerPoint(tuple(answer), tuple(truth) if truth else None)
    return AnswerCurve(_knots(answer), _knots(truth or ()))


def _knots(points: Any) -> tuple[tuple[float, float], ...]:
    return tuple((float(x), float(y)) for x, y in points)
