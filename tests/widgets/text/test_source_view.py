import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit

import widgets.text.source_view
from widgets.base import appearance
from widgets.base.theme import DARK, LIGHT
from widgets.text.source_view import SourceView

TEXT = (
    '\n"""Doc."""\n\n\ndef step(x: float) -> float:\n    # downhill\n    return x - 0.25  # "a"\n'
    + "\n" * 60
    + "end = 'green'\n"
)


@pytest.fixture
def view(qapp: QApplication) -> SourceView:
    appearance.apply(qapp, "light")
    made = SourceView()
    made.resize(600, 300)
    made.show()
    return made


def has_colour(image: QImage, colour: QColor) -> bool:
    return any(image.pixelColor(x, y) == colour for y in range(image.height()) for x in range(image.width()))


def lines(view: SourceView) -> QPlainTextEdit:
    found = view.findChild(QPlainTextEdit)
    assert found is not None
    return found


def marked(view: SourceView) -> tuple[int, ...]:
    return tuple(selection.cursor.blockNumber() + 1 for selection in lines(view).extraSelections())


def picture(view: SourceView) -> QImage:
    QApplication.processEvents()
    return view.grab().toImage()


def test_it_shows_the_text_unchanged(view: SourceView) -> None:
    view.show_source(TEXT, "core/descent.py › step")
    assert view.source() == TEXT
    assert marked(view) == ()


def test_the_line_asked_for_is_marked_and_in_view(view: SourceView) -> None:
    view.show_source(TEXT, "t")
    view.mark_lines(40, 40)
    assert marked(view) == (40,)
    image = picture(view)
    assert has_colour(image.copy(0, 100, 600, 120), LIGHT.color("selection"))
    assert not has_colour(image.copy(0, 240, 600, 60), LIGHT.color("selection"))
    view.mark_lines(5, 7)
    assert marked(view) == (5, 6, 7)
    assert lines(view).cursorForPosition(QPoint(0, 0)).blockNumber() < 5


def test_kinds_of_words_stand_in_their_inks_on_their_lines(view: SourceView) -> None:
    view.show_source(TEXT, "t")
    blocks = [lines(view).document().findBlockByNumber(number) for number in (1, 4, 5, 6, 67)]
    found = [{span.format.foreground().color().name() for span in block.layout().formats()} for block in blocks]
    doc, define, comment, body, string = found
    assert LIGHT.color("muted").name() in doc & comment & body
    assert define >= {LIGHT.color("accent_text").name(), LIGHT.ink("purple").name()}
    assert LIGHT.ink("blue").name() in body
    assert string == {LIGHT.ink("green").name()}


def test_it_follows_the_theme(qapp: QApplication, view: SourceView) -> None:
    view.show_source(TEXT, "t")
    view.mark_lines(5, 5)
    appearance.apply(qapp, "dark")
    image = picture(view)
    appearance.apply(qapp, "light")
    assert has_colour(image, DARK.ink("purple"))
    assert has_colour(image, DARK.color("selection"))
    assert has_colour(image, DARK.color("sunken"))
    assert not has_colour(image, LIGHT.color("selection"))


def test_copy_takes_the_whole_text(view: SourceView) -> None:
    view.show_source(TEXT, "t")
    view.copy()
    assert QApplication.clipboard().text() == TEXT


def test_pygments_is_not_imported_before_a_text_is_shown() -> None:
    root = Path(widgets.text.source_view.__file__).parents[2]
    script = "import sys, widgets.text.source_view; sys.exit('pygments' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=root, check=False).returncode == 0
