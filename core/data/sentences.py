"""Sentences that are for or against something: those that come with the program, and how words become numbers.

The shipped sentences are made from templates, every adjective and verb in each, so that pairs of them differ in the one
word that decides, and every word of those held out is trained elsewhere:

    adjectives j = 0 … 7 in templates i = 0 … 5    thing 2i + (j mod 4), held out where (i + j) mod 4 = 0
    verbs      j = 0 … 5 in templates i = 0, 1     thing 3i + (j mod 3), held out where (i + j) mod 3 = 0

things counted mod 6. The first half of adjectives, and of verbs, is for it: label 1.

Numbers are those of Keras: by vocabulary (Tokenizer), words in the order in which they first appear, from 1; by hashing
(hashing_trick with md5), 1 + md5(word) mod (rows − 1), so that words may collide. 0 is padding.
Source of hashing: Weinberger et al. (2009), Feature hashing for large scale multitask learning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import md5

from core.data.corpora import sentences_of

Words = tuple[str, ...]


@dataclass(frozen=True)
class Templates:
    """What a set of sentences is made from; T stands for a thing, A for an adjective, V for a verb."""

    things: Words
    adjectives: Words  # the first half is for it
    verbs: Words
    about: Words  # with an adjective
    doing: Words  # with a verb


_ENGLISH = Templates(
    things=("film", "book", "song", "meal", "game", "trip"),
    adjectives=("good", "lovely", "brilliant", "funny", "bad", "dreadful", "dull", "boring"),
    verbs=("love", "enjoy", "admire", "hate", "dislike", "regret"),
    about=(
        "the {T} was {A}", "this {T} is really {A}", "what a {A} {T}", "in the end it was a {A} {T}",
        "to me it was a {A} {T}", "my friend found the {T} very {A}",
    ),
    doing=("i {V} this {T}", "all of us {V} the {T}"),
)  # fmt: skip
_CHINESE = Templates(
    things=("电影", "歌", "书", "故事", "节目", "戏"),
    adjectives=("好看", "有趣", "精彩", "动人", "难看", "无聊", "乏味", "糟糕"),
    verbs=("喜欢", "热爱", "欣赏", "讨厌", "痛恨", "嫌弃"),
    about=("{T}真{A}", "这{T}很{A}", "这{T}太{A}了", "今天的{T}真{A}", "他说{T}很{A}", "大家觉得{T}{A}"),
    doing=("我很{V}它", "大家都{V}它"),
)
_TEMPLATES = {"english": _ENGLISH, "chinese": _CHINESE}
SHIPPED = tuple(_TEMPLATES)


@dataclass(frozen=True)
class Labelled:
    """Sentences with their labels, and which of them are kept from training."""

    texts: Words
    labels: tuple[int, ...]  # 1 for, 0 against
    held_out: tuple[int, ...]  # their numbers, from 0


@lru_cache
def shipped(id: str) -> Labelled:
    """Return the 60 sentences of an id. Raises KeyError for an unknown one."""
    texts, labels, held = zip(*_filled(_TEMPLATES[id]), strict=True)
    return Labelled(texts, labels, tuple(k for k, is_held in enumerate(held) if is_held))


def shipped_texts(id: str) -> Words:
    """Return the sentences of an id alone."""
    return shipped(id).texts


def _filled(made: Templates) -> Iterator[tuple[str, int, bool]]:
    """Yield text, label and whether it is held out of each sentence, template by template."""
    for templates, words, key, every in ((made.about, made.adjectives, "A", 2), (made.doing, made.verbs, "V", 3)):
        half = len(words) // 2
        for i, template in enumerate(templates):
            for j, word in enumerate(words):
                thing = made.things[(every * i + j % half) % len(made.things)]
                yield template.format(**{"T": thing, key: word}), int(j < half), (i + j) % half == 0


# ---- words, and their numbers


def words_of(text: str) -> Words:
    """Return the words of a text as `core.data.corpora` reads them, all of its sentences in a row.

    >>> words_of("What a film!"), words_of("书真好看")
    (('what', 'a', 'film'), ('书', '真', '好', '看'))
    """
    return tuple(word for words in sentences_of(text) for word in words)


def vocabulary_of(sentences: Sequence[Words]) -> Words:
    """Return the different words in the order in which they first appear: the first has number 1."""
    return tuple(dict.fromkeys(word for words in sentences for word in words))


def hashed(word: str, rows: int) -> int:
    """Return the number of a word in a table of so many rows, 1 … rows − 1: none but 0 is padding's.

    >>> hashed("good", 98), hashed("bad", 98)
    (69, 69)
    """
    return 1 + int(md5(word.encode(), usedforsecurity=False).hexdigest(), 16) % (rows - 1)


def expected_loss(words: int, rows: int) -> float:
    """Return how many of the words have to share the number of another, on the average over all hash functions.

    V − (n − 1)·(1 − (1 − 1/(n − 1))^V) for V words and n rows, of which n − 1 are for words.
    """
    places = rows - 1
    return words - places * (1 - (1 - 1 / places) ** words)


def padded(numbers: Sequence[int], length: int, padding: str, truncating: str) -> tuple[int, ...]:
    """Return the numbers at that length: zeros before them or after, or cut at their beginning (`pre`) or end (`post`).

    >>> padded((1, 2, 3), 5, "pre", "pre"), padded((1, 2, 3), 2, "pre", "pre")
    ((0, 0, 1, 2, 3), (2, 3))
    """
    whole = tuple(numbers)
    fits = whole[len(whole) - length :] if truncating == "pre" and len(whole) > length else whole[:length]
    zeros = (0,) * (length - len(fits))
    return zeros + fits if padding == "pre" else fits + zeros
