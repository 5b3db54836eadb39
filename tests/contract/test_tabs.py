"""Over every topic: the names that scripts rely on, texts in both languages, and drawing that remembers nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSlider,
    QSpinBox,
    QTableView,
    QWidget,
)

from core.run.parameters import Parameter, parameters
from playground.tab.topic_tab import TopicTab
from playground.topic_list import TOPICS, TopicEntry
from playground.window.window import Window
from playground.words.texts import LANGUAGES, Texts, shared_texts
from widgets.base.fonts import role_font
from widgets.plots.plot import Plot

Pixels = NDArray[np.uint8]
IDS = [entry.id for entry in TOPICS]
EVERY_PARAMETER = [(entry.id, p) for entry in TOPICS for p in parameters(entry.core.Params)]
TABLES = ("texts", "rows", "table", "records")
CLASSES: dict[str, tuple[type[QWidget], ...]] = {
    "number": (QAbstractSpinBox, QLineEdit),
    "integer": (QAbstractSpinBox, QLineEdit),
    "choice": (QComboBox,),
    "open choice": (QComboBox,),
    "array": (QComboBox, QLineEdit),
    "pair": (QLineEdit,),
    "yes/no": (QCheckBox,),
    "text": (QLineEdit, QPlainTextEdit),
    "numbers": (QLineEdit,),
    "nested": (QPlainTextEdit,),
    **dict.fromkeys(TABLES, (QTableView,)),
}


@pytest.fixture
def visit(window: Window, settle: Any) -> Callable[[str], TopicTab]:
    def go(id: str) -> TopicTab:
        tab = window.visit(id)
        settle()
        return tab

    return go


def entry_of(id: str) -> TopicEntry:
    return next(entry for entry in TOPICS if entry.id == id)


def test_every_field_has_its_name_and_class(visit: Any) -> None:
    missing = []
    for id, parameter in EVERY_PARAMETER:
        page = visit(id).parentWidget()
        for name, classes in wanted(parameter):
            found = page.findChild(QWidget, name)
            if not isinstance(found, classes):
                missing.append((name, type(found).__name__))
    assert missing == []


def wanted(parameter: Parameter) -> Iterator[tuple[str, tuple[type[QWidget], ...]]]:
    name = f"param.{parameter.name}"
    if parameter.kind == "choices":
        yield from ((f"{name}.{choice}", (QCheckBox,)) for choice in parameter.choices)
        return
    yield name, CLASSES[parameter.kind]
    yield f"{name}.error", (QLabel,)
    if parameter.kind in ("number", "integer"):
        yield f"{name}.slider", (QSlider,)
    if parameter.kind in TABLES:
        yield f"{name}.text", (QPlainTextEdit,)


@pytest.mark.parametrize("id", IDS)
def test_choices_can_be_typed_over_only_where_one_may_have_ones_own(visit: Any, id: str) -> None:
    page = visit(id).parentWidget()
    for parameter in parameters(entry_of(id).core.Params):
        box = page.findChild(QComboBox, f"param.{parameter.name}")
        if box is not None:
            assert box.isEditable() is (parameter.kind in ("open choice", "array")), parameter.name


@pytest.mark.parametrize("id", IDS)
def test_transport_and_panels_have_their_names(visit: Any, id: str) -> None:
    tab = visit(id)
    page = tab.parentWidget()
    for kind, name in ((QSlider, "position"), (QComboBox, "speed"), (QSpinBox, "seed")):
        assert len(page.findChildren(kind, f"transport.{name}")) == 1
    for panel, widget in tab.plots().items():
        assert page.findChildren(QWidget, f"panel.{panel}") == [widget]


@pytest.mark.parametrize("id", IDS)
def test_the_title_of_the_picture_is_whole_in_the_smallest_window(
    window: Window, visit: Any, settle: Any, id: str
) -> None:
    tab = visit(id)
    window.resize(1100, 700)
    settle()
    place = tab.card.childAt(20, 18)
    assert place.width() >= QFontMetrics(role_font("panel")).horizontalAdvance(tab.card.title())


@pytest.mark.parametrize("id", IDS)
def test_no_name_is_given_twice(visit: Any, id: str) -> None:
    tab = visit(id)
    names = [
        w.objectName()
        for w in tab.findChildren(QWidget)
        if re.match(r"(param|transport|panel|cells)\.", w.objectName())
    ]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("id", IDS)
def test_error_labels_are_empty_and_hidden_while_all_is_good(visit: Any, id: str) -> None:
    tab = visit(id)
    labels = [label for label in tab.findChildren(QLabel) if label.objectName().endswith(".error")]
    assert labels
    assert [label.objectName() for label in labels if label.text() or label.isVisible()] == []


@pytest.mark.parametrize("id", IDS)
def test_tables_hold_what_is_there_now_in_view_or_not(visit: Any, window: Window, id: str) -> None:
    tab = visit(id)
    tab.run.advance(2)
    shown = entry_of(id).core.arrays(tab.run.frame.state, tab.run.params)
    for table in tab.findChildren(QTableView):
        kind, _, name = table.objectName().partition(".")
        if kind == "cells":
            held = shown[name].reshape(-1, shown[name].shape[-1])
            assert (table.model().rowCount(), table.model().columnCount()) == held.shape, name
            text = table.model().index(0, 0).data(Qt.ItemDataRole.EditRole)
            assert float(str(text)) == pytest.approx(held[0, 0])


# Drawing.


def picture_of(tab: TopicTab) -> Pixels:
    image = tab.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].copy()


@pytest.fixture
def shot(settle: Any) -> Callable[[TopicTab, int], Pixels]:
    def take(tab: TopicTab, t: int) -> Pixels:
        tab.run.seek(t)
        settle()
        return picture_of(tab)

    return take


@pytest.mark.parametrize("id", IDS)
def test_draw_has_no_memory(visit: Any, shot: Any, id: str) -> None:
    tab = visit(id)
    tab.run.advance(9)
    far, near = steps_of(tab, 9, 5)
    later, earlier = shot(tab, far), shot(tab, near)
    assert (later != earlier).any()
    again_later, again_earlier = shot(tab, far), shot(tab, near)
    assert (again_later == later).all()
    assert (again_earlier == earlier).all()


def steps_of(tab: TopicTab, far: int, near: int) -> tuple[int, int]:
    """Return two steps; of a run that ends before the first of them its last one and one that is nearer."""
    last = min(far, tab.run.timeline.recorded)
    return last, near * last // far


@pytest.mark.parametrize("id", IDS)
def test_the_picture_is_the_same_however_it_was_reached(visit: Any, shot: Any, id: str) -> None:
    tab = visit(id)
    tab.run.advance(9)
    far, near = steps_of(tab, 9, 4)
    wanted = shot(tab, near)
    tab.run.seek(far)
    tab.window().set_language("zh")
    tab.window().set_theme("dark")
    tab.run.seek(0)
    shot(tab, 2)
    tab.window().set_theme("light")
    tab.window().set_language("en")
    share = (shot(tab, near) != wanted).any(axis=2).mean()
    assert share < 0.005  # but for the edges of letters


@pytest.mark.parametrize("id", IDS)
def test_what_was_not_in_view_is_drawn_when_it_comes_into_view(window: Window, settle: Any, shot: Any, id: str) -> None:
    tab = window.visit(id)
    tab.run.advance(4)  # before it was ever shown
    settle()
    first = picture_of(tab)
    shot(tab, 2)
    assert (shot(tab, 4) == first).all()
    tab.centre.enlarge(tab.centre.big)
    tab.run.advance(5)
    tab.centre.enlarge(tab.centre.big)
    settle()
    uncovered = picture_of(tab)
    shot(tab, 2)
    assert (shot(tab, 9) == uncovered).all()


@pytest.mark.parametrize("id", IDS)
def test_axes_do_not_breathe(visit: Any, settle: Any, id: str) -> None:
    tab = visit(id)
    tab.run.advance(15)
    ranges = []
    for t in (0, 3, 9, 15):
        tab.run.seek(t)
        settle()
        ranges.append([plot.viewport_now() for plot in tab.plots().values() if isinstance(plot, Plot)])
    assert all(shown == ranges[0] for shown in ranges)


@pytest.mark.parametrize("id", IDS)
def test_every_setting_at_both_ends_can_be_drawn(visit: Any, settle: Any, id: str) -> None:
    tab = visit(id)
    for parameter in parameters(entry_of(id).core.Params):
        for value in ends(parameter):
            tab.run.advance(2)
            tab.set_parameter(parameter.name, value)
            tab.run.advance(2)
            tab.run.undo()
        settle()
    assert tab.run.timeline.error == ""


def ends(parameter: Parameter) -> list[Any]:
    if parameter.kind in ("number", "integer"):
        limits = [limit for limit in (parameter.low, parameter.high) if limit is not None and math.isfinite(limit)]
        return [int(limit) if parameter.kind == "integer" else limit for limit in limits]
    if parameter.kind == "yes/no":
        return [not parameter.default]
    if parameter.kind == "choices":
        return [[], list(parameter.choices[:1])]
    return list(parameter.choices)


# Texts.


def leaves(tree: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    if isinstance(tree, list):
        for i, item in enumerate(tree):
            yield from leaves(item, (*path, str(i)))
    if not isinstance(tree, dict):
        return
    if set(tree) & set(LANGUAGES):
        yield path, tree
        return
    for key, node in tree.items():
        if key != "params" or path[:1] != ("scenes",):
            yield from leaves(node, (*path, key))


BOOKS: list[tuple[str, Texts]] = [(entry.id, entry.texts) for entry in TOPICS] + [("shared", shared_texts())]


@pytest.mark.parametrize(("name", "texts"), BOOKS, ids=[name for name, _ in BOOKS])
def test_every_text_stands_in_both_languages(name: str, texts: Texts) -> None:
    found = list(leaves(texts.tree))
    assert len(found) > 10
    assert [path for path, leaf in found if set(leaf) != set(LANGUAGES) or not all(map(str.strip, leaf.values()))] == []


@pytest.mark.parametrize(("name", "texts"), BOOKS, ids=[name for name, _ in BOOKS])
def test_placeholders_agree_in_both_languages(name: str, texts: Texts) -> None:
    holes = re.compile(r"\{[^}]*\}")
    wrong = [
        path
        for path, leaf in leaves(texts.tree)
        if sorted(holes.findall(leaf["en"])) != sorted(holes.findall(leaf["zh"]))
    ]
    assert wrong == []


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_parameter_has_a_label_and_a_tip(id: str, language: Any) -> None:
    texts = entry_of(id).texts
    for parameter in parameters(entry_of(id).core.Params):
        assert texts.parameter(parameter.name, "label", language)
        assert texts.parameter(parameter.name, "tip", language)


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_its_title_sentence_unit_and_help(id: str, language: Any) -> None:
    for key in ("title", "subtitle", "unit", "help"):
        assert entry_of(id).texts.get(key, language=language)


@pytest.mark.parametrize("id", IDS)
def test_sentences_are_short(id: str) -> None:
    for path, leaf in leaves(entry_of(id).texts.tree.get("sentences", {})):
        assert len(leaf["en"]) <= 130, path


@pytest.mark.parametrize("id", IDS)
def test_the_panels_of_a_tab_are_those_that_are_listed(visit: Any, id: str) -> None:
    panels = entry_of(id).panels
    assert list(visit(id).plots()) == list(panels)
    assert all(panels.values())
