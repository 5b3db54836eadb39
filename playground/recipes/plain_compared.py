"""The runs that are compared with one, as plain data beside its recipe, and back.

{"letter": "B", "others": {"A": {…recipe…}, "C": {…}}, "way": "beside", where one was chosen}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.run.recipe import Recipe
from core.run.refusal import Refusal
from playground.recipes.plain_recipes import plain_recipe, read_recipe
from playground.recipes.plain_values import within
from playground.words.quoting import short

KEY = "compared"
LETTERS = "ABCD"
WAYS = ("over", "beside", "difference", "only")  # to look at runs that are compared


@dataclass(frozen=True)
class Comparison:
    """The letter of a run, and the recipes of those it is compared with, by theirs; none where it stands alone.

    `way` is the one of `WAYS` in which pictures show them, as it was chosen.
    """

    letter: str = ""
    others: Mapping[str, Recipe[Any]] = field(default_factory=dict)
    way: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as an entry beside a recipe, nothing where nothing is compared."""
        if not self.others:
            return {}
        others = {letter: plain_recipe(recipe) for letter, recipe in self.others.items()}
        return {KEY: {"letter": self.letter, "others": others, **({"way": self.way} if self.way else {})}}


ALONE = Comparison()


def read_compared(data: Any, topic: str) -> Comparison:
    """Return the comparison of an entry; None is none. Raises Refusal naming the first field that does not fit."""
    if data is None:
        return ALONE
    with within(KEY):
        given, others = (data.get(key) for key in ("letter", "others")) if isinstance(data, dict) else (None, None)
        if not isinstance(others, dict):
            raise Refusal("others", "not_table", {"given": short(others)})
        for letter in (given, *others):
            if letter not in tuple(LETTERS) or list((given, *others)).count(letter) > 1:
                raise Refusal("letter", "not_one_of", {"given": short(letter), "allowed": ", ".join(LETTERS)})
        way = data.get("way", "")
        if way not in ("", *WAYS):
            raise Refusal("way", "not_one_of", {"given": short(way), "allowed": tuple(WAYS)})
        recipes = {letter: _of_topic(letter, recipe, topic) for letter, recipe in others.items()}
        return Comparison(str(given), recipes, way)


def _of_topic(letter: str, data: Any, topic: str) -> Recipe[Any]:
    with within(letter):
        if not isinstance(data, dict):
            raise Refusal("recipe", "not_table", {"given": short(data)})
        recipe = read_recipe(data)
        if recipe.topic != topic:
            raise Refusal("topic", "not_one_of", {"given": recipe.topic, "allowed": topic})
        return recipe
