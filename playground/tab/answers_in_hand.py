"""Answers in the hand: a curve that is drawn, or moved knot by knot; a point that is placed, or moved by arrows."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import hypot, inf, log10

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from playground.scenes.question import Question

_DIGITS, _FEW = 4, 3  # of what is pointed at, in the field: on a curve, of a point
_KNOTS = 9  # that the keys move, over the whole axis
_PARTS = 100  # of an axis, by which a key moves
_AT_HAND = 0.07  # of the room, within which a placed point is taken
_FASTER = 10  # with Shift
_Key = Qt.Key
_ASIDE = {_Key.Key_Left: -1, _Key.Key_Right: 1}
_UP = {_Key.Key_Down: -1, _Key.Key_Up: 1}
KEYS = (*_ASIDE, *_UP, _Key.Key_Backspace, _Key.Key_Delete)

Room = tuple[float, float, float, float]
"""What the plot shows: x0, x1, y0, y1."""


@dataclass
class DrawnCurve:
    """Values by whole steps. A stroke joins what it passes; a knot moved by keys takes along what lies beside it."""

    question: Question
    room: Room
    values: dict[int, float] = field(default_factory=dict)
    knot: int = -1  # in the hand, by its place; none at first
    _last: tuple[int, float] | None = None  # where the hand was

    @property
    def answer(self) -> list[list[float]]:
        """What is drawn so far, from where it is given on."""
        drawn = [[step, self.values[step]] for step in sorted(self.values)]
        if not drawn or self.question.given is None:
            return drawn
        begin = list(self.question.given)
        return [begin, *(knot for knot in drawn if knot[0] > begin[0])]

    @property
    def held(self) -> tuple[float, float] | None:
        """The knot in the hand."""
        step = self.knots[self.knot] if self.knot >= 0 else None
        return (step, self.values[step]) if step is not None and step in self.values else None

    @property
    def knots(self) -> list[int]:
        """The steps of the knots: the given one is none of them."""
        first = self.question.given[0] + 1 if self.question.given else self.room[0]
        return [round(first + (self.room[1] - first) * i / (_KNOTS - 1)) for i in range(_KNOTS)]

    def take(self, x: float, y: float, begins: bool) -> None:
        """Draw on from where the hand was: a quick one leaves out steps, which lie on the line between."""
        step = min(max(round(x), round(self.room[0])), round(self.room[1]))
        before = (step, y) if begins or self._last is None else self._last
        self._join(before, (step, y))
        self._last, self.knot = (step, y), -1

    def press(self, event: QKeyEvent) -> bool:
        """Follow a key; tell whether it meant anything."""
        key = Qt.Key(event.key())
        if key in (_Key.Key_Backspace, _Key.Key_Delete):
            self.clear()
            return True
        if key not in (*_ASIDE, *_UP):
            return False
        self._complete()
        self.knot = min(max(0, self.knot + _ASIDE.get(key, 0)), _KNOTS - 1)
        if key in _UP:
            self._lift(_UP[key] * _parts(event))
        return True

    def clear(self) -> None:
        """Begin anew."""
        self.values, self.knot, self._last = {}, -1, None

    def _complete(self) -> None:
        """Let there be a value at every step: what is not drawn goes on level."""
        known = sorted(self.values)
        level = self.question.given[1] if self.question.given else self._moved(self.room[2], _PARTS // 2)
        for step in range(round(self.room[0]), round(self.room[1]) + 1):
            before = max((k for k in known if k <= step), default=known[0] if known else step)
            self.values.setdefault(step, self.values.get(before, level))

    def _lift(self, parts: int) -> None:
        knots, at = self.knots, self.knot
        moved = knots[at], self._moved(self.values[knots[at]], parts)
        for other in knots[max(0, at - 1) : at + 2]:
            if other != moved[0]:
                self._join((other, self.values[other]), moved)
        self.values[moved[0]] = moved[1]

    def _moved(self, y: float, parts: int) -> float:
        """Return a value moved by parts of the axis, which it does not leave."""
        _, _, low, high = self.room
        share = log10(high / low) / _PARTS if self.question.log else (high - low) / _PARTS
        moved = y * 10 ** (parts * share) if self.question.log else y + parts * share
        return _short(min(max(moved, low), high))

    def _join(self, one: tuple[int, float], other: tuple[int, float]) -> None:
        (a, before), (b, after) = one, other
        for step in range(min(a, b), max(a, b) + 1):
            share = (step - a) / (b - a) if b != a else 1.0
            self.values[step] = _short(before + share * (after - before))


@dataclass
class PlacedPoint:
    """A place pointed at; arrows move it, from the middle at first."""

    question: Question
    room: Room
    at: tuple[float, float] | None = None

    @property
    def answer(self) -> list[float] | None:
        """Where it is placed."""
        return list(self.at) if self.at else None

    def take(self, x: float, y: float, _begins: bool) -> None:
        """Place it."""
        self.at = _short(x, _FEW), _short(y, _FEW)

    def press(self, event: QKeyEvent) -> bool:
        """Follow a key; tell whether it meant anything."""
        key = Qt.Key(event.key())
        if key in (_Key.Key_Backspace, _Key.Key_Delete):
            self.clear()
        elif key in (*_ASIDE, *_UP):
            x0, x1, y0, y1 = self.room
            x, y = self.at or ((x0 + x1) / 2, (y0 + y1) / 2)
            across, up = (_ASIDE.get(key, 0) * _parts(event), _UP.get(key, 0) * _parts(event))
            self.at = _short(x + across * (x1 - x0) / _PARTS), _short(y + up * (y1 - y0) / _PARTS)
        else:
            return False
        return True

    def clear(self) -> None:
        """Take it away."""
        self.at = None


@dataclass
class PlacedPoints:
    """A place for each option: a press takes the ring it is near, else places the next; arrows move the last taken."""

    question: Question
    room: Room
    points: list[PlacedPoint] = field(init=False)
    held: int = 0  # by its number

    def __post_init__(self) -> None:
        self.points = [PlacedPoint(self.question, self.room) for _ in self.question.options]

    @property
    def answer(self) -> list[list[float] | None] | None:
        """Where they are placed, None for those that are not yet."""
        return [point.answer for point in self.points] if any(point.at for point in self.points) else None

    def take(self, x: float, y: float, begins: bool) -> None:
        """Place the one that is meant, and go on with it until the next press."""
        if begins:
            self.held = self._meant(x, y)
        self.points[self.held].take(x, y, begins)

    def press(self, event: QKeyEvent) -> bool:
        """Follow a key; tell whether it meant anything."""
        if Qt.Key(event.key()) in (_Key.Key_Backspace, _Key.Key_Delete):
            self.clear()
            return True
        return self.points[self.held].press(event)

    def clear(self) -> None:
        """Take all of them away."""
        self.__post_init__()
        self.held = 0

    def _meant(self, x: float, y: float) -> int:
        away = [self._away(point.at, x, y) for point in self.points]
        nearest, free = away.index(min(away)), [i for i, gap in enumerate(away) if gap == inf]
        return nearest if away[nearest] < _AT_HAND or not free else free[0]

    def _away(self, at: tuple[float, float] | None, x: float, y: float) -> float:
        """Return how far a placed point is, in widths and heights of the room."""
        x0, x1, y0, y1 = self.room
        return hypot((at[0] - x) / (x1 - x0), (at[1] - y) / (y1 - y0)) if at else inf


@dataclass
class NumberOnAxis:
    """A number where an axis is pointed at; arrows along it move it, from the middle at first."""

    question: Question
    room: Room
    answer: float | None = None

    @property
    def _ends(self) -> tuple[float, float]:
        return self.room[:2] if self.question.along == "x" else self.room[2:]

    def take(self, x: float, y: float, _begins: bool) -> None:
        """Place it."""
        self._put(x if self.question.along == "x" else y)

    def press(self, event: QKeyEvent) -> bool:
        """Follow a key; tell whether it meant anything."""
        key, ways = Qt.Key(event.key()), _ASIDE if self.question.along == "x" else _UP
        if key in (_Key.Key_Backspace, _Key.Key_Delete):
            self.clear()
        elif key in ways:
            low, high = self._ends
            part = max((high - low) / _PARTS, float(self.question.is_whole))
            self._put((sum(self._ends) / 2 if self.answer is None else self.answer) + ways[key] * _parts(event) * part)
        else:
            return False
        return True

    def clear(self) -> None:
        """Take it away."""
        self.answer = None

    def _put(self, value: float) -> None:
        within = _short(min(max(value, self.question.low), self.question.high), _FEW)
        self.answer = float(round(within)) if self.question.is_whole else within


InHand = DrawnCurve | PlacedPoint | PlacedPoints | NumberOnAxis


def _parts(event: QKeyEvent) -> int:
    return _FASTER if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1


def _short(value: float, digits: int = _DIGITS) -> float:
    return float(f"{value:.{digits}g}")
