import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QToolButton, QWidget

from widgets.base import appearance
from widgets.base.rendering import without_painted_controls
from widgets.base.theme import LIGHT
from widgets.cards.card import Card


@pytest.fixture
def card(qapp: QApplication) -> Card:
    appearance.apply(qapp, "light")
    made = Card("Loss by step", QLabel("body"))
    made.set_subtitle("faint = recorded, ahead of you")
    made.resize(500, 200)
    made.show()
    qapp.processEvents()
    return made


def labels(card: Card) -> QWidget:
    """What stands at the left of the header."""
    found = card.childAt(20, 18)
    assert found is not None
    return found


def test_title_and_subtitle_are_kept_and_spoken(card: Card) -> None:
    assert (card.title(), card.subtitle()) == ("Loss by step", "faint = recorded, ahead of you")
    assert card.accessibleName() == "Loss by step"
    before = card.grab().toImage()
    card.set_subtitle("something else")
    assert card.grab().toImage() != before


def test_the_subtitle_is_cut_first_and_the_tool_tip_has_all(qapp: QApplication, card: Card) -> None:
    assert labels(card).toolTip() == ""
    wide = card.grab().toImage().copy(0, 0, 100, 36)
    card.resize(260, 200)
    qapp.processEvents()
    assert labels(card).toolTip() == "Loss by step · faint = recorded, ahead of you"
    assert card.grab().toImage().copy(0, 0, 100, 36) == wide


def test_a_chip_stands_between_title_and_subtitle(qapp: QApplication, card: Card) -> None:
    plain = card.grab().toImage()
    card.set_chip("beat 2 of 5: forward")
    chipped = card.grab().toImage()
    assert card.chip() == "beat 2 of 5: forward"
    assert chipped.copy(0, 0, 80, 36) == plain.copy(0, 0, 80, 36)  # the title stands where it stood
    card.resize(260, 200)
    qapp.processEvents()
    assert labels(card).toolTip() == "Loss by step · beat 2 of 5: forward · faint = recorded, ahead of you"
    card.resize(500, 200)
    card.set_chip("")
    assert card.grab().toImage() == plain


def test_parts_of_a_subtitle_are_left_out_whole(qapp: QApplication, card: Card) -> None:
    pictures = []
    for subtitle in ("Bowl · drag the ring, as far as you like", "Bowl"):
        card.set_title("Loss")
        card.set_subtitle(subtitle)
        card.resize(200, 200)
        qapp.processEvents()
        pictures.append(card.grab().toImage())
    assert pictures[0] == pictures[1]
    card.set_subtitle("Bowl · drag the ring, as far as you like")
    assert "ring" in labels(card).toolTip()


def test_a_hint_stands_behind_the_subtitle_but_not_on_paper(card: Card) -> None:
    plain = card.grab().toImage()
    card.set_subtitle("faint = recorded, ahead of you", "drag the ring")
    assert card.subtitle() == "faint = recorded, ahead of you · drag the ring"
    assert card.grab().toImage() != plain
    with without_painted_controls():
        assert card.grab().toImage() == plain


def test_a_long_title_does_not_widen_the_card(card: Card) -> None:
    before = card.minimumSizeHint().width()
    card.set_title("A title as long as it gets " * 5)
    assert card.minimumSizeHint().width() == before


def test_the_button_asks_to_be_enlarged(card: Card) -> None:
    spy = QSignalSpy(card.enlarge_requested)
    button = card.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert spy.count() == 1
    assert button.accessibleName() == "Enlarge this panel"
    card.set_enlarged(True)
    assert button.accessibleName() == button.toolTip() == "Back to all panels"
    card.set_enlargeable(False)
    assert not button.isVisible()


def test_a_control_stands_in_the_header(qapp: QApplication, card: Card) -> None:
    control = QComboBox()
    card.add_control(control)
    qapp.processEvents()
    assert control.mapTo(card, control.rect().bottomRight()).y() < 37
    assert control.mapTo(card, control.rect().topLeft()).x() > 200


def test_without_header_the_body_takes_its_place(qapp: QApplication, card: Card) -> None:
    body = card.findChild(QLabel)
    assert isinstance(body, QLabel)
    before = body.y()
    card.set_header_visible(False)
    qapp.processEvents()
    assert body.y() < before
    assert body.y() >= 12


def test_a_second_body_is_refused(card: Card) -> None:
    with pytest.raises(ValueError, match="has a body"):
        card.set_body(QLabel("another"))


def test_it_is_a_panel_with_a_border(card: Card) -> None:
    image = card.grab().toImage()
    assert image.pixelColor(250, 100) == LIGHT.color("panel")
    assert image.pixelColor(250, 0) == LIGHT.color("border")


def test_it_relabels_itself(card: Card, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QCoreApplication, "translate", lambda context, text: f"{context}: {text}")
    QApplication.sendEvent(card, QEvent(QEvent.Type.LanguageChange))
    button = card.findChild(QToolButton)
    assert isinstance(button, QToolButton)
    assert button.toolTip() == "Card: Enlarge this panel"
