import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from widgets.base import theme
from widgets.shell.scrub_bar import ScrubBar


def made(qtbot: QtBot, t: int, recorded: int, limit: int) -> ScrubBar:
    bar = ScrubBar()
    qtbot.addWidget(bar)
    bar.resize(220, 24)
    bar.set_unit("Step")
    bar.show_position(t, recorded, limit)
    return bar


def test_a_click_jumps_to_the_step_under_the_pointer(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 60, 60)
    with qtbot.waitSignal(bar.moved) as moved:
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.x_of(30), 12))
    assert moved.args == [30]


def test_a_click_beyond_the_record_goes_to_its_end(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 60, 200)
    with qtbot.waitSignal(bar.moved) as moved:
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(205, 12))
    assert moved.args == [60]


def test_a_script_moves_it_by_its_value(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 60, 60)
    with qtbot.waitSignal(bar.moved) as moved:
        bar.setValue(17)
    assert moved.args == [17]


def test_showing_a_position_tells_nothing(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 60, 60)
    with qtbot.assertNotEmitted(bar.moved):
        bar.show_position(5, 61, 100)
        bar.show_position(1, 3, 100)
    assert (bar.value(), bar.maximum()) == (1, 3)


def test_dragging_tells_every_step(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 60, 60)
    told: list[int] = []
    bar.moved.connect(told.append)
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.x_of(10), 12))
    QTest.mouseMove(bar, QPoint(bar.x_of(20), 12))
    QTest.mouseMove(bar, QPoint(bar.x_of(15), 12))
    assert told == [10, 20, 15]


def test_a_handle_in_the_hand_stays_there(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 60, 60)
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.x_of(40), 12))
    bar.show_position(12, 60, 60)
    assert bar.value() == 40


@pytest.mark.parametrize(
    ("recorded", "known", "span"),
    [(0, 0, 0), (17, 0, 17), (0, 36, 36), (20, 36, 36), (60, 36, 60), (150_000, 0, 150_000)],
)
def test_the_bar_ends_with_the_record_or_where_the_run_is_known_to_end(
    qtbot: QtBot, recorded: int, known: int, span: int
) -> None:
    assert made(qtbot, 0, recorded, known).span() == span


def test_the_handle_stands_at_the_right_end_where_the_position_is_the_end(qtbot: QtBot) -> None:
    for recorded in (1, 43, 2000):
        bar = made(qtbot, recorded, recorded, 0)
        assert bar.x_of(bar.value()) == bar.width() - bar.margin


def test_a_mark_tells_of_itself_where_it_stands_and_only_there(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 60, 60)
    bar.set_marks([(9, "η 0.004 → 0.003")], [9, 50], {9: "converged", 50: "epoch"}.__getitem__)
    assert bar.mark_at(bar.x_of(9)) == "Step 9: η 0.004 → 0.003\nStep 9: converged"
    assert bar.mark_at(bar.x_of(30)) == ""


def test_many_marks_in_one_place_are_not_all_told(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 2000, 2000)
    asked: list[int] = []
    bar.set_marks([], range(2000), lambda t: asked.append(t) or "epoch")  # type: ignore[func-returns-value]
    assert bar.mark_at(100).endswith("…")
    assert len(bar.mark_at(100).splitlines()) == 7
    assert len(asked) < 500  # of those far away nobody asked


def test_played_recorded_and_empty_parts_differ(qtbot: QtBot) -> None:
    bar = made(qtbot, 5, 10, 20)
    image = bar.grab().toImage()
    colours = [image.pixelColor(bar.x_of(step), 12).name() for step in (2, 8, 17)]
    assert colours[0] == theme.current().color("accent").name()
    assert len(set(colours)) == 3


def test_a_change_is_drawn_at_its_step(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 20, 20)
    before = bar.grab().toImage()
    bar.set_marks([(10, "changed")], [])
    after = bar.grab().toImage()
    assert before.pixelColor(bar.x_of(10), 12) != after.pixelColor(bar.x_of(10), 12)
    assert before.pixelColor(bar.x_of(15), 12) == after.pixelColor(bar.x_of(15), 12)


def test_keys_are_left_to_the_actions_of_the_window(qtbot: QtBot) -> None:
    bar = made(qtbot, 5, 20, 20)
    with qtbot.assertNotEmitted(bar.moved):
        for key in (Qt.Key.Key_Right, Qt.Key.Key_End, Qt.Key.Key_Home):
            QTest.keyClick(bar, key)
    assert bar.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_a_click_on_a_tick_goes_to_its_event(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 2000, 2000)
    bar.set_marks([], [1013])
    with qtbot.waitSignal(bar.moved, check_params_cb=lambda t: t == 1013):
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.x_of(1013) + 3, bar.height() - 3))
    bar.setValue(0)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.x_of(1013) + 3, 3))
    assert bar.value() != 1013  # above the ticks a click means the place itself


def test_where_play_pauses_is_marked_and_told(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 60, 60)
    plain = bar.grab().toImage()
    bar.set_pauses([20])
    assert bar.grab().toImage() != plain
    assert bar.mark_at(bar.x_of(20)) == "Step 20: play pauses here"
    assert bar.mark_at(bar.x_of(40)) == ""


def test_a_line_below_is_as_long_as_the_record_of_another_run(qtbot: QtBot) -> None:
    bar = made(qtbot, 0, 20, 20)
    before = bar.grab().toImage()
    bar.show_others([("B", 8)])
    after = bar.grab().toImage()
    below = [x for x in range(bar.width()) if any(before.pixel(x, y) != after.pixel(x, y) for y in range(16, 24))]
    assert bar.x_of(0) - 2 <= min(below) < bar.x_of(1)
    assert abs(max(below) - bar.x_of(8)) <= 2
    bar.show_others([("B", 800)])
    bar.show_others([])
    assert bar.grab().toImage() == before


def test_while_a_run_grows_its_bar_is_not_painted_anew(qtbot: QtBot) -> None:
    bar = made(qtbot, 5, 5, 0)
    bar.show()
    QApplication.processEvents()
    painted = Painted(bar)
    for t in (6, 7, 8):
        bar.show_position(t, t)
        QApplication.processEvents()
    assert painted.times == 0
    bar.show_position(4, 8)
    QApplication.processEvents()
    assert painted.times == 1
    bar.set_marks([], [2])
    QApplication.processEvents()
    bar.show_position(9, 9)  # the handle at the end again, and the tick elsewhere
    QApplication.processEvents()
    assert painted.times == 3


def test_while_compared_runs_grow_together_the_bar_is_not_painted_anew(qtbot: QtBot) -> None:
    bar = made(qtbot, 5, 5, 0)
    bar.show_others([("B", 5)])
    bar.show()
    QApplication.processEvents()
    painted = Painted(bar)
    for t in (6, 7, 8):
        bar.show_position(t, t)
        bar.show_others([("B", t)])
        QApplication.processEvents()
    assert painted.times == 0
    bar.show_others([("C", 8)])
    QApplication.processEvents()
    assert painted.times == 1
    bar.show_others([("C", 4)])
    QApplication.processEvents()
    assert painted.times == 2


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False
