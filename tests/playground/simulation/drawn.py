"""Values that deeds draw: for a parameter one that may fit, texts that may not, files of all kinds."""

from __future__ import annotations

import math
from random import Random
from typing import Any

from core.run.parameters import Parameter

TEXTS = (
    "0.01", "0.5", "1e-8", "3", "-1", "nan", "1e999", "", "abc", "0,5", "９", "12", "ravine", "x^2 + y^4", "x^^", "1/0",
    "[1, 2]", "[-3.5, 0.25]", "[1e13, 0]", "[1", "{}", "linear-regression", "the cat sees the dog", "a,b\n1,2\n3,4",
    "你好", "\u202e", "1" * 400,
)  # fmt: skip
FILES = {
    "numbers.csv": b"x,y\n1,2\n3,4.5\n-1,0\n2,2\n",
    "words.txt": b"the cat sees the dog. the dog sees the cat. a cat sleeps.",
    "broken.mlplay": b'{"format": "mlplay", "format_version": 2, "recipe": ',
    "newer.mlplay": b'{"format": "mlplay", "format_version": 99}',
    "empty.csv": b"",
    "bytes.png": bytes(range(256)),
    "list.json": b"[[1, 2], [3, 4], [5, 6]]",
    "gaps.csv": b"name,a,b\nx,1,\ny,,2\nz,3,4\n",
}
_LARGEST = 12  # of whole numbers: larger nets and sets are only slower


def value_for(chance: Random, parameter: Parameter, now: Any) -> Any:
    """Return a plain value for a parameter, None where none is drawn for its kind."""
    match parameter.kind:
        case "number":
            return _number(chance, parameter, now)
        case "integer":
            low = int(parameter.low or 0)
            high = max(low, min(int(parameter.high or _LARGEST), max(_LARGEST, int(parameter.default or 0))))
            return chance.choice([low, high, chance.randint(low, high), parameter.default])
        case "yes/no":
            return not now
        case "choice" | "open choice":
            return chance.choice(parameter.choices) if parameter.choices else None
        case "choices":
            return sorted(chance.sample(parameter.choices, chance.randint(1, len(parameter.choices))))
        case "pair":
            return [round(chance.uniform(-3, 3), 3) for _ in range(2)]
    return None


def _number(chance: Random, parameter: Parameter, now: Any) -> float:
    low = parameter.low if parameter.low is not None else -1e6
    high = parameter.high if parameter.high is not None else 1e6
    begun = now if isinstance(now, float | int) and math.isfinite(now) else 1.0
    drawn = chance.choice([low, high, begun * chance.choice([0.1, 0.5, 2, 10]), begun + chance.uniform(-1, 1)])
    return float(f"{min(max(drawn, low), high):.4g}")
