"""What the pictures of a view tell of: a sentence, a place in it, and the state that is shown of the step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from core.embedding.algorithm import State, weights_of
from core.embedding.beats import BEATS
from core.embedding.explained import Chosen
from core.embedding.explained_beats import read_in
from core.embedding.sentence import Sentence
from core.embedding.settings import Data, Params, data_of
from core.embedding.votes import votes
from core.run.explanation import Focus
from core.run.values import Floats, Ints
from playground.playback.picture import ViewPicture
from playground.playback.view import View

MOST_PLACES = 8  # that are shown at once
_SHARED = ("purple", "green", "sky", "orange")  # of numbers that words share
WHOLE = ("", BEATS[-1])


def focus_of(view: View) -> Focus:
    """Return what is pointed at or chosen; else the first sentence held out, which stays from step to step."""
    data = data_of(view.params)
    first = int(data.test[0]) if data.test.size else 0
    return view.pointed or view.focus or Focus("sentence", (first,))


def rounded_up(value: float) -> float:
    """Return the next of 1, 2, 5, 10 … times a power of ten at or above a value, so that a scale seldom changes."""
    if not (value > 0 and np.isfinite(value)):
        return 1.0
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in (1, 2, 5, 10) if step * power >= value * (1 - 1e-9)))


@dataclass(frozen=True)
class Shown(ViewPicture[Params]):
    """A view, and what of it is told; between the beats that is a sentence of the batch, before the update."""

    @cached_property
    def data(self) -> Data:
        """The sentences."""
        return data_of(self.params)

    @cached_property
    def is_whole(self) -> bool:
        """Whether the step is shown to its end."""
        return self.view.beat in WHOLE or self.view.before is None

    @cached_property
    def state(self) -> State:
        """The state that is shown: before the update while the step is taken apart."""
        own: State = self.view.state
        if self.is_whole or self.view.before is None:
            return own
        before: State = self.view.before.state
        return before

    @cached_property
    def chosen(self) -> Chosen:
        """The sentence, the place and the number told of."""
        made: State = self.view.frame.made
        focus, words = focus_of(self.view), self.view.options.get("by_hand", ())
        if self.is_whole:
            return Chosen.of(focus, made, self.params, words)
        return read_in(focus, made, self.params, self.view.beat, words)

    @cached_property
    def sentence(self) -> Sentence:
        """The sentence on its way, given or put together by hand."""
        return self.chosen.flowing(self.params)

    @cached_property
    def stage(self) -> int:
        """How far the sentence has come: its beat among all; while it is covered no further than its rows."""
        reached = len(BEATS) - 1 if self.is_whole else BEATS.index(self.view.beat)
        return min(reached, BEATS.index("look-up")) if self.view.covered else reached

    @cached_property
    def sequence(self) -> Ints:
        """The numbers of the sentence at the length of the net."""
        return self.chosen.sequence(self.params)

    @cached_property
    def places(self) -> list[int]:
        """The places that are shown: all, or as many as there is room for around the one told of."""
        n = self.params.input_length
        first = min(max(0, self.chosen.place - MOST_PLACES // 2), max(0, n - MOST_PLACES))
        return list(range(first, min(n, first + MOST_PLACES)))

    @cached_property
    def weights(self) -> dict[str, Floats]:
        """E, W and b of the state that is shown."""
        return weights_of(self.state, self.params)

    @cached_property
    def votes(self) -> Floats:
        """What each number says at each place, (rows, input_length)."""
        return votes(self.state, self.params)

    @cached_property
    def by_place(self) -> Floats:
        """W as what each place meets, (input_length, output_dim)."""
        return self.weights["W"].reshape(self.params.input_length, self.params.output_dim)

    def word(self, number: int) -> str:
        """Return the words of a number; of 0 that it is padding."""
        return self.data.word(number) if number else self.texts.get("panels", "pad")

    @cached_property
    def _shared(self) -> list[int]:
        """The numbers of the sentence that several words have."""
        pairs = zip(self.sentence.words, self.sentence.numbers, strict=True)
        return list(dict.fromkeys(k for word, k in pairs if k and len({word, *self.data.words_of.get(k, ())}) > 1))

    def colour_of(self, number: int | None) -> str:
        """Return the colour of a number of the sentence that several words have; nothing of any other."""
        return _SHARED[self._shared.index(number) % len(_SHARED)] if number in self._shared else ""

    def word_at(self, place: int) -> str:
        """Return the word of the sentence at a place, where the number there is its own; else the words of that."""
        own = self.sentence.word_at(place) if self.is_own(place) else ""
        return own or self.word(int(self.sequence[place]))

    def is_own(self, place: int) -> bool:
        """Tell whether the number at a place is the sentence's, none that is put there to see what it would say."""
        return bool(self.sequence[place] == self.sentence.sequence[place])

    def focus_at(self, place: int) -> Focus:
        """Return what a place of the sentence is called."""
        return Focus("place", (self.chosen.sentence, place))
