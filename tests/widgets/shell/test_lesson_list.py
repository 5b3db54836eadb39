from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from widgets.base.elided_label import SectionTitle
from widgets.shell.lesson_list import Lesson, LessonList

LESSONS = (
    Lesson("first", "Make it diverge", "Raise the rate.", done=True, result="It diverged."),
    Lesson("second", "Stop the overshooting", "Change one value.", hint="Smaller.", runs=(("only", "Only"),)),
    Lesson(
        "third",
        "See who wins",
        "Watch both.",
        is_task=False,
        question="Which one?",
        runs=(("slow", "Small steps"), ("fast", "Large steps & <more>")),
    ),
)


def made(qtbot: QtBot, current: str = "") -> LessonList:
    lessons = LessonList()
    qtbot.addWidget(lessons)
    lessons.set_lessons(LESSONS)
    lessons.set_current(current)
    lessons.resize(288, 400)
    lessons.show()
    return lessons


def counter(lessons: LessonList) -> str:
    title = lessons.findChild(SectionTitle)
    assert title is not None
    return title.caption.text()


def seen(lessons: LessonList) -> list[str]:
    return [label.text() for label in lessons.findChildren(QLabel) if label.isVisible()]


def button(lessons: LessonList, text: str) -> QAbstractButton:
    return next(b for b in lessons.findChildren(QAbstractButton) if b.isVisible() and b.text() == text)


def test_the_counter_counts_what_is_done(qtbot: QtBot) -> None:
    lessons = made(qtbot)
    assert counter(lessons) == "1 of 3"
    lessons.set_done("third", "The fast one won.")
    lessons.set_done("nowhere", "")
    assert counter(lessons) == "2 of 3"


def test_only_the_current_lesson_is_open(qtbot: QtBot) -> None:
    lessons = made(qtbot, "second")
    assert "Change one value." in seen(lessons)
    assert "Watch both." not in seen(lessons)
    lessons.set_current("third")
    assert "Change one value." not in seen(lessons)


def test_a_click_on_a_title_opens_it_and_closes_it_again(qtbot: QtBot) -> None:
    lessons = made(qtbot)
    QTest.mouseClick(button(lessons, "Stop the overshooting"), Qt.MouseButton.LeftButton)
    assert "Change one value." in seen(lessons)
    QTest.mouseClick(button(lessons, "Stop the overshooting"), Qt.MouseButton.LeftButton)
    assert "Change one value." not in seen(lessons)


def test_a_click_on_a_title_ticks_nothing(qtbot: QtBot) -> None:
    lessons = made(qtbot)
    button(lessons, "Stop the overshooting").click()
    assert counter(lessons) == "1 of 3"


def test_a_task_is_set_up_and_a_scene_is_played(qtbot: QtBot) -> None:
    lessons = made(qtbot, "second")
    with qtbot.waitSignal(lessons.opened) as opened:
        button(lessons, "Set it up").click()
    assert opened.args == ["second", "only"]
    lessons.set_current("third")
    with qtbot.waitSignal(lessons.opened) as opened:
        button(lessons, "Play it").click()
    assert opened.args == ["third", "slow"]


def test_each_run_has_a_link(qtbot: QtBot) -> None:
    lessons = made(qtbot, "third")
    links = next(label for label in lessons.findChildren(QLabel) if label.isVisible() and "href" in label.text())
    assert "Large steps &amp; &lt;more&gt;" in links.text()
    with qtbot.waitSignal(lessons.opened) as opened:
        links.linkActivated.emit("1")
    assert opened.args == ["third", "fast"]


def test_the_hint_is_shown_when_asked_for(qtbot: QtBot) -> None:
    lessons = made(qtbot, "second")
    assert "Smaller." not in seen(lessons)
    button(lessons, "Hint").click()
    assert "Smaller." in seen(lessons)
    button(lessons, "Hide hint").click()
    assert "Smaller." not in seen(lessons)


def test_a_lesson_without_a_hint_offers_none(qtbot: QtBot) -> None:
    lessons = made(qtbot, "third")
    assert not [b for b in lessons.findChildren(QPushButton) if b.isVisible() and b.text() == "Hint"]


def test_the_question_stands_before_and_the_result_after(qtbot: QtBot) -> None:
    lessons = made(qtbot, "third")
    assert "Predict first: Which one?" in seen(lessons)
    assert "The fast one won." not in seen(lessons)
    lessons.set_done("third", "The fast one won.")
    assert "The fast one won." in seen(lessons)


def test_what_is_done_is_told_to_screen_readers(qtbot: QtBot) -> None:
    lessons = made(qtbot)
    assert button(lessons, "Make it diverge").accessibleDescription() == "done"
    assert button(lessons, "See who wins").accessibleDescription() == ""


def test_a_long_title_gets_the_lines_it_needs(qtbot: QtBot) -> None:
    lessons = LessonList()
    qtbot.addWidget(lessons)
    lessons.set_lessons([Lesson("long", "Get three optimizers into three different minima at once", "x")])
    lessons.resize(200, 300)
    lessons.show()
    head = button(lessons, "Get three optimizers into three different minima at once")
    assert head.height() >= head.heightForWidth(head.width()) > 40


def test_the_open_lesson_stays_open_when_texts_come_again(qtbot: QtBot) -> None:
    lessons = made(qtbot, "second")
    lessons.set_lessons(LESSONS)
    QApplication.processEvents()
    assert "Change one value." in seen(lessons)
    assert seen(lessons).count("Change one value.") == 1


def test_words_are_set_again_when_the_language_changes(qtbot: QtBot) -> None:
    lessons = made(qtbot, "second")
    button(lessons, "Set it up").setText("?")
    for widget in (lessons, *lessons.findChildren(QLabel), *lessons.findChildren(QPushButton)):
        parent = widget.parentWidget() or widget
        QApplication.sendEvent(parent, QEvent(QEvent.Type.LanguageChange))
    assert button(lessons, "Set it up")
