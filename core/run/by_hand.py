"""How many digits the numbers of a printed line need, so that who computes it by hand gets the printed result.

A result is printed with few digits; those it is made of get more of them, one by one, until the line is right to the
result's last digit but one. A difference of numbers nearly equal may ask for many.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from core.run.explanation import LARGEST_WHOLE, SETTING, Line

MOST = 12  # digits; what they leave of a sum is rounding
_OFF = 2.0  # units of the last digit
_AS_CODE = str.maketrans({"−": "-", "×": "*", "·": "*", "\N{THIN SPACE}": "", "²": "**2"})
Formula = Callable[[Sequence[float]], float]
_FUNCTIONS: dict[str, Callable[[float], float]] = {"sqrt": math.sqrt, "log": math.log}
_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}  # fmt: skip
_COMPUTABLE = re.compile(r"(?:v\[\d+\]|sqrt|log|[-+*/(). \d])*")


def enough(
    operands: Sequence[float], by_hand: Callable[[Sequence[float]], float], result: float, shown: int
) -> tuple[int, float]:
    """Return how many significant digits of the operands give a result of `shown` digits, and the result to print.

    Where all of them do not, the result is rounding: then what they give is returned in its place.
    """
    unit, printed, computed = _last_digit(result, shown), rounded(result, shown), result
    for digits in range(shown, MOST + 1):
        computed = by_hand([rounded(x, digits) for x in operands])
        if abs(computed - printed) <= _OFF * unit:
            return digits, result
    return MOST, computed


def rounded(value: float, digits: int) -> float:
    """Return a number as it is read where it is printed with that many significant digits."""
    is_whole = 10.0**digits <= abs(value) < LARGEST_WHOLE
    return float(round(value)) if is_whole else float(f"{value:.{digits - 1}e}")


def _last_digit(value: float, digits: int) -> float:
    if not value or not math.isfinite(value):
        return 0.0
    unit = 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1)
    return min(unit, 1.0) if abs(value) < LARGEST_WHOLE else unit


def digits_of(line: Line, shown: int) -> tuple[int, int | None, float]:
    """Return how many digits a line's operands need, the place of its result among the terms, and what to print there.

    A line that is no equation of numbers has no result (None), and `shown` digits do.
    """
    shape = tuple(term.value if isinstance(term.value, str) else None for term in line)
    at, code = _equation(shape)
    if code is None or at is None:
        return shown, None, 0.0
    values = [0.0 if isinstance(term.value, str) else float(term.value) for term in line]
    free = [i for i, term in enumerate(line) if shape[i] is None and term.mark != SETTING and i != at]

    def by_hand(operands: Sequence[float]) -> float:
        printed = values.copy()
        for i, x in zip(free, operands, strict=True):
            printed[i] = x
        return _computed(code, printed)

    digits, result = enough([values[i] for i in free], by_hand, values[at], shown)
    return digits, at, result


def _computed(formula: Formula, values: Sequence[float]) -> float:
    try:
        return formula(values)
    except (ArithmeticError, ValueError):
        return math.nan


def _formula(node: ast.AST) -> Formula:
    """Return a parsed formula as a function of the terms' values. Raises KeyError for all that is no arithmetic."""
    match node:
        case ast.Constant(value=int() | float() as number):
            return lambda values: float(number)
        case ast.Subscript(slice=ast.Constant(value=int() as place)):
            return lambda values: values[place]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            one = _formula(inner)
            return lambda values: -one(values)
        case ast.Call(func=ast.Name(id=name), args=[inner]):
            function, one = _FUNCTIONS[name], _formula(inner)
            return lambda values: function(one(values))
        case ast.BinOp(left=left, op=op, right=right):
            operation, one, other = _OPERATIONS[type(op)], _formula(left), _formula(right)
            return lambda values: float(operation(one(values), other(values)))
    raise KeyError(type(node))


@lru_cache(maxsize=256)  # lines have few shapes
def _equation(shape: tuple[str | None, ...]) -> tuple[int | None, Formula | None]:
    """Return the place of the result, first or last, and the other side of its equals sign as a formula; or None."""
    pieces = [text if text is not None else f"v[{i}]" for i, text in enumerate(shape)]
    if len(shape) > 1 and shape[0] is None and str(shape[1]).lstrip().startswith("="):
        at, text = 0, "".join(pieces[1:]).lstrip()[1:]
    elif len(shape) > 1 and shape[-1] is None and str(shape[-2]).rstrip().endswith("="):
        at, text = len(shape) - 1, "".join(pieces[:-1]).rstrip()[:-1].rpartition("=")[2]
    else:
        return None, None
    code = re.sub(r"(√|log )(v\[\d+\])", lambda m: f"{'sqrt' if m[1] == '√' else 'log'}({m[2]})", text)
    code = code.replace("√(", "sqrt(").translate(_AS_CODE).strip()
    if not _COMPUTABLE.fullmatch(code):
        return None, None
    try:
        return at, _formula(ast.parse(code, mode="eval").body)
    except (SyntaxError, KeyError):
        return None, None
