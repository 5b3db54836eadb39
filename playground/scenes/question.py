"""Questions that are answered by hand before a scene plays, and what an answer is worth beside what happened."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Literal, NamedTuple, TypeGuard, get_args

import numpy as np

from core.run.explanation import Focus
from core.run.values import Floats
from playground.scenes import shape as shapes
from playground.words.texts import Texts
from widgets.base.numbers import brief

Kind = Literal["choice", "number", "point", "curve", "cell", "order"]
RISES = "rises"  # the label of how many steps rise, where that counts
_ROUNDING = 1e-12  # of a number: closer ones are equal, for a share of points is not exact in %
_MOST = 5  # lines of the comparison
MEDIAN = "median"  # the label of the gap in the middle of all, by which a curve is judged
_SHAPE = re.compile(r"\(?\s*(\d+\s*(?:,\s*\d+\s*)*),?\s*\)?")  # as it is printed, with or without its brackets
_WIDE = str.maketrans("（），", "(),")
Along = Literal["", "x", "y"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Answer = Any
"""An option's id; a number; [x, y], or one for each option; [[x, y], ...] with rising x; [row, column], or a shape; all
options in an order.
"""


class Gap(NamedTuple):
    """One line of the comparison: what was answered, what happened, and how far apart they lie."""

    label: str
    own: str
    truth: str
    gap: str = ""


@dataclass(frozen=True)
class Question:
    """A question of one kind. `within` is how far an answer may lie from the truth and still be right.

    A number, each coordinate of a point and the middle of all gaps of a curve are compared with it; where `as_factor`
    is set, by how many times the greater is the smaller.
    """

    kind: Kind
    texts: Texts
    options: tuple[str, ...] = ()
    low: float = 0.0
    high: float = 1.0
    within: float = 0.0
    as_factor: bool = False
    panel: str = ""  # that takes the answer
    axes: tuple[float, ...] = ()  # x0, x1, y0, y1 of that panel, lest the run's own ends tell the answer
    log: bool = False  # whether its y axis is logarithmic
    marks: Mapping[str, str] = field(default_factory=dict)  # options by the marks that stand for them in the picture
    given: tuple[float, float] | None = None  # where a curve begins, as the question says
    along: Along = ""  # the axis of that panel on which an asked number stands
    shape: shapes.Shape = ""  # that a curve has to have, as well as lie near
    as_shape: bool = False  # whether a cell is the shape of a tensor: how many entries it has is asked, too

    @classmethod
    def read_from(cls, tree: Mapping[str, Any]) -> Question:
        """Return the question that a scene's `ask` describes. Raises ValueError for an unknown kind or shape."""
        if tree["kind"] not in KINDS:
            raise ValueError(f"no kind of question: {tree['kind']}")
        low, high = tree.get("range", (0.0, 1.0))
        options, within = tuple(tree.get("options", ())), float(tree.get("within", tree.get("factor", 0.0)))
        texts = Texts(dict(tree))
        axes = tuple(map(float, tree.get("axes", ())))
        marks = tree.get("marks", {})
        given = (float(tree["given"][0]), float(tree["given"][1])) if "given" in tree else None
        shape = tree.get("shape", "")
        if shape not in shapes.SHAPES or (shape and not axes):
            raise ValueError(f"no shape of a curve over axes: {shape}")
        along = tree.get("axis", "")
        if along not in get_args(Along) or (along and not axes):
            raise ValueError(f"no axis of a plot with ends: {along}")
        place = tree.get("panel", ""), axes, bool(tree.get("log", False)), marks, given, along, shape
        return cls(
            tree["kind"], texts, options, low, high, within, "factor" in tree, *place, tree.get("as_shape", False)
        )

    @property
    def is_whole(self) -> bool:
        """Whether a whole number is asked for: one that has to be hit."""
        return self.kind == "number" and not self.within

    def option_of(self, mark: str) -> str | None:
        """Return the option that a mark in the picture stands for: the one named for it, or of the same name."""
        option = self.marks.get(mark, mark)
        return option if self.kind == "choice" and option in self.options else None

    def numbers(self) -> dict[Focus, str]:
        """Return the numbers of the options, as their keys, by the marks in the picture that stand for them.

        A mark that is called by its number has no need of another.
        """
        marks = ((Focus.of(mark), self.options.index(option)) for mark, option in self.marks.items())
        numbered = {mark: str(at + 1) for mark, at in marks if mark}
        return {mark: number for mark, number in numbered.items() if number not in self.options}

    def read(self, given: object) -> Answer:
        """Return an answer given as a value or as the text of a field. Raises ValueError where it is none."""
        value = (_parsed_shape if self.as_shape else _parsed)(given) if self.kind != "choice" else given
        if not self._fits(value):
            raise ValueError(f"no answer of the kind {self.kind}")
        return value

    def _fits(self, value: Any) -> bool:
        match self.kind:
            case "choice":
                return value in self.options
            case "number":
                return _is_number(value) and self.low <= value <= self.high
            case "point":
                return self._are_places(value) if self.options else _are_numbers(value, 2)
            case "cell":
                count = len(value) if self.as_shape and isinstance(value, list) and value else 2
                whole = _are_numbers(value, count) and all(float(part).is_integer() for part in value)
                return _is_number(value) or whole
            case "order":
                return isinstance(value, list) and sorted(map(str, value)) == sorted(self.options)
            case "curve":
                knots = isinstance(value, list) and len(value) > 1 and all(_are_numbers(knot, 2) for knot in value)
                return knots and self._reaches_over(value[0][0], value[-1][0])

    def _are_places(self, value: Any) -> bool:
        """Tell whether there is a place for each thing that is asked of."""
        is_each = isinstance(value, list) and len(value) == len(self.options)
        return is_each and all(_are_numbers(place, 2) for place in value)

    def missing(self, drawn: Sequence[Sequence[float]]) -> tuple[float, float] | None:
        """Return from where to where a curve is not drawn yet; None if it goes over the whole axis."""
        first, last = (drawn[0][0], drawn[-1][0]) if drawn else (self.axes[0], self.axes[0])
        if len(drawn) > 1 and self._reaches_over(first, last):
            return None
        left, right = first - self.axes[0], self.axes[1] - last
        return (self.axes[0], first) if left > right else (last, self.axes[1])

    def _reaches_over(self, first: float, last: float) -> bool:
        """Tell whether a curve goes from one end of its axis to the other, or nearly so."""
        if not self.axes:
            return first < last
        room = (self.axes[1] - self.axes[0]) / 8
        return first <= self.axes[0] + room and last >= self.axes[1] - room

    def is_right(self, answer: Answer, truth: Answer) -> bool:
        """Tell whether an answer is near enough to what happened."""
        match self.kind:
            case "choice" | "order":
                return bool(answer == truth)
            case "cell":
                return bool(np.array_equal(answer, truth)) if isinstance(truth, list) else self._near([answer], [truth])
            case "curve":
                own, real = _beside(answer, truth)
                return bool(np.median(self._gaps(own, real)) <= self.within) and self._has_shape(own)
            case "number":
                return self._near([answer], [truth])
            case "point":
                return self._near(np.ravel(answer).tolist(), np.ravel(truth).tolist())

    def _has_shape(self, own: Sequence[float]) -> bool:
        return not self.shape or shapes.has(self.shape, np.asarray(own), self._ends, self.log)

    @property
    def _ends(self) -> tuple[float, float]:
        """The ends of the y axis."""
        return self.axes[2], self.axes[3]

    def _near(self, answer: Sequence[float], truth: Sequence[float]) -> bool:
        return bool((self._gaps(answer, truth) <= self.within).all())

    def _gaps(self, answer: Sequence[float], truth: Sequence[float]) -> Floats:
        own, real = np.asarray(answer, float), np.asarray(truth, float)
        if not self.as_factor:
            distances: Floats = np.abs(own - real)
            return np.where(distances <= _ROUNDING * np.maximum(np.abs(own), np.abs(real)), 0.0, distances)
        with np.errstate(divide="ignore", invalid="ignore"):
            factors: Floats = np.where((own > 0) & (real > 0), np.maximum(own / real, real / own), np.inf)
        return factors

    def widest(self, answer: Answer, truth: Answer) -> tuple[tuple[float, float, float], str]:
        """Return where a drawn curve lies farthest from the true one (x, own y, true y), and how far, in words."""
        own, real = _beside(answer, truth)
        at = int(np.argmax(self._gaps(own, real)))
        return (truth[at][0], own[at], real[at]), self._gap("", own[at], real[at]).gap

    @property
    def is_by_hand(self) -> bool:
        """Whether the answer is made in a plot: a place pointed at, a curve drawn, a number on one of its axes."""
        return self.kind in ("point", "curve") or (self.kind == "number" and bool(self.along))

    def apart(self, answer: Answer, truth: Answer) -> str:
        """Return how far a point or a number lies from the true one, in words."""
        if self.kind == "number":
            return self._gap("", answer, truth).gap
        return _shown(float(np.hypot(*np.subtract(answer, truth))))

    def mistake(self, answer: Answer, truth: Answer) -> str:
        """Return what is said to a wrong answer, where there are words for that very mistake; else nothing."""
        key = str(answer)
        if self.kind == "number":
            key = "low" if answer < truth else "high"
        elif self.kind == "curve":
            key = "near" if self._has_shape(_beside(answer, truth)[0]) else "shape"
        return self.texts.find("wrong", key) or self.texts.find("wrong", "other") or ""

    def gaps(self, answer: Answer, truth: Answer) -> list[Gap]:
        """Return answer and truth side by side, five lines at most."""
        match self.kind:
            case "choice":
                return [Gap("", self.named(answer), self.named(truth))]
            case "order":
                pairs = zip(answer, truth, strict=True)
                return [Gap(str(i + 1), self.named(a), self.named(b)) for i, (a, b) in enumerate(pairs)][:5]
            case "number":
                return [self._gap("", answer, truth)]
            case "point" if self.options:
                return self._gaps_of_places(answer, truth)
            case "point":
                return [self._gap(axis, a, b) for axis, a, b in zip("xy", answer, truth, strict=True)]
            case "cell":
                if _is_number(answer) and _is_number(truth):
                    return [self._gap("", answer, truth)]
                return [Gap("", *map(_printed if self.as_shape else _shown, (answer, truth)))]
            case "curve":
                own, real = _beside(answer, truth)
                steps, gaps = [point[0] for point in truth], self._gaps(own, real)
                middle = () if self.shape else (len(steps) // 2,)  # its line is that of the rises
                picked = sorted({*middle, int(np.argmax(gaps)), len(steps) - 1})
                rows = [self._gap(f"{steps[i]:g}", own[i], real[i]) for i in picked]
                return [*self._rises(own, real), *rows, Gap(MEDIAN, "", "", self._told(float(np.median(gaps))))]

    def _gaps_of_places(self, answer: Answer, truth: Answer) -> list[Gap]:
        """Return a line for each coordinate; of more places than there is room for, one for how far each lies off."""
        each = [(self.named(o), a, b) for o, a, b in zip(self.options, answer, truth, strict=True)]
        pairs = [(f"{o} {axis}", a[i], b[i]) for o, a, b in each for i, axis in enumerate("xy")]
        lines = [Gap(line, brief(own, 2), brief(true, 2), brief(abs(own - true), 2)) for line, own, true in pairs]
        return lines if len(lines) <= _MOST else [Gap(o, "", "", self.apart(a, b)) for o, a, b in each][:_MOST]

    def _rises(self, own: Sequence[float], real: Sequence[float]) -> list[Gap]:
        if not self.shape:
            return []
        is_seen = shapes.has("rises", np.asarray(own), self._ends, self.log)
        drawn, true = shapes.rises(np.asarray(own)) if is_seen else 0, shapes.rises(np.asarray(real))
        return [Gap(RISES, _shown(drawn), _shown(true), _shown(abs(drawn - true)))]

    def _gap(self, label: str, own: float, truth: float) -> Gap:
        """Return a line of two numbers; where both are shown as one there is no gap to be seen."""
        shown, gap = (_shown(own), _shown(truth)), float(self._gaps([own], [truth])[0])
        return Gap(label, *shown, self._told(float(self.as_factor) if shown[0] == shown[1] else gap))

    def _told(self, gap: float) -> str:
        return f"{_shown(gap)}×" if self.as_factor else _shown(gap)

    def named(self, option: str) -> str:
        """Return the text of an option."""
        return self.texts.get("options", option)

    def wrong_answers(self, truth: Answer) -> list[Answer]:
        """Return answers that are surely wrong, for trying the question: every other option, or what lies far off."""
        match self.kind:
            case "choice":
                return [option for option in self.options if option != truth]
            case "order":
                return [[*truth[1:], truth[0]]]
            case "number":
                return [end for end in (self.low, self.high) if not self._near([end], [truth])]
            case "cell":
                return [[truth[0] + 1, *truth[1:]]] if isinstance(truth, list) else [truth + 3 * self.within + 1]
            case "point":
                return [(np.asarray(truth) + 3 * self.within).tolist()]
            case "curve":
                far = [[x, y * self.within**2 if self.as_factor else y + 3 * self.within] for x, y in truth]
                return [far, *self._smooth(truth)]

    def _smooth(self, truth: Answer) -> list[Answer]:
        """Return the curve that lies near the true one and has not its shape, where that counts."""
        if not self.shape:
            return []
        steps, values = np.asarray(truth, float).T
        return [np.column_stack([steps, shapes.without(self.shape, values, self._ends, self.log)]).tolist()]


def _beside(answer: Answer, truth: Answer) -> tuple[list[float], list[float]]:
    """Return the values of a drawn curve at the steps of the true one, and the true ones."""
    knots, points = np.asarray(answer, float), np.asarray(truth, float)
    return np.interp(points[:, 0], knots[:, 0], knots[:, 1]).tolist(), points[:, 1].tolist()


def _parsed(given: object) -> Any:
    return json.loads(given) if isinstance(given, str) else given


def _parsed_shape(given: object) -> Any:
    """Return a shape as a list; in Python (4) is the number 4, and (4,) a shape of one entry."""
    text = given.translate(_WIDE).strip() if isinstance(given, str) else ""
    if not (found := _SHAPE.fullmatch(text)):
        return _parsed(given)
    entries = [int(entry) for entry in found[1].split(",")]
    return entries if "," in text else entries[0]


def _printed(shape: Answer) -> str:
    """Return a shape as Python prints it.

    >>> _printed([3, 2]), _printed([4]), _printed(4)
    ('(3, 2)', '(4,)', '4')
    """
    return str(tuple(map(int, shape))) if isinstance(shape, list) else _shown(shape)


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _are_numbers(value: object, count: int) -> bool:
    return isinstance(value, list) and len(value) == count and all(map(_is_number, value))


def _shown(value: Any) -> str:
    return ", ".join(map(_shown, value)) if isinstance(value, list) else brief(float(value), 3)
