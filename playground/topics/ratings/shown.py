"""What the pictures of a view share: the state they show, the person they are about, the plane they lie in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from core.ratings.algorithm import State
from core.ratings.beats import beats
from core.ratings.factors import Factors, Known, held_in, known_in, newcomer
from core.ratings.settings import Booleans, Params, Ratings, of_newcomer, ratings_of
from core.run.explanation import Focus
from core.run.values import Floats
from playground.playback.picture import ViewPicture


@dataclass(frozen=True)
class Shown(ViewPicture[Params]):
    """Of the model `factors`: what is on show in a view."""

    @cached_property
    def is_before(self) -> bool:
        """Whether a beat is in view that stands before the update."""
        return bool(self.view.beat) and self.view.before is not None and self.view.beat != beats(self.params)[-1]

    @property
    def state(self) -> State:
        """The state shown: before the update as long as its beats are in view."""
        before = self.view.before
        return cast("State", before.state if self.is_before and before else self.view.state)

    @cached_property
    def now(self) -> Factors:
        """Both matrices shown."""
        return cast("Factors", self.state.learned)

    @cached_property
    def names(self) -> Ratings:
        """What people and films are called."""
        return ratings_of(self.params)

    @cached_property
    def known(self) -> Known:
        """The ratings that are learned from."""
        return known_in(self.now, self.params)

    @cached_property
    def held(self) -> Booleans:
        """The ratings that are held out and known."""
        return held_in(self.now, self.params)

    @cached_property
    def predicted(self) -> Floats:
        """The product of both matrices, (n, m)."""
        return self.now.users @ self.now.items

    # The person whose arrow is shown: one of those that are learned from, or the newcomer after the last of them.

    @cached_property
    def is_new(self) -> bool:
        """Whether it is the newcomer."""
        return self.user == len(self.now.users)

    @cached_property
    def of_newcomer(self) -> Floats:
        """What the newcomer rated, (m,) with nan in the gaps."""
        return of_newcomer(self.params)

    @cached_property
    def new_vector(self) -> Floats:
        """The vector of the newcomer, solved beside the films shown, (f,)."""
        return newcomer(self.now, self.of_newcomer, self.params.regularization)

    @cached_property
    def vector(self) -> Floats:
        """The vector of the person, (f,)."""
        return self.new_vector if self.is_new else np.asarray(self.now.users[self.user])

    @cached_property
    def name(self) -> str:
        """What the person is called."""
        return self.texts.get("panels", "you") if self.is_new else self.names.users[self.user]

    @cached_property
    def rated(self) -> Floats:
        """What the person rated and is learned from, (m,) with nan in the gaps."""
        if self.is_new:
            return self.of_newcomer
        return np.where(self.known.mask[self.user], self.known.values[self.user], np.nan)

    @cached_property
    def told_to(self) -> Floats:
        """What is predicted for the person, (m,)."""
        return np.asarray(self.vector @ self.now.items)

    @cached_property
    def away(self) -> Floats:
        """How far each film lies from the tip of the arrow, (m,), in all factors."""
        return np.asarray(np.sqrt(((self.now.items.T - self.vector) ** 2).sum(axis=1)))

    @cached_property
    def cell(self) -> tuple[int, int] | None:
        """Person and film of the rating that the step took; None where it took none by itself."""
        made = cast("State", self.view.frame.made).learned
        if self.view.t and isinstance(made, Factors) and made.user >= 0:
            return made.user, made.item
        return None

    @cached_property
    def user(self) -> int:
        """The person whose arrow is shown: who is pointed at or chosen; at a beat the one of the step; else the first.

        Without a choice it stays one person at play, or the arrow would jump at every step.
        """
        for focus in (self.view.pointed, self.view.focus):
            match focus:
                case Focus("user", (i,)) | Focus("rating", (i, _)):
                    return min(i, len(self.now.users))
        return self.cell[0] if self.view.beat and self.cell else 0

    @cached_property
    def item(self) -> int | None:
        """The film that is pointed at or chosen."""
        for focus in (self.view.pointed, self.view.focus):
            match focus:
                case Focus("item", (j,)) | Focus("rating", (_, j)):
                    return min(int(j), int(self.now.items.shape[1]) - 1)
        return self.cell[1] if self.view.beat and self.cell and self.cell[0] == self.user else None

    # The plane.

    @cached_property
    def axes(self) -> Floats:
        """Two directions as columns (f, 2): the factors, or of more than two the arrow and what spreads most beside it.

        With the arrow's own direction as the first one the ruler is exact; the sign of the other is that of its
        largest entry.
        """
        f, u = self.params.n_factors, self.vector
        if f <= 2:
            return np.eye(f, 2)
        first = u / (np.linalg.norm(u) or 1.0) if u.any() else np.eye(f)[0]
        rest = self.now.items.T - np.outer(self.now.items.T @ first, first)
        second = np.linalg.eigh(rest.T @ rest)[1][:, -1]
        second = second - (second @ first) * first
        second /= np.linalg.norm(second) or 1.0
        return np.column_stack([first, second * (1.0 if second[np.abs(second).argmax()] > 0 else -1.0)])

    @cached_property
    def people(self) -> Floats:
        """Where people lie in the plane, (n, 2)."""
        return np.asarray(self.now.users @ self.axes)

    @cached_property
    def films(self) -> Floats:
        """Where films lie in the plane, (m, 2)."""
        return np.asarray(self.now.items.T @ self.axes)

    @cached_property
    def tip(self) -> Floats:
        """Where the arrow of the person ends, (2,)."""
        return np.asarray(self.vector @ self.axes)
