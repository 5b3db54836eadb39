from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from widgets.text.text_strip import Bracket, TextStrip, WordMark

SENTENCES = ["the king wears a crown", "a cat drinks milk", "the dog runs", "a man walks home in the cold rain"]
WORDS = tuple(" ".join(SENTENCES).split())
PLACES = np.array([i for i, sentence in enumerate(SENTENCES) for _ in sentence.split()])


def made(qtbot: QtBot, width: int = 400) -> TextStrip:
    strip = TextStrip()
    qtbot.addWidget(strip)
    strip.resize(width, strip.sizeHint().height())
    strip.set_text(WORDS, np.arange(len(WORDS)), PLACES)
    strip.show()
    return strip


def test_a_line_holds_whole_sentences_that_fit(qtbot: QtBot) -> None:
    strip = made(qtbot)
    seen: list[int] = []
    for word in range(len(WORDS)):
        strip.show_marks(word, {})
        line = strip.shown()
        assert word in line
        assert line.start == 0 or PLACES[line.start] != PLACES[line.start - 1]
        assert line.stop == len(WORDS) or PLACES[line.stop] != PLACES[line.stop - 1]
        seen += [line.start]
    assert len(set(seen)) > 1
    assert sorted(seen) == seen


def test_the_line_stands_still_while_the_word_moves_on(qtbot: QtBot) -> None:
    strip = made(qtbot)
    strip.show_marks(0, {})
    before = strip.boxes()[3]
    strip.show_marks(4, {4: WordMark("blue", True)})
    assert strip.boxes()[3] == before


@pytest.mark.parametrize("width", [150, 300, 700])
def test_the_word_is_in_view_at_every_width(qtbot: QtBot, width: int) -> None:
    strip = made(qtbot, width)
    for word in range(len(WORDS)):
        strip.show_marks(word, {})
        box = strip.boxes()[word]
        assert box.left() >= -1
        assert box.right() <= width + 1


def test_words_do_not_overlap(qtbot: QtBot) -> None:
    strip = made(qtbot)
    boxes = [strip.boxes()[word] for word in strip.shown()]
    assert all(a.right() < b.left() for a, b in pairwise(boxes))


@given(st.lists(st.integers(1, 6), min_size=1, max_size=12))
def test_sentences_are_found(lengths: list[int]) -> None:
    QApplication.instance() or QApplication([])
    strip = TextStrip()
    places = [i for i, n in enumerate(lengths) for _ in range(n)]
    strip.set_text(tuple(map(str, range(len(places)))), np.arange(len(places)), np.array(places))
    assert [strip.sentence_of(word) for word in range(len(places))] == places
    assert strip.sentence_count == len(lengths)


def test_a_click_and_the_pointer_tell_words(qtbot: QtBot) -> None:
    strip = made(qtbot)
    middle = strip.boxes()[2].center().toPoint()
    with qtbot.waitSignal(strip.clicked) as clicked:
        QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=middle)
    assert clicked.args == [2]
    assert strip.word_at(strip.boxes()[3].center()) == 3
    assert strip.word_at(strip.boxes()[3].center() + strip.rect().bottomRight().toPointF()) == -1


def test_marks_and_bracket_are_seen(qtbot: QtBot) -> None:
    strip = made(qtbot)
    strip.show_marks(2, {})
    plain = strip.grab().toImage()
    strip.show_marks(2, {2: WordMark("blue", True), 1: WordMark("vermillion")})
    marked = strip.grab().toImage()
    strip.show_marks(2, {2: WordMark("blue", True), 1: WordMark("vermillion")}, Bracket(1, 3, "window"))
    assert len({bytes(image.constBits()) for image in (plain, marked, strip.grab().toImage())}) == 3


def test_an_empty_strip_can_be_shown(qtbot: QtBot) -> None:
    strip = TextStrip()
    qtbot.addWidget(strip)
    strip.show()
    assert not strip.grab().isNull()
    assert list(strip.shown()) == []


def test_of_a_long_sentence_only_what_is_near_the_view_has_a_box(qtbot: QtBot) -> None:
    strip, count = made(qtbot), 1_000_000
    strip.set_text(("a", "bee"), np.arange(count) % 2, np.zeros(count, dtype=np.int64))
    strip.show_marks(count // 2, {})
    assert len(strip.boxes()) < 200
    assert 0 <= strip.boxes()[count // 2].left() < strip.width()
    assert strip.shown() == range(count)


def test_a_text_is_broken_into_the_same_lines_wherever_one_begins(qtbot: QtBot) -> None:
    there, back = made(qtbot, 200), made(qtbot, 200)
    lines = []
    for strip, words in ((there, range(len(WORDS))), (back, reversed(range(len(WORDS))))):
        found = set()
        for word in words:
            strip.show_marks(word, {})
            found.add(strip.shown())
        lines.append(found)
    assert lines[0] == lines[1]
