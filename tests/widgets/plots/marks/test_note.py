from PySide6.QtWidgets import QApplication

from widgets.plots.marks.note import Note
from widgets.plots.viewport import Viewport

VIEW = Viewport(0, 10, 0, 10, 200, 100)


def test_a_note_takes_the_corner_and_none_takes_nothing(qapp: QApplication) -> None:
    (box,) = Note("5 points will switch").taken(VIEW)
    assert (box.left(), VIEW.height - box.bottom()) == (8, 6)
    assert Note("").taken(VIEW) == []
