from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QSlider
from pytestqt.qtbot import QtBot

from widgets.base import appearance
from widgets.shell.transport_bar import SPEEDS, StepCounter, TransportBar, rate

KEYS = ("play", "step", "back", "start", "end")


def made(qtbot: QtBot, width: int = 1100) -> tuple[TransportBar, dict[str, QAction]]:
    actions = {key: QAction(key.title()) for key in KEYS}
    bar = TransportBar(actions)
    qtbot.addWidget(bar)
    bar.resize(width, bar.height())
    bar.show()
    bar.set_unit("Step")
    return bar, actions


def button(bar: TransportBar, name: str) -> QPushButton:
    return next(found for found in bar.findChildren(QPushButton) if found.accessibleName() == name)


def test_the_names_scripts_rely_on(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    assert bar.findChild(QSlider, "transport.position") is bar.scrub_bar
    assert bar.findChild(QComboBox, "transport.speed") is bar.speed_box


def test_each_button_triggers_its_action(qtbot: QtBot) -> None:
    bar, actions = made(qtbot)
    for key, action in actions.items():
        with qtbot.waitSignal(action.triggered):
            button(bar, key.title()).click()


def test_an_action_at_an_end_disables_its_button_but_hides_nothing(qtbot: QtBot) -> None:
    bar, actions = made(qtbot)
    actions["end"].setEnabled(False)
    assert not button(bar, "End").isEnabled()
    assert button(bar, "End").isVisible()


def test_play_becomes_pause_and_keeps_its_width(qtbot: QtBot) -> None:
    bar, actions = made(qtbot)
    play = button(bar, "Play")
    assert (play.text(), play.width()) == ("Play", 88)
    bar.set_playing(True)
    actions["play"].setEnabled(False)
    assert (play.text(), play.width()) == ("Pause", 88)
    bar.set_playing(False)
    assert play.text() == "Play"


def test_moving_the_scrub_bar_is_told_and_showing_a_position_is_not(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    with qtbot.assertNotEmitted(bar.moved):
        bar.show_position(17, 60)
    with qtbot.waitSignal(bar.moved) as moved:
        bar.scrub_bar.setValue(3)
    assert moved.args == [3]


def test_the_counter_names_the_unit_and_never_moves_its_neighbours(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    counter = bar.findChild(StepCounter)
    assert counter is not None
    places = set()
    for t, recorded in ((0, 0), (9, 60), (60, 60), (150_000, 200_000)):
        bar.show_position(t, recorded)
        QApplication.processEvents()
        places.add((counter.geometry().getRect(), bar.scrub_bar.geometry().getRect()))
    assert counter.text() == "Step 150\u2009000 / 200\u2009000"
    assert len(places) == 1
    bar.set_unit("Half-step")
    assert counter.text().startswith("Half-step 150")


def test_the_numbers_after_the_step_keep_their_place(qtbot: QtBot) -> None:
    counter = StepCounter()
    qtbot.addWidget(counter)
    counter.resize(200, 20)
    counter.show_count("Step", 9, 60)
    nine = counter.grab().toImage()
    counter.show_count("Step", 60, 60)
    sixty = counter.grab().toImage()
    left = next(x for x in range(199, 0, -1) if any(nine.pixel(x, y) != nine.pixel(199, 0) for y in range(20)))
    assert all(nine.pixel(x, y) == sixty.pixel(x, y) for x in range(left - 20, 200) for y in range(20))


def test_speeds_are_steps_a_second_then_steps_a_frame(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    assert bar.speed() == 8
    assert [bar.speed_box.itemData(i) for i in range(bar.speed_box.count())] == list(SPEEDS)
    assert [bar.speed_box.itemText(i) for i in (0, 2, 8, 9, 11)] == [
        "4 s/step", "1 step/s", "60 steps/s", "10/frame", "Fastest",
    ]  # fmt: skip
    assert [rate(speed) for speed in (SPEEDS[0], *SPEEDS[-4:])] == [
        (0.25, None), (60.0, None), (None, 10), (None, 100), (None, None),
    ]  # fmt: skip


def test_a_chosen_speed_is_told(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    with qtbot.waitSignal(bar.speed_changed) as changed:
        bar.speed_box.setCurrentIndex(bar.speed_box.findData("10/frame"))
    assert changed.args == ["10/frame"]
    assert bar.speed() == "10/frame"


def test_buttons_have_their_widths_and_the_scrub_bar_all_that_is_left(qtbot: QtBot) -> None:
    bar, _ = made(qtbot, 848)
    QApplication.processEvents()
    widths = [button(bar, key.title()).width() for key in ("start", "back", "play", "step", "end")]
    assert widths == [32, 32, 88, 32, 32]
    assert bar.speed_box.width() == 116
    narrow = bar.scrub_bar.width()
    assert narrow >= 450
    bar.resize(1000, bar.height())
    QApplication.processEvents()
    assert bar.scrub_bar.width() == narrow + 152


def test_a_note_stands_at_the_right_of_the_counter(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    counter = bar.findChild(StepCounter)
    assert counter is not None
    bare = counter.grab().toImage()
    bar.show_note("ends at 36")
    noted = counter.grab().toImage()
    changed = [x for x in range(noted.width()) if any(noted.pixel(x, y) != bare.pixel(x, y) for y in range(14))]
    assert changed[0] > noted.width() / 2
    assert counter.accessibleDescription() == "ends at 36"


def test_steps_that_are_known_before_are_counted(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    bar.show_position(0, 0, 36)
    counter = bar.findChild(StepCounter)
    assert counter is not None
    assert counter.text() == "Step 0 / 36"
    bar.set_unit("Cell")
    assert counter.text() == "Cell 0 / 36"


def test_the_scrub_bar_keeps_room_in_the_narrowest_window(qtbot: QtBot, qapp: QApplication) -> None:
    appearance.apply(qapp, "light")
    bar, _ = made(qtbot, 728)
    QApplication.processEvents()
    assert bar.minimumSizeHint().width() <= 728
    assert bar.scrub_bar.width() >= 120


def test_words_are_set_again_when_the_language_changes(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    bar.speed_box.setItemText(0, "?")
    QApplication.sendEvent(bar, QEvent(QEvent.Type.LanguageChange))
    assert bar.speed_box.itemText(0) == "4 s/step"
    assert button(bar, "Play").text() == "Play"


def test_beats_have_a_slider_of_their_own_only_where_there_are_any(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    QApplication.processEvents()
    plain = bar.grab().toImage()
    slider = bar.findChild(QSlider, "transport.beat")
    assert slider is not None
    assert slider.isHidden()
    bar.set_beats(["forward", "backward", "update"])
    assert slider.isVisible()
    assert (bar.height(), slider.maximum()) == (84, 2)
    bar.set_beats([])
    qtbot.waitUntil(lambda: bar.grab().toImage() == plain)


def test_moving_to_a_beat_is_told_and_showing_one_is_not(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    bar.set_beats(["forward", "backward", "update"])
    slider = bar.findChild(QSlider, "transport.beat")
    assert slider is not None
    with qtbot.assertNotEmitted(bar.beat_moved):
        bar.set_beat(2)
    assert slider.value() == 2
    with qtbot.waitSignal(bar.beat_moved) as moved, qtbot.assertNotEmitted(bar.moved):
        slider.setValue(1)
    assert moved.args == [1]


def test_play_is_outlined_where_another_button_leads_on(qtbot: QtBot) -> None:
    bar, _ = made(qtbot)
    play = button(bar, "Play")
    filled, size = play.grab().toImage(), play.size()
    bar.set_outlined(True)
    assert play.property("role") == "outlined"
    assert play.grab().toImage() != filled
    assert play.size() == size
    bar.set_outlined(False)
    assert play.grab().toImage() == filled
