"""The fonts by role, in the sizes of the user's desktop, and a font of our own where the system has none."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetrics

from resources import FOLDER

# Sizes in pixels at 96 dpi, and whether the role is set semi-bold.
_ROLES: dict[str, tuple[int, bool]] = {
    "title": (20, True),
    "panel": (13, True),
    "scene": (15, True),
    "section": (13, True),
    "body": (13, False),
    "strong": (13, True),
    "subtitle": (12, False),
    "axis": (12, False),
    "tick": (11, False),
    "label": (11, True),
    "heading": (11, True),
    "formula": (13, False),
    "cell": (12, False),
    "cell_bold": (12, True),
    "cell_small": (11, False),
    "cell_large": (17, False),
    "cell_large_bold": (17, True),
}
# All digits equally wide: numbers and formulas.
_FIXED_ROLES = frozenset({"formula", "cell", "cell_bold", "cell_small", "cell_large", "cell_large_bold"})
_FIXED, _GENERAL = QFontDatabase.SystemFont.FixedFont, QFontDatabase.SystemFont.GeneralFont
_BODY_PIXELS = 13
LETTERS, SIGNS = "NotoSansSC-subset.otf", "Signs.ttf"  # the bundled fonts
_RARE_SIGNS = "⌊ⱼ✗"
_HEADING_TRACKING = 106.0


def scale() -> float:
    """How much larger than designed the user's desktop wants text; at least 1, so that nothing falls under 11 px."""
    return _scale_of(QFontDatabase.systemFont(_GENERAL))


@lru_cache(maxsize=4)
def _scale_of(general: QFont) -> float:
    return max(1.0, QFontInfo(general).pixelSize() / _BODY_PIXELS)


def scaled(length: float) -> int:
    """A length in pixels, larger where text is."""
    return round(length * scale())


def pixels(role: str) -> int:
    """The size of a role's text in pixels; raises KeyError for an unknown role."""
    return scaled(_ROLES[role][0])


def role_font(role: str) -> QFont:
    """The font of a role (title, panel, body, tick, ...); raises KeyError for an unknown role."""
    system = QFontDatabase.systemFont(_FIXED if role in _FIXED_ROLES else _GENERAL)
    return QFont(_dressed(role, system, pixels(role)))


@lru_cache(maxsize=64)
def _dressed(role: str, system: QFont, size: int) -> QFont:
    font = QFont(system)
    font.setPixelSize(size)
    font.setWeight(QFont.Weight.DemiBold if _ROLES[role][1] else QFont.Weight.Normal)
    if role == "heading":
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _HEADING_TRACKING)
    return font


def cut(text: str, metrics: QFontMetrics, width: int) -> str:
    """A text as it is, or cut short where it is wider."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def wrapped(text: str, font: QFont, width: float) -> list[str]:
    """A text in the lines that it takes in a width in pixels; a word that is wider is broken."""
    from PySide6.QtGui import QTextLayout, QTextOption  # not at the top: the shell has no lines to break

    layout, lines = QTextLayout(text, font), []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        lines.append(text[line.textStart() : line.textStart() + line.textLength()].strip())
    layout.endLayout()
    return lines


def ensure_fonts(chinese: bool) -> None:
    """Make text readable on a system without a font for it, be it Chinese or any, or for the signs of formulas.

    It costs nothing where there is one.
    """
    general = QFontMetrics(QFontDatabase.systemFont(_GENERAL))
    has_own = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese) if chinese else general.inFont("a")
    has_signs = all(general.inFontUcs4(ord(sign)) for sign in _RARE_SIGNS)  # it, or what Qt falls back to
    if not has_own:
        add_bundled(LETTERS)
    if not has_signs:
        add_bundled(SIGNS)


@cache
def add_bundled(file: str) -> str:
    """Load a bundled font, which Qt then falls back to by itself; returns its family, empty if refused."""
    number = QFontDatabase.addApplicationFontFromData((FOLDER / "fonts" / file).read_bytes())
    return "".join(QFontDatabase.applicationFontFamilies(number)[:1])
