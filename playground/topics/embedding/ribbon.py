"""From sentence to score, a ribbon: words, numbers, rows of E, laid end to end, times W, added up to z, and p."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QLineF, QRectF

from core.data.sentences import Words
from core.embedding.explained_beats import gradient_of
from core.embedding.sentence import PAD
from core.embedding.votes import rows_moved, times_trained
from core.nn.activations import sigmoid
from core.run.values import Floats
from playground.playback.view import made_in
from playground.topics.embedding.painted import Band, Chip, Clip, Heights, Step, Ticks, Waterfall
from playground.topics.embedding.shown import Shown, rounded_up
from widgets.base import numbers
from widgets.base.fonts import scaled
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.grid import Grid, Outline, Placed, Signed
from widgets.grids.number_format import RoundedForm
from widgets.grids.strip import Strip

_MARGIN, _GAP = 8.0, 6.0  # px
_ROW, _LEAST_ROW = 24.0, 15.0  # px of a chip
_CLIP = 4.0  # px that a clip stands out
_E_CELL, _MOST_ROWS = 7.0, 120  # px of a number of E; rows that are shown whole
_UPPER = 0.46  # of the height: words, numbers, E and the rows looked up
_FALL = 2  # lines that the waterfall is high at least
_SHARES = tuple((float(np.log(p / (1 - p))), f"{p:g}") for p in (0.01, 0.1, 0.5, 0.9, 0.99))  # by their scores
_STRIPS = ("e", "W", "e·w", "∂L/∂e")  # their rows are the places shown
_NUMBERS, _PADDING, _LOOK_UP, _FLATTEN, _DENSE, _LOSS, _BACKWARD = 1, 2, 3, 4, 5, 6, 7  # places among the beats


@dataclass(frozen=True)
class Line:
    """A line of the ribbon's upper half: a word, its number, and its place where it is not cut off."""

    word: str
    number: int | None
    place: int | None
    dashed: bool = False
    struck: bool = False  # it has no number
    clipped: bool = False  # no words of the sentence, but of the same number as one


@dataclass(frozen=True)
class Ribbon(Shown):
    """The picture of a view, on a board."""

    def arrange(self, width: float, height: float) -> Sequence[Item]:
        """Place everything on a board of this size."""
        split = round(self._split(height))
        return [*self._upper(width, split), *self._lower(width, float(split), height)]

    def _split(self, height: float) -> float:
        """Return how high the upper half is: where there is no room for the waterfall, all that the strips leave."""
        strips = text_height("tick") + _GAP + text_height("strong") + 2 + 3 * (_bar(height) + 3)
        lower, own = strips + self._below, _UPPER * height
        return own if height - own > lower + (1 + _FALL) * text_height("tick") else max(own, height - lower)

    @property
    def _below(self) -> float:
        """The room below the waterfall, px; of runs that are compared none is for the foot, they have lines below."""
        return (1.2 if self.view.beside else 2.4) * text_height("tick")

    # ---- words, numbers, E, the rows looked up

    @cached_property
    def lines(self) -> list[Line]:
        """The words: before the beat of padding as they stand in the sentence, then at the length of the net."""
        own = self.sentence
        if self.stage < _PADDING:
            pairs = zip(own.words, own.numbers, strict=True)
            return [Line(word or self.word(0), k, None, struck=k is None) for word, k in pairs]
        whole = zip(own.words, own.numbers, own.places, strict=True)
        words = [self._standing(place) if place is not None else _fallen(word, k) for word, k, place in whole]
        pads = [self._standing(k) for k in range(self.params.input_length) if k not in own.places]
        return [*pads, *words] if self.params.padding == "pre" else [*words, *pads]

    @property
    def tokens(self) -> Words:
        """The words as they stand, line by line, with those that are tried at their places."""
        return tuple(self._token(line) for line in self.lines)

    def _token(self, line: Line) -> str:
        if line.number is None or (line.place is not None and self.is_own(line.place) and line.number):
            return line.word
        return PAD if line.number == 0 else self.word(line.number).split(" / ")[0]

    def line_of(self, name: str) -> int | None:
        """Return which of the lines a chip stands for; of a part that is no chip nothing."""
        kind, _, which = name.partition(" ")
        if kind == "cut":
            return int(which)
        return next((k for k, line in enumerate(self.lines) if name == f"word {line.place}"), None)

    def _standing(self, place: int) -> Line:
        """Return the line of a place; one that is no word of the sentence is dashed."""
        number = int(self.sequence[place])
        return Line(self.word_at(place), number, place, dashed=number == 0 or not self.is_own(place))

    def _fitting_lines(self, room: float) -> list[tuple[int, Line]]:
        """Return the lines that have room, each with its place among all; else of words cut off how many there are."""
        lines = [(k, line) for k, line in enumerate(self.lines) if line.place is None or line.place in self.places]
        if len(lines) * _LEAST_ROW <= room or self.stage < _PADDING:
            return lines[: int(room / _LEAST_ROW)]
        cut = len(self.sentence.cut)
        told = -1, Line(self.texts.get("panels", "cut_words").format(count=cut), None, None, dashed=True)
        kept = [(k, line) for k, line in lines if line.place is not None]
        both = [told, *kept] if self.params.truncating == "pre" else [*kept, told]
        return both if cut else kept

    def _upper(self, width: float, height: float) -> Iterator[Item]:
        line, get = text_height("tick"), self.texts.get
        top, wide = line + 2 * _GAP, min(float(scaled(96)), 0.2 * width)
        lines = self._with_clipped(self._fitting_lines(height - top - _GAP), height - top - _GAP)
        row = min(_ROW, (height - top - _GAP) / max(1, len(lines)))
        x_number = _MARGIN + wide + _GAP
        yield from self._clips([own for _, own in lines], _MARGIN + wide, top, row)
        yield Caption(get("panels", "head_words"), _MARGIN, 0, "strong", "text", widest=wide)
        if self.stage >= _NUMBERS:
            yield Caption(get("panels", "head_number"), x_number, 0, "strong", "text")
        for i, (k, own) in enumerate(lines):
            yield from self._word(own, k, QRectF(_MARGIN, top + i * row, wide, row - 3), x_number)
        if self.stage >= _LOOK_UP:
            number_end = x_number + max(
                text_width("0000", "strong"), text_width(get("panels", "head_number"), "strong")
            )
            yield from self._looked_up([own for _, own in lines], row, (number_end, top, width, height))

    def _word(self, own: Line, k: int, rect: QRectF, x: float) -> Iterator[Item]:
        lit = self.chosen.is_pointed and own.place is not None and own.place == self.chosen.place
        name = f"word {own.place}" if own.place is not None else f"cut {k}" if k >= 0 else "folded"
        yield Chip(name, rect, own.word, own.dashed, lit, self._clip_of(own), own.struck)
        if self.stage >= _NUMBERS and own.number is not None:
            y = rect.center().y() - text_height("tick") / 2
            yield Caption(str(own.number), x + 4, y, "tick", "text" if own.number else "muted")

    def _clip_of(self, own: Line) -> str:
        """Return the colour of a number that words share; nothing of one that has one word alone."""
        return self.colour_of(own.number) if self.stage >= _NUMBERS else ""

    def _with_clipped(self, lines: list[tuple[int, Line]], room: float) -> list[tuple[int, Line]]:
        """Put behind each word that shares its number the others that do, where there is room for all."""
        found: list[tuple[int, Line]] = []
        for k, own in lines:
            others = [w for w in self.data.words_of.get(own.number or 0, ()) if w not in self.sentence.words]
            is_first = all(own.number != before.number for _, before in found)
            found.append((k, own))
            if others and is_first and self._clip_of(own):
                found.append((-1, Line(" / ".join(others), own.number, None, clipped=True)))
        return found if len(found) * _LEAST_ROW <= room else lines

    def _clips(self, lines: Sequence[Line], x: float, top: float, row: float) -> Iterator[Item]:
        """A clip at the right of the chips that share a number, from the first to the last."""
        for number in dict.fromkeys(own.number for own in lines if self._clip_of(own)):
            at = [top + (i + 0.5) * row - 1.5 for i, own in enumerate(lines) if own.number == number]
            if len(at) > 1:
                yield Clip(QRectF(x, at[0], _CLIP, at[-1] - at[0]), self.colour_of(number))

    @cached_property
    def rows(self) -> list[int]:
        """The rows of E that are shown: all, or of very many those of the sentence."""
        count = self.data.rows
        return list(range(count)) if count <= _MOST_ROWS else sorted({int(k) for k in self.sequence})

    def _looked_up(self, lines: Sequence[Line], row: float, room: tuple[float, float, float, float]) -> Iterator[Item]:
        left, top, width, height = room
        table, m = self.weights["E"], self.params.output_dim
        cell = min(_E_CELL, 0.16 * width / m)
        x = left + 0.06 * width
        high = min(row, (height - top - _GAP) / len(self.rows))
        limit = rounded_up(float(np.abs(table).max()))
        count = numbers.count(self.data.rows)
        yield Caption(f"E {count} × {m}", x, 0, "strong", "text", widest=0.3 * width)
        frames = [Outline(self.rows.index(int(k)), 0, 1, m, "text", 1.0) for k in set(self.sequence.tolist())]
        yield Placed("E", Grid(table[self.rows], Signed(limit), outlines=frames), x, top, cell, high)
        yield from self._moved(x + m * cell, top, high)
        begin = x + m * cell + max(40.0, 0.09 * width)
        yield from self._cost(begin, width - _MARGIN, top + len(lines) * row, height)
        yield from self._matrix(lines, row, limit, (x, top, high, cell), begin, width - _MARGIN)

    def _moved(self, x: float, top: float, high: float) -> Iterator[Item]:
        """Marks at the rows that the step moved."""
        before, after, params = made_in(self.view)
        if before is not None and self.is_whole:
            moved = set(rows_moved(before, after, params).tolist())
            ys = [top + (i + 0.5) * high for i, k in enumerate(self.rows) if k in moved]
            yield Ticks([QLineF(x + 2, y, x + 6, y) for y in ys])

    def _matrix(
        self, lines: Sequence[Line], row: float, limit: float, strip: tuple[float, float, float, float],
        begin: float, end: float,
    ) -> Iterator[Item]:  # fmt: skip
        """The rows that were looked up, each beside its word, and a band to each."""
        (x, top, high, cell), m = strip, self.params.output_dim
        wide = min(36.0, (end - begin) / m)
        head = self.texts.get("panels", "head_looked_up").format(n=self.params.input_length, m=m)
        if text_width(head, "strong") > end - begin:
            head = f"{self.params.input_length} × {m}"
        yield Caption(head, begin, 0, "strong", "text", widest=end - begin)
        for k, own in enumerate(lines):
            if own.place is None or own.number is None:
                continue
            y, from_y = top + k * row, top + self.rows.index(own.number) * high
            lit = own.place == self.chosen.place
            near = QLineF(x + m * cell + 7, from_y, x + m * cell + 7, from_y + high)
            yield Band(near, QLineF(begin, y, begin, y + row - 3), lit)
            frame = [Outline(0, 0, 1, m, "accent_text", 1.5)] if lit else []
            values = self.weights["E"][[own.number]]
            yield Placed(f"row {own.place}", Grid(values, Signed(limit), RoundedForm(limit), outlines=frame),
                         begin, y, wide, row - 3)  # fmt: skip

    def _cost(self, begin: float, end: float, y: float, bottom: float) -> Iterator[Item]:
        """What the same rows would cost as a product with one-hots, where that has room."""
        products = numbers.count(self.params.input_length * self.weights["E"].size)
        lines = [self.texts.get("panels", key).format(products=products) for key in ("cost_product", "cost_look_up")]
        fits = y + len(lines) * text_height("tick") <= bottom and not self.view.covered
        if fits and max(text_width(told, "tick") for told in lines) <= end - begin:
            for k, told in enumerate(lines):
                yield Caption(told, begin, y + k * text_height("tick"), "tick")

    # ---- laid end to end, W, the votes

    def _lower(self, width: float, top: float, height: float) -> Iterator[Item]:
        if self.stage < _FLATTEN:
            return
        line, n, m = text_height("tick"), self.params.input_length, self.params.output_dim
        left, right = _MARGIN + float(scaled(44)), width - _MARGIN - float(scaled(30))
        head = self.texts.get("panels", "head_flattened").format(n=n, m=m, cells=n * m)
        yield Caption(head, _MARGIN, top, "strong", "text", widest=width - 2 * _MARGIN)
        group, y = (right - left) / len(self.places), top + line + _GAP
        for i, place in enumerate(self.places):
            lit = place == self.chosen.place
            told = f"{place + 1} {self.word_at(place)}"
            role = "strong" if lit and text_width(told, "strong") <= group - 4 else "tick"
            yield Caption(told, left + i * group, y, role, "text", widest=group - 4)
        y += text_height("strong") + 2
        bar = _bar(height)
        for name, values in self._strips():
            yield Caption(name, left - 6, y + bar / 2 - line / 2, "tick", align="right")
            yield self._strip(name, values, (left, y), group, bar)
            y += bar + 3
        if self.stage >= _DENSE:
            rect = QRectF(left, y + line, right - left, height - y - line - self._below)
            yield from self._votes(rect, height - 1.3 * line)

    def _strips(self) -> Iterator[tuple[str, Floats]]:
        """The rows laid end to end; in the beat of the way back their gradient; under them W and the products."""
        e, w = self.weights["E"][self.sequence], self.by_place
        if self.stage == _BACKWARD and self.view.before is not None:
            gradient = gradient_of(*made_in(self.view))
            if gradient is not None:
                yield "∂L/∂e", gradient["E"][self.sequence]
                return
        yield "e", e
        if self.stage >= _DENSE:
            yield "W", w
            with np.errstate(all="ignore"):
                yield "e·w", e * w

    def _strip(self, name: str, values: Floats, at: tuple[float, float], group: float, bar: float) -> Strip:
        m = self.params.output_dim
        limit = rounded_up(float(np.nanmax(np.abs(values), initial=0.0)))
        told = Outline(self.places.index(self.chosen.place), 0, 1, m, "accent_text", 1.5)
        grid = Grid(values[self.places], Signed(limit), outlines=[told], finest=6.0)
        return Strip(name, grid, *at, (group - 6) / m, bar, group)

    def place_of(self, name: str, row: int) -> int | None:
        """Return the place that a part of the ribbon stands for; of a part that is none's nothing."""
        kind, _, place = name.partition(" ")
        if kind in ("word", "row"):
            return int(place) if place.isdigit() else None
        return self.places[row] if name in _STRIPS else None

    def _votes(self, rect: QRectF, foot: float) -> Iterator[Item]:
        said = self.votes[self.sequence, np.arange(self.params.input_length)]
        bias = float(self.weights["b"][0])
        levels = bias + np.concatenate([[0.0], np.cumsum(said)])
        z = float(levels[-1])
        limit = rounded_up(float(np.abs(levels).max()))
        if rect.height() > _FALL * text_height("tick") and np.isfinite(z):
            trained = times_trained(self.params)
            steps = [
                Step(float(levels[k]), float(levels[k + 1]), _signed(float(said[k])), not trained[self.sequence[k], k])
                for k in self.places
            ]
            shares = [share for share in _SHARES if abs(share[0]) <= limit]
            heights = Heights(rect, limit, _apart(shares, limit, rect.height()))
            yield heights
            yield Waterfall(heights, float(levels[self.places[0]]), steps)
        if not self.view.beside:  # else each run has a line of its own
            yield from self._foot(bias, rect, foot)

    def _foot(self, bias: float, rect: QRectF, y: float) -> Iterator[Item]:
        """The score, p, and whether it is right; shorter where there is little room, with b where there is more."""
        told = next((told for told in self.sums if text_width(told, "strong") <= rect.right()), "")
        yield Caption(told, rect.right(), y, "strong", "text", "right", moves=True)
        own = f"b = {numbers.compact(bias)}"
        if text_width(told, "strong") + text_width(own, "tick") + 2 * _MARGIN < rect.right():
            yield Caption(own, _MARGIN, y, "tick", moves=True)

    @property
    def sums(self) -> tuple[str, ...]:
        """What came of the sentence in words, from long to short; nothing before the beat of the layer Dense."""
        said = self.votes[self.sequence, np.arange(self.params.input_length)]
        return tuple(self._sums(float(said.sum() + self.weights["b"][0]))) if self.stage >= _DENSE else ()

    def _sums(self, z: float) -> Iterator[str]:
        p, label = numbers.fixed(float(sigmoid(np.array([z]))[0]), 3), self.sentence.label
        if self.stage in (_LOSS, _BACKWARD):
            loss = float(np.logaddexp(0.0, -z if label else z))
            yield f"p = {p}   ℓ = −log p(t) = {numbers.compact(loss)}"
        called = ""
        if np.array_equal(self.sequence, self.sentence.sequence):
            is_right = "" if label is None else "✓" if (z >= 0) == bool(label) else "✗"
            called = f"   {self.texts.get('panels', 'positive' if z >= 0 else 'negative')} {is_right}"
        yield f"z = {numbers.compact(z)}   p = 1/(1 + e^−z) = {p}{called}"
        yield f"z = {numbers.compact(z)}   p = {p}{called}"
        yield f"p = {p}"

    # ---- in words

    def said(self) -> str:
        """Return what has no number; else whether what is shown is from before the update, or the sentence."""
        if self.sentence.left_out:
            return self.left_out
        return self.sentence_told if self.is_whole else self.texts.get("panels", "ribbon_before")

    @property
    def sentence_told(self) -> str:
        """The sentence in quotes."""
        return self.texts.get("panels", "ribbon_whole").format(text=self.sentence.text)

    @property
    def left_out(self) -> str:
        """In words: what has no number; nothing where all words have one."""
        words = ", ".join(f"“{word}”" for word in self.sentence.left_out)
        return self.texts.get("panels", "left_out").format(words=words) if words else ""


def _bar(height: float) -> float:
    """Return how high a strip is on a board of a height."""
    return max(10.0, min(16.0, 0.045 * height))


def _fallen(word: str, number: int | None) -> Line:
    """Return the line of a word that was cut off, or that has no number."""
    return Line(word, None, None, dashed=True, struck=number is None)


def _signed(value: float) -> str:
    return f"{'+' if value >= 0 else ''}{numbers.compact(value, smallest=0.0)}"  # small ones have no room for more


def _apart(shares: Sequence[tuple[float, str]], limit: float, height: float) -> list[tuple[float, str]]:
    """Return those of the shares that are far enough apart to be read, the middle one first."""
    kept: list[tuple[float, str]] = []
    for score, text in sorted(shares, key=lambda share: abs(share[0])):
        if all(abs(score - other) / limit * height / 2 > text_height("tick") for other, _ in kept):
            kept.append((score, text))
    return kept
