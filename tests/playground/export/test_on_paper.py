from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from playground.export.on_paper import on_paper, without_controls, without_fields
from playground.export.pictures import image, of_panel, of_screen
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window
from widgets.base import theme

pytestmark = pytest.mark.usefixtures("dressed")


def inked(picture: QImage) -> int:
    """Count the pixels that are not of the ground."""
    ground = picture.pixel(0, 0)
    return sum(picture.pixel(x, y) != ground for x in range(picture.width()) for y in range(picture.height()))


def drawn(field: QWidget, qtbot: Any) -> QImage:
    return image(of_panel(panel_with(field, qtbot)))


def panel_with(field: QWidget, qtbot: Any) -> QWidget:
    panel = QWidget()
    qtbot.addWidget(panel)
    QVBoxLayout(panel).addWidget(field)
    panel.resize(140, 60)
    panel.show()
    return panel


def filled_combo() -> QComboBox:
    combo = QComboBox()
    combo.addItem("Elbow")
    return combo


@pytest.mark.parametrize("make", [QPushButton, QSlider, QLineEdit])
def test_buttons_sliders_and_empty_fields_leave_nothing(make: Any, qtbot: Any) -> None:
    assert inked(drawn(make(), qtbot)) == 0


@pytest.mark.parametrize("make", [lambda: QLineEdit("Elbow"), filled_combo])
def test_what_a_field_holds_is_plain_text(make: Any, qtbot: Any) -> None:
    panel = panel_with(make(), qtbot)
    as_text, as_label = inked(image(of_panel(panel))), inked(drawn(QLabel("Elbow"), qtbot))
    assert 0 < as_text <= 1.2 * as_label
    assert inked(panel.grab().toImage()) > 2 * as_text  # on the screen it is a field as before


def test_a_label_that_is_a_hint_is_not_drawn(qtbot: Any) -> None:
    label = QLabel("click one")
    panel = panel_with(label, qtbot)
    assert inked(image(of_panel(panel))) > 0
    label.setProperty("hint", True)
    assert inked(image(of_panel(panel))) == 0


def test_scroll_bars_are_not_drawn(qtbot: Any) -> None:
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(QLabel("\n" * 200))
    assert inked(drawn(area, qtbot)) == 0


def test_nothing_moves_meanwhile(qtbot: Any) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    button = QPushButton("Compute", panel)
    panel.show()
    before = button.geometry()
    with without_fields(panel):
        assert button.isVisible()
        assert button.geometry() == before


def test_a_tab_gives_its_pictures_the_room_of_all_that_can_be_pressed(tab: TopicTab) -> None:
    tab.stage.card.show()
    parts = (tab.header, tab.centre, tab.numbers, tab.transport, tab.side, *tab.card.buttons())
    before = {part: (part.geometry(), part.isVisible()) for part in parts}
    title = tab.centre.second.title()
    with without_controls(tab):
        assert not [part for part in (tab.header, tab.transport, tab.stage.card, tab.side) if part.isVisible()]
        assert not [part for part in tab.findChildren(QAbstractButton) if part.isVisible()]
        assert not [part for part in tab.findChildren(QTabBar) if part.isVisible()]
        assert tab.centre.height() > before[tab.centre][0].height()
        assert tab.centre.width() > before[tab.centre][0].width()
        assert tab.centre.second.title() == tab.centre.second.accessibleName() != title
    assert {part: (part.geometry(), part.isVisible()) for part in parts} == before
    assert tab.centre.second.title() == title


@pytest.mark.parametrize("topic", ["convolution", "cnn", "word2vec"])  # with switches, folded tabs, and a text above
def test_on_a_slide_of_a_tab_nothing_can_be_pressed(window: Window, topic: str) -> None:
    tab = window.visit(topic)
    with on_paper(tab, ""):
        seen = [part for part in tab.findChildren(QWidget) if part.isVisibleTo(tab)]
    assert not [part for part in seen if isinstance(part, QAbstractButton | QAbstractSlider | QTabBar)]
    assert [part for part in seen if part in tab.plots().values()]


def test_what_is_hidden_already_stays_hidden(tab: TopicTab) -> None:
    tab.stage.card.hide()
    with without_controls(tab):
        pass
    assert tab.stage.card.isHidden()


def test_a_theme_is_put_on_for_the_picture_alone(tab: TopicTab) -> None:
    with on_paper(None, "dark"):
        dark = image(of_screen(tab, QSize(200, 150)))
        assert theme.current().is_dark
    assert theme.choice() == "light"
    light = image(of_screen(tab, QSize(200, 150)))
    assert dark.pixelColor(1, 1).lightness() < 60 < light.pixelColor(1, 1).lightness()


def test_a_fault_while_drawing_leaves_theme_and_controls_as_they_were(tab: TopicTab) -> None:
    with pytest.raises(ZeroDivisionError), on_paper(tab, "dark"):
        raise ZeroDivisionError
    assert theme.choice() == "light"
    assert tab.transport.isVisible()
