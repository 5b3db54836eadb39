"""Push it: the ten bars of the picture shown before its push and after, in every run compared; what a push costs all.

The runs stand side by side by their letters; in each stands its own pooling, number of weights, the cosine of what
Flatten gives, and how many of the held-out digits are read rightly as they are and pushed the same way.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from core.cnn.algorithm import outputs_for, outputs_of, picture_of, stack_of
from core.cnn.readings import kept_by_push, reading, reading_pushed
from core.cnn.settings import Params, shown_as, shown_label
from core.data.digits import HELD_OUT
from core.nn.layers.pooling import Pooling
from core.run.values import Floats
from playground.playback.picture import ViewPicture
from playground.playback.view import View
from playground.words.texts import Texts
from widgets.base.labels import text_height, text_width
from widgets.grids.board import Caption, Item
from widgets.grids.share_bars import Bar, Columns

_GAP = 14.0


@dataclass(frozen=True)
class OneNet(ViewPicture[Params]):
    """One of the runs compared, before the picture that is shown to the run in front, and before it pushed."""

    front: Params

    @cached_property
    def params(self) -> Params:
        return shown_as(self.view.params, self.front)

    @property
    def title(self) -> str:
        """Its letter, its pooling and its number of weights, unless a scene asks."""
        count = sum(count.total for count in stack_of(self.params).counts)
        name = pooling_of(self.params, self.texts)
        told = name if self.view.covered else self._said("net", pool=name, count=count)
        return " ".join(filter(None, (self.view.letter, told)))

    @cached_property
    def before_and_after(self) -> tuple[Floats, Floats]:
        """The probabilities of the ten digits, (10,) each, before the push and after."""
        weights, params = self.view.state.weights, self.params
        return outputs_for(weights, params.layers, picture_of(params))[-1], outputs_of(weights, params)[-1]

    @property
    def bars(self) -> list[Bar]:
        """P of each digit after the push, with a line where it was before."""
        (was, now), (_, colour) = self.before_and_after, self.verdict
        pairs = enumerate(zip(was.tolist(), now.tolist(), strict=True))
        return [Bar(str(i), p, colour if i == now.argmax() else "", target=before) for i, (before, p) in pairs]

    @property
    def verdict(self) -> tuple[str, str]:
        """Whether it is read as before the push, and as what it is; and the colour of these words.

        Of a picture drawn by hand nobody knows what it is: it is right where it stays.
        """
        was, now = self.before_and_after
        values = {"now": int(now.argmax()), "was": int(was.argmax()), "p": f"{100 * now.max():.0f}%"}
        is_as_before, label = values["now"] == values["was"], shown_label(self.params)
        is_right = is_as_before if label is None else values["now"] == label
        keys = ("stays", "turns") if is_right else ("wrong", "tips")
        return self._said(keys[not is_as_before], **values), "green" if is_right else "vermillion"

    @property
    def numbers(self) -> tuple[str, ...]:
        """What a push keeps of the features, and of the readings of all held-out digits.

        At play these do not go through the net at every step: what is told is how they were read after the last epoch.
        """
        weights, params = self.view.state.weights, self.params
        cos = self._said("features", cos=f"{kept_by_push(weights, params):.2f}")
        if not self.view.beat:
            row = self.view.row
            share = f"{100 * float(row['test_accuracy']):.1f}%"
            return cos, self._said("all_after", epoch=round(float(row["epoch"])), plain=share, count=HELD_OUT)
        plain, moved = reading(weights, params.layers), reading_pushed(weights, params.layers, params.push)
        shares = (f"{100 * one.right / len(one.labels):.1f}%" for one in (plain, moved))
        return cos, self._said("all", plain=next(shares), pushed=next(shares), count=len(plain.labels))

    def _said(self, key: str, **values: object) -> str:
        return self.texts.get("push", key).format(**values)


def pooling_of(params: Params, texts: Texts) -> str:
    """Return the name of the first pooling of a net, or that it has none."""
    pool = next((layer.type for layer in params.layers if isinstance(layer, Pooling)), "no_pool")
    return texts.get("mosaic", pool)


def nets_of(view: View, texts: Texts) -> list[OneNet]:
    """Return the run in view and those beside it, by letter."""
    runs = [view, *(view.of(other) for other in view.beside)]
    return [OneNet(run, texts, view.params) for run in sorted(runs, key=lambda run: run.letter)]


def arrange(view: View, texts: Texts, width: float, height: float) -> list[Item]:
    """Place the runs side by side."""
    nets = nets_of(view, texts)
    wide = width / len(nets)
    return [item for i, net in enumerate(nets) for item in _one(net, i * wide + _GAP / 2, wide - _GAP, height)]


def _one(net: OneNet, left: float, width: float, height: float) -> Iterator[Item]:
    line = text_height("tick") + 1
    key = net.texts.get("panels", "push_line")
    yield Caption(net.title, left, 0, "tick", "text", widest=width - text_width(key, "tick") - _GAP)
    yield Caption(key, left + width, 0, "tick", align="right")
    words, colour = net.verdict
    lines = [(words, colour), *((text, "muted") for text in net.numbers)]
    top = height - line * len(lines) - 2
    for i, (text, ink) in enumerate(lines):
        yield Caption(text, left, top + i * line, "tick", ink, widest=width, moves=True)
    yield Columns(net.bars, left, line + 2, width / 10, max(top - line - 22, 8.0), 16)


def description(view: View, texts: Texts) -> str:
    """Say of every run how the pushed picture is read."""
    return "; ".join(f"{net.title}: {net.verdict[0]}" for net in nets_of(view, texts))
