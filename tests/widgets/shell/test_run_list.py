from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.shell.run_list import RunList, RunRow

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


class Watcher(QObject):
    """Notes where a list is painted, and whether a new layout is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[QRect] = []
        self.layouts = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent) and isinstance(watched, RunList):
            self.painted.append(QRect(event.rect()))
        self.layouts += event.type() == QEvent.Type.LayoutRequest
        return False


def test_new_values_repaint_their_column_and_move_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    runs = made(qtbot)
    column.addWidget(runs)
    window.resize(320, 200)
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    watcher = Watcher()
    runs.installEventFilter(watcher)
    window.installEventFilter(watcher)
    runs.set_values({choice: "not finite" for choice in "abc"})
    QApplication.processEvents()
    assert watcher.layouts == 0
    assert [rect.left() > 150 and rect.top() >= 28 for rect in watcher.painted] == [True]
    runs.set_values({choice: "not finite" for choice in "abc"})
    QApplication.processEvents()
    assert len(watcher.painted) == 1


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


def test_rows_of_the_same_number_lay_out_nothing_anew(qtbot: QtBot) -> None:
    runs = made(qtbot, "")
    laid_out: list[QEvent.Type] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            laid_out.append(event.type())
            return False

    holder = QWidget()
    qtbot.addWidget(holder)
    QVBoxLayout(holder).addWidget(runs)
    holder.show()
    QApplication.processEvents()
    watch = Watch(runs)
    holder.installEventFilter(watch)
    runs.set_rows([RunRow(word, word) for word in ("cat", "dog", "mouse")])
    QApplication.processEvents()
    assert QEvent.Type.LayoutRequest not in laid_out
    runs.set_rows([RunRow("cat", "cat")])
    QApplication.processEvents()
    assert QEvent.Type.LayoutRequest in laid_out


def test_a_row_without_a_series_has_no_mark(qtbot: QtBot) -> None:
    runs = made(qtbot, "")
    pictures = []
    for series in ("blue", ""):
        runs.set_rows([RunRow("a", "", series)])
        pictures.append(runs.grab().toImage())
    assert pictures[0] != pictures[1]


def test_behind_the_title_stands_of_which_run_the_rows_tell(qtbot: QtBot) -> None:
    rows = RunList("methods")
    qtbot.addWidget(rows)
    rows.set_title("Race", "loss")
    buttons = rows.findChildren(QToolButton)
    left = min(button.x() for button in buttons)
    rows.show_run("B")
    assert rows.title() == "Race in B"
    assert min(button.x() for button in buttons) > left
    rows.show_run("")
    assert (rows.title(), min(button.x() for button in buttons)) == ("Race", left)


def test_all_and_none_are_there_where_they_do_not_reach_into_the_captions(qtbot: QtBot) -> None:
    made = RunList("functions")
    qtbot.addWidget(made)
    made.set_title("Nets", "loss", "accuracy")
    made.set_rows([RunRow("tanh", "tanh", "green")])
    ends = [made.findChild(QToolButton, f"param.functions.{end}") for end in ("all", "none")]
    for width, is_seen in ((400, True), (170, False), (400, True)):
        made.resize(width, 60)
        made.set_title("Nets", "loss", "accuracy")
        assert [end.isVisibleTo(made) for end in ends if end] == [is_seen, is_seen]


def test_a_long_text_has_a_column_as_wide_as_it_needs(qtbot: QtBot) -> None:
    runs = made(qtbot, "")
    runs.set_title("Layers", "shape", "weights")
    runs.set_values({"a": ("N, 4, 8", "328"), "b": ("N, 32", "0")})
    short = runs.grab(QRect(0, 28, 150, 28)).toImage()
    runs.set_values({"a": ("N, 4, 8", "328"), "b": ("N, 224, 224, 64", "0")})
    assert runs.grab(QRect(0, 28, 120, 28)).toImage() == short.copy(0, 0, 120, 28)
    wide = runs.grab(QRect(104, 56, 40, 28)).toImage()
    assert len({wide.pixelColor(x, y).name() for x in range(wide.width()) for y in range(wide.height())}) > 2


def test_where_long_values_leave_a_name_no_room_they_are_set_smaller(qtbot: QtBot) -> None:
    """A tensor of five axes beside the name of its layer, as narrow as the side column ever is."""
    runs = made(qtbot, "")
    runs.resize(272, runs.height())
    runs.set_title("Layers", "shape out", "weights")
    seen = {}
    for label in ("TimeDistributed", "TimeDi"):
        runs.set_rows((RunRow("a", label),))
        runs.set_values({"a": ("32, 10, 126, 126, 64", "1 792")})
        seen[label] = runs.grab(QRect(0, 28, 80, 28)).toImage()
    assert seen["TimeDistributed"] != seen["TimeDi"]  # more than its first letter is seen
    ink = {runs.palette().base().color().name()}
    assert len({seen["TimeDistributed"].pixelColor(x, y).name() for x in range(60, 80) for y in range(28)} - ink) > 1


def test_a_long_name_takes_what_its_first_value_leaves(qtbot: QtBot) -> None:
    runs = made(qtbot)
    runs.set_title("Nets", "loss", "accuracy")
    runs.resize(256, runs.height())
    drawn = {}
    for label, value in (("Leaky ReLU", "0.326"), ("Leaky ReL", "0.326"), ("Leaky ReLU", "−1.234e−5")):
        runs.set_rows((RunRow("a", label, "black"), *ROWS[1:]))
        runs.set_values({"a": (value, "0.855")})
        runs.set_focus_row("a")
        drawn[label, value] = runs.grab(QRect(0, 0, 150, runs.row_rect("a").bottom())).toImage()
    whole, cut, tight = drawn.values()
    assert whole != cut  # the last letter is seen
    assert tight not in (whole, cut)


def test_a_value_that_grows_does_not_leave_the_name_under_it(qtbot: QtBot) -> None:
    runs = made(qtbot)
    runs.set_title("Nets", "loss", "accuracy")
    runs.resize(256, runs.height())
    runs.set_rows((RunRow("a", "Leaky ReLU", "black"), *ROWS[1:]))
    watcher = Watcher()
    runs.installEventFilter(watcher)
    for value in ("0.326", "0.327"):
        runs.set_values({"a": (value, "0.855")})
        QApplication.processEvents()
    assert watcher.painted[-1].left() == 0


def test_columns_are_measured_once_until_something_else_is_shown(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    runs, counted, measure = made(qtbot, ""), list[None](), RunList._roomy_widths

    def counting(self: RunList) -> list[int]:
        counted.append(None)
        return measure(self)

    monkeypatch.setattr(RunList, "_roomy_widths", counting)
    changes: list[Callable[[], None]] = [
        lambda: runs.set_title("Race", "loss", "nearest"),
        lambda: runs.set_values(dict.fromkeys("abc", ("0.123", "13th, far away"))),
        lambda: runs.set_rows([RunRow("a", "A name that takes a lot of room, and more of it")]),
        lambda: runs.resize(500, runs.height()),
        lambda: runs.setStyleSheet("color: red"),
    ]
    seen = []
    for change in changes:
        change()
        runs.grab()
        kept, runs._measured = runs._room(), None
        assert kept == runs._room()
        seen.append(str(kept))
    assert len(counted) == 2 * len(changes)
    assert len(set(seen)) > 3
