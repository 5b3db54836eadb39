"""A refusal in words: where, what was given, what is allowed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from core.run.parameters import OF_ENTRIES, Parameter, records_of
from core.run.refusal import Refusal
from playground.words.quoting import nearest
from playground.words.texts import Language, Texts, every_topics_texts, shared_texts

_IN_QUOTES = re.compile('"([^"]*)"')  # the names in a list


def sentence(refusal: Refusal, topic: Texts | None = None, language: Language | None = None) -> str:
    """Return the sentence of a refusal, from the topic's texts where it has one of its own."""
    values = {name: _word(value, language) for name, value in refusal.values.items()}
    values["meant"] = _meant(refusal, language)
    if "parameter" in values:
        values["allowed"] = values.pop("parameter")
    return _template(refusal.key, topic, language).format_map(_Blank(values))


def under(name: str, refusal: Refusal, topic: Texts | None = None) -> str:
    """Return the sentence of a refusal as it stands under a parameter: in a list, with the entry it is about."""
    text = sentence(refusal, topic)
    place, *names = refusal.field.removeprefix(f"{name}.").split(".")
    if not refusal.field.startswith(f"{name}.") or not place.isdecimal():
        return text
    entry = ", ".join((str(int(place) + 1), *names))
    return shared_texts().get("besides", "entry").format(entry=entry, sentence=text)


def _template(key: str, topic: Texts | None, language: Language | None) -> str:
    """Return the text of a key; a file may be refused by a topic nobody named, so all are asked."""
    for texts in ([topic] if topic else []) + [shared_texts()] + [*every_topics_texts()]:
        if (text := texts.find("refusals", key, language=language)) is not None:
            return text
    raise KeyError(key)


class _Blank(dict[str, str]):
    """A placeholder without a value reads as nothing, so that no message can fail."""

    def __missing__(self, key: str) -> str:
        return ""


def _meant(refusal: Refusal, language: Language | None) -> str:
    parameter, names = refusal.values.get("parameter"), refusal.values.get("names", refusal.values.get("allowed"))
    if isinstance(parameter, Parameter):
        names = (*parameter.choices, *records_of(parameter))
    given = str(refusal.values.get("given", ""))
    return meant(given, tuple(map(str, names)), language) if isinstance(names, tuple) else ""


def meant(given: str, names: Sequence[str], language: Language | None = None) -> str:
    """Return the question whether the nearest of the names to choose from was meant; nothing where none is near."""
    words = [word for word in (given, *_IN_QUOTES.findall(given)) if word not in names]
    name = next(filter(None, (nearest(word, names) for word in words)), "")
    return name and shared_texts().get("besides", "meant", language=language).format(meant=name)


def _word(value: object, language: Language | None) -> str:
    if isinstance(value, Parameter):
        return allowed(value, language)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return shared_texts().find("reasons", str(value), language=language) or str(value) or '""'


def allowed(parameter: Parameter, language: Language | None = None) -> str:
    """Return what a parameter takes: `a number from 1e-12 to 10`."""
    kind = f"{parameter.kind} or pair" if parameter.or_pair else parameter.kind
    kind = f"whole {kind}" if parameter.is_whole else kind
    text = shared_texts().get("allowed", kind, language=language).format_map(_parts_of(parameter))
    takes_ids = parameter.kind in OF_ENTRIES or parameter.kind in ("table", "record")
    for more, applies in (("id", takes_ids and parameter.choices), ("null", parameter.optional)):
        if applies:
            template = shared_texts().get("besides", more, language=language)
            text = template.format(allowed=text, choices=", ".join(parameter.choices))
    return text


def _parts_of(parameter: Parameter) -> dict[str, object]:
    """Return the numbers and names that say what a parameter takes."""
    columns = parameter.item.longest if parameter.item else 0
    return {
        "low": _limit(parameter.low, "-1e12"), "high": _limit(parameter.high, "1e12"),
        "choices": ", ".join(parameter.choices), "first": parameter.choices[0] if parameter.choices else "",
        "types": ", ".join(records_of(parameter)),
        "shortest": parameter.shortest, "longest": parameter.longest,
        "columns": columns, "example": json.dumps([["a", "b", "c", "d"][:columns]]),
    }  # fmt: skip


def _limit(value: float | None, none: str) -> str:
    return none if value is None else f"{value:.12g}"
