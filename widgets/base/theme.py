"""The colours of the program: two token tables, and which of them is shown.

No colour is written anywhere else. Whoever paints reads `current()` while painting and repaints on PaletteChange.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isnan
from typing import TYPE_CHECKING, Literal

from PySide6.QtGui import QColor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Choice = Literal["light", "dark", "system"]
Ramp = Literal["signed", "grey", "green", "surface"]

_SIGNED_STEPS = 128
_SIGNED_STRONGEST = 0.78
_GREY_STRONGEST = 0.88
_RAMP_STEPS = 255
FUSION = "fusion"  # a property of an application that was made in this style: sooner than to put it on


@dataclass(frozen=True, eq=False)
class Theme:
    """One token table: colours by their role, and each series as line (3:1 on panel) and as ink (4.5:1).

    `blue 2` and `blue 3` are tones of a series, for what there are more of than series.
    """

    name: Literal["light", "dark"]
    tokens: Mapping[str, str]
    lines: Mapping[str, str]
    inks: Mapping[str, str]
    faint_share: float
    region_share: float

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on a dark ground."""
        return self.name == "dark"

    def color(self, token: str) -> QColor:
        """The colour of a token; raises KeyError for an unknown one. Shared: do not change it."""
        return _parsed(self.tokens[token])

    def line(self, series: str) -> QColor:
        """The colour of a series' line or marker; raises KeyError for an unknown series."""
        return _toned(self, self.lines, series)

    def ink(self, series: str) -> QColor:
        """The colour of text that speaks of a series; raises KeyError for an unknown series."""
        return _toned(self, self.inks, series)

    def text_colour(self, name: str) -> QColor:
        """The colour of words: the ink of a series, or a token; raises KeyError for what is neither."""
        return self.ink(name) if name.partition(" ")[0] in self.inks else self.color(name)

    def line_colour(self, name: str) -> QColor:
        """The colour of a line, marker or bar: of a series, or a token; raises KeyError for what is neither."""
        return self.line(name) if name.partition(" ")[0] in self.lines else self.color(name)

    def mix(self, colour_a: QColor, colour_b: QColor, share: float) -> QColor:
        """The opaque colour with `share` (0..1) of `colour_b` over `colour_a`."""
        pairs = zip(_parts(colour_a), _parts(colour_b), strict=True)
        red, green, blue = (min(1.0, max(0.0, a + (b - a) * share)) for a, b in pairs)
        return QColor.fromRgbF(red, green, blue)

    def faint(self, series: str) -> QColor:
        """The line colour of a series' recorded steps ahead of the cursor, mixed over panel."""
        return _over_panel(self, series, self.faint_share)

    def pale(self, series: str) -> QColor:
        """The line colour of a series that is behind another, half mixed with panel."""
        return _over_panel(self, series, (1 + self.faint_share) / 2 - 0.1)

    def region(self, series: str) -> QColor:
        """The colour of an area that belongs to a series, mixed over panel."""
        return _over_panel(self, series, self.region_share)

    def signed(self, value: float) -> QColor:
        """Vermillion at -1, panel at 0, blue at 1; beyond, the nearer end; nan is a cell not filled."""
        if isnan(value):
            return self.color("sunken")
        step = round(min(1.0, max(-1.0, value)) * _SIGNED_STEPS)
        return _ramp(self, "signed")[step + _SIGNED_STEPS]

    def grey(self, value: float) -> QColor:
        """The colour of a grey picture's ink at 0..1: panel to nearly text; nan is a cell not filled."""
        return self.color("sunken") if isnan(value) else _picked(_ramp(self, "grey"), value)

    def surface(self, value: float) -> QColor:
        """The fill of a loss surface at 0 (low) .. 1 (high)."""
        return _picked(_ramp(self, "surface"), value)

    def text_on(self, ground: QColor) -> QColor:
        """Pure black or white, whichever contrasts more with a coloured cell (always at least 4.58)."""
        white, black = _parsed("#FFFFFF"), _parsed("#000000")
        return white if contrast(white, ground) > contrast(black, ground) else black

    def table(self, ramp: Ramp) -> NDArray[np.uint8]:
        """The colours of a ramp as rows of (red, green, blue, alpha), lowest value first, for images; shape (n, 4)."""
        return _table(self, ramp)


def contrast(colour_a: QColor, colour_b: QColor) -> float:
    """Contrast ratio of two opaque colours, 1..21. Source: WCAG 2.2, relative luminance."""
    high, low = sorted((_luminance(colour_a), _luminance(colour_b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def current() -> Theme:
    """The theme that is shown now."""
    return Shown.theme


def choice() -> Choice:
    """What was asked of `appearance.apply` last."""
    return Shown.choice


class Shown:
    """What is on the application; it has one look, as the application is one."""

    theme: Theme
    choice: Choice = "light"
    follows = False


@cache
def _parsed(text: str) -> QColor:
    return QColor(text)


@cache
def _over_panel(theme: Theme, series: str, share: float) -> QColor:
    return theme.mix(theme.color("panel"), theme.line(series), share)


def _toned(theme: Theme, table: Mapping[str, str], series: str) -> QColor:
    """The colour of a series, or a tone of it: the second nearer to text, the third to a middle grey."""
    name, _, tone = series.partition(" ")
    return _mixed(theme, table[name], tone) if tone else _parsed(table[name])


@cache
def _mixed(theme: Theme, colour: str, tone: str) -> QColor:
    towards, share = _TONES[tone]
    own = _parsed(colour)
    return theme.mix(own, theme.color("muted" if colour == theme.tokens["text"] else towards), share)


@cache
def _ramp(theme: Theme, ramp: Ramp) -> tuple[QColor, ...]:
    """The colours of a ramp, lowest value first."""
    panel = theme.color("panel")
    if ramp == "grey":
        return _shades(theme, panel, theme.color("text"), _RAMP_STEPS, _GREY_STRONGEST)
    if ramp == "green":
        return _shades(theme, panel, theme.line("green"), _RAMP_STEPS, _SIGNED_STRONGEST)
    if ramp == "surface":
        return _shades(theme, theme.color("surface_low"), theme.color("surface_high"), _RAMP_STEPS, 1.0)
    below = _shades(theme, panel, theme.line("vermillion"), _SIGNED_STEPS, _SIGNED_STRONGEST)
    above = _shades(theme, panel, theme.line("blue"), _SIGNED_STEPS, _SIGNED_STRONGEST)
    return (*reversed(below[1:]), *above)  # the panel stands once, in the middle


def _shades(theme: Theme, low: QColor, high: QColor, steps: int, strongest: float) -> tuple[QColor, ...]:
    return tuple(theme.mix(low, high, step / steps * strongest) for step in range(steps + 1))


def _picked(colours: tuple[QColor, ...], value: float) -> QColor:
    return colours[round(min(1.0, max(0.0, value)) * (len(colours) - 1))]


@cache
def _table(theme: Theme, ramp: Ramp) -> NDArray[np.uint8]:
    import numpy as np  # not at the top: the window's shell is painted before NumPy is loaded

    made = np.array([colour.getRgb() for colour in _ramp(theme, ramp)], dtype=np.uint8)
    made.flags.writeable = False
    return made


def _parts(colour: QColor) -> tuple[float, float, float]:
    return colour.redF(), colour.greenF(), colour.blueF()


def _luminance(colour: QColor) -> float:
    parts = _parts(colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4) for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


_TOKENS = {  # in the light and in the dark theme
    "window": ("#F3F4F7", "#13161B"),
    "panel": ("#FFFFFF", "#1B1F26"),
    "sunken": ("#F7F8FA", "#161A20"),
    "text": ("#1B1F26", "#E7EAF0"),
    "muted": ("#566070", "#A2ACBA"),
    "border": ("#D9DDE4", "#303846"),
    "control": ("#858F9E", "#6F7B8C"),
    "accent": ("#4150C4", "#5B69DE"),
    "on_accent": ("#FFFFFF", "#FFFFFF"),
    "accent_text": ("#4150C4", "#A9B2FF"),
    "selection": ("#E8EAFB", "#2A3056"),
    "hover": ("#EEF0F4", "#262C36"),
    "grid": ("#E9ECF1", "#272E39"),
    "ok": ("#00754F", "#4CC79A"),
    "error": ("#B3261E", "#FF9A8F"),
    "warn": ("#8A5A00", "#F0B84A"),
    "casing": ("#FFFFFF", "#13161B"),
    "surface_low": ("#FFFFFF", "#1B1F26"),
    "surface_high": ("#B4C1D6", "#4B5B78"),
    "iso_line": ("#9FAEC6", "#5B6B88"),
}
_TONES = {"2": ("text", 0.5), "3": ("muted", 0.6)}  # towards what, and how far
_SERIES = {  # line and ink in the light theme, line and ink in the dark one
    "black": ("#1B1F26", "#1B1F26", "#E7EAF0", "#E7EAF0"),
    "orange": ("#C98500", "#8C5C00", "#E69F00", "#EDAE2B"),
    "green": ("#009E73", "#007A58", "#1FB68B", "#2BC79A"),
    "purple": ("#C0639A", "#A3487E", "#CC79A7", "#DB92BA"),
    "vermillion": ("#D55E00", "#B34F00", "#E8722A", "#F0843F"),
    "blue": ("#0072B2", "#0069A6", "#3D9BD9", "#58AEE6"),
    "sky": ("#2F98D3", "#1B73A6", "#56B4E9", "#74C3EF"),
    "yellow": ("#9F9500", "#6F6800", "#F0E442", "#F0E442"),
}
SERIES = tuple(_SERIES)


def _theme(name: Literal["light", "dark"], column: int, faint_share: float, region_share: float) -> Theme:
    tokens = {token: colours[column] for token, colours in _TOKENS.items()}
    lines = {series: colours[2 * column] for series, colours in _SERIES.items()}
    inks = {series: colours[2 * column + 1] for series, colours in _SERIES.items()}
    return Theme(name, tokens, lines, inks, faint_share, region_share)


LIGHT = _theme("light", 0, faint_share=0.25, region_share=0.13)
DARK = _theme("dark", 1, faint_share=0.36, region_share=0.20)
Shown.theme = LIGHT
