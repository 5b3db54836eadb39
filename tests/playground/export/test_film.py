from __future__ import annotations

import io
from collections.abc import Callable
from itertools import islice
from typing import Any
from unittest import mock

import numpy as np
import pytest
from numpy.typing import NDArray

from playground.export.film import Film
from playground.export.pictures import Origin, image, of_panel
from playground.files import session
from playground.tab.topic_tab import TopicTab
from widgets.plots.plot import Plot

Pixels = NDArray[np.int64]


def film(tab: TopicTab, steps: list[int], panel: str = "loss") -> Film:
    origin = Origin("", tab.run.recipe, steps[-1])
    return Film(tab, of_panel(tab.plots()[panel]), steps, ".apng", 1, 12, origin)


def written(made: Film) -> io.BytesIO:
    file = io.BytesIO()
    made.write(file, lambda: None)
    return file


@pytest.fixture
def drawn(frames: Any) -> Callable[..., list[Pixels]]:
    """Film a tab at some steps and return the pictures."""

    def pictures(tab: TopicTab, steps: list[int], panel: str = "loss") -> list[Pixels]:
        made = film(tab, steps, panel)
        for _ in made.draw():
            pass
        found: list[Pixels] = frames(written(made))
        return found

    return pictures


def still(tab: TopicTab, panel: str) -> Pixels:
    """Return a picture of a panel as it is now."""
    picture = image(of_panel(tab.plots()[panel]), 1)
    bits = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.width(), 4)
    return bits[..., :3].astype(np.int64)


def plot(tab: TopicTab, panel: str = "loss") -> Plot:
    found: Any = tab.plots()[panel]
    assert isinstance(found, Plot)
    return found


@pytest.fixture
def played(tab: TopicTab) -> TopicTab:
    tab.run.advance(40)
    tab.run.seek(25)
    return tab


def test_the_run_in_view_stays_where_it_is(played: TopicTab) -> None:
    run, before = played.run, still(played, "loss")
    timeline, shown = run.timeline, plot(played).viewport_now()
    for _ in film(played, [0, 10, 20]).draw():
        assert (run.timeline, run.position, run.timeline.recorded) == (timeline, 25, 40)
    assert plot(played).viewport_now() == shown
    assert np.array_equal(still(played, "loss"), before)


def test_the_picture_comes_back_when_it_is_ended_midway(played: TopicTab) -> None:
    before = still(played, "loss")
    slices = film(played, list(range(30))).draw()
    for _ in range(5):
        next(slices)
    assert not np.array_equal(still(played, "loss"), before)
    slices.close()
    assert np.array_equal(still(played, "loss"), before)


@pytest.mark.parametrize("panel", ["surface", "loss", "rates"])
def test_a_frame_is_the_still_picture_of_a_run_recorded_that_far(played: TopicTab, panel: str, drawn: Any) -> None:
    """But for the end of its axes: the record of the still picture is given all steps, and shown without those."""
    played.bring_forward(panel)
    filmed = drawn(played, [0, 5, 40], panel)
    for step, frame in zip((5, 40), filmed[1:], strict=True):
        played.run.restart()
        played.run.advance(step)
        played.run.ghost = None
        played.catch_up()
        played.show_view(played.view())
        on_the_same_axes(played, panel, filmed_to=40)
        assert np.array_equal(frame, still(played, panel)), step


def on_the_same_axes(tab: TopicTab, panel: str, filmed_to: int) -> None:
    """Give a plot the axes that a run of so many steps has."""
    longer = tab.run.timeline.fork(tab.run.recipe)
    longer.frame(filmed_to)
    shown, names = plot(tab, panel), ("set_names", "set_log", "set_range")
    spies = {name: mock.Mock() for name in names}
    own, tab.run.timeline = tab.run.timeline, longer
    with mock.patch.multiple(shown, **spies):
        tab.show_view(tab.view())
    tab.run.timeline = own
    tab.show_view(tab.view())
    for name in names:
        for asked in spies[name].call_args_list[:1]:
            getattr(shown, name)(*asked.args, **asked.kwargs)


def test_a_run_is_not_compared_with_itself(played: TopicTab, drawn: Any, settle: Any) -> None:
    alone = drawn(played, [5, 20])
    played.run.pin()
    played.compared.hide()  # its row takes room
    settle()
    assert all(np.array_equal(a, b) for a, b in zip(alone, drawn(played, [5, 20]), strict=True))


def test_a_run_compared_with_is_filmed_beside_it(played: TopicTab, drawn: Any) -> None:
    alone = drawn(played, [5, 20])
    played.run.pin()
    played.run.set_parameter("start", [1.0, 1.0])
    played.run.advance(40)
    assert not np.array_equal(alone[0], drawn(played, [5, 20])[0])
    assert [other.letter for other in played.run.compared] == ["A", "B"]


def test_a_frame_shows_no_step_to_come(played: TopicTab, drawn: Any) -> None:
    early, late = drawn(played, [5, 40])
    coloured = [np.ptp(frame[:, -frame.shape[1] // 3 :], axis=2) > 40 for frame in (early, late)]
    assert not coloured[0].any()
    assert coloured[1].mean() > 0.005  # the lines at the right are in the last frame alone


def test_axes_are_those_of_the_whole_record(played: TopicTab, drawn: Any) -> None:
    pictures = drawn(played, [2, 10, 30])
    assert all(np.array_equal(picture[:, :45], pictures[0][:, :45]) for picture in pictures)


def test_steps_that_are_recorded_for_the_film_have_room(played: TopicTab) -> None:
    ends = []
    made = film(played, [5, 90])
    for _ in made.draw():
        ends.append(plot(played).viewport_now().x1)
    assert ends[-1] == 100
    assert played.run.timeline.recorded == 40
    assert plot(played).viewport_now().x1 == 50


def test_the_same_recipe_gives_the_same_frames(played: TopicTab, drawn: Any, frames: Any) -> None:
    one, two = drawn(played, [3, 9, 27]), drawn(played, [3, 9, 27])
    assert all(np.array_equal(a, b) for a, b in zip(one, two, strict=True))


def test_a_run_opened_from_a_file_is_filmed_while_its_record_is_made(tab: TopicTab, frames: Any) -> None:
    position = session.SNAPSHOT_FROM + 1
    timeline = tab.run.timeline.fork(tab.run.recipe)
    timeline.frame(position)
    opened = session.session_of(timeline, position)
    tab.run.load(opened.timeline(), position, stands_in=opened.snapshot is not None)
    assert tab.run.timeline.recorded < position
    made = film(tab, [3, position])
    for _ in islice(made.draw(), 3000):
        pass
    assert len(frames(written(made))) == 2
