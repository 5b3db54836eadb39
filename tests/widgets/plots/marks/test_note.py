from PySide6.QtWidgets import QApplication

from widgets.plots.marks.note import Note
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 200, 100)


def test_a_note_takes_the_corner_and_none_takes_nothing(qapp: QApplication) -> None:
    (box,) = Note("5 points will switch").taken(VIEW)
    assert (box.left(), VIEW.height - box.bottom()) == (8, 6)
    assert Note("").taken(VIEW) == []


def test_a_note_cut_once_is_whole_where_there_is_room_again(qapp: QApplication) -> None:
    note = Note("a note of which the half at most has room in a narrow picture")
    (wide,) = note.taken(Viewport(0, 10, 0, 10, 800, 100))
    (narrow,) = note.taken(Viewport(0, 10, 0, 10, 100, 100))
    assert narrow.width() < wide.width()
    assert note.taken(Viewport(0, 10, 0, 10, 800, 100)) == [wide]
