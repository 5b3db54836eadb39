"""What a formula that cannot be read was most likely meant to be, so that its refusal can name what to write.

Each rule rewrites one habit of the blackboard or of another language. Whether the outcome can be read, the reader of
expressions has to say: nothing is proposed that it refuses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

VARIABLES, CONSTANTS = ("x", "y"), ("pi", "e")
ALIASES = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
    "tg": "tan", "sen": "sin", "lg": "log10", "log_2": "log2", "log_10": "log10", "log_e": "log", "fabs": "abs",
}  # fmt: skip
TWO = {"max": "({0} + {1} + abs({0} - {1}))/2", "min": "({0} + {1} - abs({0} - {1}))/2", "pow": "({0})^({1})"}
Rule = tuple[str, Callable[[str], str]]  # why it is needed, and what it makes of a text
_NUMBER = r"\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?"
_TOKEN = re.compile(rf"\s*(?:({_NUMBER})|([a-z][a-z0-9_]*)|(.))", re.DOTALL)
_FRACTIONS = re.compile("([0-9]*)([¼½¾⅐-⅞])")


def meant(text: str, functions: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield why a text is no formula, and the text with that and all before it mended, rule by rule."""
    text = _spelled(text)
    for reason, rule in (*_RULES, *_rules_for(functions)):
        changed = rule(text)
        if changed != text:
            text = changed
            yield reason, text


def _rules_for(functions: Sequence[str]) -> list[Rule]:
    """Return the rules that need to know which functions there are."""
    names = "|".join(sorted(map(re.escape, functions), key=len, reverse=True))
    argument = r"((?:\d[\d.]*\s*\*?\s*)?(?:[xy]|pi)+(?:\^\d+)?|\d[\d.]*)(?![\w(])"
    return [
        ("a power of a function stands behind its argument", lambda text: _moved_powers(text, names)),
        ("an argument stands in parentheses", _replaced(rf"(?<![a-z])({names})\s*{argument}", r"\1(\2)")),
        ("a product has the sign *", lambda text: _with_signs(text, functions)),
        ("parentheses come in pairs", _in_pairs),
    ]


def _replaced(pattern: str, by: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, by, text)


def _without_left_side(text: str) -> str:
    return re.sub(r"^\s*(?:lambda\s+x\s*,\s*y\s*:|[a-zA-Z]?\s*(?:\(\s*x\s*,\s*y\s*\))?\s*:?=(?!=)>?)\s*", "", text)


def _with_points(text: str) -> str:
    """Return a text with decimal points; where a function may take two arguments, a comma may stand between them."""
    is_list = any(re.search(rf"\b{name}\s*\(", text) for name in TWO)
    return text if is_list else re.sub(r"(?<=\d)[,，](?=\d)", ".", text)


def _as_quotient(match: re.Match[str]) -> str:
    parts = unicodedata.normalize("NFKC", match[2]).replace("⁄", "/")
    return f"({match[1]} + {parts})" if match[1] else f"({parts})"


def _spelled(text: str) -> str:
    """Return a text in the signs of a keyboard, powers as in x^2."""
    text = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: "^" + unicodedata.normalize("NFKC", m[0]), text)
    plain = "".join(sign if _FRACTIONS.match(sign) else unicodedata.normalize("NFKC", sign) for sign in text)
    text = plain.replace("**", "^").replace("π", "pi")
    return text.translate(str.maketrans("−–—×·⋅∙∗•÷⁄∕", "---******///"))


def _root(match: re.Match[str]) -> str:
    return "sqrt(" if match[1] == "(" else f"sqrt({match[1]})"


def _closing(text: str, opening: int) -> int:
    """Return where the parenthesis that opens at a place is closed; the end of the text where it is not."""
    depth = 0
    for place in range(opening, len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if not depth:
            return place
    return len(text)


def _with_one_argument(text: str) -> str:
    for name, template in TWO.items():
        found = re.search(rf"\b{name}\s*\(", text)
        if found is None:
            continue
        end = _closing(text, found.end() - 1)
        inside = text[found.end() : end].split(",")
        if len(inside) == len(("a", "b")):
            text = text[: found.start()] + template.format(*map(str.strip, inside)) + text[end + 1 :]
    return text


def _moved_powers(text: str, names: str) -> str:
    """Return `sin(x)^2` for `sin^2(x)`."""
    text = re.sub(rf"\b({names})\s*\^\s*\(?(\d+)\)?\s*(?=\()", r"\1^\2", text)
    while found := re.search(rf"\b({names})\^(\d+)(?=\()", text):
        end = _closing(text, found.end()) + 1
        text = f"{text[: found.start()]}{found[1]}{text[found.end() : end]}^{found[2]}{text[end:]}"
    return text


def _with_signs(text: str, functions: Sequence[str]) -> str:
    """Return a text with a * between factors that stand side by side; the text as it was where there are none."""
    pieces = [piece for match in _TOKEN.finditer(text) for piece in _split(match, functions)]
    made, before = "", ""
    for piece in pieces:
        is_factor = before and (before[-1].isalnum() or before == ")") and before not in functions
        begins = piece == "(" or piece[0].isalnum()
        both_numbers = before[:1].isdigit() and piece[0].isdigit()
        if is_factor and begins and not both_numbers:
            made += "*"
        elif both_numbers:
            made += " "
        made, before = made + piece, piece
    return made if made.count("*") > text.count("*") else text


def _split(match: re.Match[str], functions: Sequence[str]) -> list[str]:
    """Return a token; a name that is made of known ones, as xy or xsin, in its parts."""
    name = match[2]
    if not name or name in (*functions, *VARIABLES, *CONSTANTS):
        return [match[1] or name or match[3]]
    parts = "|".join(sorted((*functions, *VARIABLES, *CONSTANTS), key=len, reverse=True))
    return re.findall(parts, name) if re.fullmatch(f"(?:{parts})+", name) else [name]


def _in_pairs(text: str) -> str:
    """Return a text with what is open closed at its end, and without what closes nothing."""
    made, depth = "", 0
    for sign in text:
        if sign == ")" and not depth:
            continue
        depth += (sign == "(") - (sign == ")")
        made += sign
    return made + ")" * depth


_RULES: tuple[Rule, ...] = (
    ("quotes and semicolons do not belong to it", lambda text: text.strip("; \"'`")),
    ("only what stands right of the sign = is wanted", _without_left_side),
    ("an equation is no function: only one side is wanted", _replaced(r"\s*=.*$", "")),
    ("a decimal number has a point", _with_points),
    ("a fraction is written with a stroke", _replaced(_FRACTIONS.pattern, _as_quotient)),
    ("names are written in small letters", _replaced(r"(?<!\d)[A-Z]+[a-zA-Z]*", lambda match: match[0].lower())),
    ("only round brackets are known", lambda text: text.translate(str.maketrans("[]{}", "()()"))),
    ("names stand without what is in front of the point", _replaced(r"\b[a-z]+\.(?=[a-z])", "")),
    ("a root is called sqrt", _replaced(r"√\s*(\(|[\d.]+|[xy])", _root)),
    ("bars are called abs", _replaced(r"\|([^|]+)\|", r"abs(\1)")),
    ("the function has another name here",
     _replaced(r"[a-z]+(?:_\w+)?", lambda match: ALIASES.get(match[0], match[0]))),
    ("functions of two arguments are not known", _with_one_argument),
)  # fmt: skip
