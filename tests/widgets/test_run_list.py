import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from widgets.run_list import RunList, RunRow

ROWS = (RunRow("a", "Alpha", "black"), RunRow("b", "Beta", "orange"), RunRow("c", "Gamma", "green"))


def made(qtbot: QtBot, name: str = "shown") -> RunList:
    runs = RunList(name)
    qtbot.addWidget(runs)
    runs.set_title("Race", "loss now")
    runs.set_rows(ROWS)
    runs.resize(288, runs.sizeHint().height())
    runs.show()
    return runs


def box(runs: RunList, choice: str) -> QCheckBox:
    found = runs.findChild(QCheckBox, f"param.shown.{choice}")
    assert found is not None
    return found


def test_boxes_are_told_when_ticked_and_not_when_set(qtbot: QtBot) -> None:
    runs = made(qtbot)
    with qtbot.assertNotEmitted(runs.toggled):
        runs.set_checked(["a", "b"])
    with qtbot.waitSignal(runs.toggled) as toggled:
        box(runs, "b").click()
    assert toggled.args == ["b", False]
    assert box(runs, "a").isChecked()


def test_a_click_on_a_row_focuses_it_and_ticks_nothing(qtbot: QtBot) -> None:
    runs = made(qtbot)
    with qtbot.waitSignal(runs.focused) as focused, qtbot.assertNotEmitted(runs.toggled):
        QTest.mouseClick(runs, Qt.MouseButton.LeftButton, pos=runs.row_rect("b").center())
    assert focused.args == ["b"]
    assert runs.focus_row() == "b"


def test_setting_the_focus_row_tells_nothing(qtbot: QtBot) -> None:
    runs = made(qtbot)
    with qtbot.assertNotEmitted(runs.focused):
        runs.set_focus_row("c")
    assert runs.accessibleDescription() == "Gamma"


def test_arrow_keys_choose_rows_and_stop_at_the_ends(qtbot: QtBot) -> None:
    runs = made(qtbot)
    told: list[str] = []
    runs.focused.connect(told.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(runs, key)
    assert told == ["a", "b", "c", "c", "b"]


def test_space_ticks_the_focused_row(qtbot: QtBot) -> None:
    runs = made(qtbot)
    runs.set_focus_row("c")
    with qtbot.waitSignal(runs.toggled) as toggled:
        QTest.keyClick(runs, Qt.Key.Key_Space)
    assert toggled.args == ["c", True]


def test_new_values_repaint_only_their_column(qtbot: QtBot) -> None:
    runs = made(qtbot)
    runs.set_values({"a": "0.017"})
    before = runs.grab().toImage()
    runs.set_values({"a": "23.011"})
    after = runs.grab().toImage()
    changed = [x for x in range(288) if any(before.pixel(x, y) != after.pixel(x, y) for y in range(before.height()))]
    assert changed
    assert min(changed) > 190


def test_no_layout_is_asked_for_when_values_change(qtbot: QtBot) -> None:
    runs = made(qtbot)
    hint = runs.sizeHint()
    runs.set_values({choice: "not finite" for choice in "abc"})
    assert runs.sizeHint() == hint


def test_several_columns_are_drawn_apart(qtbot: QtBot) -> None:
    runs = made(qtbot, "")
    runs.set_title("Clusters", "points", "inertia")
    runs.set_values({"a": ("135", "837.5")})
    both = runs.grab().toImage()
    runs.set_values({"a": ("135", "")})
    first = runs.grab().toImage()
    assert both != first
    assert runs.findChildren(QCheckBox) == []


@pytest.mark.parametrize("choice", ["a", "b"])
def test_rows_set_again_keep_their_ticks(qtbot: QtBot, choice: str) -> None:
    runs = made(qtbot)
    runs.set_checked([choice])
    runs.set_rows([RunRow("a", "阿", "black"), RunRow("b", "贝", "orange")])
    assert box(runs, choice).isChecked()
    assert box(runs, "a").accessibleName() == "阿"


def test_a_click_beside_the_rows_does_nothing(qtbot: QtBot) -> None:
    runs = made(qtbot)
    with qtbot.assertNotEmitted(runs.focused):
        QTest.mouseClick(runs, Qt.MouseButton.LeftButton, pos=QPoint(50, 10))
