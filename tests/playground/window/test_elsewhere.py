"""What a thread takes along, and how it leads back when much has happened since."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.nn.activations import softmax
from core.run.explanation import Focus
from playground.playback.compared import same_run
from playground.start.app import Program
from playground.tab.topic_tab import TopicTab


def front(program: Program) -> TopicTab:
    assert program.window.tab is not None
    return program.window.tab


@pytest.fixture
def settled(program: Program, settle: Any) -> Program:
    settle()
    return program


def test_the_ten_scores_of_a_digit_are_drawn_as_shares(settled: Program, settle: Any) -> None:
    cnn = settled.window.visit("cnn")
    cnn.run.advance(1)
    read = cnn.plots()["mosaic"].accessibleDescription()
    cnn.elsewhere.follow("softmax")
    settle()
    there = front(settled)
    shares = softmax(np.array(there.run.params.logits))
    assert f"{shares.argmax()}" in read
    drawn = [float(share) for share in there.plots()["softmax"].accessibleDescription().split(", ")]
    assert drawn == pytest.approx(shares.tolist(), rel=1e-2)


def test_people_and_films_give_the_same_as_a_dense_layer(settled: Program) -> None:
    ratings = settled.window.visit("ratings")
    ratings.run.advance(20)
    learned = ratings.run.frame.state.learned
    ratings.elsewhere.follow("dense")
    run = front(settled).run
    run.advance(1)
    outputs = run.entry.core.arrays(run.frame.state, run.params)["outputs"]
    np.testing.assert_allclose(outputs, learned.users @ learned.items, rtol=1e-12)


def test_rows_of_words_become_the_input_vectors_of_the_same_words(settled: Program) -> None:
    embedding = settled.window.visit("embedding")
    embedding.run.advance(5)
    rows = embedding.run.entry.core.arrays(embedding.run.frame.state, embedding.run.params)
    embedding.elsewhere.follow("row")
    run = front(settled).run
    there = run.entry.core.arrays(run.frame.state, run.params)
    assert list(there["vocabulary"]) == list(rows["vocabulary"])
    np.testing.assert_array_equal(there["W"], rows["E"][1:])


def test_words_go_to_k_means_by_their_names(settled: Program) -> None:
    word2vec = settled.window.visit("word2vec")
    word2vec.elsewhere.follow("clusters")
    params = front(settled).run.params
    assert len(params.point_names) == len(params.points) == 20
    assert "king" in params.point_names


def test_the_way_back_restores_a_run_that_a_thread_replaced(settled: Program) -> None:
    """There, on to a third thing in the first tab, and back twice: step and focus are those that were left."""
    window, go_back = settled.window, settled.window.actions_["view.go_back"]
    kmeans = window.visit("kmeans")
    kmeans.run.reseed(5)
    kmeans.run.advance(4)
    kmeans.run.seek(3)
    kmeans.choose(Focus("point", (7,)))
    left = kmeans.run.recipe
    kmeans.elsewhere.follow("words")
    front(settled).elsewhere.follow("clusters")
    assert front(settled) is kmeans
    assert not same_run(kmeans.run.recipe, left)
    go_back.trigger()
    assert front(settled).entry.id == "word2vec"
    go_back.trigger()
    assert front(settled) is kmeans
    assert (kmeans.run.recipe, kmeans.run.position, kmeans.focus) == (left, 3, Focus("point", (7,)))
    assert not go_back.isEnabled()


def test_the_way_back_brings_the_compared_runs_along(settled: Program) -> None:
    window, go_back = settled.window, settled.window.actions_["view.go_back"]
    kmeans = window.visit("kmeans")
    kmeans.run.pin()
    kmeans.run.reseed(5)
    kmeans.elsewhere.follow("words")
    front(settled).elsewhere.follow("clusters")
    assert not kmeans.run.compared
    go_back.trigger()
    go_back.trigger()
    assert [run.letter for run in kmeans.run.compared] == ["A", "B"]


def test_there_is_no_way_back_where_no_thread_led(settled: Program) -> None:
    window = settled.window
    assert not window.actions_["view.go_back"].isEnabled()
    window.visit("kmeans").elsewhere.follow("words")
    assert window.actions_["view.go_back"].isEnabled()
    window.visit("dense")
    assert not window.actions_["view.go_back"].isEnabled()
    window.visit("word2vec")
    assert window.actions_["view.go_back"].isEnabled()


def test_a_run_with_numbers_is_no_unsaved_work(settled: Program) -> None:
    window = settled.window
    window.visit("word2vec").elsewhere.follow("clusters")
    assert not settled.documents.is_modified(front(settled))


def test_numbers_that_are_refused_stay_behind_and_say_why(settled: Program) -> None:
    kmeans = settled.window.visit("kmeans")
    kmeans.thread_followed.emit({"topic": "activations", "scene": "hot_and_flat", "params": {"logits": [1.0]}})
    on = front(settled).stage.on
    assert on is not None
    assert on.scene.id == "hot_and_flat"
    assert "2" in settled.window.statusBar().currentMessage()
