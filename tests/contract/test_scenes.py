"""Every scene shows what it claims, and its texts can be filled with what was seen."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import pytest

from core.run.timeline import Timeline
from playground.command_line.listing import mistaken
from playground.playback.compared import MOST
from playground.scenes.scene import Scene, scenes
from playground.topic_list import TOPICS
from playground.words.texts import LANGUAGES

SCENES = [pytest.param(scene, id=f"{entry.id}-{scene.id}") for entry in TOPICS for scene in scenes(entry)]
CLAIMS = [scene for entry in TOPICS for scene in scenes(entry) if not scene.is_task]


@pytest.mark.parametrize("scene", SCENES)
def test_scene(scene: Scene) -> None:
    """A scene's claim holds, each of its moments comes, and the run in view ends last; no task is done as it begins."""
    runs = {name: scene.recorded(name) for name in scene.names}
    first = runs[scene.names[0]]
    if scene.is_task:
        assert not scene.reached(first)
        return
    for moment in scene.moments:
        assert any(moment.is_at(first, t) for t in range(1, first.recorded + 1))
    # The film ends with the run in view: those beside it must have been seen to their end by then.
    ends = [run.recorded for run in runs.values() if run.ended]
    assert not ends or not first.ended or first.recorded == max(ends)
    outcome = scene.judged(runs)
    assert outcome.holds, outcome.values
    assert scene.question is None or not mistaken(scene.question, outcome.truth)
    for language in LANGUAGES:
        result = scene.texts.find("result", language=language)
        if result:
            shown = result.format_map(dict(outcome.values))
            assert not re.search("[{}]", shown)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_texts_are_there(scene: Scene, language: Any) -> None:
    for part in ("title", "text", *(("hint",) if scene.is_task else ("result",))):
        assert scene.texts.get(part, language=language).strip()


@pytest.mark.parametrize("scene", [param for param in SCENES if not param.values[0].is_task])  # type: ignore[union-attr]
def test_another_run_does_not_show_it(scene: Scene) -> None:
    """A check that holds for any run would show nothing: where every run is cut to its start, it must not hold."""
    starts = {name: Timeline(scene.entry.core, scene.recipe(name)) for name in scene.names}
    check = getattr(scene.entry.checks, scene.id)
    try:
        with warnings.catch_warnings(action="ignore"):
            held = bool(check(starts).holds)
    except (IndexError, ValueError, TypeError, ZeroDivisionError):
        held = False
    assert not held


def test_no_check_is_left_over() -> None:
    for entry in TOPICS:
        source = Path(entry.checks.__file__).read_text("utf-8")
        checks = set(re.findall(r"^def ([a-z]\w*)\(", source, re.MULTILINE))
        assert checks == {scene.id for scene in scenes(entry)}


def test_no_two_scenes_have_one_id() -> None:
    """Progress is kept, and a scene is asked for, by its id alone."""
    ids = [scene.id for entry in TOPICS for scene in scenes(entry)]
    assert sorted(ids) == sorted(set(ids))


ASKING = [scene for scene in CLAIMS if scene.question]


@pytest.mark.parametrize("scene", ASKING, ids=lambda scene: scene.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_has_its_words(scene: Scene, language: Any) -> None:
    assert scene.question
    texts = scene.question.texts
    assert texts.get("question", language=language).strip()
    for option in scene.question.options:
        assert texts.get("options", option, language=language).strip()
    for mistake in texts.tree.get("wrong", {}):
        assert texts.get("wrong", mistake, language=language).strip()


@pytest.mark.parametrize("scene", ASKING, ids=lambda scene: scene.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_before_the_result_states_the_answer(scene: Scene, language: Any) -> None:
    """Options of three words or more must not stand in the text, nor in the words of a moment."""
    assert scene.question
    said = [
        scene.texts.get("text", language=language),
        *(m.texts.get("text", language=language) for m in scene.moments),
    ]
    options = [scene.question.texts.get("options", option, language=language) for option in scene.question.options]
    characters = re.compile(r"[\u4e00-\u9fff]")
    long = [option for option in options if len(option.split()) >= 3 or len(characters.findall(option)) >= 6]
    assert not [option for option in long for text in said if option in text]


@pytest.mark.parametrize("scene", CLAIMS, ids=lambda scene: scene.id)
def test_a_film_takes_a_time_one_can_watch(scene: Scene) -> None:
    assert 6 <= scene.seconds <= 20
    assert scene.pace * scene.seconds == pytest.approx(scene.length)


@pytest.mark.parametrize("scene", CLAIMS, ids=lambda scene: scene.id)
def test_at_most_three_runs_stand_beside_each_other(scene: Scene) -> None:
    assert len(scene.names) <= MOST


CURVES = [scene for scene in ASKING if scene.question and scene.question.kind == "curve"]


@pytest.mark.parametrize("scene", CURVES, ids=lambda scene: scene.id)
def test_what_is_given_of_a_curve_is_true(scene: Scene) -> None:
    assert scene.question
    assert scene.question.given
    step, value = scene.question.given
    assert dict(scene.check().truth)[step] == pytest.approx(value, rel=0.005)
