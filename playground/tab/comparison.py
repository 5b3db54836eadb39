"""The runs that are compared, in words: what sets each apart, what it was worth at the cursor, where it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from core.run.parameters import get_value
from core.run.recipe import Recipe
from playground.playback.compared import CHANGES, SEED, Compared, differing, last_params, parting
from playground.playback.run import Run
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.base import numbers
from widgets.shell.compared_row import Chip, ComparedRow

_MOST_PAIRS = 2
_LONGEST = 24  # characters of a value in a chip


def show_compared(row: ComparedRow, run: Run, texts: Texts, called: Mapping[str, str] | None = None) -> None:
    """Show the chips of the runs that are compared with the one in view; none where there is only that.

    `called` names runs by their letters, as the scene does that they belong to: where one setting, whose value can be
    said and is another in each, is not all in which they differ.
    """
    compared = run.compared
    names = differing([other.timeline.recipe for other in compared]) if compared else []
    equal = QCoreApplication.translate("Comparison", "all else equal")
    same = QCoreApplication.translate("Comparison", "the same so far: change something")
    said = [name for name in names if all(_is_said(other, name, texts) for other in compared)] or names
    own = {} if _says_all(compared, said, texts) else called or {}
    chips = [
        Chip(other.letter, (("", own[other.letter]),), front=other.letter == run.letter)
        if other.letter in own
        else _chip(other, said, texts, other.letter == run.letter)
        for other in compared
    ]
    row.show_chips(chips, equal if names else same, run.can_pin)


def _says_all(compared: Sequence[Compared], names: list[str], texts: Texts) -> bool:
    """Tell whether one setting tells all the runs apart, by values that are short."""
    if len(names) != 1 or not all(_is_short(other, names[0], texts) for other in compared):
        return False
    return len({_pair(other, names[0], texts) for other in compared}) == len(compared)


def show_ways(row: ComparedRow, view: View, ways: Sequence[str], chosen: str) -> None:
    """Show in which ways the pictures of a tab can show the runs; without a choice the first is taken."""
    shown = ways if view.beside else ()
    words = {
        "over": QCoreApplication.translate("Comparison", "Over"),
        "beside": QCoreApplication.translate("Comparison", "Beside"),
        "difference": apart(view) if shown else "",
        "only": QCoreApplication.translate("Comparison", "Only {letter}").format(letter=view.letter),
    }
    name = QCoreApplication.translate("Comparison", "How the runs are shown")
    row.ways.show_options(
        [(way, words[way]) for way in shown], chosen if chosen in shown else next(iter(shown), ""), name
    )


def apart(view: View) -> str:
    """Name the difference of the two runs that is shown: `B − A`."""
    first, second = view.pair
    return f"{second.letter} {numbers.MINUS} {first.letter}"


def _chip(other: Compared, names: list[str], texts: Texts, front: bool) -> Chip:
    shown = names[:_MOST_PAIRS]
    pairs = tuple(_pair(other, name, texts) for name in shown)
    symbols = tuple(texts.find("params", name.rpartition(".")[2], "short") or "" for name in shown)
    return Chip(other.letter, pairs, max(0, len(names) - _MOST_PAIRS), front, symbols)


def _is_short(other: Compared, name: str, texts: Texts) -> bool:
    """Tell whether what a run differs in is said by its value: an array may have but a shape, a list is long."""
    if name in (SEED, CHANGES):
        return True
    recipe = other.timeline.recipe
    params = last_params(recipe)
    is_array = isinstance(get_value(params, name), np.ndarray) and recipe.origin_of(name, params) is None
    return not is_array and len(told(recipe, params, name, texts)) <= _LONGEST


def _is_said(other: Compared, name: str, texts: Texts) -> bool:
    """Tell whether a run has what it differs in, or its absence a name: else there is nothing to say."""
    has = name in (SEED, CHANGES) or get_value(last_params(other.timeline.recipe), name) is not None
    return has or texts.find("params", name, "none") is not None


def _pair(other: Compared, name: str, texts: Texts) -> tuple[str, str]:
    """Return the name of what runs differ in and what it is in this one."""
    recipe = other.timeline.recipe
    if name == SEED:
        return QCoreApplication.translate("Comparison", "Seed"), str(recipe.seed)
    if name == CHANGES:
        return QCoreApplication.translate("Comparison", "Changes by hand"), str(len(recipe.edits))
    group, _, _ = name.rpartition(".")
    label = texts.parameter(name, "label")
    return f"{texts.name(group)} {label}" if group else label, told(recipe, last_params(recipe), name, texts)


def told(recipe: Recipe[Any], params: Any, name: str, texts: Texts) -> str:
    """Return what a parameter is in words; what was read from a file is called by that."""
    origin = recipe.origin_of(name, params)
    return origin.file if origin else _value(get_value(params, name), name, texts)


def _value(value: Any, name: str, texts: Texts) -> str:
    if isinstance(value, np.ndarray):
        return " × ".join(map(str, value.shape))
    if isinstance(value, bool):
        yes, no = QCoreApplication.translate("Comparison", "yes"), QCoreApplication.translate("Comparison", "no")
        return yes if value else no
    if isinstance(value, int | float):
        return numbers.shortest(value).replace("-", numbers.MINUS)
    if isinstance(value, tuple) and value:
        is_nested = any(isinstance(item, tuple) for item in value)  # its brackets tell lists apart
        items = (f"[{_value(item, name, texts)}]" if isinstance(item, tuple) else _value(item, name, texts)
                 for item in value)  # fmt: skip
        return f"[{', '.join(items)}]" if is_nested else ", ".join(items)
    if is_dataclass(value):
        return _record(value, name, texts)
    if value is None or value == ():
        return texts.find("params", name, "none") or QCoreApplication.translate("Comparison", "not given")
    return texts.choice(name, str(value))


def _record(value: Any, name: str, texts: Texts) -> str:
    """Return the kind of a record, and what it does not have from the start: Dense(units 10)."""
    given = [(f.name, getattr(value, f.name)) for f in fields(value) if f.name != "type"]
    told = [(key, _field(own, name, texts)) for key, own in given if own != _default(value, key)]
    said = ", ".join(f"{texts.choice(name, key)} {own}" for key, own in told)
    return f"{texts.choice(name, value.type)}({said})"


def _field(value: Any, name: str, texts: Texts) -> str:
    """Return a value of a record; a tuple in its brackets, which tell (784,) from 784, and its commas from others."""
    text = _value(value, name, texts)
    return f"({text}{',' * (len(value) == 1)})" if isinstance(value, tuple) else text


def _default(record: Any, key: str) -> Any:
    return next(f.default for f in fields(record) if f.name == key)


def whose(run: Run, caption: str) -> str:
    """Say behind a caption, if there is one, of which of the compared runs settings are shown."""
    if not run.letter:
        return caption
    if not caption:
        return QCoreApplication.translate("Comparison", "of {letter}, the run in front").format(letter=run.letter)
    of = QCoreApplication.translate("Comparison", "of {letter}")
    return f"{caption} · {of.format(letter=run.letter)}"


def ends(view: View) -> str:
    """Say which compared runs are shown at another step than the one in view: they ended, or have still to come to it.

    In words: `B ended at 5 · C is being made: at 12 so far`.
    """
    return ends_at(view.beside, view.t)


def ends_at(runs: Sequence[Compared], t: int) -> str:
    """Say which of these runs came to their end before step t, or have still to come to it."""
    over = QCoreApplication.translate("Comparison", "{letter} ended at {step}")
    behind = QCoreApplication.translate("Comparison", "{letter} is being made: at {step} so far")
    return " · ".join(
        (over if other.ended(t) else behind).format(letter=other.letter, step=other.timeline.recorded)
        for other in runs
        if other.timeline.recorded < t
    )


def all_ends(runs: Sequence[Compared]) -> str:
    """Say where runs end, as far as that is recorded: `A ends at 17, B at 5`."""
    over = [other for other in runs if other.timeline.ended]
    first = QCoreApplication.translate("Comparison", "{letter} ends at {step}")
    more = QCoreApplication.translate("Comparison", ", {letter} at {step}")
    said = [
        (more if place else first).format(letter=other.letter, step=numbers.count(other.timeline.recorded))
        for place, other in enumerate(over)
    ]
    return "".join(said)


def elsewhere(view: View, texts: Texts) -> dict[str, str]:
    """Return what each setting is in the runs that have it otherwise at the step in view: `in B: k-means++`."""
    found: dict[str, list[str]] = {}
    said = QCoreApplication.translate("Comparison", "in {letter}: {value}")
    for other in view.beside:
        params = other.timeline.params_at(other.step(view.t))
        for name in parting([view.params, params]):
            value = told(other.timeline.recipe, params, name, texts)
            found.setdefault(name, []).append(said.format(letter=other.letter, value=value))
    return {name: " · ".join(words) for name, words in found.items()}
