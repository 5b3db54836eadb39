"""The language is switched while the program runs, and no English is left in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTabBar,
    QToolButton,
    QWidget,
)

from core.run.explanation import Focus
from playground.actions import ACTIONS
from playground.tab.topic_tab import TopicTab
from playground.window.window import Window
from playground.words import languages
from playground.words.texts import LANGUAGES, Language
from widgets.base.elided_label import SectionTitle
from widgets.cards.card import Card
from widgets.plots.plot import Plot
from widgets.text.formula import FormulaView

# Names of people, methods, keys and files, and what is typed, are the same in every language.
NAMES = set(
    [
        "ML",
        "JSON",
        "Playground",
        "SGD",
        "AdaGrad",
        "RMSProp",
        "Adam",
        "Nesterov",
        "Rosenbrock",
        "Beale",
        "Himmelblau",
        "Rastrigin",
        "iris",
        "CSV",
        "Newton",
        "English",
        "Ctrl",
        "JSON",
        "Shift",
        "Alt",
        "Space",
        "Home",
        "End",
        "PgUp",
        "taken_apart",
        "PgDown",
        "Left",
        "Right",
        "Esc",
        "Return",
        "core",
        "nn",
        "update_rules",
        "Momentum",
        "step",
        "sin",
        "mlplay",
        "virginica",
        "means",
        "Voronoi",
        "medoid",
        "argmin_j",
        "C_j",
        "changed",
        "kmeans",
        "algorithm",
        "assign",
        "move",
        "Word",
        "TransE",
        "vec",
        "word",
        "net",
        "forward",
        "CBOW",
        "Skip",
        "gram",
        "softmax",
        "Softmax",
        "log",
        "exp",
        "txt",
        "king",
        "queen",
        "cat",
        "dog",
        "milk",
        "water",
    ]
)
_TAG = re.compile("<[^>]*>|&nbsp;")
_ENGLISH = re.compile(r"[A-Za-z_]{3,}")


@pytest.fixture
def chinese(window: Window, tab: TopicTab, settle: Any) -> TopicTab:
    window.set_language("zh")
    settle()
    return tab


def texts_of(widget: QObject) -> Iterator[str]:
    """All that a widget says: painted, in its tool tip, and to a screen reader."""
    if isinstance(widget, QLabel | QAbstractButton | FormulaView):
        yield widget.text()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(i) for i in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(i) for i in range(widget.count()))
    if isinstance(widget, Card):
        yield from (widget.title(), widget.subtitle())
    if isinstance(widget, Plot):
        yield from (widget.empty_text, *(axis.name for axis in widget.axes.values()))
    if isinstance(widget, QWidget):
        for action in widget.actions():
            yield from (action.text(), action.toolTip(), action.statusTip())
        # What is typed into a field is the user's; its name is ours.
        yield from (widget.toolTip(), widget.accessibleName())
        if not isinstance(widget, QLineEdit):
            yield widget.accessibleDescription()


def english(root: QWidget) -> set[str]:
    found = set()
    for widget in (root, *root.findChildren(QWidget)):
        if isinstance(widget.parent(), QTabBar):
            continue  # its scroll buttons are never shown
        for text in texts_of(widget):
            if set(_ENGLISH.findall(_TAG.sub("", text))) - NAMES:
                found.add(text)
    return found


def test_in_english_the_walk_finds_english(window: Window) -> None:
    assert len(english(window)) > 100


def test_no_english_is_left_in_chinese(window: Window, chinese: TopicTab, settle: Any) -> None:
    chinese.run.advance(12)
    settle()
    assert english(window) == set()


def test_no_english_in_k_means(window: Window, chinese: TopicTab, settle: Any) -> None:
    other = window.visit("kmeans")
    other.set_parameter("centroids", [[0, 0], [3, 0], [-3, 0], [50, 50]])
    other.set_parameter("empty", "drop")
    for focus in ("", "cluster 3", "cluster 0", "point 7"):
        other.choose(Focus.of(focus))
        for _ in range(4):
            other.run.advance(1)
            for deck in (other.centre.first, other.centre.second):
                for page in deck.pages():
                    deck.show_page(page)
            settle()
            assert english(window) == set()
        other.run.seek(0)


@pytest.mark.parametrize("output", ["softmax", "negative sampling"])
@pytest.mark.parametrize("corpus", ["kings-and-cats-zh", "sun-and-moon-zh"])
def test_no_english_in_word2vec(window: Window, chinese: TopicTab, settle: Any, corpus: str, output: str) -> None:
    other: Any = window.visit("word2vec")
    for name, value in (("corpus", corpus), ("output", output), ("model", "cbow")):
        other.set_parameter(name, value)
    for steps in (0, 1, 500):
        other.run.advance(steps)
        for deck in (other.centre.first, other.centre.second):
            for page in deck.pages():
                deck.show_page(page)
                settle()
                assert english(window) == set()
    assert [text for text in map(other.words_of_step, other.event_steps()) if set(_ENGLISH.findall(text)) - NAMES] == []


def test_no_english_in_any_focus_or_event(window: Window, chinese: TopicTab, settle: Any) -> None:
    chinese.set_parameter("function", "linear-regression")
    chinese.set_parameter("sgd.learning_rate", 9.0)
    chinese.run.advance(60)
    for row in chinese.choices():
        chinese.choose(Focus(row.choice))
        settle()
        assert english(window) == set()
    said = [chinese.words_of_step(t) for t in chinese.event_steps()]
    assert said
    assert [text for text in said if set(_ENGLISH.findall(text)) - NAMES] == []


def test_no_english_in_a_refusal_or_the_open_dialogs(window: Window, chinese: TopicTab, settle: Any) -> None:
    chinese.set_parameter("momentum.learning_rate", -1)
    chinese.set_parameter("function", "x ** ")
    for id in ("help.topic", "help.keys", "view.code"):
        window.actions_[id].trigger()
    settle()
    found = english(window)
    assert {text for text in found if "expression" in text or "allowed" in text} == set()
    titles = [dialog.windowTitle() for dialog in window.findChildren(QWidget) if dialog.isWindow()]
    assert [title for title in titles if set(_ENGLISH.findall(title)) - NAMES] == []


def test_back_in_english_all_is_as_it_was(window: Window, tab: TopicTab, settle: Any) -> None:
    tab.run.advance(5)
    settle()
    before = english(window)
    window.set_language("zh")
    settle()
    window.set_language("en")
    settle()
    assert english(window) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_has_room_for_its_new_words_at_once(window: Window, tab: TopicTab, settle: Any, language: Language) -> None:
    window.set_language("zh" if language == "en" else "en")
    settle()
    window.set_language(language)  # what is painted next has the widths of this one
    buttons = [button for button in window.findChildren(QToolButton) if button.isVisible()]
    titles = [title.title for title in window.findChildren(SectionTitle) if title.isVisible()]
    narrow = [part for part in (*buttons, *titles) if part.width() < part.sizeHint().width()]
    assert tab.header.title() == tab.texts.get("title")
    assert (len(buttons) > 5, bool(titles), narrow) == (True, True, [])


def test_the_menus_and_qts_own_words_follow(window: Window, chinese: TopicTab) -> None:
    assert window.actions_["file.open"].text() == "打开(&O)…"
    assert window.menuBar().actions()[0].text() == "文件(&F)"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_the_keys_stay_the_same(window: Window, chinese: TopicTab) -> None:
    for spec in ACTIONS:
        assert [keys.toString() for keys in window.actions_[spec.id].shortcuts()] == [
            keys for keys in spec.keys.split()
        ], spec.id


def test_switching_leaves_the_run_alone(window: Window, tab: TopicTab, settle: Any) -> None:
    tab.run.advance(7)
    tab.set_parameter("sgd.learning_rate", 0.02)
    recipe, frame = tab.run.recipe, tab.run.frame
    window.set_language("zh")
    settle()
    assert (tab.run.recipe, tab.run.frame) == (recipe, frame)
    assert tab.run.can_undo


def test_a_language_it_does_not_have_becomes_english(qapp: QApplication) -> None:
    assert languages.of_the_system() in LANGUAGES


def test_no_translator_is_left_behind(qapp: QApplication, settings: Any) -> None:
    languages.use(qapp, "zh")
    languages.use(qapp, "zh")
    languages.use(qapp, "en")
    assert QCoreApplication.translate("Actions", "&Open…") == "&Open…"
