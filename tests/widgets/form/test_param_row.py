from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from core.run.parameters import Parameter
from widgets.form.param_fields import NumberField, NumberSlider
from widgets.form.param_row import ParamRow

RATE = Parameter("rate", "number", 0.01, low=1e-12, high=10, log=True, unit="px")


def made(qtbot: QtBot, parameter: Parameter = RATE) -> ParamRow:
    row = ParamRow(parameter)
    qtbot.addWidget(row)
    row.set_texts("Rate", "How fast.", str)
    row.resize(288, 60)
    row.show()
    return row


def number_of(row: ParamRow) -> NumberField:
    assert isinstance(row.field, NumberField)
    return row.field


def slider_of(row: ParamRow) -> NumberSlider:
    slider = row.findChild(NumberSlider)
    assert slider is not None
    return slider


def error_of(row: ParamRow) -> QLabel:
    label = row.findChild(QLabel, "param.rate.error")
    assert label is not None
    return label


def enter(qtbot: QtBot, row: ParamRow, text: str) -> None:
    number_of(row).selectAll()
    QTest.keyClicks(number_of(row), text)
    QTest.keyClick(number_of(row), Qt.Key.Key_Return)


def told_by(row: ParamRow) -> list[tuple[object, bool]]:
    told: list[tuple[object, bool]] = []
    row.changed.connect(lambda value, final: told.append((value, final)))
    return told


def test_the_error_is_hidden_until_there_is_one(qtbot: QtBot) -> None:
    row = made(qtbot)
    assert error_of(row).isHidden()
    assert error_of(row).text() == ""
    row.show_error("Too large.")
    assert error_of(row).isVisible()
    assert error_of(row).text() == "Too large."
    assert number_of(row).property("error") is True
    row.show_error("")
    assert error_of(row).isHidden()
    assert number_of(row).property("error") is False


def test_a_refused_text_stays_until_the_value_changes(qtbot: QtBot) -> None:
    row = made(qtbot)
    row.changed.connect(lambda value, final: row.show_error("Not a number."))
    enter(qtbot, row, "abc")
    row.show_value(0.01)
    assert number_of(row).text() == "abc"
    row.show_value(0.02)
    assert number_of(row).text() == "0.02"
    assert error_of(row).text() == ""


def test_a_refused_number_leaves_the_slider_at_the_good_one(qtbot: QtBot) -> None:
    row = made(qtbot)
    before = slider_of(row).value()
    row.changed.connect(lambda value, final: row.show_error("Too large."))
    enter(qtbot, row, "5")
    assert number_of(row).text() == "5"
    assert slider_of(row).value() == before


def test_escape_brings_the_last_good_value_back(qtbot: QtBot) -> None:
    row = made(qtbot)
    row.changed.connect(lambda value, final: row.show_error("Not a number."))
    enter(qtbot, row, "abc")
    QTest.keyClick(number_of(row), Qt.Key.Key_Escape)
    assert number_of(row).text() == "0.01"
    assert error_of(row).isHidden()


def test_escape_takes_back_what_is_being_typed(qtbot: QtBot) -> None:
    row = made(qtbot)
    QTest.keyClicks(number_of(row), "7")
    QTest.keyClick(number_of(row), Qt.Key.Key_Escape)
    assert number_of(row).text() == "0.01"


def test_the_good_value_typed_after_a_refused_one_clears_the_error(qtbot: QtBot) -> None:
    row = made(qtbot)
    told = told_by(row)
    enter(qtbot, row, "abc")
    row.show_error("Not a number.")
    enter(qtbot, row, "0.01")
    row.show_value(0.01)
    assert told == [("abc", True), (0.01, True)]
    assert error_of(row).isHidden()


def test_return_tells_a_refused_text_again(qtbot: QtBot) -> None:
    row = made(qtbot)
    told = told_by(row)
    enter(qtbot, row, "5")
    row.show_error("Raise padding first.")
    QTest.keyClick(number_of(row), Qt.Key.Key_Return)
    assert told == [(5.0, True), (5.0, True)]
    assert error_of(row).isHidden()


def test_what_is_being_typed_stays_while_the_run_plays(qtbot: QtBot) -> None:
    row = made(qtbot)
    number_of(row).selectAll()
    QTest.keyClicks(number_of(row), "0.0")
    row.show_value(0.01)
    assert number_of(row).text() == "0.0"


def test_a_value_taken_is_written_in_its_shortest_form(qtbot: QtBot) -> None:
    row = made(qtbot)
    enter(qtbot, row, "0.0200")
    row.show_value(0.02)
    assert number_of(row).text() == "0.02"


def test_a_value_the_program_did_not_take_is_set_back(qtbot: QtBot) -> None:
    row = made(qtbot)
    enter(qtbot, row, "5")
    row.show_value(0.01)
    assert number_of(row).text() == "0.01"


def test_dragging_tells_values_and_at_the_end_a_final_one(qtbot: QtBot) -> None:
    row = made(qtbot)
    told = told_by(row)
    slider = slider_of(row)
    middle = slider.height() // 2
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(15, middle))
    for x in (30, 40, 50):
        QTest.mouseMove(slider, QPoint(x, middle))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(50, middle))
    assert [final for _, final in told] == [False, False, False, False, True]
    assert told[-1][0] == told[-2][0]
    assert number_of(row).text() == str(told[-1][0])


def test_the_wheel_is_left_to_the_column(qtbot: QtBot) -> None:
    row = made(qtbot)
    place = QPointF(5, 5)
    for target in (number_of(row), slider_of(row)):
        turn = QWheelEvent(
            place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        with qtbot.assertNotEmitted(row.changed):
            QApplication.sendEvent(target, turn)
        assert not turn.isAccepted()


def test_the_texts_name_the_field_for_screen_readers_with_the_unit(qtbot: QtBot) -> None:
    row = made(qtbot)
    assert number_of(row).accessibleName() == "Rate (px)"
    assert number_of(row).toolTip() == "How fast."


def test_an_array_has_a_browse_button_and_tells_its_shape(qtbot: QtBot) -> None:
    row = made(qtbot, Parameter("image", "array", None))
    row.show_value([[0.0, 1.0, 2.0]] * 2)
    assert row.field.text() == "2 × 3 array"  # type: ignore[attr-defined]
    button = row.findChild(QToolButton, "param.image.browse")
    assert button is not None
    with qtbot.waitSignal(row.browse_requested):
        button.click()
