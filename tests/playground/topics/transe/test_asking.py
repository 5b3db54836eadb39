"""Who asks (head, relation, ?) sees a ripple that counts names until it comes to the true tail: that is the rank."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QShortcut

from core.run.explanation import Focus
from core.transe.algorithm import ranks_of
from core.transe.settings import graph_of
from playground.playback.view import View
from playground.topics.transe.ripple import TAKES, Ripple
from playground.topics.transe.shown import Shown


@pytest.mark.parametrize("settings", [{}, {"triples": "contains"}, {"norm": 1, "dim": 5}])
@pytest.mark.parametrize("raw", [False, True])
def test_where_the_ripple_stops_it_has_counted_the_rank(record: Any, settings: Any, raw: bool) -> None:
    run = record(30, **settings)
    told = ranks_of(run.frame(30).state, run.recipe.params)
    for i, rank in enumerate((told.raw if raw else told.filtered).tolist()):
        shown = Shown(View(run, 30, focus=Focus("triple", (i,)), options={"raw": raw}))
        counted = [entity for entity in shown.passed if entity not in shown.left_out]
        assert shown.has_arrived
        assert len(counted) + 1 == rank == shown.rank(shown.tail or 0)
        assert shown.reach == shown.away[shown.tail]


def test_on_its_way_it_has_passed_the_names_within_reach_and_no_others(record: Any) -> None:
    run = record(0)
    for gone in (0.0, 0.5, 3.0, 3.75):
        shown = Shown(View(run, 0, focus=Focus("question", (0, 1)), options={"ripple": gone}))
        assert sorted(shown.passed) == sorted(e for e, d in enumerate(shown.away) if d <= shown.reach and gone >= 1)
        assert len(shown.passed) == int(gone)
        assert shown.tail is None


def test_it_takes_its_time_stops_and_goes_on(qapp: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = QObject()
    ripple = Ripple(owner)
    monkeypatch.setattr(type(qapp.style()), "styleHint", lambda *_: 200)
    ripple.send(10)
    assert ripple.gone == 0
    ripple.pass_time(TAKES / 2)
    assert ripple.gone == pytest.approx(5)
    ripple.stop()
    assert not ripple.runs
    ripple.send(10)
    assert ripple.gone == pytest.approx(5)
    assert ripple.runs
    ripple.pass_time(TAKES)
    assert ripple.gone is None
    assert not ripple.runs


def test_the_boxes_ask_also_what_no_triple_tells(tab: Any) -> None:
    tab.run.advance(3)
    names = graph_of(tab.run.params).entities
    tab.ask.asked.emit(names.index("Rome"), 0)
    assert tab.focus == Focus("triple", (2,))
    assert (tab.ask.head.currentText(), tab.ask.relation.currentText()) == ("Rome", "capital of")
    tab.ask.asked.emit(names.index("Europe"), 0)
    assert tab.focus == Focus("question", (names.index("Europe"), 0))
    tab.ask.slider.setValue(4)
    assert [row.label for row in tab.rows.rows() if row.label] == [names[e] for e in Shown(tab.view()).order[:4]]
    tab.set_parameter("triples", "week")
    assert tab.focus is None


def test_raw_ranks_count_the_other_true_tails(tab: Any) -> None:
    tab.set_parameter("triples", "contains")
    tab.run.advance(1500)
    ranks = []
    for kind in ("filtered", "raw"):
        tab.ask.kinds.chosen.emit(kind)
        tab.choose(Focus("triple", (0,)))
        ranks.append([float(rank) for rank, _ in tab.rows.values().values() if rank != "–"][:3])
    assert ranks[0][:2] == [1.0, 2.0]
    assert ranks[1] == [1.0, 2.0, 3.0]


def test_control_and_arrows_go_from_relation_to_relation(tab: Any) -> None:
    keys = {shortcut.key().toString(): shortcut for shortcut in tab.findChildren(QShortcut)}
    for key, chosen in (("Ctrl+Down", "1"), ("Ctrl+Down", "2"), ("Ctrl+Down", "0"), ("Ctrl+Up", "2")):
        keys[key].activated.emit()
        assert tab.chips.current() == chosen


def test_what_a_scene_asks_is_told_by_neither_list_nor_ripple(tab: Any, record: Any) -> None:
    shown = Shown(View(record(5), 5, covered=True))
    assert not tab.row_values(shown.view)
    assert not [row.label for row in tab.rows.rows() if row.label]
    assert not tab.ask.measures.text()
