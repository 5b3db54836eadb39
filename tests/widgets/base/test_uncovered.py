from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.base.uncovered import Uncovered


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.stack = QStackedWidget()  # type: ignore[attr-defined]
    QVBoxLayout(made).addWidget(made.stack)  # type: ignore[attr-defined]
    for _ in range(2):
        made.stack.addWidget(QWidget())  # type: ignore[attr-defined]
    return made


def told(page: QWidget, qapp: QApplication) -> list[str]:
    seen: list[str] = []
    stack: QStackedWidget = page.stack  # type: ignore[attr-defined]
    watch = Uncovered(page, [stack.widget(0), stack.widget(1)])  # type: ignore[list-item]
    watch.happened.connect(lambda: seen.append("told"))
    return seen


def test_a_panel_that_comes_into_view_is_told_once(page: QWidget, qapp: QApplication, qtbot: QtBot) -> None:
    seen = told(page, qapp)
    page.show()
    page.stack.setCurrentIndex(1)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: seen == ["told"])
    page.stack.hide()  # type: ignore[attr-defined]
    page.stack.show()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: seen == ["told"] * 2)


def test_the_page_itself_coming_into_view_is_not_told(page: QWidget, qapp: QApplication, qtbot: QtBot) -> None:
    seen = told(page, qapp)
    for _ in range(2):
        page.show()
        qtbot.waitExposed(page)
        qapp.processEvents()
        page.hide()
        qapp.processEvents()
    page.stack.setCurrentIndex(1)  # type: ignore[attr-defined]
    qapp.processEvents()
    assert seen == []
