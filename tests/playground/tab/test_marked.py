"""What a scene speaks of is marked in all pictures alike, keyed once, and never before the answer is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton

from playground.playback.player import Player
from playground.scenes.mark import Spoken
from playground.start.app import Program
from playground.tab.scene_words import Phase
from playground.tab.topic_tab import TopicTab
from widgets.grids.board import GridBoard
from widgets.grids.board_lines import Corners
from widgets.plots.marks.spoken import Framed, Number, Ring, Stretches
from widgets.plots.plot import Plot
from widgets.shell.scrub_bar import ScrubBar

Open = Callable[[str, str], TopicTab]


@pytest.fixture
def opened(program: Program, settle: Any) -> Open:
    def visit(topic: str, scene: str) -> TopicTab:
        tab: TopicTab = program.window.visit(topic)
        tab.stage.open(scene)
        settle()
        return tab

    return visit


def play(tab: TopicTab, player: Player, qtbot: Any, to_end: bool = True) -> None:
    """Play the film by single steps: to its first moment, or through all of them to its result."""
    tab.stage.skip()
    player.pause()
    while tab.stage.on and tab.stage.on.phase is Phase.WATCH:
        tab.run.advance()
        if tab.stage.on.moment:
            if not to_end:
                return
            tab.stage.play()
            player.pause()
    qtbot.waitUntil(lambda: tab.stage.on is not None and tab.stage.on.outcome is not None, timeout=20_000)


def marks_of(tab: TopicTab, panel: str, kind: type[Any]) -> list[Any]:
    plot = tab.plots()[panel]
    assert isinstance(plot, Plot)
    return [mark for mark in plot.marks if isinstance(mark, kind)]


def ends(stretches: Stretches) -> int:
    """How many steps a stretch has: points less gaps and beginnings."""
    gaps = int(np.isnan(stretches.xy[:, 0]).sum())
    return len(stretches.xy) - 2 * gaps


def test_two_pictures_and_the_scrub_bar_mark_the_same_steps(opened: Open, program: Program, qtbot: Any) -> None:
    tab = opened("optimizers", "momentum_adds_vectors")
    play(tab, program.player, qtbot)
    loss = tab.run.timeline.series.column("momentum.loss")
    rose = int((np.diff(loss) > 0).sum())
    (on_curve,), (on_trail,) = (marks_of(tab, panel, Stretches) for panel in ("loss", "surface"))
    assert rose == ends(on_curve) == ends(on_trail) == len(tab.view().claim.all_steps)
    assert on_curve.xy[:2, 1].tolist() == pytest.approx(loss[2:4].tolist())  # step 3 is the first to rise
    assert tab.shown.card.key() == "loss rose"
    plain = tab.transport.scrub_bar.grab().toImage()
    tab.stage.close()
    assert tab.transport.scrub_bar.grab().toImage() != plain


def test_a_step_further_back_marks_only_what_was_made_by_then(opened: Open, program: Program, qtbot: Any) -> None:
    tab = opened("optimizers", "momentum_adds_vectors")
    play(tab, program.player, qtbot)
    tab.run.seek(3)
    for panel in ("loss", "surface"):
        (stretches,) = marks_of(tab, panel, Stretches)
        assert ends(stretches) == 1


@pytest.mark.parametrize(
    ("topic", "scene", "panel"),
    [("optimizers", "momentum_adds_vectors", "surface"), ("kmeans", "long_groups", "points")],
)
def test_nothing_is_marked_before_the_answer_nor_while_it_plays(
    opened: Open, program: Program, topic: str, scene: str, panel: str
) -> None:
    tab = opened(topic, scene)
    assert tab.view().spoken is None
    tab.stage.skip()
    program.player.pause()
    tab.run.advance(2)
    assert tab.view().spoken is None
    for kind in (Stretches, Framed, Ring):
        assert marks_of(tab, panel, kind) == []
    assert tab.shown.card.key() == ""


def test_a_moment_has_a_ring_and_its_words_until_it_goes_on(opened: Open, program: Program, qtbot: Any) -> None:
    tab = opened("optimizers", "momentum_adds_vectors")
    play(tab, program.player, qtbot, to_end=False)
    assert tab.run.position == 4
    rings = [marks_of(tab, panel, Ring) for panel in ("surface", "loss")]
    assert [[ring.words for ring in found] for found in rings] == [["step 4"], ["step 4"]]
    assert rings[0][0].at == tuple(tab.run.frame.state.momentum.x.tolist())
    assert rings[1][0].at == pytest.approx((4.0, tab.run.timeline.series.row(4)["momentum.loss"]))
    tab.stage.play()
    program.player.pause()
    assert marks_of(tab, "surface", Ring) == []


def test_a_run_beside_has_its_own_marks(opened: Open, program: Program, qtbot: Any) -> None:
    tab = opened("optimizers", "gradient_lowers_the_loss")
    play(tab, program.player, qtbot)
    assert not tab.view().claim  # the loss of A never rose
    assert {mark.letter for mark in marks_of(tab, "loss", Stretches)} == {"B"}
    assert {mark.letter for mark in marks_of(tab, "surface", Stretches)} == {"B"}
    assert tab.shown.card.key() == "loss rose"


def test_where_nothing_meets_the_condition_the_key_says_so(opened: Open, program: Program, qtbot: Any) -> None:
    tab = opened("kmeans", "virtual_mean")
    play(tab, program.player, qtbot)
    assert tab.shown.card.key() == "on a data point: none"
    tab.stage.close()
    assert tab.shown.card.key() == ""


def test_many_points_have_crosses(opened: Open, program: Program, qtbot: Any) -> None:
    tab = opened("kmeans", "long_groups")
    play(tab, program.player, qtbot)
    (framed,) = marks_of(tab, "points", Framed)
    assert framed.size == 0
    assert len(framed.places) == len(tab.view().claim.things) > 100


def test_a_cell_has_corners_on_its_board(opened: Open, program: Program, qtbot: Any) -> None:
    tab = opened("convolution", "one_window_one_cell")
    play(tab, program.player, qtbot)
    board = tab.plots()["sweep"]
    assert isinstance(board, GridBoard)
    placed = board.placed("output 0")
    assert placed
    (corners,) = [item for item in board.items() if isinstance(item, Corners) and not item.is_ring]
    assert placed.cell_at(corners.rect.center().x(), corners.rect.center().y()) == (0, 0)


def test_marks_that_answer_have_the_numbers_of_their_options(opened: Open) -> None:
    tab = opened("word2vec", "the_weights_are_the_product")
    assert sorted(mark.number for mark in marks_of(tab, "map", Number)) == ["1", "2", "3"]
    option = tab.stage.card.findChild(QAbstractButton, "scene.answer.queen")
    assert option is not None
    assert option.text() == "2  queen"
    tab.stage.take_answer("queen")
    assert marks_of(tab, "map", Framed) == []  # numbers do not tell who is right
    tab.stage.skip()
    assert marks_of(tab, "map", Number) == []


def test_without_a_scene_no_condition_is_asked_for(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = program.window.visit("optimizers")
    monkeypatch.setattr(type(tab.entry), "conditions", None)
    tab.run.advance(3)
    assert tab.view().spoken is None
    assert not tab.view().claim


def test_the_bar_is_thick_only_at_the_steps_spoken_of(dressed: Any, freed: Any) -> None:
    bar = ScrubBar()
    freed(bar)
    bar.resize(400, 32)
    bar.show_position(10, 10)
    plain = bar.grab().toImage()
    bar.set_spoken((5,), "loss rose")
    marked = bar.grab().toImage()
    assert "loss rose" in bar.mark_at(bar.x_of(5) - 1)
    assert bar.mark_at(bar.x_of(6) + 3) == ""
    half = round(bar.x_of(4)) - 3
    assert marked != plain
    assert marked.copy(0, 0, half, 32) == plain.copy(0, 0, half, 32)


def test_a_thing_said_of_a_question_is_no_claim() -> None:
    assert Spoken(asks=True).claim is None


def test_the_relief_marks_what_the_plane_does(opened: Open, program: Program, qtbot: Any) -> None:
    tab = opened("optimizers", "momentum_adds_vectors")
    play(tab, program.player, qtbot)
    tab.bring_forward("relief")
    qtbot.wait(0)
    marked = tab.plots()["relief"].grab().toImage()
    tab.stage.close()
    assert tab.plots()["relief"].grab().toImage() != marked


def test_corners_stand_where_a_line_ends(opened: Open, program: Program, qtbot: Any) -> None:
    """A mean over a pass stands in the middle of that, and not at the step in view."""
    tab = opened("word2vec", "trained_like_any_net")
    tab.stage.skip()
    program.player.pause()
    tab.run.advance(1300)
    qtbot.waitUntil(lambda: tab.stage.on is not None and tab.stage.on.outcome is not None, timeout=60_000)
    qtbot.waitUntil(lambda: not tab.run.behind, timeout=60_000)
    framed = marks_of(tab, "loss", Framed)
    assert len(framed) == 3  # of A, B and C
    series = tab.run.timeline.series
    ends = np.flatnonzero(np.diff(series.column("epoch")) > 0) + 1
    ((x, y),) = framed[0].places
    assert (x, y) == (pytest.approx((ends[-2] + ends[-1] + 1) / 2), series.row(int(ends[-1]))["epoch_loss"])
