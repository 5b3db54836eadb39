from collections.abc import Iterator
from math import nan

import numpy as np
import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton

from widgets.base import appearance, theme
from widgets.base.theme import DARK, LIGHT, SERIES, Theme, contrast


@pytest.fixture(autouse=True)
def _light_again(qapp: QApplication) -> Iterator[None]:
    yield
    appearance.apply(qapp, "light")


class Watcher(QPushButton):
    def __init__(self) -> None:
        super().__init__("watch")
        self.seen: list[str] = []

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.seen.append(theme.current().name)


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=lambda shown: shown.name)
class TestContrast:
    def test_text_and_marks_can_be_told_from_panel(self, shown: Theme) -> None:
        panel = shown.color("panel")
        for token in ("text", "muted", "accent_text", "ok", "error", "warn"):
            assert contrast(shown.color(token), panel) >= 4.5, token
        for token in ("control", "accent"):
            assert contrast(shown.color(token), panel) >= 3, token
        for series in SERIES:
            assert contrast(shown.line(series), panel) >= 3, series
            assert contrast(shown.ink(series), panel) >= 4.5, series

    def test_text_can_be_read_on_every_ground(self, shown: Theme) -> None:
        for ground in ("window", "panel", "sunken", "selection", "hover"):
            assert contrast(shown.color("text"), shown.color(ground)) >= 10, ground
            assert contrast(shown.color("muted"), shown.color(ground)) >= 5.3, ground
        assert contrast(shown.color("on_accent"), shown.color("accent")) >= 4.5

    def test_numbers_can_be_read_in_every_cell(self, shown: Theme) -> None:
        for value in np.linspace(-1, 1, 41):
            cell = shown.signed(float(value))
            assert contrast(shown.text_on(cell), cell) >= 4.58


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=lambda shown: shown.name)
class TestMixtures:
    def test_signed_colours_lean_to_the_sign(self, shown: Theme) -> None:
        low, middle, high = shown.signed(-1), shown.signed(0), shown.signed(1)
        assert middle == shown.color("panel")
        assert low.red() > low.blue()
        assert high.blue() > high.red()
        assert low == shown.mix(shown.color("panel"), shown.line("vermillion"), 0.78)

    def test_values_beyond_the_ends_are_shown_as_the_ends(self, shown: Theme) -> None:
        assert shown.signed(7.0) == shown.signed(1.0)
        assert shown.grey(-1.0) == shown.grey(0.0) == shown.color("panel")
        assert shown.surface(9.0) == shown.color("surface_high")

    def test_a_value_that_is_not_there_is_an_empty_cell(self, shown: Theme) -> None:
        assert shown.signed(nan) == shown.grey(nan) == shown.color("sunken")

    def test_faint_lies_between_line_and_panel(self, shown: Theme) -> None:
        for series in SERIES:
            faint = contrast(shown.faint(series), shown.color("panel"))
            assert 1 < faint < contrast(shown.line(series), shown.color("panel")), series
            assert 1 < contrast(shown.region(series), shown.color("panel")) < faint, series

    def test_tables_hold_the_same_colours(self, shown: Theme) -> None:
        signed = shown.table("signed")
        assert signed.shape == (257, 4)
        assert QColor(*signed[0].tolist()) == QColor(*shown.signed(-1).getRgb())  # type: ignore[misc]
        assert tuple(shown.table("grey")[-1]) == shown.grey(1).getRgb()
        assert QColor(*shown.table("green")[0].tolist()) == shown.color("panel")
        assert shown.table("green")[-1][1] > max(shown.table("green")[-1][[0, 2]])
        with pytest.raises(ValueError, match="read-only"):
            signed[0, 0] = 1


def test_mix_goes_from_the_first_to_the_second() -> None:
    black, white = QColor(0, 0, 0), QColor(255, 255, 255)
    assert LIGHT.mix(black, white, 0.0) == black
    assert LIGHT.mix(black, white, 1.0) == white
    assert LIGHT.mix(black, white, 0.2).red() == 51


def test_both_tables_name_the_same_colours() -> None:
    assert LIGHT.tokens.keys() == DARK.tokens.keys()
    assert set(LIGHT.lines) == set(DARK.lines) == set(LIGHT.inks) == set(DARK.inks) == set(SERIES)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(KeyError):
        LIGHT.color("chartreuse")


def test_widgets_hear_of_a_change_and_read_the_new_theme(qapp: QApplication) -> None:
    appearance.apply(qapp, "light")
    watcher = Watcher()
    watcher.show()
    watcher.seen.clear()
    appearance.apply(qapp, "dark")
    qapp.processEvents()
    assert set(watcher.seen) == {"dark"}
    assert watcher.palette().color(QPalette.ColorRole.ButtonText) == DARK.color("text")
    watcher.seen.clear()
    appearance.apply(qapp, "light")
    qapp.processEvents()
    assert set(watcher.seen) == {"light"}
    assert watcher.palette().color(QPalette.ColorRole.ButtonText) == LIGHT.color("text")


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=lambda shown: shown.name)
def test_words_are_in_the_ink_of_a_series_or_in_a_token(shown: theme.Theme) -> None:
    assert shown.text_colour("blue") == shown.ink("blue")
    assert shown.text_colour("muted") == shown.color("muted")
    assert not set(shown.inks) & set(shown.tokens)
    with pytest.raises(KeyError):
        shown.text_colour("mauve")


def test_a_hidden_widget_hears_of_it_too(qapp: QApplication) -> None:
    appearance.apply(qapp, "light")
    watcher = Watcher()
    appearance.apply(qapp, "dark")
    qapp.processEvents()
    assert watcher.seen[-1:] == ["dark"]


def test_system_is_light_where_the_desktop_says_nothing(qapp: QApplication) -> None:
    appearance.apply(qapp, "dark")
    appearance.apply(qapp, "system")
    assert theme.current() is LIGHT
    assert theme.choice() == "system"


def test_a_change_of_the_desktop_is_followed_only_when_asked(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appearance, "_wanted", lambda app, choice: DARK if choice == "system" else LIGHT)
    appearance.apply(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.current() is LIGHT
    monkeypatch.setattr(theme.Shown, "choice", "system")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.current() is DARK
