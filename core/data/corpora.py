"""Texts to learn word vectors from: as tokens, sentences and a vocabulary; and the four that come with the program.

Text is lower case. A word is a run of letters with their marks, digits and inner apostrophes; a sentence ends at . ! ?
。 ！ ？ or a line break. A sentence whose Chinese words stand apart is read word by word; Chinese without spaces
character by character. Marks are what Unicode calls combining: vowel signs, tones, accents; a joiner that forbids or
asks for a ligature, as in Persian, is part of the word it stands in. An emoji is no word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from core.run.refusal import Refusal
from core.run.telling import tell
from core.run.values import locked
from resources import FOLDER

Indices = NDArray[np.int64]

SHIPPED = ("kings-and-cats", "boats-and-bread", "kings-and-cats-zh", "sun-and-moon-zh")
GROUPS: dict[str, tuple[tuple[str, ...], ...]] = {
    "kings-and-cats": (("king", "queen"), ("man", "woman"), ("cat", "dog"), ("milk", "water"), ("walks", "runs")),
    "boats-and-bread": (("boat", "ship"), ("baker", "cook"), ("gull", "tern"), ("bread", "soup"), ("rain", "snow")),
    "kings-and-cats-zh": (("国王", "王后"), ("男人", "女人"), ("小猫", "小狗"), ("牛奶", "清水"), ("走路", "跑步")),
    "sun-and-moon-zh": (("日", "月"), ("猫", "狗"), ("水", "奶"), ("鱼", "肉"), ("秋", "冬")),
}
"""Words of a shipped text that stand in the same places, so that their vectors ought to come together."""

MAX_CHARACTERS = 5_000_000
MAX_WORDS = 20_000  # different ones

_CHINESE = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_SENTENCE_END = re.compile("[.!?。！？\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # of one form of a character: they tell no other word
_MARKS = ("Mn", "Mc")
_JOINERS = "\u200c\u200d"
_LETTER, _NO_CHINESE = r"[^\W_]", rf"[^\W_{_CHINESE}]"
_PIECE = re.compile(r"(?s:.{1,50000}(?:\s|\Z)|.+)")  # searched at once: meanwhile no other thread has its turn
_TELL_EVERY = 1000  # sentences
_SPACED = re.compile(rf"[{_CHINESE}]\s+[{_CHINESE}]")


@dataclass(frozen=True, eq=False)
class Corpus:
    """A text as numbers; `sentences` says of each token in which sentence it stands, counted from 0."""

    vocabulary: tuple[str, ...]  # in order of first appearance
    tokens: Indices  # (T,) places in the vocabulary
    sentences: Indices  # (T,)
    counts: Indices  # (V,) how often each word occurs

    @property
    def size(self) -> int:
        """The number of different words, V."""
        return len(self.vocabulary)


def sentences_of(text: str) -> list[list[str]]:
    """Return the words of each sentence that has any.

    >>> sentences_of("The cat's milk. 小猫喝水！小猫 喝 水")
    [['the', "cat's", 'milk'], ['小', '猫', '喝', '水'], ['小猫', '喝', '水']]
    """
    plain = _SELECTORS.sub("", unicodedata.normalize("NFC", text).lower())
    marks = "".join(sorted(mark for mark in set(plain) if unicodedata.category(mark) in _MARKS))
    patterns, parts, sentences = _patterns(marks), _SENTENCE_END.split(plain), []
    for place, part in enumerate(parts):
        if not place % _TELL_EVERY:
            tell(place / len(parts))
        if words := _words_of(part, *patterns):
            sentences.append(words)
    return sentences


@lru_cache(maxsize=8)
def _patterns(marks: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a word is in a text that has these marks, where Chinese stands apart and where it does not."""
    character = rf"[{_CHINESE}][{marks}]*" if marks else f"[{_CHINESE}]"
    return re.compile(_word(_LETTER, marks)), re.compile(f"{character}|{_word(_NO_CHINESE, marks)}")


def _word(letter: str, marks: str) -> str:
    """Return the pattern of a word: letters, each with its marks, joiners and apostrophes between them."""
    mark = rf"[{_JOINERS}](?=[{marks}]|{letter})|[{marks}]" if marks else f"[{_JOINERS}](?={letter})"
    run = f"{letter}+(?:(?:{mark})+{letter}*)*"
    return f"{run}(?:['’]{run})*"


def _words_of(sentence: str, word: re.Pattern[str], character_or_word: re.Pattern[str]) -> list[str]:
    pattern = word if _SPACED.search(sentence) else character_or_word
    return [found for piece in _PIECE.findall(sentence) for found in pattern.findall(piece)]


@lru_cache(maxsize=8)
def read_corpus(text: str, field: str = "corpus") -> Corpus:
    """Return the shipped text of that id, or the given one. Raises Refusal for one that is too long or has no pairs."""
    if len(text) > MAX_CHARACTERS:
        raise Refusal(field, "corpus_too_long", {"given": len(text), "allowed": MAX_CHARACTERS})
    sentences = sentences_of(shipped(text) if text in SHIPPED else text)
    places = {word: i for i, word in enumerate(dict.fromkeys(word for words in sentences for word in words))}
    if len(places) > MAX_WORDS:
        raise Refusal(field, "corpus_too_many_words", {"given": len(places), "allowed": MAX_WORDS})
    if all(len(set(words)) < 2 for words in sentences):
        key = "corpus_too_short" if text.strip() else "corpus_empty"
        raise Refusal(field, key, {"given": _short(text), "allowed": tuple(SHIPPED)})
    return _numbered(sentences, places)


def _numbered(sentences: list[list[str]], places: dict[str, int]) -> Corpus:
    tokens = np.array([places[word] for words in sentences for word in words], dtype=np.int64)
    lengths = np.array([len(words) for words in sentences])
    return Corpus(
        tuple(places),
        locked(tokens),
        locked(np.repeat(np.arange(len(sentences)), lengths)),
        locked(np.bincount(tokens, minlength=len(places)).astype(np.int64)),
    )


@lru_cache
def shipped(id: str) -> str:
    """Return a text that comes with the program, such as `kings-and-cats`."""
    return (FOLDER / "data" / "corpora" / f"{id}.txt").read_text("utf-8")


def _short(text: str, most: int = 40) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
