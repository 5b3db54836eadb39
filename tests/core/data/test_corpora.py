"""Texts as tokens: what is a word, where a sentence ends, which windows there are."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.data.corpora import GROUPS, MAX_CHARACTERS, SHIPPED, read_corpus, sentences_of, shipped
from core.run.refusal import Refusal
from core.run.telling import telling


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The King wears a crown.", [["the", "king", "wears", "a", "crown"]]),
        ("one\ntwo three\r\nfour", [["one"], ["two", "three"], ["four"]]),
        ("Really?! Yes... no", [["really"], ["yes"], ["no"]]),
        ("don't 'quote' dogs'", [["don't", "quote", "dogs"]]),
        ("rock'n'roll o’clock", [["rock'n'roll", "o’clock"]]),
        ("route 66, 7up; snake_case well-known", [["route", "66", "7up", "snake", "case", "well", "known"]]),
        ("3.14", [["3"], ["14"]]),
        ("Straße ÉTÉ naïve", [["straße", "été", "naïve"]]),
        ("e\u0301te\u0301", [["été"]]),  # letters with accents apart are the same letters
        ("小猫喝水", [["小", "猫", "喝", "水"]]),
        ("小猫 喝 水", [["小猫", "喝", "水"]]),
        ("小猫\u3000喝\u3000水", [["小猫", "喝", "水"]]),
        ("小猫喝水。小狗！小鸟？天", [["小", "猫", "喝", "水"], ["小", "狗"], ["小", "鸟"], ["天"]]),
        ("小猫 喝 水。小狗喝水。", [["小猫", "喝", "水"], ["小", "狗", "喝", "水"]]),
        ("我爱 machine learning 很多年", [["我", "爱", "machine", "learning", "很", "多", "年"]]),
        ("我 爱 T恤", [["我", "爱", "t恤"]]),
        ("买T恤3件", [["买", "t", "恤", "3", "件"]]),
        ("日本語とかな", [["日", "本", "語", "とかな"]]),
        ("𠀀好", [["𠀀", "好"]]),
        ("किताब पढ़ना अच्छा है", [["किताब", "पढ\u093cना", "अच्छा", "है"]]),  # vowel signs belong to their letters
        ("กินข้าว น้ำ", [["กินข้าว", "น้ำ"]]),
        ("الْعَرَبِيَّةُ جَمِيلَة", [["الْعَرَبِيَّةُ", "جَمِيلَة"]]),
        ("שָׁלוֹם עוֹלָם", [["שָׁלוֹם", "עוֹלָם"]]),
        ("தமிழ் மொழி", [["தமிழ்", "மொழி"]]),
        ("x\u0302y a\u0323\u0302b", [["x\u0302y", "ậb"]]),
        ("می\u200cروم خانه\u200c ", [["می\u200cروم", "خانه"]]),  # a joiner within a word, and one behind it
        ("র\u200d\u09cdযাম", [["র\u200d\u09cdযাম"]]),
        ("\u0301a \u093f b", [["a", "b"]]),  # marks without a letter
        ("👨\u200d👩\u200d👧 hi 👍🏽 ❤\ufe0f 1\ufe0f\u20e3 🇩🇪", [["hi", "1"]]),
        ("葛\U000e0100城 小\u0304猫", [["葛城", "小\u0304猫"]]),
        ("小\u0304猫水", [["小\u0304", "猫", "水"]]),
        ("İzmir", [["i\u0307zmir"]]),
        (" . \n\t", []),
        ("", []),
    ],
)
def test_what_a_word_is(text: str, sentences: list[list[str]]) -> None:
    assert sentences_of(text) == sentences


def test_the_vocabulary_is_in_order_of_first_appearance() -> None:
    corpus = read_corpus("The cat sees a dog. A dog sees the cat!")
    assert corpus.vocabulary == ("the", "cat", "sees", "a", "dog")
    assert corpus.tokens.tolist() == [0, 1, 2, 3, 4, 3, 4, 2, 0, 1]
    assert corpus.sentences.tolist() == [0] * 5 + [1] * 5
    assert corpus.counts.tolist() == [2, 2, 2, 2, 2]


def test_a_word_has_no_marks_of_its_own_but_all_of_its_letters() -> None:
    for text in ("किताब", "น้ำ", "שָׁלוֹם", "x\u0302"):
        assert sentences_of(f"a {text} b") == [["a", unicodedata.normalize("NFC", text), "b"]]


@given(st.text(alphabet="aB'. \n小猫水9_-。", max_size=60))
def test_every_letter_and_digit_belongs_to_one_token(text: str) -> None:
    words = [word for sentence in sentences_of(text) for word in sentence]
    kept = re.sub(r"[\W_]", "", text.lower())
    assert "".join(words).replace("'", "") == kept
    assert all(words)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "corpus_empty"),
        ("word", "corpus_too_short"),
        ("one. two. three.", "corpus_too_short"),
        ("same same same", "corpus_too_short"),
        ("a a. b", "corpus_too_short"),
        ("?!…", "corpus_too_short"),
        ("a b " * (MAX_CHARACTERS // 4 + 1), "corpus_too_long"),
        (" ".join(f"w{i}" for i in range(20_001)), "corpus_too_many_words"),
    ],
)
def test_what_cannot_be_learned_from_is_refused(text: str, key: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_corpus(text)
    assert (caught.value.field, caught.value.key) == ("corpus", key)


@pytest.mark.parametrize("id", SHIPPED)
def test_shipped_texts_hold_their_groups(id: str) -> None:
    corpus = read_corpus(id)
    assert all(corpus.counts[corpus.vocabulary.index(word)] >= 3 for group in GROUPS[id] for word in group)
    assert 15 <= corpus.size <= 45
    assert shipped(id) == shipped(id).strip() + "\n"


def test_a_long_text_tells_how_much_of_it_was_read_and_can_be_left() -> None:
    shares: list[float] = []
    with telling(shares.append):
        sentences_of("a b. " * 5000)
    assert shares == sorted(shares)
    assert len(shares) > 3
    assert 0 <= shares[0] < shares[-1] < 1
    sentences_of("a b. " * 5000)
    assert len(shares) < 8  # nobody is told outside

    def leave(share: float) -> None:
        raise KeyError

    with pytest.raises(KeyError), telling(leave):
        read_corpus("left a b. " * 5000)
    assert read_corpus("left a b. " * 5000).size == 3


def test_a_sentence_without_an_end_is_cut_between_words_only() -> None:
    words = [f"word{i % 700}" for i in range(30_000)]
    assert sentences_of(" ".join(words)) == [words]
    assert sentences_of("x" * 120_000) == [["x" * 120_000]]
