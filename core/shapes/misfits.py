"""A layer that does not fit, axis by axis: what it needs over what it is given, and what would make it fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from core.nn.layers import Layer, Stack, input_of, stacked
from core.nn.layers.shapes import names_of
from core.run.refusal import Refusal
from core.shapes.cures import Case, Cure, cures
from core.shapes.settings import Params, stack

Wish = Literal["no", "any", "fixed", "least", "size"]  # no such axis; of any size, of a fixed one, at least, exactly


@dataclass(frozen=True)
class Beside:
    """One axis: what is needed of it, and what is given."""

    name: str
    needs: Wish
    size: int  # where `needs` names one
    given: str  # a number, None as Keras writes it, or empty where there is no such axis

    @property
    def fits(self) -> bool:
        """Whether this axis is not what is wrong."""
        if self.needs == "no" or not self.given:
            return False
        if self.given == "None":
            return self.needs != "fixed"
        number = int(self.given)
        return {"least": number >= self.size, "size": number == self.size}.get(self.needs, True)


@dataclass(frozen=True)
class Misfit:
    """The first layer that does not fit."""

    refusal: Refusal
    place: int  # counted from 1
    layer: str
    after: str  # the kind of the layer before it
    built: Stack | None  # those before it; None where not even the input is known
    axes: tuple[Beside, ...]
    waiting: tuple[Layer, ...]  # those behind it
    cures: tuple[Cure, ...]


def misfit_of(params: Params) -> Misfit | None:
    """Return why the layers make no stack, or None where they make one."""
    try:
        stack(params)
    except Refusal as refusal:
        return _misfit(params, replace(refusal))  # without the frames that a raised one keeps alive
    return None


def _misfit(params: Params, refusal: Refusal) -> Misfit:
    values: Any = refusal.values
    place = int(values.get("place", 1))
    built = _built(params, place - 1)
    case = Case(params, place - 1, built)
    layer, after = str(values.get("layer", params.layers[place - 1].type)), str(values.get("after", "the input"))
    found = cures(case, refusal.key)
    return Misfit(refusal, place, layer, after, built, tuple(_axes(refusal)), params.layers[place:], found)


def _built(params: Params, count: int) -> Stack | None:
    try:
        return stacked(params.layers[:count], input_of(params.layers[0], params.batch_size))
    except Refusal:
        return None


# ---- axis by axis


def _axes(refusal: Refusal) -> Iterator[Beside]:
    """Return the axes side by side; none where the reason is no axis."""
    values: Any = refusal.values
    given = listed(str(values.get("given", "")))
    names = names_of(len(given))
    match refusal.key:
        case "layer_axes":
            yield from _aligned(listed(values["needs"]), given)
        case "layer_axis_open" | "layer_batch_open":
            at = len(given) - 1 if refusal.key == "layer_axis_open" else 0
            yield from (
                Beside(n, "fixed" if i == at else "any", 0, g)
                for i, (n, g) in enumerate(zip(names, given, strict=True))
            )
        case "layer_window":
            for name, size in zip(names, given, strict=True):
                is_it = name == values["axis"]
                yield Beside(name, "least" if is_it else "any", int(values["needs"]) if is_it else 0, size)
        case "layer_told_otherwise" | "layer_input_twice":
            yield from _told(listed(values["allowed"]), given)


def listed(text: str) -> list[str]:
    """Return the entries of a shape as a refusal prints it.

    >>> listed("(None, 64)"), listed("(None,)"), listed("()")
    (['None', '64'], ['None'], [])
    """
    return [entry.strip() for entry in text.strip("()").split(",") if entry.strip()]


def _aligned(needs: Sequence[str], given: Sequence[str]) -> Iterator[Beside]:
    """Put the axes that are needed over those given: the first over the first, the last over the last."""
    names = names_of(len(given))
    needed = [name for name in needs if name != "…" or name == needs[-1]]
    needed = [names_of(3)[-1] if name == "…" else name for name in needed]
    between = max(len(needed), len(given)) - 2
    wanted, known = (_spread(row, between) for row in (needed, list(zip(names, given, strict=True))))
    for name, axis in zip(wanted, known, strict=True):
        yield Beside(name or axis[0], "any" if name else "no", 0, axis[1] if axis else "")


def _spread(row: Sequence[Any], between: int) -> list[Any]:
    """Return a row with room between its first entry and its last one; one that has no last ends with nothing."""
    if len(row) < 2:
        return [*row, *[None] * (between + 2 - len(row))]
    middle = list(row[1:-1])
    return [row[0], *middle, *[None] * (between - len(middle)), row[-1]]


def _told(allowed: Sequence[str], given: Sequence[str]) -> Iterator[Beside]:
    names = names_of(max(len(allowed), len(given)))
    for i, name in enumerate(names):
        size = allowed[i] if i < len(allowed) else ""
        wish: Wish = "no" if not size else "any" if size == "None" else "size"
        yield Beside(name, wish, int(size) if wish == "size" else 0, given[i] if i < len(given) else "")
