"""Puts a theme on: palette, style sheet and fonts of the whole application."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from widgets.base import fonts, style
from widgets.base.theme import DARK, FUSION, LIGHT, Choice, Shown, Theme


def apply(app: QApplication, choice: Choice) -> None:
    """Show a theme: Fusion, palette and style sheet; "system" follows the desktop's colour scheme, else light."""
    if not Shown.follows:
        Shown.follows = True
        if not app.property(FUSION):
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(lambda: _follow(app))
    Shown.choice = choice
    _show(app, _wanted(app, choice))


def _wanted(app: QApplication, choice: Choice) -> Theme:
    follows_dark = choice == "system" and app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return DARK if choice == "dark" or follows_dark else LIGHT


def _follow(app: QApplication) -> None:
    wanted = _wanted(app, Shown.choice)
    if wanted is not Shown.theme:
        _show(app, wanted)


def _show(app: QApplication, theme: Theme) -> None:
    # The theme is set first: setPalette tells every widget, and they read `current()` at once. The sheet comes after
    # the palette: the other way round Qt leaves widgets it has styled with the old palette. The old sheet goes first:
    # put on over another, Qt styles each widget anew for each of those that it lies in, which takes five times as long.
    Shown.theme = theme
    app.setStyleSheet("")
    app.setFont(fonts.role_font("body"))
    app.setPalette(palette(theme))
    app.setStyleSheet(style.sheet(theme))


def palette(theme: Theme) -> QPalette:
    """The Qt palette made from a theme's tokens."""
    made = QPalette()
    for role, token in _ROLES.items():
        made.setColor(role, theme.color(token))
    faded = theme.mix(theme.color("panel"), theme.color("muted"), 0.62)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, faded)
    made.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, theme.color("border"))
    return made


_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.ToolTipBase: "panel",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.Light: "panel",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "control",
}
