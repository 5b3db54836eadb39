"""What pictures of a panel have in common: the view they are drawn from, the topic's words, the parameters in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from playground.playback.view import View
from playground.words.texts import Texts

P = TypeVar("P")


@dataclass(frozen=True)
class ViewPicture(Generic[P]):
    """A picture of a view, with the words of its topic, whose parameters are of type P."""

    view: View
    texts: Texts

    @property
    def params(self) -> P:
        """The parameters in force."""
        return cast("P", self.view.params)
