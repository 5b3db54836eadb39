"""The tab of Collaborative filtering: the ruler, the table of ratings, the errors; of candidates videos and lists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from core.ratings.algorithm import arrays, settable
from core.ratings.explained_beats import explain
from core.ratings.factors import Factors
from core.ratings.settings import Params, histories_of, ratings_of
from core.run.explanation import Explanation, Focus
from core.run.recipe import SetArray
from core.run.values import Floats
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells
from playground.tab.panels import Panel
from playground.tab.topic_tab import TopicTab
from playground.topics.ratings import small_plots
from playground.topics.ratings.rating_table import NAME, RatingTable
from playground.topics.ratings.ruler import Ruler, moved_to
from playground.topics.ratings.shown import Shown
from playground.topics.ratings.video_plane import Videos
from widgets.base import numbers
from widgets.grids.board import GridBoard
from widgets.grids.cell_editor import CellEditor
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot


class RatingsTab(TopicTab):
    """Vectors of people and films from ratings, or of videos from what people watched."""

    speed = 30
    rows_of_numbers = 5
    decks = 1  # the table wants the height
    marks = {  # noqa: RUF012
        Focus("user"): "blue", Focus("item"): "black", Focus("rating"): "black", Focus("error"): "vermillion",
        Focus("gradient"): "green", Focus("bias"): "purple",
    }  # fmt: skip

    def panels(self) -> Sequence[Panel]:
        self.ruler, self.table, self.error = Plot(equal_scale=True), GridBoard(), Plot()
        self.cells = ArrayCells(settable(Params()), self.texts)
        self.editor = CellEditor(self.table)
        return (
            Panel("ruler", self.ruler, self._draw_big, "big", subtitle=self._subtitle),
            Panel("table", self.table, self._draw_table, subtitle=self._of_table),
            Panel("error", self.error, lambda view: small_plots.draw_error(self.error, view, self.texts),
                  empty=self.press_play, runs="all"),
            Panel("cells", self.cells, self._draw_cells, always=True),
        )  # fmt: skip

    def react(self) -> None:
        self.ruler.dragged.connect(self._drag)
        self.ruler.clicked.connect(lambda x, y, hit: self._click(hit))
        self.ruler.hit_changed.connect(self._light)
        self.numbers.marked.connect(self.ruler.highlight)
        self.table.hovered.connect(lambda *cell: self._point_at(self._cell(*cell)))
        self.table.left.connect(lambda: self._point_at(None))
        self.table.clicked.connect(lambda *cell: self.pick(self._cell(*cell)))
        self.table.opened.connect(self._edit)
        self.editor.edited.connect(self._type)
        self.editor.given_up.connect(self.run.undo)
        self.cells.typed.connect(self.set_array)

    # What it shows.

    def settings_shown(self) -> Sequence[str]:
        params = self.run.params
        hidden = set[str]() if params.method == "sgd" or params.model == "candidates" else {"order"}
        hidden |= {"learning_rate"} if params.model == "factors" and params.method == "als" else set()
        used = (name for name in self.form_order() if self.parameters[name].is_used(params))
        return [name for name in used if name not in hidden]

    def explanation(self, view: View) -> Explanation:
        beat = view.beat if view.beat != self.beats()[-1] else ""
        return explain(*made_in(view), view.pointed or view.focus, beat)

    def pinned(self) -> bool:
        return self.focus is not None

    def focus_name(self, view: View) -> str:
        """Say who and what the pictures tell of."""
        if view.params.model == "candidates":
            return ""
        shown = Shown(view, self.texts)
        return self.texts.get("panels", "person").format(name=shown.names.users[shown.user])

    def _draw_big(self, view: View) -> None:
        (Videos if view.params.model == "candidates" else Ruler)(view, self.texts).draw(self.ruler)

    def _draw_table(self, view: View) -> None:
        picture = (Videos if view.params.model == "candidates" else RatingTable)(view, self.texts)
        self.table.set_arrangement(picture.arrange)

    def _draw_cells(self, view: View) -> None:
        self.cells.set_names(settable(view.params))
        known = ratings_of(view.params) if view.params.model == "factors" else None
        for name in self.cells.tables:
            columns = known.items if known and name in ("ratings", "items") else ()
            rows = known.users if known and name in ("ratings", "users") else ()
            self.cells.show_of(name, view, partial(_array, name), columns, rows)

    def _subtitle(self, view: View) -> str:
        if view.params.model == "candidates":
            return self.texts.get("panels", "of_videos").format(count=len(view.params.watched))
        shown = Shown(view, self.texts)
        key = "before_update" if shown.is_before else "of_ruler" if view.params.n_factors <= 2 else "of_more"
        return self.texts.get("panels", key).format(name=shown.names.users[shown.user])

    def _of_table(self, view: View) -> str:
        if view.params.model == "candidates":
            return self.texts.get("panels", "of_lists").format(count=len(view.params.watched))
        n, m = ratings_of(view.params).values.shape
        return self.texts.get("panels", "of_table").format(n=numbers.count(n), m=numbers.count(m))

    def has(self, view: View, focus: Focus) -> bool:
        """Tell whether there is such a person, film or video."""
        params: Params = view.params
        if params.model == "candidates":
            return focus.kind == "item" and focus.at[0] < len(histories_of(params).videos)
        sizes = dict(zip(("user", "item"), ratings_of(params).values.shape, strict=True))
        most = tuple(sizes.values()) if focus.kind == "rating" else (sizes.get(focus.kind, 0),)
        return focus.kind not in ("user", "item", "rating") or all(i < n for i, n in zip(focus.at, most, strict=True))

    # What the learner does in the pictures.

    def _drag(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        """Move the tip of the arrow or a film."""
        learned, shown = self.run.frame.state.learned, Shown(self.view(), self.texts)
        if not isinstance(learned, Factors) or handle.kind not in ("user", "item"):
            return
        index, name = handle.at[0], f"{handle.kind}s"
        changed = (learned.users if name == "users" else learned.items.T).copy()
        changed[index] = moved_to(shown, x, y, changed[index])
        self.run.gesture(SetArray(name, changed if name == "users" else np.ascontiguousarray(changed.T)), finished)

    def _click(self, hit: Hit | None) -> None:
        focus = hit.focus if hit and isinstance(hit.focus, Focus) and hit.focus.kind in ("user", "item") else None
        if focus and focus.kind == "item" and self.run.params.model == "factors":
            focus = Focus("rating", (Shown(self.view(), self.texts).user, focus.at[0]))
        self.pick(focus)

    def _light(self, hit: Hit | None) -> None:
        self.numbers.highlight(hit.focus if hit and isinstance(hit.focus, Focus) else None)

    def _point_at(self, focus: Focus | None) -> None:
        """Tell of what is under the pointer, in every picture and in numbers."""
        if focus != self.pointed:
            self.pointed = focus
            self._show_moved()

    def _cell(self, name: str, row: int, column: int) -> Focus | None:
        return Focus("rating", (row, column)) if name == NAME else None

    def _edit(self, name: str, row: int, column: int) -> None:
        """Let a rating be typed where it stands; in a gap the field begins with what the product says."""
        if name == NAME:
            shown = Shown(self.view(), self.texts)
            is_rated = shown.now.given.known[row, column] == 1
            value = shown.now.given.values[row, column] if is_rated else round(float(shown.predicted[row, column]), 1)
            self.editor.open(name, row, column, float(value))

    def _type(self, name: str, row: int, column: int, value: float, final: bool) -> None:
        changed = Shown(self.view(), self.texts).now.given.with_gaps
        changed[row, column] = value
        self.run.gesture(SetArray("ratings", changed), final)


def _array(name: str, view: View) -> Floats:
    array: Floats = arrays(view.state, view.params)[name]
    return np.atleast_2d(array)


TAB = RatingsTab
