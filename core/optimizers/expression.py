"""A typed function f(x, y), such as `x**2 + 10*sin(y)`, with its exact gradient and Hessian. Nothing is ever executed.

The text is read by Python's own grammar (`ast`), every node is looked up in a short list of what is allowed, and what
is left is put together from the parts in `core.optimizers.jets`: small functions over plain numbers that carry their
derivatives.
"""

from __future__ import annotations

import ast
import math
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar, NoReturn

import numpy as np

from core.optimizers.jets import FUNCTIONS, VARIABLES, Node, apply, combine, constant
from core.optimizers.meant import meant
from core.optimizers.surfaces import Curvature, Number, Point
from core.run.refusal import Refusal
from core.run.values import LARGEST

MAX_LENGTH = 500  # characters
MAX_NODES = 200
MAX_DEPTH = 40
MAX_EXPONENT = 64  # of a constant exponent; beyond it surfaces are cliffs and nothing else

NUMBERS = {"pi": math.pi, "e": math.e}
ALLOWED_NAMES = ", ".join([*VARIABLES, *NUMBERS])
ALLOWED_FUNCTIONS = ", ".join(FUNCTIONS)
SYMBOLS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
ALLOWED_SYMBOLS = "+ - * / ** ( )"


@dataclass(frozen=True)
class Expression:
    """A function of x and y; equal and hashed by its text. Made by `parse`."""

    text: str
    root: Node = field(compare=False, repr=False)
    bound: ClassVar[float] = LARGEST
    unit: ClassVar[float] = 1.0

    @property
    def lowest(self) -> None:
        """Unknown: of a formula nothing is said without looking for its minimum."""
        return None

    def value(self, x: Number, y: Number, /) -> Number:
        """Return f at a point, or at every point of two arrays that broadcast; nan or inf outside the domain."""
        if not (isinstance(x, np.ndarray) or isinstance(y, np.ndarray)):
            return self.root.value(float(x), float(y))
        xs, ys = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        with np.errstate(all="ignore"):
            values = self.root.array(xs, ys)
        return np.array(np.broadcast_to(values, np.broadcast_shapes(xs.shape, ys.shape)))

    def gradient(self, x: float, y: float, /) -> Point:
        """Return (f_x, f_y); nan or inf where there is none."""
        return self.root.jet(float(x), float(y))[1:3]

    def hessian(self, x: float, y: float, /) -> Curvature:
        """Return (f_xx, f_xy, f_yy); nan or inf where there is none."""
        return self.root.jet(float(x), float(y))[3:]


@lru_cache(maxsize=256)
def parse(text: str) -> Expression:
    """Return the expression a text stands for.

    Raises Refusal for `function`, its values `given`, `allowed` and `position` (the character, counted from 1).
    """
    if not text.strip():
        raise _refusal("expression_empty", "", ALLOWED_NAMES, 1)
    if len(text) > MAX_LENGTH:
        raise _refusal("expression_too_long", len(text), MAX_LENGTH, MAX_LENGTH + 1)
    try:
        return Expression(text, _Reader(text).read())
    except Refusal as refusal:
        raise _with_hint(text, refusal) from None


def _with_hint(text: str, refusal: Refusal) -> Refusal:
    """Return the refusal of what can be read once it is written otherwise: it says how; else the one given."""
    reasons = []
    for reason, changed in meant(text, tuple(FUNCTIONS)):
        reasons.append(reason)
        if _is_readable(changed):
            told = {"given": _printable(text), "reason": reasons[0], "allowed": changed}
            return Refusal("function", "expression_meant", {**told, "position": refusal.values["position"]})
    return refusal


def _is_readable(text: str) -> bool:
    if not text.strip() or len(text) > MAX_LENGTH:
        return False
    try:
        _Reader(text).read()
    except Refusal:
        return False
    return True


def _refusal(key: str, given: object, allowed: object, position: int) -> Refusal:
    return Refusal("function", key, {"given": given, "allowed": allowed, "position": position})


# ---- spelling

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
_PIECE = re.compile(f"[{_SUPERSCRIPTS}]+|.", re.DOTALL)
_FOREIGN = re.compile(r"[^0-9A-Za-z_+\-*/(),. ]")
# a number with a name stuck to it: 2x; also 1if, of which Python would warn
_GLUED = re.compile(r"(?<![A-Za-z0-9_])([0-9.]++(?:[eE][+-]?[0-9]++)?+)([A-Za-z_]\w*)")
# keyed by what Unicode's compatibility normalisation leaves
_SPELLINGS = {
    "^": "**", "π": "pi", **dict.fromkeys("−–—", "-"), **dict.fromkeys("×·⋅∙∗•", "*"), **dict.fromkeys("÷∕", "/"),
}  # fmt: skip


def _spell(piece: str) -> str:
    plain = unicodedata.normalize("NFKC", piece)
    if piece[0] in _SUPERSCRIPTS:
        return f"**({plain.replace('−', '-')})"
    return " " if plain.isspace() else _SPELLINGS.get(plain, plain)


def _printable(text: str) -> str:
    """Return at most 40 characters that can be shown and written to any stream."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return short if short.isprintable() else ascii(short)[1:-1]


# ---- reading


class _Reader:
    """Turns one text into a tree, and says where it stops understanding."""

    def __init__(self, text: str) -> None:
        self.text, self.spelled = text, ""
        self.origins: list[int] = []  # of each spelled character, its place in the text, counted from 0
        for match in _PIECE.finditer(text):
            spelled = _spell(match.group())
            if self.spelled or spelled != " ":  # Python takes a space in front for an indentation
                self.spelled += spelled
                self.origins += [match.start()] * len(spelled)

    def refuse(self, key: str, given: object, allowed: object, column: int) -> NoReturn:
        """Raise the refusal of what stands at a column of the spelled text."""
        raise _refusal(key, given, allowed, self.origins[column] + 1)

    def refuse_node(self, key: str, node: ast.expr, allowed: object) -> NoReturn:
        """Raise the refusal of a node, quoting the text it was read from."""
        first, last = self.origins[node.col_offset], self.origins[(node.end_col_offset or node.col_offset + 1) - 1]
        self.refuse(key, _printable(self.text[first : last + 1]), allowed, node.col_offset)

    def read(self) -> Node:
        tree = self.tree()
        size = sum(isinstance(node, ast.expr) for node in ast.walk(tree))
        if size > MAX_NODES:
            self.refuse("expression_too_long", size, MAX_NODES, 0)
        return self.build(tree, 1)

    def tree(self) -> ast.expr:
        foreign = _FOREIGN.search(self.spelled)
        if foreign:
            given = self.text[self.origins[foreign.start()]]
            self.refuse("expression_syntax", _printable(given), ALLOWED_SYMBOLS, foreign.start())
        glued = _GLUED.search(self.spelled)
        if glued:
            self.refuse("expression_product", glued.group(), f"{glued[1]}*{glued[2]}", glued.start(2))
        try:
            return ast.parse(self.spelled, mode="eval").body
        except SyntaxError as error:
            last = len(self.spelled.rstrip()) - 1  # an offset of 0 stands for the end of the text
            column = min(error.offset - 1, last) if error.offset else last
            self.refuse("expression_syntax", _printable(self.text[self.origins[column]]), ALLOWED_SYMBOLS, column)
        except (ValueError, MemoryError, RecursionError):
            self.refuse("expression_too_deep", _printable(self.text), MAX_DEPTH, 0)

    def build(self, node: ast.expr, depth: int) -> Node:
        """Return the node's meaning; everything the list of cases does not name is refused."""
        if depth > MAX_DEPTH:
            self.refuse_node("expression_too_deep", node, MAX_DEPTH)
        match node:
            case ast.Constant(value=bool() | None) | ast.Name():
                return self.name(node)
            case ast.Constant(value=int() | float() as number):  # a whole number may be too large for a float
                return self.within_limits(node, constant(float(min(number, 2 * LARGEST))))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.build(node.operand, depth + 1)
            case ast.UnaryOp(op=ast.USub()):
                return combine("*", constant(-1.0), self.build(node.operand, depth + 1))
            case ast.BinOp() if type(node.op) in SYMBOLS:
                return self.operation(node, depth)
            case ast.Call():
                return self.call(node, depth)
        self.refuse_node("expression_syntax", node, ALLOWED_SYMBOLS)

    def within_limits(self, node: ast.expr, made: Node) -> Node:
        """Return the node made, unless it is a constant that is not finite or too large."""
        if made.constant is not None and not abs(made.constant) <= LARGEST:
            self.refuse_node("expression_number", node, "1e12")
        return made

    def name(self, node: ast.expr) -> Node:
        name = node.id if isinstance(node, ast.Name) else ""
        if name in NUMBERS:
            return constant(NUMBERS[name])
        if name not in VARIABLES:
            self.refuse_node("expression_name", node, ALLOWED_NAMES)
        return VARIABLES[name]

    def operation(self, node: ast.BinOp, depth: int) -> Node:
        symbol = SYMBOLS[type(node.op)]
        left, right = self.build(node.left, depth + 1), self.build(node.right, depth + 1)
        if symbol == "**" and right.constant is not None and abs(right.constant) > MAX_EXPONENT:
            self.refuse_node("expression_exponent", node.right, MAX_EXPONENT)
        return self.within_limits(node, combine(symbol, left, right))

    def call(self, node: ast.Call, depth: int) -> Node:
        called = node.func
        if not isinstance(called, ast.Name) or called.id in (*VARIABLES, *NUMBERS):
            self.refuse_node("expression_call", called, ALLOWED_FUNCTIONS)
        if called.id not in FUNCTIONS:
            self.refuse_node("expression_name", called, ALLOWED_FUNCTIONS)
        if len(node.args) != 1 or node.keywords:
            self.refuse_node("expression_arguments", node, f"{called.id}(x)")
        return self.within_limits(node, apply(FUNCTIONS[called.id], self.build(node.args[0], depth + 1)))
