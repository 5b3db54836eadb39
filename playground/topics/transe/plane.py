"""The big picture of TransE: the same arrow from every head of a relation, what it misses by, and the ripple.

Names are round where they are heads of the relation shown, square where they are tails; orange is a true tail,
vermillion what was put in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isfinite, log10

import numpy as np

from core.run.explanation import Focus
from core.run.values import Floats
from core.transe.algorithm import State
from core.transe.ranks import HEAD, RELATION, TAIL
from playground.tab.marked import things
from playground.topics.transe.shown import Shown
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.plots.marks.arrows_and_dots import Arrow, Segment
from widgets.plots.marks.distance_line import Distance, DistanceLine
from widgets.plots.marks.mark import Mark
from widgets.plots.marks.named_points import NamedPoints, Spot
from widgets.plots.marks.note import Note
from widgets.plots.marks.points import Points
from widgets.plots.marks.reach import Reach
from widgets.plots.marks.strokes import Strokes
from widgets.plots.plot import Plot

TRUE, FALSE, STEP = "orange", "vermillion", "blue"  # series
_MOST_HEADS = 50  # arrows of a relation; more are lines
_MOST_NAMES = 60  # that have their label; of more those of the triple spoken of
_ROUND = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 15.0)
_LITTLE_MORE = 1.4  # times the size of the picture
_WORDS, _MORE_WORDS = 0.08, 0.2  # of that size, below for words, and for the line of distances
_NEAREST = 8  # names at most that the ripple numbers


def draw_plane(plot: Plot, shown: Shown, texts: Texts) -> None:
    """Show names, arrows and the ripple of the triple spoken of."""
    first, second = (texts.get("panels", key) for key in _axes_of(shown))
    plot.set_names(f"{first} →", f"{second} ↑", in_corners=True)
    plot.set_range(*_range(shown))
    spoken = things(shown.view, lambda run, thing: _place(Shown(run), thing))
    under = [*_circle(shown), *_ripple(shown), *_arrows(shown), *_of_triple(shown), *_crowd(shown)]
    plot.set_marks([*under, _names(shown, texts), *spoken, *_line_of_distances(shown), Note(note(shown, texts), 1)])
    plot.setAccessibleDescription(", ".join(shown.words))


def _axes_of(shown: Shown) -> tuple[str, str]:
    return ("number_1", "number_2") if shown.params.dim <= 2 else ("axis_1", "axis_2")


def reach_of(shown: Shown) -> float:
    """Return a round number beyond all names and tips, in view, at the start and at the end: so it seldom moves."""
    largest = max(0.1, *(_farthest(shown, state) for state in (shown.state, *shown.ends)))
    power = 10.0 ** int(np.floor(log10(largest)))
    return next(power * part for part in _ROUND if 1.05 * largest <= power * part)


def _farthest(shown: Shown, state: State) -> float:
    places = state.entities @ shown.axes
    tips = places[shown.of_relation[:, HEAD]] + state.relations[shown.relation] @ shown.axes
    return max(float(np.abs(places).max()), float(np.abs(tips).max()))


def _range(shown: Shown) -> tuple[float, float, float, float]:
    """Return the ends of both axes: round numbers beyond all that the steps recorded may speak of, and room for words.

    The ring of the last step is held, too, where that takes little more; at play, when each step is the last for a
    moment, that is left out.
    """
    corners = np.concatenate([_corners(state, shown.axes) for state in (shown.state, *shown.ends)])
    size = float(np.ptp(corners, axis=0).max())
    last = Shown(replace(shown.view, t=shown.view.timeline.recorded, beat="", focus=None))
    if shown.params.dim == 2 and shown.view.options.get("names", True) and last.is_of_step:
        tip, ring = last.tip(last.corrupted), _ring(last)
        wider = np.vstack([corners, tip - ring, tip + ring])
        corners = wider if float(np.ptp(wider, axis=0).max()) <= _LITTLE_MORE * size else corners
    part = 10.0 ** int(np.floor(log10(max(size, 0.1)))) / 2
    low, high = np.floor(corners.min(axis=0) / part - 0.1) * part, np.ceil(corners.max(axis=0) / part + 0.1) * part
    words = (_WORDS if shown.params.dim == 2 else _MORE_WORDS) * float((high - low).max())
    return float(low[0]), float(high[0]), float(low[1]) - words, float(high[1])


def _corners(state: State, axes: Floats) -> Floats:
    """Return two corners (2, 2) around all names, and all tips: of any arrow at any name, as one may be put in."""
    names, arrows = state.entities @ axes, state.relations @ axes
    ends = [(edge(names, axis=0), edge(arrows, axis=0)) for edge in (np.min, np.max)]
    (low, back), (high, forth) = ends
    return np.array([low + np.minimum(back, 0.0), high + np.maximum(forth, 0.0)])


def _ring(shown: Shown) -> float:
    """Return how near to its tip what was put in costs a loss."""
    return shown.distance(shown.asked) + shown.params.margin


def _place(shown: Shown, thing: Focus) -> tuple[float, float] | None:
    """Return where a name lies that a scene speaks of."""
    if thing.kind != "entity" or thing.at[0] >= len(shown.places):
        return None
    return _xy(shown.places[thing.at[0]])


def _xy(place: Floats) -> tuple[float, float]:
    return float(place[0]), float(place[1])


# ---- arrows


def _arrows(shown: Shown) -> Iterator[Mark]:
    """Yield the arrow of the relation at each head, and from its tip what it misses the tail by."""
    rows = shown.of_relation
    begins, tails = shown.places[rows[:, HEAD]], shown.places[rows[:, TAIL]]
    tips = begins + shown.arrow(shown.relation)
    yield Strokes("missed", tips, tails, TRUE)
    yield Strokes("arrows", begins, tips, heads=len(rows) <= _MOST_HEADS)


def _of_triple(shown: Shown) -> Iterator[Mark]:
    """Yield the triple spoken of, and where it is the step's, the corrupted one."""
    triple, places = shown.asked, shown.places
    tip = _xy(shown.tip(triple))
    if shown.tail is not None:
        yield Segment(Focus("true"), tip, _xy(places[shown.tail]), TRUE)
    if shown.is_of_step:
        false = shown.corrupted
        begin = _xy(shown.tip(false))
        yield Segment(Focus("false"), begin, _xy(places[false[TAIL]]), FALSE, dashed=True)
        if false[HEAD] != triple[HEAD]:
            yield Arrow(Focus("arrow", (int(false[HEAD]),)), _xy(places[false[HEAD]]), begin, FALSE)
    yield Arrow(Focus("relation", (int(triple[RELATION]),)), _xy(places[triple[HEAD]]), tip, STEP)


# ---- the ripple


def _ripple(shown: Shown) -> Iterator[Mark]:
    """Yield the ripple with a ring at each name that it has passed, and the ring in which what was put in costs a loss.

    Only in the plane of two numbers a distance can be seen.
    """
    if shown.params.dim != 2:
        return
    (x, y), norm = _xy(shown.tip(shown.asked)), shown.params.norm
    if shown.is_of_step:
        yield Reach(*_xy(shown.tip(shown.corrupted)), _ring(shown), FALSE, norm, dashed=True)
    for entity in _told_of_passed(shown):
        colour = "black" if entity in shown.left_out else STEP
        yield Reach(x, y, float(shown.away[entity]), colour, norm, faint=True)
    if not shown.view.covered and (shown.tail is not None or not shown.has_arrived):
        yield Reach(x, y, shown.reach, STEP, norm, filled=True)


def _circle(shown: Shown) -> Iterator[Mark]:
    """Yield the circle to which names are put back, where that is asked for."""
    if shown.params.normalise and shown.params.dim == 2:
        yield Reach(0.0, 0.0, 1.0, "black", faint=True)


def _line_of_distances(shown: Shown) -> Iterator[Mark]:
    """Yield how far the names that the ripple has passed lie from the tip, where the plane cannot show it."""
    if shown.params.dim == 2 or shown.view.covered:
        return
    names, away = shown.graph.entities, shown.away
    passed = [e for e in _told_of_passed(shown) if e != shown.tail]
    places = {e: place for place, e in enumerate((e for e in passed if e not in shown.left_out), 1)}
    told = [Distance(float(away[e]), f"{places.get(e, '')} {names[e]}".strip(), _mark_of(shown, e)) for e in passed]
    if shown.tail is not None and shown.has_arrived:
        d = float(away[shown.tail])
        told.insert(0, Distance(d, f"{names[shown.tail]} {numbers.significant(d, 3)}", TRUE))
    yield DistanceLine(tuple(told), shown.reach, float(np.sort(away)[len(away) // 2]), STEP)


def _mark_of(shown: Shown, entity: int) -> str:
    return "" if entity in shown.left_out else STEP


def _told_of_passed(shown: Shown) -> list[int]:
    """Return the names that the ripple has passed, the first of them, where they can be read."""
    if not shown.view.options.get("names", True) or shown.view.covered:
        return []
    return shown.passed[:_NEAREST]


def note(shown: Shown, texts: Texts) -> str:
    """Say whether what was put in lies inside the ring, with the tables drawn, where it can be read."""
    if not shown.view.options.get("names", True):
        return ""
    if not shown.is_of_step:
        return _said_of_ripple(shown, texts)
    d, false = shown.distance(shown.asked), shown.distance(shown.corrupted)
    loss = shown.params.margin + d - false
    if not isfinite(loss):
        return ""
    end = TAIL if shown.corrupted[TAIL] != shown.asked[TAIL] else HEAD
    key = f"{'inside' if loss > 0 else 'outside'}_{'tail' if end == TAIL else 'head'}"
    words = {"other": shown.graph.entities[shown.corrupted[end]], "tail": shown.graph.entities[shown.asked[TAIL]]}
    when = texts.get("panels", "before_update" if shown.is_before else "after_update")
    told = {"loss": max(0.0, loss), "ring": d + shown.params.margin}
    said = {name: numbers.significant(value, 3) for name, value in told.items()}
    return texts.get("panels", key).format(when=when, **said, **words)


def _said_of_ripple(shown: Shown, texts: Texts) -> str:
    """Say how many names the ripple has passed, and once it has arrived the rank, with the tables drawn."""
    if shown.view.covered:
        return ""
    counted = sum(entity not in shown.left_out for entity in shown.passed)
    if shown.tail is None or not shown.has_arrived:
        return texts.get("panels", "passed").format(count=counted)
    told = {"tail": shown.graph.entities[shown.tail], "rank": numbers.shortest(shown.rank(shown.tail))}
    return texts.get("panels", "arrived").format(count=counted, **told)


# ---- names


def _names(shown: Shown, texts: Texts) -> NamedPoints:
    """Return all names, those of the triple spoken of first, then those that the ripple passes."""
    own, passed = _colours(shown), _told_of_passed(shown)
    first = [*own, *(e for e in passed if e not in own)]
    others = [] if _is_crowd(shown) else [e for e in range(len(shown.places)) if e not in first]
    order, few = [*first, *others], len(shown.places) <= _MOST_NAMES
    words = {e: shown.graph.entities[e] for e in (order if few else first)}
    places = {e: place for place, e in enumerate((e for e in passed if e not in shown.left_out), 1)}
    words |= {e: f"{place} {shown.graph.entities[e]}" for e, place in places.items()}
    words |= _told_of_tail(shown, texts)
    spots = tuple(_spot(shown, e, words.get(e, ""), own.get(e, "")) for e in order)
    return NamedPoints(spots, kept=tuple(_tips(shown)), movable=True)


def _tips(shown: Shown) -> Iterator[tuple[float, float]]:
    """Yield where the arrow of the triple spoken of ends, and that of what was put in."""
    yield _xy(shown.tip(shown.asked))
    if shown.is_of_step:
        yield _xy(shown.tip(shown.corrupted))


def _is_crowd(shown: Shown) -> bool:
    """Tell whether names are so many that while playing they are dots without names, painted from one sprite."""
    return len(shown.places) > _MOST_NAMES and not shown.view.options.get("names", True)


def _crowd(shown: Shown) -> list[Points]:
    return [Points("names", shown.places, "black", "circle", 5.0, faint=True)] if _is_crowd(shown) else []


def _told_of_tail(shown: Shown, texts: Texts) -> dict[int, str]:
    """Return the name of the true tail with its distance from the tip, where it can be read."""
    tail = shown.tail
    if not shown.view.options.get("names", True) or tail is None or not shown.has_arrived:
        return {}
    d = numbers.significant(float(shown.away[tail]), 3)
    return {tail: texts.get("panels", "true_tail").format(name=shown.graph.entities[tail], d=d)}


def _spot(shown: Shown, entity: int, word: str, colour: str) -> Spot:
    """Return a name as a round head, a square tail, or else as a ring."""
    is_head, is_tail = entity in shown.heads, entity in shown.tails
    marker = "square" if is_tail and not is_head else "circle"
    is_other, focus = not (is_head or is_tail or colour), Focus("entity", (entity,))
    is_framed = shown.view.spoken is not None and focus in shown.view.claim.things
    return Spot(focus, *_xy(shown.places[entity]), word, colour, marker, is_other, is_framed)


def _colours(shown: Shown) -> dict[int, str]:
    """Return the colours of the names of the triple spoken of, and of what was put in."""
    colours = {int(shown.asked[HEAD]): STEP}
    if shown.tail is not None:
        colours[shown.tail] = TRUE
    if shown.is_of_step:
        for end in (HEAD, TAIL):
            if shown.corrupted[end] != shown.asked[end]:
                colours.setdefault(int(shown.corrupted[end]), FALSE)
    return colours
