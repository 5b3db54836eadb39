import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from widgets.base import appearance, style, theme
from widgets.base.theme import DARK, LIGHT, Theme


def picture(widget: QWidget) -> QImage:
    widget.show()
    QApplication.processEvents()
    return widget.grab().toImage()


def has_colour(image: QImage, colour: QColor) -> bool:
    points = ((x, y) for y in range(image.height()) for x in range(image.width()))
    return any(image.pixelColor(x, y) == colour for x, y in points)


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    appearance.apply(qapp, "light")
    yield
    if theme.choice() != "light":
        appearance.apply(qapp, "light")


@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=lambda shown: shown.name)
def test_the_sheet_has_only_colours_of_the_theme(qapp: QApplication, shown: Theme) -> None:
    text = re.sub(r'url\("[^"]*"\)', "", style.sheet(shown))
    allowed = {colour.lower() for colour in shown.tokens.values()} | {c.lower() for c in style.mixtures(shown).values()}
    assert {colour.lower() for colour in re.findall(r"#[0-9A-Fa-f]{6}\b", text)} <= allowed
    assert "$" not in text


def test_controls_have_their_heights(qapp: QApplication) -> None:
    sizes = {QPushButton("Reset"): 32, QLineEdit(): 28, QSpinBox(): 28, QComboBox(): 28}
    for widget, height in sizes.items():
        assert widget.sizeHint().height() == height, type(widget).__name__


@pytest.mark.parametrize("kind", [QLineEdit, QSpinBox, QComboBox, QPushButton])
def test_focus_does_not_change_a_widget_s_size(qapp: QApplication, kind: type[QWidget]) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    other, widget = kind(), kind()
    column.addWidget(other)
    column.addWidget(widget)
    page.show()
    page.activateWindow()
    other.setFocus()
    qapp.processEvents()
    before = widget.sizeHint()
    widget.setFocus()
    qapp.processEvents()
    assert widget.hasFocus()
    assert widget.sizeHint() == before


def test_a_primary_button_is_filled_with_accent(qapp: QApplication) -> None:
    button = QPushButton("Play")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert not has_colour(picture(button), LIGHT.color("accent"))
    style.set_look(button, "role", "primary")
    assert has_colour(picture(button), LIGHT.color("accent"))


def test_a_field_in_error_has_a_red_edge_until_it_is_mended(qapp: QApplication) -> None:
    field = QLineEdit("5")
    style.set_look(field, "error", True)
    assert has_colour(picture(field), LIGHT.color("error"))
    style.set_look(field, "error", False)
    assert not has_colour(picture(field), LIGHT.color("error"))


def test_a_ticked_box_shows_its_tick(qapp: QApplication) -> None:
    box = QCheckBox()
    box.setChecked(True)
    assert has_colour(picture(box), LIGHT.color("accent"))
    assert has_colour(picture(box).copy(5, 5, 9, 13), LIGHT.color("on_accent"))


def test_a_slider_fills_what_lies_before_its_handle(qapp: QApplication) -> None:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setFixedWidth(200)
    slider.setValue(50)
    image = picture(slider)
    middle = image.height() // 2
    assert image.pixelColor(30, middle) == LIGHT.color("accent")
    assert image.pixelColor(170, middle) == LIGHT.color("border")


@pytest.mark.parametrize(("kind", "token"), [("Question", "accent_text"), ("Warning", "error"), ("Critical", "error")])
@pytest.mark.parametrize("shown", [LIGHT, DARK], ids=lambda shown: shown.name)
def test_a_box_has_a_sign_of_the_theme(qapp: QApplication, shown: Theme, kind: str, token: str) -> None:
    appearance.apply(qapp, shown.name)
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon[kind])
    box.ensurePolished()
    sign = box.iconPixmap().toImage()
    assert has_colour(sign, shown.color(token))
    assert not sign.pixelColor(0, 0).alpha()
