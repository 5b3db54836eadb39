from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.base import theme
from widgets.grids.share_bars import Bar, BarList, Columns

BARS = (Bar("king", 0.5, "vermillion", target=1.0), Bar("cat", 0.25), Bar("dog", None))


def pixel(image: QImage, x: float, y: float) -> str:
    return QColor(image.pixel(round(x), round(y))).name()


def drawn(columns: Columns) -> QImage:
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(theme.current().color("panel"))
    painter = QPainter(image)
    columns.paint(painter)
    painter.end()
    return image


def test_a_column_is_as_high_as_its_value(qapp: QApplication) -> None:
    image = drawn(Columns(BARS, left=20, top=10, width=30, height=100, room=60))
    colours = theme.current()
    assert pixel(image, 35, 65) == colours.line("vermillion").name()
    assert pixel(image, 35, 56) == colours.color("panel").name()
    assert pixel(image, 65, 90) == colours.color("control").name()
    assert pixel(image, 65, 80) == colours.color("panel").name()
    assert pixel(image, 95, 105) == colours.color("panel").name()  # what was not computed has no bar
    assert pixel(image, 35, 10) == colours.color("text").name()  # the target's line


def test_without_room_columns_bear_no_names(qapp: QApplication) -> None:
    nameless = tuple(Bar("", bar.value, bar.colour, bar.target) for bar in BARS)
    for room, is_same in ((0.0, True), (60.0, False)):
        named, bare = (drawn(Columns(bars, 20, 10, 30, 100, room)) for bars in (BARS, nameless))
        assert (named == bare) == is_same


def made(qtbot: QtBot) -> BarList:
    bars = BarList()
    qtbot.addWidget(bars)
    bars.resize(400, 3 * 20)
    bars.set_bars(BARS)
    bars.show()
    return bars


def test_a_lying_bar_ends_at_its_share(qtbot: QtBot) -> None:
    image = made(qtbot).grab().toImage()
    colours = theme.current()
    room = 400 - 96 - 56
    assert pixel(image, 96 + 0.5 * room - 3, 10) == colours.line("vermillion").name()
    assert pixel(image, 96 + 0.5 * room + 3, 10) == colours.color("panel").name()
    assert pixel(image, 96 + 0.25 * room - 3, 30) == colours.color("control").name()


def test_the_row_under_the_pointer_is_told(qtbot: QtBot) -> None:
    bars = made(qtbot)
    assert [bars.bar_at(QPointF(50, y)) for y in (5, 25, 45, 65)] == ["king", "cat", "dog", ""]
    with qtbot.waitSignal(bars.clicked) as clicked:
        QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=QPointF(50, 25).toPoint())
    assert clicked.args == ["cat"]


def test_what_has_no_room_is_left_out(qtbot: QtBot) -> None:
    bars = made(qtbot)
    bars.resize(400, 40)
    assert bars.room() == 2
    assert bars.bar_at(QPointF(50, 45)) == ""


def test_a_screen_reader_hears_the_shares(qtbot: QtBot) -> None:
    assert made(qtbot).accessibleDescription() == "king 50.0%; cat 25.0%"


def test_an_empty_list_says_why(qtbot: QtBot) -> None:
    bars = made(qtbot)
    before = bars.grab().toImage()
    bars.set_empty("Press Play or Step to begin.")
    assert bars.grab().toImage() != before


def test_runs_that_are_compared_have_hollow_bars_and_columns_of_their_own(qtbot: QtBot) -> None:
    bars = made(qtbot)
    bars.resize(400, 5 * 20)
    bars.set_bars([Bar("king", 0.25, "vermillion", others=(("B", 0.75),)), Bar("cat", 0.5, others=(("B", None),))], "A")
    image = bars.grab().toImage()
    colours, room = theme.current(), 400 - 96 - 2 * 56
    assert pixel(image, 96 + 0.2 * room, 30) == colours.line("vermillion").name()
    assert pixel(image, 96 + 0.5 * room, 30) == colours.color("panel").name()
    edge = {pixel(image, 96 + 0.75 * room + dx, y) for dx in (-1, 0, 1) for y in range(24, 36)}
    assert colours.color("text").name() in edge  # the hollow bar ends there
    assert bars.bar_at(QPointF(50, 5)) == ""  # the row of letters
    assert [bars.bar_at(QPointF(50, y)) for y in (25, 45)] == ["king", "cat"]
    assert bars.room() == 4
    assert bars.accessibleDescription() == "king 25.0% 75.0%; cat 50.0% –"


def test_a_column_of_another_run_is_hollow(qapp: QApplication) -> None:
    bars = (Bar("", 0.2, "blue", others=(("B", 0.8), ("", None))),)
    image, colours = drawn(Columns(bars, left=20, top=10, width=30, height=100, room=0)), theme.current()
    along = {pixel(image, x, 30) for x in range(22, 48)}
    assert colours.color("text").name() in along
    assert pixel(image, 35, 70) == colours.color("panel").name()
