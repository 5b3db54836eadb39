"""How NotoSansSC-subset.otf was made: the characters a page of simplified Chinese and its formulas need.

Run with the full font (Noto Sans CJK, a .ttc collection, or Noto Sans SC, an .otf) after `pip install fonttools`:

    python resources/fonts/make_subset.py NotoSansCJK-Regular.ttc resources/fonts/NotoSansSC-subset.otf
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "ML Playground CJK"


def gb2312_level_1() -> set[int]:
    """The 3,755 common characters: rows 16 to 55 of GB 2312."""
    rows = (bytes([0xA0 + row, 0xA0 + cell]) for row in range(16, 56) for cell in range(1, 95))
    return {ord(character) for pair in rows for character in pair.decode("gb2312", errors="ignore")}


def signs() -> set[int]:
    """Latin, Greek, arrows, mathematics, and Chinese punctuation with full-width forms."""
    ranges = ((0x20, 0x7E), (0xA0, 0xFF), (0x391, 0x3C9), (0x2010, 0x203A), (0x2080, 0x208E), (0x2190, 0x2199))
    ranges += ((0x2200, 0x2265), (0x2308, 0x230B), (0x2460, 0x2473), (0x3001, 0x3017), (0xFF01, 0xFF5E))
    return {code for first, last in ranges for code in range(first, last + 1)}


def used_in_texts() -> set[int]:
    """What the program's own texts contain beyond that, such as the 鸢 of iris."""
    folder = Path(__file__).parent.parent
    paths = [*folder.rglob("*.toml"), *folder.rglob("*.ts")]
    return {ord(character) for path in paths for character in path.read_text("utf-8") if character.isprintable()}


def simplified_chinese(path: str) -> TTFont:
    """The SC face of a collection, or the font itself."""
    if not path.endswith(".ttc"):
        return TTFont(path)
    faces = TTCollection(path).fonts
    return next(face for face in faces if face["name"].getDebugName(1) == "Noto Sans CJK SC")


def rename(font: TTFont) -> None:
    """Give the subset a name of its own, so that it is never taken for the full font."""
    texts = {1: FAMILY, 3: f"{FAMILY} subset of Noto Sans SC", 4: FAMILY, 6: FAMILY.replace(" ", ""), 16: FAMILY}
    for number, text in texts.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def make(source: str, target: str) -> None:
    """Write the subset."""
    font = simplified_chinese(source)
    # Other countries' shapes (locl) would double the size; nothing is set vertically.
    vertical = ["VORG", "vhea", "vmtx", "BASE"]
    options = Options(layout_features=[], hinting=False, drop_tables=vertical, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=gb2312_level_1() | signs() | used_in_texts())
    subsetter.subset(font)
    rename(font)
    if "CFF " in font:
        top = font["CFF "].cff
        top.fontNames = [FAMILY.replace(" ", "")]
    font.save(target)


if __name__ == "__main__":
    make(*sys.argv[1:3])
