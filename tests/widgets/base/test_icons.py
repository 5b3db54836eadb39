import re
from importlib.resources import files

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette
from PySide6.QtWidgets import QApplication

from widgets.base import appearance, icons
from widgets.base.theme import DARK, LIGHT

NAMES = sorted(entry.name.removesuffix(".svg") for entry in files("resources").joinpath("icons").iterdir())


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    appearance.apply(qapp, "light")


def drawn(icon: QIcon, side: int, mode: QIcon.Mode = QIcon.Mode.Normal, ratio: float = 1.0) -> QImage:
    return icon.pixmap(QSize(side, side), ratio, mode).toImage()


def shows(image: QImage, colour: QColor) -> bool:
    """Whether the fully covered pixels have that colour, but for rounding, and there are some."""
    points = [image.pixelColor(x, y) for y in range(image.height()) for x in range(image.width())]
    solid = [point for point in points if point.alpha() == 255]
    near = [abs(a - b) <= 2 for point in solid for a, b in zip(rgb(point), rgb(colour), strict=True)]
    return bool(near) and all(near)


def rgb(colour: QColor) -> tuple[int, int, int]:
    return colour.red(), colour.green(), colour.blue()


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_something(name: str) -> None:
    image = drawn(icons.icon(name), 24)
    assert shows(image, LIGHT.color("text"))


def test_icons_name_no_colour_of_their_own() -> None:
    for name in NAMES:
        text = files("resources").joinpath("icons", f"{name}.svg").read_text("utf-8")
        assert set(re.findall(r'(?:fill|stroke)="(.*?)"', text)) <= {"none", "currentColor"}, name


def test_an_icon_follows_the_theme(qapp: QApplication) -> None:
    icon = icons.icon("play")
    assert shows(drawn(icon, 24), LIGHT.color("text"))
    appearance.apply(qapp, "dark")
    assert shows(drawn(icon, 24), DARK.color("text"))


def test_an_icon_takes_a_token_and_fades_when_disabled() -> None:
    icon = icons.icon("play", "on_accent")
    assert shows(drawn(icon, 24), LIGHT.color("on_accent"))
    faded = drawn(icon, 24, QIcon.Mode.Disabled)
    off = QApplication.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert shows(faded, off)
    assert off not in (LIGHT.color("on_accent"), LIGHT.color("text"))


def test_an_icon_is_drawn_anew_for_a_finer_screen() -> None:
    fine = drawn(icons.icon("circle"), 16, ratio=2.0)
    assert fine.size() == QSize(32, 32)
    enlarged = drawn(icons.icon("circle"), 16).scaled(32, 32)
    assert fine != enlarged


def test_a_copied_icon_still_draws() -> None:
    assert shows(drawn(QIcon(icons.icon("moon")), 24), LIGHT.color("text"))


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        icons.icon("no-such-icon")


def test_pixmap_has_the_asked_size_and_colour() -> None:
    made = icons.pixmap("circle-check-filled", 16, QColor(LIGHT.color("ok")), 2.0)
    assert (made.width(), made.devicePixelRatio()) == (32, 2.0)
    assert shows(made.toImage(), LIGHT.color("ok"))


def test_an_icon_that_is_changed_leaves_the_one_it_was_copied_from() -> None:
    play = icons.icon("play")
    changed = QIcon(play)
    changed.addPixmap(icons.pixmap("pause", 4, QColor("red")))  # Qt asks for an engine of its own
    for icon in (play, changed):
        assert not drawn(icon, 24).isNull()
