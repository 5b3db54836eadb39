"""A stack as the program text that builds it in Keras, in two dialects.

    today   an Input of its own comes first, and says shape and batch size; no layer is told anything
    notes   the first layer is told: input_shape, input_dim or input_length, and batch_size; or batch_input_shape

Keras 3 refuses `batch_size`, `batch_input_shape` and `input_length` as arguments of a layer; older ones know no other
way. Sources: Keras's documentation of Input and Layer, versions 2 and 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from core.nn.activations import LEAK
from core.nn.layers import Layer, input_of, text_of, written
from core.nn.layers.shapes import Sizes
from core.run.parameters import parameters
from core.run.refusal import Refusal
from core.shapes.settings import Params

Dialect = Literal["today", "notes"]
TOLD = ("batch_input_shape", "input_shape", "input_length", "input_dim")  # the first of them that is said counts
_ALWAYS = ("pool_size",)  # written though it may be left out
_LEAKY = f"LeakyReLU({LEAK:g})"  # Keras's own leaks more, so the function is written with its slope


@dataclass(frozen=True)
class CodeLine:
    """One line of the text; `layer` counts from 1, 0 is what goes in, and the frame around has none."""

    text: str
    layer: int | None = None
    told: str = ""  # the part that tells a shape


def code(params: Params, dialect: Dialect) -> tuple[CodeLine, ...]:
    """Return the lines of a program that builds the stack; layers that do not fit are written as they were typed."""
    names = ", ".join(sorted({name for layer in params.layers for name in _imported(layer)}))
    first = "from keras import Input, Sequential" if dialect == "today" else "from keras.models import Sequential"
    head = map(CodeLine, (first, f"from keras.layers import {names}", "", "model = Sequential(["))
    inside = _today(params) if dialect == "today" else _notes(params)
    return (*head, *(CodeLine(f"    {line.text},", line.layer, line.told) for line in inside), CodeLine("])"))


def text_of_code(lines: Sequence[CodeLine]) -> str:
    """Return the program as one text."""
    return "".join(f"{line.text}\n" for line in lines)


def _imported(layer: Any) -> Iterator[str]:
    yield layer.type
    if getattr(layer, "activation", None) == "leaky-relu":
        yield "LeakyReLU"
    if hasattr(layer, "layer"):
        yield from _imported(layer.layer)


def _today(params: Params) -> Iterator[CodeLine]:
    sizes = _input(params)
    if sizes is not None:
        told = f"shape={text_of(sizes[1:])}"
        told = told if sizes[0] is None else f"{told}, batch_size={sizes[0]}"
        yield CodeLine(f"Input({told})", 0, told)
    for k, layer in enumerate(params.layers, 1):
        yield CodeLine(call(layer), k)


def _notes(params: Params) -> Iterator[CodeLine]:
    first, *others = params.layers
    told = ", ".join(_told(first, _input(params), params.batch_size))
    yield CodeLine(call(first, told), 1, told)
    for k, layer in enumerate(others, 2):
        yield CodeLine(call(layer, ", ".join(_as_typed(layer))), k)


def _input(params: Params) -> Sizes | None:
    """Return the written shape of what goes in, or None where the first layer says none, or two."""
    try:
        return written(input_of(params.layers[0], params.batch_size))
    except Refusal:
        return None


def _told(first: Layer, sizes: Sizes | None, batch_size: int | None) -> Iterator[str]:
    """Yield what the first layer is told, in the words in which it was told."""
    if sizes is None:  # nothing was said, or two things that differ
        yield from _as_typed(first)
        return
    name = next(name for name in TOLD if name in first.told())
    if name != "input_length" or sizes[1] is not None:
        yield argument(name, sizes)
    if batch_size is not None and name != "batch_input_shape":
        yield f"batch_size={batch_size}"


def _as_typed(layer: Layer) -> Iterator[str]:
    said = layer.told()
    names = (name for name in TOLD if name in said and (name != "input_length" or said[name][1] is not None))
    yield from (argument(name, said[name]) for name in names)


def argument(name: str, sizes: Sizes) -> str:
    """Return what a layer is told of its input, as written and with the batch, in the words of one argument."""
    if name == "batch_input_shape":
        return f"{name}={text_of(sizes)}"
    return f"{name}={text_of(sizes[1:])}" if name == "input_shape" else f"{name}={sizes[1]}"


def call(layer: Any, told: str = "") -> str:
    """Return a layer as it is called: what it must be given, what differs from Keras's defaults, what it is told."""
    arguments = []
    for field in parameters(type(layer)):
        value = getattr(layer, field.name)
        if field.required or field.name in _ALWAYS:
            arguments.append(_value(value))
        elif field.name not in TOLD and value != field.default:
            arguments.append(f"{field.name}={_value(value)}")
    return f"{layer.type}({', '.join([*arguments, *([told] if told else [])])})"


def _value(value: Any) -> str:
    if value == "leaky-relu":
        return _LEAKY
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple):
        return text_of(value)
    return call(value) if hasattr(value, "type") else str(value)
