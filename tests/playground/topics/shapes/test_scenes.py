"""Nothing in the tab tells the answer to a scene while it asks; once it is played, the truth stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from core.nn.layers import Dense, Embedding, SimpleRNN, text_of
from core.run.explanation import Focus
from core.run.parameters import plain
from playground.actions import Actions
from playground.scenes.scene import Scene, Seen, scenes
from playground.tab.explaining import explain
from playground.topic_list import topic
from playground.topics.shapes import scenes as checks
from playground.topics.shapes.tab import ShapesTab
from widgets.base import numbers
from widgets.grids.board import Caption, GridBoard

ASKING = [scene for scene in scenes(topic("shapes")) if scene.question]
COVERED = [
    s for s in ASKING if s.question and s.question.kind in ("cell", "number", "order") and s.id != "which_number"
]
TOLD_BY_SETTINGS = {"three_numbers", "other_numbers", "one_large_sample"}  # small numbers that stand in what is given
BOARDS = ("stack", "nested", "weights", "point")


@pytest.fixture
def tab(settings: Any) -> Iterator[Any]:
    owner = QWidget()
    made = ShapesTab(topic("shapes"), Actions(owner), 0, owner)
    made.complete()
    yield made
    owner.deleteLater()


def shown(tab: ShapesTab) -> str:
    """Return all that boards, list and strip say; the texts of one board put together."""
    view, told = tab.view(), []
    tab.show_view(view)
    for id in BOARDS:
        board: Any = tab.plots()[id]
        assert isinstance(board, GridBoard)
        board.resize(900, 700)
        tab.shown.by_id[id].show(view)
        told.append("".join(item.text for item in board.items() if isinstance(item, Caption)))
    rows = [value for values in tab.row_values(view).values() for value in values]
    explain(tab, view)
    tab.numbers.show_written()
    return "\n".join([*told, *rows, tab.numbers.view.text()])


def answers(scene: Scene) -> list[str]:
    """Return how the truth would be printed."""
    truth = scene.check().truth
    if isinstance(truth, list) and isinstance(truth[0], int):
        return [text_of(truth), ", ".join(map(str, truth))]
    if isinstance(truth, list):
        return [str(n) for n in scene.check().values.values()]
    return [numbers.count(truth), str(truth)]


@pytest.mark.parametrize("scene", [s for s in COVERED if s.id not in TOLD_BY_SETTINGS], ids=lambda scene: scene.id)
def test_the_answer_is_covered_until_it_is_given(tab: Any, scene: Scene) -> None:
    tab.stage.open(scene.id)
    for focus in (None, Focus("layer", (1,)), Focus("cell", (1, 0)), Focus("level", (0,))):
        tab.choose(focus)
        words = shown(tab)
        for answer in answers(scene):
            assert not re.search(rf"(?<![\d ,(]){re.escape(answer)}(?!\d)", words.replace("(None, ", "(")), (
                focus,
                answer,
            )
    assert "(?)" in words
    tab.stage.skip()
    tab.run.advance(scene.length)
    assert any(answer in shown(tab) for answer in answers(scene))


@pytest.mark.parametrize("scene", COVERED, ids=lambda scene: scene.id)
def test_list_strip_and_tables_of_weights_are_empty_while_it_asks(tab: Any, scene: Scene) -> None:
    tab.stage.open(scene.id)
    assert {value for values in tab.row_values(tab.view()).values() for value in values} == {"–"}
    assert tab.plots()["cells"].isHidden() or tab.shown.by_id["cells"].empty(tab.view())


def test_no_rule_of_a_chosen_layer_gives_the_sizes_on_the_way(tab: Any) -> None:
    """Flatten's rule has the sizes of what it is given: (k·13 + r)·13 + c."""
    tab.stage.open("laid_in_a_row")
    tab.choose(Focus("layer", (3,)))
    assert "13" not in shown(tab)
    tab.stage.skip()
    assert "·13" in shown(tab)


@pytest.mark.parametrize("scene", [s for s in COVERED if len(s.names) > 1], ids=lambda scene: scene.id)
def test_the_table_at_the_cursor_has_no_number_while_it_asks(tab: Any, scene: Scene) -> None:
    tab.stage.open(scene.id)
    view = tab.view()
    first, *others = (view.of(run) for run in view.compared)
    told = [value for measure in tab.measures(view) for value in measure.row(first, tuple(others)).values]
    assert others
    assert not any(letter.isdigit() for value in told for letter in value)


def test_at_least_half_ask_and_most_not_by_choice() -> None:
    films = [scene for scene in scenes(topic("shapes")) if not scene.is_task]
    assert 2 * len(ASKING) >= len(films)
    assert 4 * sum(scene.question is not None and scene.question.kind == "choice" for scene in ASKING) < len(ASKING)
    assert {claim for scene in films for claim in scene.claims} == {f"S{i}" for i in range(1, 8)}


def reached(tab: Any, check: Any) -> bool:
    return bool(check(Seen(tab.run.timeline, tab.run.position)))


def test_the_ragged_list_is_mended_by_one_number(tab: Any) -> None:
    tab.set_parameter("data", [[1, 2], [3]])
    assert not reached(tab, checks.mend_the_ragged)
    for data, is_mended in (([[1, 2], [3, 9]], True), ([[1, 2], [9, 3]], False), ([[1, 2]], False), ([1, 2], False)):
        tab.set_parameter("data", data)
        assert reached(tab, checks.mend_the_ragged) is is_mended


def test_other_numbers_of_the_same_shape_do_the_task(tab: Any) -> None:
    assert not reached(tab, checks.change_a_number)
    for data, is_done in (([[1], [2], [-900]], True), ([[4, 5], [6, 7]], False), ([1, 2, 3], False)):
        tab.set_parameter("data", data)
        assert reached(tab, checks.change_a_number) is is_done


def test_a_cure_makes_the_stack_of_the_task(tab: Any) -> None:
    wished = (*tab.run.params.layers, SimpleRNN(8))
    tab.set_parameter("layers", plain(wished))
    assert not reached(tab, checks.make_it_build)
    tab.board.clicked.emit("cure 1", 0, 0)
    assert {Embedding, SimpleRNN, Dense} <= {type(layer) for layer in tab.run.params.layers}
    assert reached(tab, checks.make_it_build)
