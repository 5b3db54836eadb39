"""The tab of Collaborative filtering: the ruler, the table of ratings, the errors, the Dense layer it is, and how many
factors are enough; of candidates videos, lists and the net.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import cast

import numpy as np
from PySide6.QtWidgets import QWidget

from core.ratings.algorithm import arrays, settable
from core.ratings.candidates import first_of
from core.ratings.explained import explain_newcomer
from core.ratings.explained_beats import explain
from core.ratings.factors import Factors
from core.ratings.settings import Params, held_of, histories_of, ratings_of
from core.run.explanation import Explanation, Focus
from core.run.parameters import with_defaults
from core.run.recipe import Recipe, SetArray
from core.run.values import Floats
from playground.playback.view import View, made_in
from playground.tab.array_cells import ArrayCells
from playground.tab.panel_area import Sharing
from playground.tab.panels import Panel
from playground.tab.topic_tab import TopicTab
from playground.tab.turns import is_readable
from playground.topics.ratings import small_plots
from playground.topics.ratings.as_dense import DenseLayer
from playground.topics.ratings.factor_study import FactorStudy
from playground.topics.ratings.rating_table import RatingTable
from playground.topics.ratings.ruler import Ruler, moved_to
from playground.topics.ratings.shown import Shown
from playground.topics.ratings.table_hands import TableHands
from playground.topics.ratings.video_net import Net
from playground.topics.ratings.video_plane import Videos
from widgets.base import numbers
from widgets.form.text_rows import TextRows
from widgets.grids.board import GridBoard
from widgets.plots.marks.mark import Hit
from widgets.plots.plot import Plot
from widgets.shell.run_list import RunRow

_NAMES = ("user_names", "item_names")
_LISTED = 6  # films or videos in the list


class RatingsTab(TopicTab):
    """Vectors of people and films from ratings, or of videos from what people watched."""

    speed = 30
    rows_of_numbers = 5
    sharing = Sharing(decks=1)  # the table wants the height
    marks = {  # noqa: RUF012
        Focus("user"): "blue", Focus("item"): "black", Focus("rating"): "black", Focus("error"): "vermillion",
        Focus("gradient"): "green", Focus("bias"): "purple",
    }  # fmt: skip

    _listed: tuple[str, list[int]] = ("", [])  # whose films are in the list, and which

    def panels(self) -> Sequence[Panel]:
        self.ruler, self.table, self.error = Plot(equal_scale=True), GridBoard(), Plot()
        self.cells = ArrayCells(settable(Params()), self.texts)
        self.layer, self.study = GridBoard(), FactorStudy(self.texts)
        return (
            Panel("ruler", self.ruler, self._draw_big, "big", subtitle=self._subtitle, hint=self._hint),
            Panel("table", self.table, self._draw_table, subtitle=self._of_table),
            Panel("error", self.error, lambda view: small_plots.draw_error(self.error, view, self.texts),
                  empty=self.press_play, runs="all"),
            Panel("dense", self.layer, self._draw_layer),
            Panel("factors", self.study, self._draw_study, empty=self._no_study),
            Panel("cells", self.cells, self._draw_cells, always=True),
        )  # fmt: skip

    def switches(self) -> Sequence[str | QWidget]:
        return ("ring",)

    def react(self) -> None:
        self.hands = TableHands(self, self.table)
        self.ruler.dragged.connect(self._drag)
        self.ruler.clicked.connect(lambda x, y, hit: self._click(hit))
        self.ruler.hit_changed.connect(self._light)
        self.numbers.marked.connect(self.ruler.highlight)
        self.table.hovered.connect(lambda *cell: self._point_at(self._cell(*cell)))
        self.table.left.connect(lambda: self._point_at(None))
        self.table.clicked.connect(lambda *cell: self._pick_or_watch(self._cell(*cell)))
        self.layer.hovered.connect(lambda *cell: self._point_at(self._of_layer(*cell)))
        self.layer.left.connect(lambda: self._point_at(None))
        self.layer.clicked.connect(lambda *cell: self.pick(self._of_layer(*cell)))
        self.study.factors_asked.connect(lambda count: self.set_parameter("n_factors", count))
        self.cells.typed.connect(self.set_array)

    # What it shows.

    def settings_shown(self) -> Sequence[str]:
        params = self.run.params
        hidden = set[str]() if params.method == "sgd" or params.model == "candidates" else {"order"}
        hidden |= {name for name in _NAMES if not getattr(params, name)}
        hidden |= {"learning_rate"} if params.model == "factors" and params.method == "als" else set()
        used = (name for name in self.form_order() if self.parameters[name].is_used(params))
        return [name for name in used if name not in hidden]

    def form_order(self) -> Sequence[str]:
        others = [name for name in super().form_order() if name not in _NAMES]  # which take much room: they come last
        return [*others, *_NAMES]

    def explanation(self, view: View) -> Explanation:
        beat = view.beat if view.beat != self.beats()[-1] else ""
        told = view.pointed or view.focus
        if view.params.model == "factors" and told is not None and (shown := Shown(view, self.texts)).is_new:
            return explain_newcomer(shown.state, view.params)
        return explain(*made_in(view), told, beat)

    def pinned(self) -> bool:
        return self.focus is not None

    def focus_name(self, view: View) -> str:
        """Say who and what the pictures tell of."""
        if view.params.model == "candidates":
            return ""
        shown = Shown(view, self.texts)
        return (
            self.texts.get("panels", "you")
            if shown.is_new
            else self.texts.get("panels", "person").format(name=shown.name)
        )

    def _draw_big(self, view: View) -> None:
        picture = (Videos if view.params.model == "candidates" else Ruler)(view, self.texts)
        why_not = picture.ring_of_none if isinstance(picture, Ruler) else "ring_of_two"
        self.toggles.allow("ring", self.texts.get("panels", why_not) if why_not else "")
        picture.draw(self.ruler)

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

    def _draw_layer(self, view: View) -> None:
        picture = (Net if view.params.model == "candidates" else DenseLayer)(view, self.texts)
        self.layer.set_arrangement(picture.arrange)

    def _draw_study(self, view: View) -> None:
        if view.params.model == "factors":
            self.study.show_recipe(_study_recipe(view))

    def _no_study(self, view: View) -> str:
        return self.texts.get("panels", "of_factors_alone") if view.params.model == "candidates" else ""

    def finish_studies(self) -> None:
        if self.in_view("factors") and self.run.params.model == "factors":
            self.study.finish()

    # The list: of a person's films the highest first, or what comes after the videos watched.

    def choices(self) -> Sequence[RunRow]:
        return [RunRow(str(i), "") for i in range(_LISTED)]

    def row_values(self, view: View) -> Mapping[str, Sequence[str]]:
        """Return what is told of each row; the rows get their names at once."""
        return self._of_videos(view) if view.params.model == "candidates" else self._of_films(view)

    def _of_films(self, view: View) -> Mapping[str, Sequence[str]]:
        """Return what is predicted for the person's highest films, the how manieth nearest they are, and how far.

        The table that ratings are typed into gets the names, too, whichever panel is in front.
        """
        shown, say = Shown(view, self.texts), partial(self.texts.get, "panels")
        films = self._films_listed(shown)
        self.rows.set_title(say("films_of").format(name=shown.name), say("predicted"), say("nearest"))
        focus = {j: str(Focus("rating", (shown.user, j))) for j in films}
        cast("TextRows", self.form.field("ratings")).set_headers(shown.names.items, shown.names.users)
        self.rows.set_rows([RunRow(focus[j], shown.names.items[j]) for j in films])
        if view.covered:
            return dict.fromkeys(focus.values(), ("–", "–"))
        return {focus[j]: (numbers.fixed(float(shown.told_to[j]), 2), self._nearness(shown, j)) for j in films}

    def _films_listed(self, shown: Shown) -> list[int]:
        """Return the highest films; while steps follow each other fast those listed before, as no order that moves
        can be read.
        """
        if shown.view.covered:  # their order would tell
            return list(range(min(_LISTED, len(shown.told_to))))
        is_fast = self._playing and not is_readable(self.transport.speed())
        name, films = self._listed
        if is_fast and name == shown.name and max(films) < len(shown.told_to):
            return films
        self._listed = shown.name, first_of(shown.told_to, _LISTED).tolist()
        return self._listed[1]

    def _nearness(self, shown: Shown, j: int) -> str:
        place, away = 1 + int((shown.away < shown.away[j]).sum()), numbers.fixed(float(shown.away[j]), 2)
        return self.texts.get("panels", "nearest_place").format(place=place, away=away)

    def _of_videos(self, view: View) -> Mapping[str, Sequence[str]]:
        """Return the share of the softmax that the first videos have, and which of them were watched."""
        shown, say = Videos(view, self.texts), partial(self.texts.get, "panels")
        scores = shown.served.scores
        videos = list(range(min(_LISTED, len(scores)))) if view.covered else first_of(scores, _LISTED).tolist()
        self.rows.set_title(say("next_videos"), "p", say("seen"))
        focus = {j: str(Focus("item", (j,))) for j in videos}
        self.rows.set_rows([RunRow(focus[j], shown.names[j]) for j in videos])
        shares = shown.served.probabilities
        if view.covered:
            return dict.fromkeys(focus.values(), ("–", "–"))
        marks = {j: "✓" if j in view.params.watched else "" for j in videos}
        return {focus[j]: (numbers.percent(float(shares[j])), marks[j]) for j in videos}

    def _subtitle(self, view: View) -> str:
        if view.params.model == "candidates":
            return self.texts.get("panels", "of_videos").format(count=len(view.params.watched))
        shown = Shown(view, self.texts)
        if shown.is_new:
            return self.texts.get("panels", "of_newcomer").format(count=len(view.params.newcomer))
        key = "before_update" if shown.is_before else "of_ruler" if view.params.n_factors <= 2 else "of_more"
        return self.texts.get("panels", key).format(name=shown.name)

    def _hint(self, view: View) -> str:
        """Say what can be dragged, where the picture is a ruler."""
        if view.params.model == "candidates" or view.params.n_factors > 2:
            return ""
        shown = Shown(view, self.texts)
        return "" if shown.is_new or shown.is_before else self.texts.get("panels", "drag")

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
        n, m = ratings_of(params).values.shape
        sizes = {"user": n + 1, "item": m}  # the newcomer comes last
        most = tuple(sizes.values()) if focus.kind == "rating" else (sizes.get(focus.kind, 0),)
        return focus.kind not in ("user", "item", "rating") or all(i < n for i, n in zip(focus.at, most, strict=True))

    # What the learner does in the pictures.

    def _drag(self, handle: Focus, x: float, y: float, finished: bool) -> None:
        """Move the tip of the arrow or a film."""
        learned, shown = self.run.frame.state.learned, Shown(self.view(), self.texts)
        if not isinstance(learned, Factors) or handle.kind not in ("user", "item"):
            return
        index, name = handle.at[0], f"{handle.kind}s"
        if handle.kind == "user" and shown.is_new:
            return
        changed = (learned.users if name == "users" else learned.items.T).copy()
        changed[index] = moved_to(shown, x, y, changed[index])
        self.run.gesture(SetArray(name, changed if name == "users" else np.ascontiguousarray(changed.T)), finished)

    def _click(self, hit: Hit | None) -> None:
        """Choose what was clicked; a video is watched from then on, or no longer."""
        focus = hit.focus if hit and isinstance(hit.focus, Focus) and hit.focus.kind in ("user", "item") else None
        if focus and focus.kind == "item" and self.run.params.model == "factors":
            focus = Focus("rating", (Shown(self.view(), self.texts).user, focus.at[0]))
        self._pick_or_watch(focus)

    def _pick_or_watch(self, focus: Focus | None) -> None:
        is_video = focus and focus.kind == "item" and self.run.params.model == "candidates"
        if not (focus and is_video) or self.stage.take_mark(focus):
            self.pick(focus)
            return
        watched, (video,) = self.run.params.watched, focus.at
        changed = [j for j in watched if j != video] if video in watched else [*watched, video]
        if changed:
            self.set_parameter("watched", changed)
        else:
            self.status.emit(self.texts.get("panels", "one_watched"))

    def _light(self, hit: Hit | None) -> None:
        mark = hit.focus if hit and isinstance(hit.focus, Focus) else None
        self.numbers.highlight(mark)
        if self.run.params.model == "candidates":
            self._point_at(mark if mark and mark.kind == "item" else None)

    def _point_at(self, focus: Focus | None) -> None:
        """Tell of what is under the pointer, in every picture and in numbers."""
        if focus != self.pointed:
            self.pointed = focus
            self._show_moved()

    def _cell(self, name: str, row: int, column: int) -> Focus | None:
        if self.run.params.model == "candidates":
            return Videos(self.view(), self.texts).focus_of(name, row)
        at = self.hands.rating_at(name, row, column)
        return Focus("rating", at) if at else None

    def _of_layer(self, name: str, row: int, column: int) -> Focus | None:
        if self.run.params.model == "candidates":
            return None
        return DenseLayer(self.view(), self.texts).focus_of(name, row, column)

    def set_array(self, name: str, array: Floats, final: bool = True) -> None:
        """Set an array; ratings of which none would be left to learn from stay, and it is said why."""
        if name == "ratings" and not (~np.isnan(array) & ~held_of(self.run.params)).any():
            self.form.show_error("ratings", self.texts.get("refusals", "ratings_none_left"))
            return
        self._try(name, lambda: self.run.gesture(SetArray(name, array), final))


def _array(name: str, view: View) -> Floats:
    array: Floats = arrays(view.state, view.params)[name]
    return np.atleast_2d(array)


def _study_recipe(view: View) -> Recipe[Params]:
    """Return the recipe whose ratings are those in view: where cells were typed into, a table of one's own."""
    recipe, params = view.timeline.recipe, with_defaults(view.params, "view")
    if any(change.edit.target == "ratings" for change in recipe.edits):
        params = replace(params, ratings=view.state.learned.given.with_gaps)
    return replace(recipe, params=params, edits=())


TAB = RatingsTab
