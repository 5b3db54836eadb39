"""Numbers as the program shows them: true minus, few digits, and never the word nan."""

from __future__ import annotations

import re
import unicodedata
from math import isfinite

MINUS = "\N{MINUS SIGN}"
_POWER = re.compile(r"e\+?(-?)0*(?=\d)")
_THIN_SPACE = "\N{THIN SPACE}"
_TOO_LONG = 10_000
_LONGEST_WHOLE = 1e13  # that is written out


def fixed(value: float, decimals: int) -> str:
    """A finite number with that many decimals."""
    return _signed(f"{value:.{decimals}f}")


def coordinate(value: float) -> str:
    """A coordinate with 3 decimals: −2.100; beyond 10 000 as 1.3e6."""
    return compact(value, smallest=0.0)


def compact(value: float, smallest: float = 0.001) -> str:
    """A number with 3 decimals: 0.139; below the smallest as 4.2e−5, beyond 10 000 as 1.3e6."""
    if not isfinite(value):
        return _not_finite()
    if value != 0 and not smallest <= abs(value) <= _TOO_LONG:
        return _signed(f"{value:.1e}")
    return fixed(value, 3)


def significant(value: float, digits: int) -> str:
    """A number with that many significant digits, zeros kept: 0.90 for 0.9 and 2; whole up to 99 999."""
    if not isfinite(value):
        return _not_finite()
    if 10**digits <= abs(value) < 99_999.5:
        return fixed(value, 0)
    text = f"{value:#.{digits}g}"  # with a point, be it the last sign
    return _signed("0" if value == 0 else text.replace(".e", "e").removesuffix("."))


def brief(value: float, digits: int) -> str:
    """A number as people say it: a whole or a large one as whole, 3 and 1 000 000, else with that many digits."""
    if isfinite(value) and abs(value) < _LONGEST_WHOLE:
        if abs(value) >= _TOO_LONG * 10:
            return count(round(value))
        if value == round(value):
            return fixed(value, 0)
    return significant(value, digits)


def unbroken(text: str) -> str:
    """A text in which no line ends between a number and its percent sign."""
    return text.replace(" %", "\N{NO-BREAK SPACE}%")


def bracketed(value: float, digits: int = 3) -> str:
    """A factor of a product: as `significant`, in brackets when negative, 0.90 × (−0.427)."""
    text = significant(value, digits)
    return f"({text})" if text.startswith(MINUS) else text


def difference(value: float, is_count: bool = False) -> str:
    """A difference with its sign, also where it is positive: +0.139, −1080.522, +3 of counts; none where it is none."""
    text = count(round(value)) if is_count else compact(value)
    return f"+{text}" if value > 0 else text


def percent(value: float) -> str:
    """A part of one in percent: 24.1% for 0.241."""
    return fixed(100 * value, 1) + "%" if isfinite(value) else _not_finite()


def count(number: int) -> str:
    """A whole number with thin spaces between thousands."""
    return _signed(f"{number:,}".replace(",", _THIN_SPACE))


def shortest(value: float) -> str:
    """The shortest text that gives the value back when read, with ASCII signs; for fields that are typed into."""
    if not isfinite(value):
        return _not_finite()
    return str(value) if isinstance(value, int) else repr(float(value)).removesuffix(".0")


def setting(value: float) -> str:
    """A setting in a formula: as it was typed, with a true minus."""
    return _signed(shortest(round(value, 12)))


def plain(text: str) -> str:
    """A typed text as machines read it: a Chinese keyboard gives full-width digits, a copied read-out a true minus."""
    return unicodedata.normalize("NFKC", text).replace(MINUS, "-").strip()


def typed(text: str) -> float | None:
    """The finite number a typed text means; None if it means none."""
    digits = plain(text)
    try:
        number = float(digits if "_" not in digits else "")
    except ValueError:
        return None
    return number if isfinite(number) else None


def tidy(text: str) -> str:
    """A number as Python writes it, with a true minus and a short power of ten.

    >>> tidy("-1.3e+06"), tidy("4e-05")
    ('−1.3e6', '4e−5')
    """
    return (_POWER.sub(r"e\1", text) if "e" in text else text).replace("-", MINUS)


def _signed(text: str) -> str:
    # A value rounded to nothing has no sign: −0.000 would say that there is something there.
    is_zero = text.startswith("-") and not text.strip("-0.")
    return text.removeprefix("-") if is_zero else tidy(text)


def _not_finite() -> str:
    from PySide6.QtCore import QCoreApplication  # scenes show numbers, too, and know no Qt

    return QCoreApplication.translate("Numbers", "not finite")
