"""Over every topic: how fast a run goes by itself, and what Escape lets go of, in its order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from core.run.explanation import Focus
from playground.playback.run import Run
from playground.topic_list import TOPICS
from playground.window.window import Window
from widgets.plots.marks.handle import Handle
from widgets.plots.plot import Plot
from widgets.shell.transport_bar import rate

_SETTLED = {
    "optimizers": 120,
    "dense": 120,
    "activations": 450,
    "loss-metrics": 120,
    "cnn": 460,
    "rnn": 120,
    "ratings": 410,
    "transe": 1000,
    "embedding": 120,
}  # steps after which the race is decided: it has no end


@pytest.mark.parametrize("id", [entry.id for entry in TOPICS])
def test_the_default_run_takes_ten_to_twenty_seconds(window: Window, id: str) -> None:
    tab = window.visit(id)
    run = Run(tab.entry)
    run.timeline.record(2000)
    length = _SETTLED.get(id) or min(run.timeline.events)  # comes to rest, ends, or has gone through its text
    per_second, _ = rate(tab.transport.speed())
    assert per_second is not None
    assert 10 <= length / per_second <= 20


def escape() -> None:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)  # type: ignore[arg-type]


def test_escape_lets_go_of_the_pin_then_of_the_zoom_then_of_the_large_card(window: Window, settle: Any) -> None:
    tab = window.visit("kmeans")
    settle()
    plot: Any = tab.plots()["points"]
    tab.take_focus()
    tab.choose(Focus("point", (3,)))
    plot.user_zoomed = True
    tab.centre.enlarge(tab.centre.big)
    chip = tab.findChild(QToolButton, "pinned")
    assert chip is not None
    assert chip.isVisibleTo(tab)
    escape()
    assert (tab.focus, plot.user_zoomed, chip.isHidden()) == (None, True, True)
    escape()
    assert not plot.user_zoomed
    assert not tab.centre.first.isVisible()
    escape()
    assert tab.centre.first.isVisible()


def test_a_pinned_cell_does_not_look_like_the_sweep(window: Window) -> None:
    tab = window.visit("convolution")
    tab.run.advance(6)
    swept = tab.numbers.subtitle()
    tab.choose(Focus("field", (0, 1, 2)))
    chip = tab.findChild(QToolButton, "pinned")
    assert chip is not None
    assert not chip.isHidden()
    assert "5 → 6" in swept
    assert "5 → 6" not in tab.numbers.subtitle()
    chip.click()
    assert tab.focus is None
    assert tab.numbers.subtitle() == swept


def test_a_zoom_stays_along_one_run_and_goes_with_its_data(window: Window, settle: Any) -> None:
    tab = window.visit("kmeans")
    settle()
    plot: Any = tab.plots()["points"]
    assert isinstance(plot, Plot)
    plot.user_zoomed = True
    tab.run.advance(3)
    tab.set_parameter("trails", not tab.run.params.trails)
    assert plot.user_zoomed
    tab.set_parameter("points", "rings")
    assert not plot.user_zoomed


_HANDLES = ("optimizers", "activations", "loss-metrics", "dense", "kmeans")  # topics whose plots have some


def in_focus() -> Any:
    return QApplication.focusWidget()


def handles_of(tab: Any, settle: Any) -> Iterator[tuple[Plot, Handle]]:
    """Yield every handle of every plot of a tab, which is in front then."""
    for panel in [id for id, widget in tab.plots().items() if isinstance(widget, Plot)]:
        tab.bring_forward(panel)
        settle()
        plot = tab.plots()[panel]
        yield from ((plot, handle) for handle in plot.handles())


@pytest.mark.parametrize("id", [entry.id for entry in TOPICS])
def test_every_handle_is_moved_by_keys_in_one_undo_and_let_go_of(window: Window, settle: Any, id: str) -> None:
    tab: Any = window.visit(id)
    tab.run.advance(3)
    count = 0
    for plot, handle in handles_of(tab, settle):
        before, stood = tab.run.recipe, plot.handles()
        plot.take(handle.focus)
        name = in_focus().accessibleName().rpartition(": ")[0]
        assert name not in ("", plot.accessibleName()), handle
        for _ in range(2):
            QTest.keyClick(in_focus(), Qt.Key.Key_Left)
        assert plot.handles() != stood, handle
        assert plot.held == handle.focus
        escape()
        assert in_focus() is plot
        if tab.run.recipe != before:
            tab.run.undo()
            assert tab.run.recipe.edits == before.edits, handle
        count += 1
    assert count > 1 or id not in _HANDLES
    tab.run.seek(0)
    QTest.keyClick(in_focus(), Qt.Key.Key_Right)
    assert tab.run.position == 1


_KEYS = [Qt.Key[f"Key_{key}"] for key in ("Left", "Right", "Up", "Down", "PageUp", "PageDown", "Home", "End", "Return")]


def clicked_places(plot: QWidget) -> Iterator[QPoint]:
    """Click at places all over a picture, and yield each."""
    for across in np.linspace(0.1, 0.9, 7):
        for down in np.linspace(0.15, 0.85, 5):
            place = QPoint(round(across * plot.width()), round(down * plot.height()))
            QTest.mouseClick(getattr(plot, "viewport", lambda: plot)(), Qt.MouseButton.LeftButton, pos=place)
            yield place


@pytest.mark.parametrize("id", [entry.id for entry in TOPICS])
def test_keys_on_what_was_chosen_do_no_harm_at_the_start_where_it_may_not_be_seen(window: Window, id: str) -> None:
    tab: Any = window.visit(id)
    chosen = set()
    for plot in list(tab.plots().values())[:2]:
        tab.run.advance(3)
        for _ in clicked_places(plot):
            if tab.focus in chosen:
                continue
            chosen.add(tab.focus)
            begun, at = tab.run.recipe, tab.run.position
            tab.run.seek(0)
            for key in _KEYS:
                QTest.keyClick(plot, key)
            tab.run.seek(at)
            if tab.run.recipe != begun:
                tab.run.undo()
    assert chosen - {None} or id in ("loss-metrics", "word2vec")  # there keys and drags choose
