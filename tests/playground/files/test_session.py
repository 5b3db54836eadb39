from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import kmeans, optimizers, word2vec
from core.nn.update_rules import SGD
from core.optimizers import Params
from core.optimizers.algorithm import MovePoint
from core.run.recipe import Recipe, SetArray, SetParam
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.command_line.cli import main
from playground.files import session
from playground.files.session import Session, dump, load, open_file, save, session_of
from playground.recipes.plain_recipes import plain_recipe
from playground.topic_list import topic
from playground.words.refusals import sentence


def timeline_of(params: Params | None = None, last: int = 20, *edits: tuple[int, Any]) -> Timeline[Any, Any]:
    recipe = Recipe("optimizers", 1, 3, params or Params(noise=0.1))
    for step, edit in edits:
        recipe = recipe.edited(step, edit)
    timeline = Timeline(optimizers, recipe)
    timeline.frame(last)
    return timeline


EDITS = (4, MovePoint("adam", 0.1 + 0.2, -3.0)), (4, SetParam("noise", 0.25)), (9, SetParam("batch_size", 7))


def test_a_session_comes_back_as_it_was() -> None:
    held = session_of(timeline_of(None, 20, *EDITS), 12)
    back = load(dump(held))
    assert back == held
    assert (back.position, back.recorded, back.snapshot) == (12, 20, None)
    assert back.timeline().frame(12) == held.timeline().frame(12)


def test_the_beat_in_view_comes_back_and_an_unknown_one_is_refused() -> None:
    timeline = Timeline(word2vec, Recipe("word2vec", 1, 0, word2vec.Params()))
    timeline.record(3)
    data = dump(session_of(timeline, 3, beat="error"))
    assert load(data).beat == "error"
    assert b'"beat"' not in dump(session_of(timeline, 3))
    with pytest.raises(Refusal) as refused:
        load(data.replace(b'"error"', b'"sleep"'))
    assert (refused.value.field, refused.value.key) == ("beat", "not_one_of")


def test_the_same_session_is_the_same_bytes() -> None:
    one, other = (dump(session_of(timeline_of(None, 20, *EDITS), 12)) for _ in range(2))
    assert one == other


@settings(max_examples=25, deadline=None)
@given(
    st.floats(1e-12, 10), st.floats(-1e5, 1e5), st.integers(0, 2**31 - 1),
    st.lists(st.tuples(st.integers(0, 50), st.floats(0, 1000)), max_size=5),
)  # fmt: skip
def test_every_double_survives_the_file(rate: float, x: float, seed: int, changes: list[tuple[int, float]]) -> None:
    params = Params(function="bowl", start=(x, -x / 3), sgd=SGD(rate))
    recipe = Recipe("optimizers", 1, seed, params)
    for step, noise in sorted(changes):
        recipe = recipe.edited(step, SetParam("noise", noise))
    assert load(dump(Session(recipe))).recipe == recipe


def test_data_of_ones_own_survive_the_file() -> None:
    data = np.array([[0.1, 1.0], [1 / 3, -2.0], [1e-9, 3.0]])
    recipe = Recipe("optimizers", 1, 0, Params(function="linear-regression", data=data))
    assert load(dump(Session(recipe))).recipe == recipe


def test_a_long_run_brings_its_frame_and_a_short_one_does_not() -> None:
    timeline = timeline_of(last=1_010)
    assert session_of(timeline, 1_000).snapshot is None
    back = load(dump(session_of(timeline, 1_001)))
    assert back.snapshot == timeline.made(1_001)
    opened = back.timeline()
    assert opened.frame(1_001) == timeline.frame(1_001)
    assert opened.recorded == 0
    opened.frame(1_002)
    assert back.agrees_with(opened)


@pytest.mark.parametrize("position", [3, 1_003])
def test_a_run_that_gained_rows_survives_the_file(position: int) -> None:
    five = SetArray("centroids", np.arange(10.0).reshape(5, 2))
    timeline = Timeline(kmeans, Recipe("kmeans", 1, 0, kmeans.Params(n_samples=40)).edited(2, five))
    timeline.record(position)
    back = load(dump(session_of(timeline, position)))
    assert back.recipe == timeline.recipe
    assert back.timeline().frame(position) == timeline.frame(position)
    assert len(back.timeline().frame(position).state.centroids) == 5


def test_a_snapshot_stands_before_the_edits_at_its_step() -> None:
    timeline = timeline_of(None, 1_005, (1_003, MovePoint("sgd", 1.0, 1.0)))
    opened = load(dump(session_of(timeline, 1_003))).timeline()
    assert opened.frame(1_003) == timeline.frame(1_003)
    assert opened.frame(1_003).state.sgd.x.tolist() == [1, 1]


def test_mini_batches_are_part_of_a_snapshot() -> None:
    timeline = timeline_of(Params(function="linear-regression", batch_size=40), 1_001)
    assert load(dump(session_of(timeline, 1_001))).snapshot.batch.tolist() == timeline.made(1_001).batch.tolist()


def test_a_large_snapshot_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    held = session_of(timeline_of(last=1_001), 1_001)
    assert b"snapshot" in dump(held)
    monkeypatch.setattr(session, "LARGEST_SNAPSHOT", 1_000)
    assert b"snapshot" not in dump(held)
    assert load(dump(held)).digest == held.digest


def test_a_session_that_could_not_be_opened_again_is_not_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(session, "LARGEST_FILE", 100)
    with pytest.raises(Refusal):
        save(tmp_path / "a.mlplay", session_of(timeline_of(), 3))
    assert not list(tmp_path.iterdir())


def test_another_result_is_noticed() -> None:
    timeline = timeline_of()
    held = session_of(timeline, 12)
    assert held.agrees_with(timeline)
    assert not replace(held, digest=session.digest(timeline.made(11))).agrees_with(timeline)


def test_saving_and_opening(tmp_path: Path) -> None:
    held = session_of(timeline_of(), 12)
    save(tmp_path / "a run.mlplay", held)
    assert open_file(tmp_path / "a run.mlplay") == held
    assert [path.name for path in tmp_path.iterdir()] == ["a run.mlplay"]


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.mlplay"
    save(path, session_of(timeline_of(), 1))
    old = path.read_bytes()
    monkeypatch.setattr(session, "dump", lambda held: held.nothing)
    with pytest.raises(AttributeError):
        save(path, session_of(timeline_of(), 2))
    assert path.read_bytes() == old
    assert len(list(tmp_path.iterdir())) == 1


def test_old_versions_of_a_topic_open(monkeypatch: pytest.MonkeyPatch) -> None:
    data = dump(session_of(timeline_of(), 3))
    monkeypatch.setattr(optimizers, "VERSION", 2)
    assert load(data).recipe.version == 1


@pytest.mark.parametrize("ending", ["csv", "json", "npz"])
def test_an_exported_table_opens_as_its_run(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    options = ["--set", "noise=0.1", "--at", "3:sgd.learning_rate=0.001", "--seed", "9", "--steps", "5"]
    assert main(["trace", "optimizers", *options, "-o", str(path)]) == 0
    opened = open_file(path)
    recipe = Recipe("optimizers", 1, 9, Params(noise=0.1)).edited(3, SetParam("sgd.learning_rate", 0.001))
    assert opened == Session(recipe)


def test_a_table_saved_again_by_a_spreadsheet_opens(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert main(["trace", "optimizers", "--steps", "2", "-o", str(path)]) == 0
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert open_file(path).recipe == Recipe("optimizers", 1, 0, Params())


def picture(path: Path, **texts: str) -> Path:
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    for key, text in texts.items():
        info.add_itxt(key, text)
    Image.new("RGB", (8, 8)).save(path, format="PNG", pnginfo=info)
    return path


def test_a_picture_opens_as_its_run_at_its_step(tmp_path: Path) -> None:
    recipe = Recipe("optimizers", 1, 5, Params(noise=0.1))
    text = json.dumps(plain_recipe(recipe))
    assert open_file(picture(tmp_path / "a.png", recipe=text, step="7")) == Session(recipe, 7, 7)
    assert open_file(picture(tmp_path / "renamed.txt", recipe=text)) == Session(recipe, 0, 0)


def test_a_picture_without_a_recipe_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        open_file(picture(tmp_path / "a.png"))
    assert refused.value.key == "session_no_recipe"


@pytest.mark.parametrize("sampled", [False, True])
def test_a_session_of_whole_centres_comes_back_though_centres_have_fewer_or_more_contexts(sampled: bool) -> None:
    output: Any = "negative sampling" if sampled else "softmax"
    params = word2vec.Params(corpus="a b c d b", examples="centre", output=output, batch=2)
    timeline = Timeline(word2vec, Recipe("word2vec", 1, 0, params))
    timeline.record(1200)
    back = load(dump(session_of(timeline, 1200)))
    assert back.snapshot is not None
    assert back.timeline().frame(1200).state == timeline.frame(1200).state


def test_a_session_at_the_end_of_given_gradients_comes_back() -> None:
    gradients = np.random.default_rng(0).normal(size=(1100, 2))
    timeline = timeline_of(Params(function="gradients", gradients=gradients), 1100, (3, SetArray("adam.v", np.ones(2))))
    back = load(dump(session_of(timeline, 1100)))
    assert back.snapshot is not None
    assert back.timeline().frame(1100).state == timeline.frame(1100).state


SAMPLES = sorted((Path(__file__).parent / "sessions").glob("*.mlplay"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_file_of_every_version_opens_as_it_was_saved(sample: Path) -> None:
    opened = open_file(sample)
    timeline = Timeline(topic(opened.recipe.topic).core, opened.recipe)
    timeline.record(opened.position)
    expected = (1050, 1100, "") if sample.stem.endswith("long") else (5, 7, "error")
    assert (opened.position, opened.recorded, opened.beat) == expected
    assert (opened.snapshot is not None) == sample.stem.endswith("long")
    assert bool(opened.comparison.others) is not sample.stem.endswith("long")
    assert opened.edited is (None if "version_1" in sample.stem else False)


def test_there_is_a_sample_of_this_version() -> None:
    assert {f"version_{i}" for i in range(1, session.FORMAT_VERSION + 1)} <= {path.stem for path in SAMPLES}


def test_a_session_is_indented_and_rows_of_numbers_stay_together() -> None:
    data = np.array([[0.5, 1.0], [1.5, -2.0], [2.5, 3.0]])
    text = dump(Session(Recipe("optimizers", 1, 0, Params(function="linear-regression", data=data)))).decode()
    assert '\n    "params": {\n      "function": "linear-regression",\n' in text
    assert "\n        [1.5, -2.0],\n" in text


def test_a_byte_order_mark_is_read_over() -> None:
    data = dump(Session(Recipe("optimizers", 1, 0, Params())))
    assert load(b"\xef\xbb\xbf" + data) == load(data)


@pytest.mark.parametrize(("old", "new"), [('"noise": 0.1', '"noise": 0.3'), ('"position": 1005', '"position": 1004')])
def test_what_was_edited_by_hand_is_computed_anew(old: str, new: str) -> None:
    text = dump(session_of(timeline_of(last=1_010), 1_005)).decode()
    assert old in text
    opened = load(text.replace(old, new).encode())
    assert (opened.edited, opened.snapshot, opened.digest) == (True, None, "")
    assert json.loads(text.replace(old, new))["recipe"] == plain_recipe(opened.recipe)


def test_other_blanks_and_another_order_are_no_edit() -> None:
    document = json.loads(dump(session_of(timeline_of(last=1_010), 1_005)))
    document["recipe"]["params"] = dict(reversed(document["recipe"]["params"].items()))
    opened = load(json.dumps(document).encode())
    assert opened.edited is False
    assert opened.snapshot is not None


def test_of_a_number_in_quotation_marks_these_are_named() -> None:
    text = dump(Session(Recipe("optimizers", 1, 0, Params(noise=0.1)))).decode()
    with pytest.raises(Refusal) as refused:
        load(text.replace('"noise": 0.1', '"noise": "0.1"').encode())
    assert sentence(refused.value).startswith('"0.1" is not allowed. Use a number')
