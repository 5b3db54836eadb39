"""A refusal in words: where, what was given, what is allowed."""

from __future__ import annotations

from core.run.parameters import Parameter
from core.run.refusal import Refusal
from playground.texts import Language, Texts, shared_texts


def sentence(refusal: Refusal, topic: Texts | None = None, language: Language | None = None) -> str:
    """Return the sentence of a refusal, from the topic's texts where it has one of its own."""
    text = topic.find("refusals", refusal.key, language=language) if topic else None
    values = {name: _word(value, language) for name, value in refusal.values.items()}
    if "parameter" in values:
        values["allowed"] = values.pop("parameter")
    return (text or shared_texts().get("refusals", refusal.key, language=language)).format_map(_Blank(values))


class _Blank(dict[str, str]):
    """A placeholder without a value reads as nothing, so that no message can fail."""

    def __missing__(self, key: str) -> str:
        return ""


def _word(value: object, language: Language | None) -> str:
    return allowed(value, language) if isinstance(value, Parameter) else str(value)


def allowed(parameter: Parameter, language: Language | None = None) -> str:
    """Return what a parameter takes: `a number from 1e-12 to 10`."""
    text = shared_texts().get("allowed", parameter.kind, language=language)
    limits = {"low": _limit(parameter.low), "high": _limit(parameter.high), "choices": ", ".join(parameter.choices)}
    return text.format_map(limits)


def _limit(value: float | None) -> str:
    return "" if value is None else f"{value:.12g}"
