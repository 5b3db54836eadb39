"""A film pauses once at each of its moments, says where before it comes there, and is over at its end."""

from __future__ import annotations

import pytest

from core.run.timeline import Timeline
from playground.playback.run import Run
from playground.scenes.scene import scenes
from playground.tab.film import Film
from playground.topic_list import topic

SCENES = {scene.id: scene for scene in scenes(topic("kmeans"))}


def film_of(id: str) -> tuple[Film, Run]:
    scene, run = SCENES[id], Run(topic("kmeans"))
    run.compare_with([Timeline(run.entry.core, scene.recipe())])
    return Film(scene, run), run


def test_a_moment_at_a_step_is_known_before_and_paused_at_once() -> None:
    film, run = film_of("nearest_centre")
    assert list(film.pauses()) == [1]
    run.advance(1)
    moment = film.moment_at(1)
    assert moment is not None
    film.pause_at(moment)
    assert film.moment_at(1) is None
    assert (film.paused, list(film.pauses())) == ((1,), [1])
    assert not film.stops(1)


def test_a_moment_at_an_event_is_known_when_it_comes() -> None:
    film, run = film_of("until_nothing_changes")
    assert list(film.pauses()) == []
    while (moment := film.moment_at(run.position)) is None:
        run.advance(1)
    film.pause_at(moment)
    assert list(film.pauses()) == [run.position]


@pytest.mark.parametrize("id", ["nearest_centre", "shapes_matter"])
def test_it_is_over_at_the_step_it_names_or_where_the_run_ends(id: str) -> None:
    film, run = film_of(id)
    assert film.span() == SCENES[id].length
    for _ in range(SCENES[id].length):
        assert not film.is_over(run.position)
        run.advance(1)
        if run.timeline.ended:
            break
    assert film.is_over(run.position)
    assert film.span() == (0 if run.timeline.ended else SCENES[id].length)
