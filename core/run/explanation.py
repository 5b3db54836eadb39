"""What is said of a step: the rule, the rule with numbers, one sentence; and how its pieces are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from core.run.values import frozen

SHOWN_FIRST = 3  # terms of a long sum before the dots
MOST_WHOLE = 4  # terms of a sum that is shown whole
SHOWN_BELOW, _WIDE = 6, 7  # numbers of a vector before the dots, characters of each
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Focus:
    """A thing that can be pointed at or chosen, in a picture or in a formula: its kind, and which of its kind.

    >>> Focus("cluster", (2,)) == Focus.of("cluster 2")
    True
    """

    kind: str
    at: tuple[int, ...] = ()

    @classmethod
    def of(cls, text: str) -> Focus | None:
        """Return what a text names: a kind, and numbers behind it; None for an empty one."""
        kind, *at = text.split() or [""]
        return cls(kind, tuple(map(int, at))) if kind else None

    def __str__(self) -> str:
        return " ".join((self.kind, *map(str, self.at)))


SETTING = Focus("setting")  # the mark of a parameter in a formula: shown as it was typed
REST = Focus("rest")  # the mark of terms that only the tooltip and the clipboard show; in the strip stand dots


@frozen
class Term:
    """One piece of a formula: a symbol, or a number of this step; `mark` is what it stands for in the picture."""

    value: float | str
    mark: Focus | None = None


Line = tuple[Term, ...]


@frozen
class Explanation:
    """The rule, the rule with this step's numbers, and one sentence.

    `rule` has one entry per column of the strip; each of `rows` a key of its label and as many columns.
    `sentence` is a key of the topic's texts, `values` fill its placeholders. `source` is the function where it lives.
    """

    rule: tuple[Line, ...]
    rows: tuple[tuple[str, tuple[Line, ...]], ...]
    sentence: str
    values: Mapping[str, float | str]
    source: str


LARGEST_WHOLE = 99_999.5  # below it, numbers without room for a decimal are printed with all their digits


def number(value: float, digits: int = 4) -> str:
    """Return a number as formulas show it: whole ones whole, others with some significant digits, a true minus.

    >>> number(-2.0), number(0.111111), number(-0.0)
    ('−2', '0.1111', '0')
    """
    value = value or 0.0  # nothing has no sign
    is_whole = (float(value).is_integer() and abs(value) < 1e6) or 10**digits <= abs(value) < LARGEST_WHOLE
    text = f"{value:.0f}" if is_whole else f"{value:.{digits}g}"
    return text.replace("-", MINUS)


def grouped(number: int) -> str:
    """Return a whole number with thin spaces between thousands.

    >>> grouped(1234567) == "1\N{THIN SPACE}234\N{THIN SPACE}567"
    True
    """
    return f"{number:,}".replace(",", "\N{THIN SPACE}")


def factor(value: float, digits: int = 4) -> str:
    """Return a number as a factor: in brackets when it is negative."""
    text = number(value, digits)
    return f"({text})" if text.startswith(MINUS) else text


def joined(terms: Sequence[Term]) -> list[Term]:
    """Return terms with plus signs between; of many, those between the first three and the last are the rest."""
    line = [terms[0]]
    for i, term in enumerate(terms[1:], 1):
        is_rest = len(terms) > MOST_WHOLE and SHOWN_FIRST <= i < len(terms) - 1
        line += [Term(" + ", REST), Term(term.value, REST)] if is_rest else [Term(" + "), term]
    return line


def added_up(products: Sequence[Line], shown: int = SHOWN_FIRST) -> Line:
    """Return products with plus signs between; of many, those between the first ones shown and the last are the rest.

    >>> [term.value for term in added_up([line("2·3"), line("4·5")])]
    ['2·3', ' + ', '4·5']
    """
    terms: list[Term] = []
    for i, product in enumerate(products):
        is_rest = len(products) > MOST_WHOLE and shown <= i < len(products) - 1
        pieces = (Term(" + "), *product) if i else product
        terms += [Term(piece.value, REST) for piece in pieces] if is_rest else pieces
    return tuple(terms)


def numbers_below_each_other(values: Iterable[float], mark: Focus | None = None) -> Line:
    """Return the first numbers of a vector, equally wide, so that those of two rows stand below each other.

    >>> [term.value for term in numbers_below_each_other([0.5, -12.0, -0.0004])]
    ['  0.500', '−12.000', '  0.000']
    """
    shown = list(islice(values, SHOWN_BELOW + 1))
    terms = tuple(Term(_aligned(float(value)), mark) for value in shown[:SHOWN_BELOW])
    return (*terms, Term(" …")) if len(shown) > SHOWN_BELOW else terms


def _aligned(value: float) -> str:
    text = f"{round(value, 3) + 0.0:.3f}" if abs(value) < 100 else f"{value:.1e}"  # nothing has no sign
    return _POWER.sub(r"e\1", text).replace("-", MINUS).rjust(_WIDE)


_POWER = re.compile(r"e\+?(-?)0*(?=\d)")  # a short power of ten: 1.3e6
_PIECE = re.compile(r"\{([^}:]+)(?::([^}]*))?\}")


def line(template: str, values: Mapping[str, float | str] | None = None) -> Line:
    """Return the template's pieces, with values put in for the names in braces where they are given.

    Behind a colon stands the mark of a piece, as `Focus.of` reads it.

    >>> [term.value for term in line("{a} = {b:x}²", {"a": 9.0, "b": -3.0})]
    [9.0, ' = ', -3.0, '²']
    """
    return tuple(
        Term(values[term.value], term.mark) if values and is_name else term  # type: ignore[index]
        for term, is_name in _pieces(template)
    )


@lru_cache(maxsize=512)  # templates are few, and each is read at every frame
def _pieces(template: str) -> tuple[tuple[Term, bool], ...]:
    """Return the pieces of a template, names in place of values, and which of them are names."""
    pieces, end = [], 0
    for piece in _PIECE.finditer(template):
        if piece.start() > end:
            pieces.append((Term(template[end : piece.start()]), False))
        pieces.append((Term(piece[1], Focus.of(piece[2] or "")), True))
        end = piece.end()
    return (*pieces, (Term(template[end:]), False)) if end < len(template) else tuple(pieces)
