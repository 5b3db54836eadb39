from pytestqt.qtbot import QtBot

from widgets.base.section_title import SectionTitle


def test_it_shows_title_and_caption_at_both_ends(qtbot: QtBot) -> None:
    title = SectionTitle("Settings", "for Momentum")
    qtbot.addWidget(title)
    title.resize(288, title.height())
    assert (title.title(), title.caption()) == ("Settings", "for Momentum")
    title.set_caption("")
    assert title.caption() == ""
    assert title.height() == 28
