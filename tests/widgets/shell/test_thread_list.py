"""The list of what is the same elsewhere: by mouse and by keys."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from widgets.shell.scene_list import SceneRow
from widgets.shell.thread_list import ThreadList

FRAME = 8  # px at most, of a window where the platform draws one
ROWS = (SceneRow("row", "A row of W", note="Word2vec", icon="star"), SceneRow("item", "Items", note="Ratings"))


@pytest.fixture
def page(dressed: QApplication, freed: Callable[[QWidget], None]) -> QWidget:
    page = QWidget()
    page.resize(600, 300)
    page.show()
    freed(page)
    return page


@pytest.fixture
def rows(page: QWidget) -> ThreadList:
    rows = ThreadList(page)
    rows.set_rows("The same", ROWS)
    return rows


@pytest.fixture
def chosen(rows: ThreadList) -> list[str]:
    chosen: list[str] = []
    rows.chosen.connect(chosen.append)
    return chosen


def test_its_buttons_are_there_before_it_is_shown(page: QWidget, rows: ThreadList, chosen: list[str]) -> None:
    button = page.findChild(QAbstractButton, "thread.item")
    assert button is not None
    button.click()
    assert chosen == ["item"]


def test_arrows_and_return_choose(page: QWidget, rows: ThreadList, chosen: list[str]) -> None:
    button = QPushButton("Elsewhere", page)
    button.show()
    rows.open_under(button)
    assert rows.isVisible()
    QTest.keyClick(rows.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(rows.focusWidget(), Qt.Key.Key_Return)
    assert (chosen, rows.isVisible()) == (["item"], False)


def test_escape_closes_it(page: QWidget, rows: ThreadList, chosen: list[str]) -> None:
    rows.open_under(page)
    QTest.keyClick(rows.focusWidget(), Qt.Key.Key_Escape)
    assert (chosen, rows.isVisible()) == ([], False)


def test_it_stays_under_its_button(page: QWidget, rows: ThreadList) -> None:
    rows.open_under(page)
    corner = page.mapToGlobal(page.rect().bottomRight())
    assert abs(rows.geometry().right() - corner.x()) < FRAME
    assert 0 < rows.geometry().top() - corner.y() < FRAME
    rows.hide()


def test_other_rows_take_the_place_of_those_before(rows: ThreadList) -> None:
    rows.set_rows("The same", ROWS[:1])
    assert [button.text() for button in rows.buttons()] == ["A row of W"]
