from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget

from widgets.base import appearance, fonts
from widgets.base.theme import DARK, LIGHT
from widgets.text.formula import FormulaView, Row, Term


def strip(velocity: str = "0.308", gradient: str = "23.95") -> list[Row]:
    left = [Term(velocity, "v", "orange", bold=True), Term(" = 0.90 × 0.422 − 0.003 × "), Term(gradient, "g")]
    right = [Term("3.774 = 3.466 + "), Term(velocity, "v", "orange")]
    rule = [Term("v", "v", "orange"), Term(" ← βv − η "), Term("∇f(θ)", "g")]
    return [Row("Rule", [rule]), Row("x axis", [left, right]), Row("In words", prose="The ball overshoots.")]


@pytest.fixture
def view(qapp: QApplication, freed: Callable[[QWidget], None]) -> FormulaView:
    appearance.apply(qapp, "light")
    made = FormulaView()
    freed(made)
    made.resize(860, 72)
    made.set_rows(strip())
    made.show()
    qapp.processEvents()
    return made


def place(view: FormulaView, text: str) -> float:
    return next(piece.left for piece in view.pieces if piece.text == text)


def has_colour(image: QImage, colour: QColor) -> bool:
    return any(image.pixelColor(x, y) == colour for y in range(image.height()) for x in range(image.width()))


def find(view: FormulaView, mark: str) -> QPoint:
    spots = (QPoint(x, y) for y in range(0, view.height(), 4) for x in range(0, view.width(), 2))
    return next(spot for spot in spots if view.mark_at(QPointF(spot)) == mark)


def advance(role: str, text: str) -> float:
    font = fonts.role_font("formula")
    font.setBold(role == "strong")
    return QFontMetricsF(font).horizontalAdvance(text)


def sign_places(view: FormulaView, row: int) -> list[float]:
    """Where the signs of a row stand, from the pieces they are in."""
    pieces = [piece for piece in view.pieces if piece.row == row and piece.role in ("term", "strong")]
    found = []
    for piece in pieces:
        index = next((piece.text.index(sign) for sign in "=←" if sign in piece.text), -1)
        if index >= 0:
            found.append(piece.left + advance(piece.role, piece.text[:index]))
    return found


def test_equals_signs_stand_below_each_other(view: FormulaView) -> None:
    assert sign_places(view, 0)[0] == pytest.approx(sign_places(view, 1)[0])


def test_a_sign_that_comes_and_goes_moves_nothing(view: FormulaView) -> None:
    before = [sign_places(view, row) for row in (0, 1)]
    words = place(view, "The ball overshoots.")
    view.set_rows(strip("−0.366"))
    assert [sign_places(view, row) for row in (0, 1)] == before
    assert place(view, "The ball overshoots.") == words


def test_a_reserved_width_keeps_the_places_of_what_follows(view: FormulaView) -> None:
    def after(text: str) -> float:
        view.set_rows([Row("x", [[Term("a = "), Term(text, width=8), Term(" × b")]])])
        return place(view, " × b")

    assert after("0.422") == after("(−0.427)")


def test_the_picture_does_not_depend_on_what_was_shown_before(qapp: QApplication, view: FormulaView) -> None:
    first = view.grab().toImage()
    view.set_rows(strip("−123456.789", "(−99999999)"))
    view.grab()
    view.set_rows(strip())
    qapp.processEvents()
    assert view.grab().toImage() == first


def test_same_rows_cost_no_repaint_and_numbers_no_layout(view: FormulaView) -> None:
    hint = view.sizeHint()
    view.set_rows(strip("0.999"))
    assert view.sizeHint() == hint
    assert hint.height() == 72


def test_terms_are_drawn_in_their_series_ink(qapp: QApplication, view: FormulaView) -> None:
    assert has_colour(view.grab().toImage(), LIGHT.ink("orange"))
    appearance.apply(qapp, "dark")
    qapp.processEvents()
    image = view.grab().toImage()
    appearance.apply(qapp, "light")
    assert image.pixelColor(840, 66) == DARK.color("panel")
    assert has_colour(image, DARK.ink("orange"))


def test_pointing_at_a_term_tells_its_mark_and_leaving_tells_none(view: FormulaView) -> None:
    spy = QSignalSpy(view.marked)
    for spot in (find(view, "g"), find(view, "v"), QPoint(10, 66)):
        QTest.mouseMove(view, spot)
        QApplication.processEvents()
    assert [spy.at(index)[0] for index in range(spy.count())] == ["g", "v", None]


def test_highlight_lights_every_term_of_a_mark(view: FormulaView) -> None:
    plain = view.grab().toImage()
    view.highlight("v")
    lit = view.grab().toImage()
    view.highlight("")
    assert view.grab().toImage() == plain
    lights = [piece for piece in view.pieces if piece.mark == "v"]
    assert len(lights) == 3
    for piece in lights:
        corner = QPoint(round(piece.left), piece.row * 24 + 4)
        assert lit.pixelColor(corner) == LIGHT.color("selection")
    assert lit.pixelColor(840, 66) == LIGHT.color("panel")
    assert has_colour(lit, LIGHT.ink("orange"))


@pytest.mark.parametrize("width", [860, 500, 300, 240])
@pytest.mark.parametrize("columns", [1, 2, 3, 4])
def test_nothing_is_cut_and_nothing_overlaps(view: FormulaView, width: int, columns: int) -> None:
    cells = [
        [Term(f"{c}.774", "v", bold=True), Term(f" = {c}.466 + 0.9 × (√31774.02 + 1e−08)")] for c in range(columns)
    ]
    prose = "A sentence that is longer than a narrow strip is wide, 也有中文，没有空格也要换行。"
    view.set_rows([Row("x axis", cells), Row("y axis", cells[:1]), Row("In words", prose=prose)])
    view.resize(width, view.sizeHint().height())
    pieces = sorted((p for p in view.pieces if p.text and p.role != "prose"), key=lambda p: (p.row, p.left))
    assert all(a.left + a.width <= b.left + 0.5 for a, b in pairwise(pieces) if a.row == b.row)
    assert max(piece.left + piece.width for piece in view.pieces) <= width + 1
    shown = "".join(piece.text for piece in view.pieces).replace(" ", "")
    written = "".join(row.label + "".join(term.text for cell in row.cells for term in cell) for row in view.rows())
    assert shown == (written + prose).replace(" ", "")
    assert view.height_of(max(piece.row for piece in view.pieces) + 1) == view.sizeHint().height()


def test_what_goes_on_below_is_still_its_row(view: FormulaView) -> None:
    view.resize(300, 72)
    line = next(piece.row for piece in view.pieces if piece.text.startswith("3.774"))
    _, copy_all = view.context_menu(QPoint(5, line * 24 + 5)).actions()
    assert line > 1
    view.context_menu(QPoint(5, line * 24 + 5)).actions()[0].trigger()
    assert QApplication.clipboard().text().startswith("x axis  0.308")
    copy_all.trigger()
    assert QApplication.clipboard().text() == view.text()


def test_a_shortened_sum_tells_the_whole_one(view: FormulaView) -> None:
    view.set_rows([Row("Sum", [[Term("1 + 2 + 3 + … + 9")]], full="1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9")])
    assert view.tip(QPoint(5, 5)) == "Sum  1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9"


def test_rows_can_be_copied_one_or_all(view: FormulaView) -> None:
    one, every = view.context_menu(QPoint(5, 60)).actions()
    one.trigger()
    assert QApplication.clipboard().text() == "In words  The ball overshoots."
    every.trigger()
    assert QApplication.clipboard().text() == view.text()
    assert view.text().count("\n") == 2


def test_screen_readers_hear_the_formulas(view: FormulaView) -> None:
    assert "0.308 = 0.90 × 0.422 − 0.003 × 23.95" in view.accessibleDescription()
