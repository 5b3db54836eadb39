from pytestqt.qtbot import QtBot

from widgets.base.elided_label import ElidedLabel, SectionTitle

LONG = "A label that is far too long for so narrow a place"


def test_what_is_cut_short_is_told_whole_by_the_tool_tip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(108, 28)
    label.set_text(LONG, "What it does.")
    assert label.toolTip() == f"{LONG}\nWhat it does."
    label.resize(600, 28)
    label.grab()
    assert label.toolTip() == "What it does."


def test_it_never_asks_for_width_but_for_a_line(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.set_text(LONG)
    assert label.minimumSizeHint().width() == 0
    assert label.minimumSizeHint().height() > 10


def test_a_cut_text_ends_within_the_label(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(108, 28)
    label.set_text("Short")
    short = label.grab().toImage()
    label.set_text(LONG)
    assert label.grab().toImage() != short
    assert label.text() == LONG


def test_it_shows_title_and_caption_at_both_ends(qtbot: QtBot) -> None:
    title = SectionTitle()
    title.title.set_text("Settings")
    title.caption.set_text("for Momentum")
    qtbot.addWidget(title)
    title.resize(288, title.height())
    assert (title.title.text(), title.caption.text()) == ("Settings", "for Momentum")
    title.caption.set_text("")
    assert title.caption.text() == ""
    assert title.height() == 28


def test_a_title_is_whole_where_its_caption_is_cut(qtbot: QtBot) -> None:
    heading = SectionTitle()
    qtbot.addWidget(heading)
    heading.title.set_text("At the cursor")
    heading.caption.set_text(LONG)
    heading.resize(220, 28)
    heading.grab()
    assert heading.title.width() >= heading.title.sizeHint().width()
    assert heading.title.toolTip() == ""
    assert heading.caption.toolTip() == LONG
