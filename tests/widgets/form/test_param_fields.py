from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.run.parameters import Parameter
from widgets.form.param_fields import (
    ChoiceField,
    Field,
    NumberField,
    NumberSlider,
    OpenChoiceField,
    TextField,
    TickField,
    TicksField,
)
from widgets.form.param_scale import scale_of

RATE = Parameter("adam.learning_rate", "number", 0.01, low=1e-12, high=10, log=True)
SURFACE = Parameter("function", "open choice", "bowl", choices=("bowl", "ravine"))


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German))
    yield
    QLocale.setDefault(before)


def told(field: object) -> list[object]:
    values: list[object] = []
    field.submitted.connect(values.append)  # type: ignore[attr-defined]
    return values


def type_over(qtbot: QtBot, field: NumberField, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)


def enter(field: OpenChoiceField, text: str) -> None:
    edit = field.lineEdit()
    assert edit is not None
    edit.selectAll()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


def test_a_typed_number_is_told_once_at_return_and_kept_exactly(qtbot: QtBot) -> None:
    field = NumberField(RATE)
    qtbot.addWidget(field)
    values = told(field)
    type_over(qtbot, field, "0.0123456789")
    assert values == []
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert values == [0.0123456789]
    assert field.text() == "0.0123456789"


def test_a_typed_number_is_told_when_the_focus_goes(qtbot: QtBot) -> None:
    field = NumberField(RATE)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    values = told(field)
    type_over(qtbot, field, "0.5")
    field.clearFocus()
    assert values == [0.5]


@pytest.mark.usefixtures("german")
def test_a_german_desktop_still_shows_and_takes_a_point(qtbot: QtBot) -> None:
    field = NumberField(RATE)
    qtbot.addWidget(field)
    values = told(field)
    field.show_value(0.25)
    assert field.text() == "0.25"
    type_over(qtbot, field, "1.5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert values == [1.5]


def test_a_text_that_is_no_number_is_told_as_it_stands(qtbot: QtBot) -> None:
    field = NumberField(RATE)
    qtbot.addWidget(field)
    values = told(field)
    type_over(qtbot, field, "abc")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert values == ["abc"]


def test_arrow_keys_step_the_number(qtbot: QtBot) -> None:
    field = NumberField(RATE)
    qtbot.addWidget(field)
    field.show_value(0.003)
    values = told(field)
    QTest.keyClick(field, Qt.Key.Key_Up)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert values == [0.004, 0.003]
    assert field.text() == "0.003"


def test_a_number_at_its_limit_can_only_step_back(qtbot: QtBot) -> None:
    field = NumberField(RATE)
    qtbot.addWidget(field)
    field.show_value(10.0)
    assert field.stepEnabled() == NumberField.StepEnabledFlag.StepDownEnabled
    type_over(qtbot, field, "abc")
    assert field.stepEnabled() == NumberField.StepEnabledFlag.StepNone


def test_showing_a_value_tells_nothing(qtbot: QtBot) -> None:
    fields: list[tuple[Field, object]] = [
        (NumberField(RATE), 0.5),
        (TextField(Parameter("start", "pair", (0, 0))), [1.0, 2.0]),
        (ChoiceField(Parameter("init", "choice", "a", choices=("a", "b"))), "b"),
        (OpenChoiceField(SURFACE), "x*y"),
        (TickField("on"), True),
        (TicksField(Parameter("methods", "choices", (), choices=("a", "b"))), ["b"]),
    ]
    for field, value in fields:
        assert isinstance(field, QWidget)
        qtbot.addWidget(field)
        values = told(field)
        field.show_value(value)
        assert values == []
        assert not field.has_draft()


def test_a_slider_set_by_a_script_tells_a_final_value(qtbot: QtBot) -> None:
    slider = NumberSlider("p", scale_of(RATE))
    qtbot.addWidget(slider)
    with qtbot.waitSignal(slider.slid) as slid:
        slider.setValue(slider.maximum())
    assert slid.args == [10.0, True]


def test_a_slider_in_the_hand_is_not_moved_by_the_program(qtbot: QtBot) -> None:
    slider = NumberSlider("p", scale_of(RATE))
    qtbot.addWidget(slider)
    slider.setSliderDown(True)
    slider.setSliderPosition(700)
    slider.show_value(1e-5)
    assert slider.value() == 700


def test_a_click_that_moves_nothing_tells_nothing(qtbot: QtBot) -> None:
    slider = NumberSlider("p", scale_of(RATE))
    qtbot.addWidget(slider)
    slider.show_value(0.0123456)
    with qtbot.assertNotEmitted(slider.slid):
        slider.setSliderDown(True)
        slider.setSliderDown(False)


def test_two_numbers_have_room_and_no_steps(qtbot: QtBot) -> None:
    field = NumberField(Parameter("size", "integer", 3, low=1, high=512, or_pair=True))
    qtbot.addWidget(field)
    field.show_value([384, 512])
    text = field.lineEdit().fontMetrics().horizontalAdvance("[384, 512]")
    field.show()
    assert text + 2 <= field.lineEdit().width()
    wide = field.width()
    field.show_value(3)
    assert field.width() < wide
    field.stepBy(1)
    assert field.text() == "4"


def test_a_slider_of_no_number_is_disabled(qtbot: QtBot) -> None:
    slider = NumberSlider("p", scale_of(RATE))
    qtbot.addWidget(slider)
    slider.show_value([1, 2])
    assert not slider.isEnabled()


def test_a_choice_tells_its_id_and_shows_its_name(qtbot: QtBot) -> None:
    field = ChoiceField(Parameter("init", "choice", "a", choices=("a", "b")))
    qtbot.addWidget(field)
    field.set_choice_texts(str.upper)
    field.show_value("a")
    values = told(field)
    field.setCurrentIndex(1)
    assert values == ["b"]
    assert field.currentText() == "B"


@pytest.mark.parametrize(("text", "meant"), [("ra + x^2", "ra + x^2"), ("Ravine", "ravine")])
def test_an_own_text_is_taken_as_it_stands_and_a_shown_name_means_the_choice(
    qtbot: QtBot, text: str, meant: str
) -> None:
    field = OpenChoiceField(SURFACE)
    qtbot.addWidget(field)
    field.set_choice_texts(str.title)
    field.show_value("bowl")
    values = told(field)
    enter(field, text)
    assert values == [meant]


def test_the_beginning_of_a_choice_is_not_completed(qtbot: QtBot) -> None:
    field = OpenChoiceField(SURFACE)
    qtbot.addWidget(field)
    values = told(field)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    enter(field, "ra")
    assert values == ["ra"]


def test_an_open_choice_can_be_chosen_after_an_own_text(qtbot: QtBot) -> None:
    field = OpenChoiceField(SURFACE)
    qtbot.addWidget(field)
    field.show_value("bowl")
    field.show_value("x*y")
    assert field.currentText() == "x*y"
    values = told(field)
    field.setCurrentIndex(0)
    assert values == ["bowl"]


def test_an_open_choice_keeps_its_choice_when_the_language_changes(qtbot: QtBot) -> None:
    field = OpenChoiceField(SURFACE)
    qtbot.addWidget(field)
    field.show_value("ravine")
    values = told(field)
    field.set_choice_texts(str.upper)
    assert field.currentText() == "RAVINE"
    assert not field.has_draft()
    assert values == []


def test_ticks_tell_the_list_in_the_order_offered(qtbot: QtBot) -> None:
    field = TicksField(Parameter("methods", "choices", (), choices=("a", "b", "c")))
    qtbot.addWidget(field)
    field.show_value(["c"])
    values = told(field)
    box = field.findChild(TickField, "param.methods.a")
    assert box is not None
    box.click()
    assert values == [["a", "c"]]


def test_a_long_label_of_a_tick_is_cut_and_told_by_its_tool_tip(qtbot: QtBot) -> None:
    field = TickField("shade")
    qtbot.addWidget(field)
    field.resize(120, 28)
    field.set_label("Shade the regions of all the centres", "Voronoi")
    assert field.text().endswith("…")
    assert field.toolTip() == "Shade the regions of all the centres\nVoronoi"


def test_a_text_too_long_for_a_field_cannot_be_typed_on(qtbot: QtBot) -> None:
    field = OpenChoiceField(SURFACE)
    qtbot.addWidget(field)
    edit = field.lineEdit()
    assert edit is not None
    field.show_value("a cat sees\na dog and runs")
    assert edit.isReadOnly()
    with qtbot.assertNotEmitted(field.submitted):
        edit.editingFinished.emit()
    for short in ("x*y", SURFACE.choices[0]):
        field.show_value(short)
        assert not edit.isReadOnly()


def test_a_number_that_is_open_says_so(qtbot: QtBot) -> None:
    field = NumberField(Parameter("batch", "integer", None, low=1, high=9, optional=True))
    qtbot.addWidget(field)
    field.set_choice_texts(lambda name: {"null": "not fixed"}.get(name, name))
    field.show_value(None)
    assert field.lineEdit().placeholderText() == "not fixed"
    field.set_choice_texts(str)
    assert field.lineEdit().placeholderText() == "not fixed"  # there is no other word for it
