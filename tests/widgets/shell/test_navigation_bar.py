from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from widgets.base import appearance, icons, layouts
from widgets.base.theme import DARK, LIGHT
from widgets.shell.navigation_bar import NavigationBar, NavigationTabs

LABELS = ("Alpha", "Beta && gamma", "Delta", "Epsilon")


@pytest.fixture
def tabs(qapp: QApplication) -> Iterator[NavigationTabs]:
    appearance.apply(qapp, "light")
    made = NavigationTabs()
    for label in LABELS:
        made.addTab(QLabel(label), icons.icon("star"), label)
    made.navigation_bar.set_group(0, "First")
    made.navigation_bar.set_group(2, "Second")
    made.resize(500, 400)
    made.show()
    qapp.processEvents()
    yield made
    made.close()
    appearance.apply(qapp, "light")


@pytest.fixture
def bar(tabs: NavigationTabs) -> NavigationBar:
    return tabs.navigation_bar


def picture(bar: NavigationBar) -> QImage:
    QApplication.processEvents()
    return bar.grab().toImage()


def test_labels_lie_horizontally_in_rows(bar: NavigationBar) -> None:
    assert bar.width() == 212
    rows = [bar.row_rect(index) for index in range(4)]
    assert {row.height() for row in rows} == {32}
    assert rows[1].top() - rows[0].top() == 32
    assert rows[2].top() - rows[1].top() == 76


def test_pages_begin_right_of_the_bar(tabs: NavigationTabs) -> None:
    page = tabs.currentWidget()
    assert page.mapTo(tabs, QPoint(0, 0)).x() == 212
    assert page.height() == tabs.height()


def test_the_current_row_is_shown_on_selection_with_an_accent_bar(tabs: NavigationTabs, bar: NavigationBar) -> None:
    tabs.setCurrentIndex(1)
    image, row = picture(bar), bar.row_rect(1)
    assert image.pixelColor(row.right() - 60, row.top() + 4) == LIGHT.color("selection")
    assert image.pixelColor(row.left() + 1, row.center().y()) == LIGHT.color("accent_text")
    other = bar.row_rect(0)
    assert image.pixelColor(other.right() - 60, other.top() + 4) == LIGHT.color("panel")


def test_the_column_is_painted_to_the_bottom_and_follows_the_theme(qapp: QApplication, tabs: NavigationTabs) -> None:
    appearance.apply(qapp, "dark")
    qapp.processEvents()
    image = tabs.grab().toImage()
    assert image.pixelColor(20, 395) == DARK.color("panel")
    assert image.pixelColor(211, 395) == image.pixelColor(211, 100) == DARK.color("border")


def test_badges_change_the_picture_until_a_tick_says_all_done(bar: NavigationBar) -> None:
    pictures = [picture(bar)]
    bar.set_badge(0, 0, 5)
    assert picture(bar) == pictures[0]
    for done in (2, 5):
        bar.set_badge(0, done, 5)
        pictures.append(picture(bar))
    assert pictures[0] != pictures[1] != pictures[2]
    row = bar.row_rect(0)
    greens = [
        pictures[2].pixelColor(x, y) == LIGHT.color("ok")
        for x in range(row.right() - 24, row.right())
        for y in range(row.top(), row.bottom())
    ]
    assert any(greens)


def test_screen_readers_hear_label_and_progress(bar: NavigationBar) -> None:
    bar.set_badge(1, 2, 5)
    assert bar.accessibleTabName(1) == "Beta & gamma, 2 of 5 done"
    assert bar.accessibleTabName(0) == "Alpha"
    bar.setTabText(0, "Renamed")
    assert bar.accessibleTabName(0) == "Renamed"


def test_compact_shows_icons_with_tool_tips_and_back(
    qapp: QApplication, tabs: NavigationTabs, bar: NavigationBar
) -> None:
    assert bar.tabToolTip(1) == ""
    bar.set_compact(True)
    qapp.processEvents()
    assert bar.width() == 52
    assert tabs.currentWidget().mapTo(tabs, QPoint(0, 0)).x() == 52
    assert bar.tabToolTip(1) == "Beta & gamma"
    bar.set_compact(False)
    qapp.processEvents()
    assert bar.width() == 212
    assert bar.tabToolTip(1) == ""


def test_a_label_too_long_for_its_row_has_a_tool_tip(bar: NavigationBar) -> None:
    bar.setTabText(2, "A label that is far too long for the width of a row")
    assert bar.tabToolTip(2).startswith("A label that")


@pytest.mark.parametrize("is_current", [False, True])
def test_the_longest_name_is_whole_beside_its_progress(bar: NavigationBar, is_current: bool) -> None:
    bar.setCurrentIndex(2 if is_current else 0)
    bar.setTabText(2, "Collaborative filtering")
    bar.set_badge(2, 10, 12)
    assert bar.tabToolTip(2) == ""  # it would have its name where that is cut


def test_arrow_keys_choose_and_pass_over_disabled_tabs(tabs: NavigationTabs, bar: NavigationBar) -> None:
    tabs.setTabEnabled(1, False)
    QTest.keyClick(bar, Qt.Key.Key_Down)
    assert tabs.currentIndex() == 2
    QTest.keyClick(bar, Qt.Key.Key_Up)
    assert tabs.currentIndex() == 0
    QTest.keyClick(bar, Qt.Key.Key_Up)
    assert tabs.currentIndex() == 0
    QTest.keyClick(bar, Qt.Key.Key_End)
    assert tabs.currentIndex() == 3
    QTest.keyClick(bar, Qt.Key.Key_Home)
    assert tabs.currentIndex() == 0


def test_a_click_on_a_row_chooses_and_one_on_a_heading_does_not(tabs: NavigationTabs, bar: NavigationBar) -> None:
    heading = bar.tabRect(2).topLeft() + QPoint(30, 20)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=heading)
    assert tabs.currentIndex() == 0
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.row_rect(2).center())
    assert tabs.currentIndex() == 2


def test_the_row_under_the_pointer_is_tinted(bar: NavigationBar) -> None:
    row = bar.row_rect(3)
    QTest.mouseMove(bar, row.center())
    assert picture(bar).pixelColor(row.right() - 60, row.top() + 4) == LIGHT.color("hover")


def paints_of(bar: NavigationBar, change: Callable[[], None]) -> int:
    """How often the bar is painted when something is changed."""

    class Watch(QObject):
        paints = 0

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.paints += event.type() == QEvent.Type.Paint
            return False

    QApplication.processEvents()
    watch = Watch()
    bar.installEventFilter(watch)
    change()
    QApplication.processEvents()
    bar.removeEventFilter(watch)
    return watch.paints


def test_what_a_page_lays_out_anew_paints_no_other(tabs: NavigationTabs, bar: NavigationBar) -> None:
    page, part = QWidget(), QLabel("part")
    layouts.row(part, on=page)
    tabs.addTab(page, "Page")
    tabs.setCurrentWidget(page)
    QApplication.processEvents()

    def ask() -> None:
        for wide in (90, 70, 80):  # each is told to one widget more above it
            part.setFixedWidth(wide)
            QApplication.processEvents()

    assert paints_of(bar, ask) == 0
    bar.set_compact(True)
    QApplication.processEvents()
    assert page.mapTo(tabs, QPoint(0, 0)).x() == bar.width() < 212, "the bar has changed, so pages are laid out anew"
