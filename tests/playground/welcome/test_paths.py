from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path as File

import pytest

from playground.files.progress import Predicted, Progress
from playground.scenes.scene import scenes
from playground.topic_list import TOPICS
from playground.welcome.paths import Path, due, paths
from playground.words.texts import LANGUAGES, start_page

PATHS = pytest.mark.parametrize("path", paths(), ids=lambda path: path.id)


@PATHS
def test_every_station_is_a_scene_of_its_topic(path: Path) -> None:
    known = {entry: {scene.id for scene in scenes(entry) if not scene.is_task} for entry in TOPICS}
    assert [station for station in path.stations if station.scene not in known[station.entry]] == []
    assert len(set(path.stations)) == len(path.stations)


@PATHS
def test_stations_of_a_topic_stand_in_the_order_of_its_scenes(path: Path) -> None:
    for entry in {station.entry for station in path.stations}:
        own = [station.scene for station in path.stations if station.entry is entry]
        assert own == [id for id in entry.texts.tree["scenes"] if id in own]


def test_every_topic_lies_on_a_path() -> None:
    assert {station.entry for path in paths() for station in path.stations} == set(TOPICS)


def test_what_follows_is_the_first_not_done_and_after_the_last_the_first() -> None:
    path = paths()[0]
    ids = [station.scene for station in path.stations]
    assert path.following(()) is path.stations[0]
    assert path.following({ids[0], ids[2]}) is path.stations[1]
    assert path.following(ids) is path.stations[0]
    assert path.done({ids[0], ids[2]})[:3] == (True, False, True)


def test_after_a_station_comes_the_next_not_done_then_what_was_passed_over() -> None:
    path = paths()[0]
    first, second, third, fourth, *rest = path.stations
    others = {station.scene for station in rest}
    assert path.after(first, {first.scene}) is second
    assert path.after(first, {first.scene, second.scene}) is third
    assert path.after(fourth, {fourth.scene, third.scene, *others}) is first
    assert path.after(fourth, {station.scene for station in path.stations}) is None


def test_with_nothing_done_each_station_follows_the_one_before_up_to_the_last() -> None:
    for path in paths():
        assert [path.after(station, ()) for station in path.stations] == [*path.stations[1:], None]


def test_what_was_predicted_wrongly_on_an_earlier_day_is_due(tmp_path: File) -> None:
    today = date(2026, 5, 2)
    earlier = (today - timedelta(days=1)).isoformat()
    progress = Progress(tmp_path / "progress.json")
    progress.predicted = {
        "saddle": Predicted(1, False, earlier), "local_minimum": Predicted(1, True, earlier),
        "first_centres": Predicted(1, False, today.isoformat()), "no such scene": Predicted(1, False, earlier),
    }  # fmt: skip
    assert [(station.entry.id, station.scene) for station in due(progress, today)] == [("optimizers", "saddle")]


def test_every_word_of_the_page_has_both_languages() -> None:
    texts = start_page()
    for room in ("words", "titles"):
        for name in texts.tree[room]:
            assert all(texts.get(room, name, language=language) for language in LANGUAGES)
