from __future__ import annotations

import pytest
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.base.visibility import FirstPaint, Uncovered


class Painted(QWidget):
    """A widget that notes its paints."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        self.seen.append("paint")


def test_it_is_called_once_and_after_the_paint(qtbot: QtBot) -> None:
    widget = Painted()
    qtbot.addWidget(widget)
    FirstPaint(widget, lambda: widget.seen.append("call"))
    widget.show()
    qtbot.waitUntil(lambda: "call" in widget.seen)
    before = len(widget.seen)
    assert widget.seen.index("paint") < widget.seen.index("call")
    widget.update()
    qtbot.waitUntil(lambda: len(widget.seen) > before)
    assert widget.seen.count("call") == 1


def test_it_is_called_where_the_widget_goes_out_of_sight_unpainted(qtbot: QtBot) -> None:
    stack, widget = QStackedWidget(), Painted()
    qtbot.addWidget(stack)
    stack.addWidget(widget)
    stack.addWidget(QWidget())
    stack.show()
    FirstPaint(widget, lambda: widget.seen.append("call"))
    stack.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "call" in widget.seen)
    assert widget.seen == ["call"]


def test_a_widget_that_is_gone_calls_nothing(qtbot: QtBot) -> None:
    widget = Painted()
    called: list[str] = []
    FirstPaint(widget, lambda: called.append("call"))
    widget.show()
    widget.deleteLater()
    with qtbot.waitSignal(widget.destroyed):
        pass
    assert not called


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
