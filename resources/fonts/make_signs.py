"""How Signs.ttf was made: the signs in texts and formulas that NotoSansSC-subset.otf lacks, as DejaVu Sans draws them.

Run with DejaVuSans.ttf after `pip install fonttools`, when the texts have come to use a sign that neither has:

    python resources/fonts/make_signs.py DejaVuSans.ttf
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from unicodedata import category

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
FAMILY = "ML Playground Signs"
# They name what is met in files and texts of others, and is not shown: other scripts, currencies, ends of ranges.
_MET = (
    "playground/files/*", "core/data/corpora.py",
    "widgets/text/formula.py", "widgets/grids/word_names.py", "playground/topics/convolution/board_layout.py",
)  # fmt: skip
_NEVER_SHOWN = ("Cc", "Cf", "Cn", "Zl", "Zp")


def used() -> set[str]:
    """Return the characters that the program can show: those of its texts in all languages, and of its code."""
    texts = (path.read_text("utf-8") for kind in ("toml", "ts") for path in (ROOT / "resources").rglob(f"*.{kind}"))
    code = (path for folder in ("core", "playground", "widgets") for path in (ROOT / folder).rglob("*.py"))
    shown = (text for path in code if not _is_of_others(path) for text in _constants(path))
    found = set().union(*texts, *shown)
    return {character for character in found if category(character) not in _NEVER_SHOWN}


def _is_of_others(path: Path) -> bool:
    return any(path.relative_to(ROOT).match(pattern) for pattern in _MET)


def _constants(path: Path) -> Iterator[str]:
    """Yield the texts in a module but for its docstrings, where any of them has a sign."""
    source = path.read_bytes()
    if source.isascii():
        return
    nodes = list(ast.walk(ast.parse(source)))
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


def make(source: str) -> None:
    """Write the subset."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    have = TTFont(FOLDER / "NotoSansSC-subset.otf").getBestCmap()
    font = TTFont(source)
    options = Options(hinting=False, layout_features=["mark", "mkmk", "ccmp"], name_IDs=[0, 1, 2, 3, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes={ord(character) for character in used()} - have.keys())
    subsetter.subset(font)
    names = {1: FAMILY, 3: f"{FAMILY} subset of DejaVu Sans", 4: FAMILY, 6: FAMILY.replace(" ", "")}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
        font["name"].setName(text, number, 1, 0, 0)
    font.save(FOLDER / "Signs.ttf")


if __name__ == "__main__":
    make(sys.argv[1])
