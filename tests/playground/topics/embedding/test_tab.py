"""The tab, through its boards: cells of ribbon and table, words cut, what is hatched, the waterfall, what is typed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.embedding.algorithm import arrays
from core.embedding.settings import data_of
from core.embedding.votes import times_trained, votes
from core.run.explanation import Focus
from playground.topics.embedding.painted import Chip, Clip, Waterfall
from playground.topics.embedding.tab import EmbeddingTab
from playground.topics.embedding.vote_table import FOLD, VoteTable
from widgets.grids.board import Caption, GridBoard
from widgets.grids.board_series import Polyline

SIZES = [(490.0, 500.0), (400.0, 320.0), (1100.0, 600.0)]


def of(kind: Any, board: GridBoard) -> list[Any]:
    return [item for item in board.items() if isinstance(item, kind)]


def captions(board: GridBoard) -> list[str]:
    return [item.text for item in of(Caption, board)]


@pytest.fixture
def played(tab: EmbeddingTab) -> EmbeddingTab:
    tab.set_parameter("twin", True)
    tab.run.advance(60)
    tab.ribbon.resize(500, 520)
    tab.votes.resize(380, 480)
    return tab


def test_the_waterfall_ends_at_the_score_of_the_sentence(played: EmbeddingTab) -> None:
    k = int(data_of(played.run.params).test[0])
    held = arrays(played.run.frame.state, played.run.params)
    z = float(held["E"][held["sequences"][k]].ravel() @ held["W"][:, 0] + held["b"][0])
    (fall,) = of(Waterfall, played.ribbon)
    assert fall.bias == held["b"][0]
    assert fall.steps[-1].end == pytest.approx(z, rel=1e-9)
    assert all(one.end == other.begin for one, other in zip(fall.steps, fall.steps[1:], strict=False))
    assert abs(z) <= fall.heights.limit


def test_words_cut_off_stand_dashed_and_the_others_have_their_place(played: EmbeddingTab) -> None:
    own = data_of(played.run.params)
    k = next(k for k, words in enumerate(own.words) if len(words) == 6)
    played.pick(Focus("sentence", (k,)))
    chips = of(Chip, played.ribbon)
    assert [chip.text for chip in chips] == list(own.words[k])
    assert [chip.dashed for chip in chips] == [True, True, False, False, False, False]
    played.run.set_parameter("truncating", "post")
    assert [chip.dashed for chip in of(Chip, played.ribbon)] == [False, False, False, False, True, True]


def test_padding_is_a_dashed_chip_with_number_0(played: EmbeddingTab) -> None:
    played.run.set_parameter("input_length", 6)
    chips = of(Chip, played.ribbon)
    assert [(chip.text, chip.dashed) for chip in chips[:3]] == [("pad", True), ("pad", True), ("the", False)]
    assert captions(played.ribbon).count("0") == 2


@pytest.mark.parametrize(
    ("beat", "shown"), [("tokens", 1), ("numbers", 2), ("look-up", 4), ("flatten", 5), ("dense", 5)]
)
def test_beats_bring_one_part_after_the_other(played: EmbeddingTab, beat: str, shown: int) -> None:
    played.show_beat(beat)
    heads = ["words", "number", "E 41 × 8", "looked up  4 × 8", "flattened  4 × 8 = 32, laid end to end"]
    told = captions(played.ribbon)
    assert [head in told for head in heads] == [k < shown for k in range(len(heads))]
    assert bool(of(Waterfall, played.ribbon)) == (beat == "dense")


def test_the_rows_looked_up_are_those_of_e(played: EmbeddingTab) -> None:
    held = arrays(played.run.frame.state, played.run.params)
    for place, number in enumerate(held["sequences"][int(data_of(played.run.params).test[0])]):
        row = played.ribbon.placed(f"row {place}")
        assert row is not None
        assert np.array_equal(row.grid.values[0], held["E"][number])


def test_the_table_holds_every_vote_or_says_how_small_the_others_are(played: EmbeddingTab) -> None:
    state, params = played.run.frame.state, played.run.params
    table, own = VoteTable(played.view(), played.texts), votes(state, params)
    numbers = table.numbers_shown(12)
    assert len(numbers) == 12
    assert set(table.sequence.tolist()) <= set(numbers)
    for place in range(4):
        cells = played.votes.placed(f"vote {place}")
        assert cells is not None
        rows = len(cells.grid.values)
        wanted = [np.nan if k == FOLD else own[k, place] for k in table.numbers_shown(rows)]
        assert np.array_equal(cells.grid.values[:, 0], wanted, equal_nan=True)


def test_votes_and_the_weights_of_the_twin_have_their_numbers(played: EmbeddingTab) -> None:
    played.run.set_parameter("input_length", 4)
    for width, kinds in ((354, ("vote", "twin")), (280, ("vote",))):
        played.votes.resize(width, 400)
        for kind in kinds:
            cells = played.votes.placed(f"{kind} 3")
            assert cells is not None
            assert cells.grid.form is not None
            assert cells.grid.form.fit(*cells.size) is not None


def test_what_was_never_trained_is_hatched(played: EmbeddingTab) -> None:
    trained, hatched = times_trained(played.run.params), 0
    for place in range(trained.shape[1]):
        cells = played.votes.placed(f"vote {place}")
        assert cells is not None
        assert cells.grid.hatched is not None
        shown = VoteTable(played.view(), played.texts).numbers_shown(len(cells.grid.values))
        assert cells.grid.hatched[:, 0].tolist() == [k != FOLD and not trained[k, place] for k in shown]
        hatched += int(cells.grid.hatched.sum())
    assert hatched


def test_votes_that_would_all_be_written_as_zero_have_no_number(played: EmbeddingTab) -> None:
    played.run.seek(0)  # none is beyond 0.06 yet, and there is room for one decimal
    played.votes.resize(280, 480)
    cells = played.votes.placed("vote 0")
    assert cells is not None
    assert cells.grid.form is not None
    assert cells.grid.form.fit(*cells.size) is None


def test_pointing_at_a_vote_puts_the_word_there(played: EmbeddingTab) -> None:
    said: list[str] = []
    played.status.connect(said.append)
    cells = played.votes.placed("vote 2")
    assert cells is not None
    shown = VoteTable(played.view(), played.texts).numbers_shown(len(cells.grid.values))
    row = next(r for r, k in enumerate(shown) if k != FOLD and not times_trained(played.run.params)[k, 2])
    played.votes.hovered.emit("vote 2", row, 0)
    assert "never trained there" in said[-1]
    assert played.view().pointed == Focus("vote", (shown[row], 2, int(data_of(played.run.params).test[0])))
    assert played.explanation(played.view()).sentence in ("unseen_twin", "padding_votes")
    played.votes.left.emit()
    assert played.view().pointed is None


def test_pointing_at_the_ribbon_tells_of_the_place(played: EmbeddingTab) -> None:
    played.ribbon.hovered.emit("word 1", 0, 0)
    assert played.focus_name(played.view()) == "place 2, “film”"
    played.ribbon.clicked.emit("W", 2, 3)
    played.ribbon.left.emit()
    assert played.focus_name(played.view()) == "place 3, “was”"
    assert played.pinned()


@pytest.mark.parametrize("length", [1, 4, 12, 64])
def test_every_size_has_a_picture_within_its_board(tab: EmbeddingTab, length: int) -> None:
    tab.run.set_parameter("input_length", length)
    tab.run.advance(2)
    for width, height in SIZES:
        for board in (tab.ribbon, tab.votes):
            board.resize(int(width), int(height))
            for item in of(Caption, board):
                assert -1 <= item.y <= height - item.height + 4, item.text


def test_sentences_held_out_are_listed_with_their_p(played: EmbeddingTab) -> None:
    listed = played.row_values(played.view())
    held = data_of(played.run.params).test[:6]
    assert list(listed) == [f"sentence {k}" for k in held]
    assert all(value[0][-1] in "✓✗" for value in listed.values())


def test_without_any_held_out_the_list_does_not_say_so(tab: EmbeddingTab) -> None:
    titles: list[str] = []
    tab.rows.set_title = lambda title, *_: titles.append(title)  # type: ignore[method-assign]
    splits: list[Any] = [None, []]
    for held in splits:
        tab.run.set_parameter("held_out", held)
        tab.row_values(tab.view())
    assert titles[0] == "Held-out sentences"
    assert titles[-1] == "Sentences"


def test_hashing_shows_words_that_share_a_number(tab: EmbeddingTab) -> None:
    tab.run.set_parameter("encoding", "hashing")
    tab.run.set_parameter("input_dim", 98)
    tab.bring_forward("collisions")
    tab.shown.show("collisions", tab.view())
    told = captions(tab.collisions)
    assert "69: good / bad / admire" in told
    assert "lost 7, expected 7.1" in told


def test_what_stays_from_step_to_step_is_painted_once(played: EmbeddingTab) -> None:
    """Words, numbers, places and heads: two steps have one picture of them, which a step of other words has not."""
    for board, kinds in ((played.ribbon, (Chip, Caption)), (played.votes, (Caption,))):
        kept: list[Any] = []
        for _ in range(2):
            played.run.advance()
            board.grab()
            moving = [item for item in board._parts()[1] if isinstance(item, kinds)]
            kept.append((board._kept._images["still"].cacheKey(), len(of(kinds, board)) - len(moving)))
        assert kept[0] == kept[1]
        assert kept[0][1] > 10
        assert len(moving) <= 2  # z and b; how little those say that are folded


def hashed(tab: EmbeddingTab, height: int) -> tuple[list[str], list[Clip]]:
    """The chips of the ribbon, and its clips, with 98 rows for the hashes."""
    tab.run.set_parameter("encoding", "hashing")
    tab.run.set_parameter("input_dim", 98)
    tab.ribbon.resize(500, height)
    return [chip.text for chip in of(Chip, tab.ribbon)], of(Clip, tab.ribbon)


def test_words_that_share_a_number_are_clipped_together_in_the_ribbon(tab: EmbeddingTab) -> None:
    chips, (clip,) = hashed(tab, 400)
    assert chips == ["the", "film", "was", "good", "bad / admire"]
    lower = {chip.text: chip for chip in of(Chip, tab.ribbon) if chip.colour}
    assert list(lower) == ["good", "bad / admire"]
    ends = clip.rect.top(), clip.rect.bottom()
    assert all(chip.rect.top() < y < chip.rect.bottom() for chip, y in zip(lower.values(), ends, strict=True))
    assert captions(tab.ribbon).count("69") == 2
    tab.run.set_parameter("encoding", "vocabulary")
    assert not of(Clip, tab.ribbon)


def test_both_words_of_a_sentence_that_share_a_number_are_clipped(tab: EmbeddingTab) -> None:
    hashed(tab, 400)
    tab.hand.field.setText("is it me")
    tab.hand.field.textEdited.emit("is it me")
    chips, clips = [chip.text for chip in of(Chip, tab.ribbon)], of(Clip, tab.ribbon)
    assert chips == ["pad", "is", "it", "me"]  # 72: is / me
    assert len(clips) == 1


def test_each_number_shared_in_a_sentence_has_its_own_colour(tab: EmbeddingTab) -> None:
    hashed(tab, 600)
    tab.run.set_parameter("input_dim", 20)
    own = {clip.rect.top(): clip.colour for clip in of(Clip, tab.ribbon)}
    assert len(set(own.values())) == len(own) == 4
    tab.bring_forward("collisions")
    tab.shown.show("collisions", tab.view())
    listed = [line.colour for line in of(Polyline, tab.collisions) if len(line.points) == 2 and not line.dot]
    assert sorted(listed) == sorted(own.values())


def test_rows_that_stand_for_no_word_are_not_in_the_table(tab: EmbeddingTab) -> None:
    tab.run.set_parameter("input_dim", 500)
    tab.run.advance(2)
    tab.votes.resize(380, 480)
    named = set(VoteTable(tab.view(), tab.texts).numbers_shown(1000))
    assert named == set(range(41))
    told = next(text for text in captions(tab.votes) if " more, " in text)
    cells = tab.votes.placed("vote 0")
    assert cells is not None
    assert told.startswith(f"{41 - (len(cells.grid.values) - 1)} more")


def test_where_others_of_a_number_have_no_room_the_words_of_the_sentence_stay(tab: EmbeddingTab) -> None:
    chips, clips = hashed(tab, 190)
    assert chips == ["the", "film", "was", "good"]
    assert not clips
    assert of(Chip, tab.ribbon)[-1].colour


def test_codes_are_told_with_cosine_and_distance(tab: EmbeddingTab) -> None:
    tab.shown.show("codes", tab.view())
    told = captions(tab.codes)
    assert {"0.577", "268.5", "209.8", "360.6", "1.414"} <= set(told)


def test_weights_can_be_typed(played: EmbeddingTab) -> None:
    array = np.array([[0.5]])
    played.cells.typed.emit("b", array)
    assert arrays(played.run.frame.state, played.run.params)["b"].tolist() == [0.5]
