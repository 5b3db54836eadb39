from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from widgets.shell.side_column import SideColumn


def made(qtbot: QtBot, height: int) -> tuple[SideColumn, list[QLabel]]:
    column = SideColumn()
    qtbot.addWidget(column)
    parts = [QLabel(f"part {number}") for number in range(3)]
    for part in parts:
        part.setMinimumHeight(100)
        column.add_section(part)
    column.resize(320, height)
    column.show()
    QApplication.processEvents()
    return column, parts


def rules(column: SideColumn) -> int:
    return sum(w.property("role") == "rule" and w.isVisible() for w in column.findChildren(QWidget))


def test_the_width_is_fixed_and_smaller_when_compact(qtbot: QtBot) -> None:
    column, _ = made(qtbot, 600)
    assert column.width() == 320
    column.set_compact(True)
    assert column.width() == 288


def test_rules_stand_between_sections_only(qtbot: QtBot) -> None:
    column, parts = made(qtbot, 600)
    assert rules(column) == 2
    column.set_section_visible(parts[0], False)
    assert rules(column) == 1
    column.set_section_visible(parts[0], True)
    assert rules(column) == 2


def test_nothing_becomes_narrower_when_it_scrolls(qtbot: QtBot) -> None:
    column, parts = made(qtbot, 600)
    wide = parts[0].width()
    column.resize(320, 150)
    QApplication.processEvents()
    assert column.verticalScrollBar().isVisible()
    assert parts[0].width() == wide
    assert not column.horizontalScrollBar().isVisible()


def test_parts_stand_16_px_from_both_edges(qtbot: QtBot) -> None:
    column, parts = made(qtbot, 600)
    assert parts[0].mapTo(column, parts[0].rect().topLeft()).x() == 16
    assert parts[0].width() == 320 - 32
