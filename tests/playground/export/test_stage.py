from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication

from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.command_line import arguments
from playground.export.stage import Stage, recorded, without_settings
from playground.topic_list import topic

ENTRY = topic("optimizers")


@pytest.fixture
def stage(dressed: QApplication, settings: Any) -> Iterator[Stage]:
    with closing(Stage(ENTRY)) as made:
        yield made


def timeline(*given: str) -> Timeline[Any, Any]:
    return Timeline(ENTRY.core, arguments.recipe(ENTRY, given, [], 0, 1000)[0])


def test_nothing_appears_on_a_screen(stage: Stage) -> None:
    stage.show_tab(QSize(1200, 800))
    assert stage.tab.isVisible()
    assert not [window for window in QApplication.topLevelWindows() if window.isExposed() and window.width() == 1200]


def test_the_tab_has_the_size_asked_for(stage: Stage) -> None:
    assert stage.show_tab(QSize(1300, 800)).size == QSize(1300, 800)
    assert stage.tab.size() == QSize(1300, 800)


def test_a_size_too_small_keeps_its_shape(stage: Stage) -> None:
    subject = stage.show_tab(QSize(200, 150))
    assert subject.size == QSize(200, 150)
    assert stage.tab.width() >= 1048
    assert stage.tab.width() / stage.tab.height() == pytest.approx(200 / 150, rel=0.01)


def test_a_panel_that_is_hidden_in_the_tab_is_brought_forward(stage: Stage) -> None:
    stage.show_panel("relief", QSize(400, 300))
    assert stage.tab.shown.in_front().id == "relief"
    assert stage.tab.plots()["relief"].isVisible()


def test_a_panel_that_a_run_brings_forward_is_drawn(dressed: QApplication, settings: Any) -> None:
    dense = topic("dense")
    run = Timeline(dense.core, arguments.recipe(dense, ["hidden=[3]"], [], 0, 2)[0])
    with closing(Stage(dense)) as stage:
        stage.show_tab(QSize(1440, 900))
        stage.show_run(run, 2)
        tab: Any = stage.tab
        assert tab.in_view("net")
        assert tab.net.items()


def test_a_panel_it_does_not_have_is_refused(stage: Stage) -> None:
    with pytest.raises(Refusal, match="'surface', 'relief'") as refused:
        stage.show_panel("nonsense", QSize(400, 300))
    assert refused.value.field == "--panel"


def test_the_run_is_shown_at_its_step(stage: Stage) -> None:
    stage.show_tab(QSize(1200, 800))
    stage.show_run(recorded(timeline(), 12, "--step"), 12)
    assert stage.tab.run.position == stage.tab.run.timeline.recorded == 12


def test_closing_frees_the_widgets(dressed: QApplication, settings: Any) -> None:
    def count() -> int:
        with closing(Stage(ENTRY)) as stage:
            stage.show_tab(QSize(1200, 800))
        return len(QApplication.allWidgets())

    count()
    first = count()
    assert count() - first < 60  # a tab has some six hundred


def test_a_run_that_ends_earlier_is_refused() -> None:
    short = timeline("function=bowl", 'methods=["sgd"]', "sgd.learning_rate=10")
    with pytest.raises(Refusal, match="after_the_end") as refused:
        recorded(short, 900, "--steps")
    assert refused.value.field == "--steps"
    assert refused.value.values["allowed"] == short.recorded


def test_a_step_that_fails_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    run = timeline()
    monkeypatch.setattr(run, "_step", lambda before, t: 1 // 0)
    with pytest.raises(Refusal, match="ZeroDivisionError"):
        recorded(run, 5, "--step")


def test_settings_are_neither_read_nor_written(settings: QSettings) -> None:
    settings.setValue("theme", "dark")
    settings.sync()
    with without_settings():
        assert QSettings().value("theme") is None
        QSettings().setValue("theme", "light")
        inside = Path(QSettings().fileName())
    assert not inside.exists()
    assert QSettings().value("theme") == "dark"
    assert QSettings().fileName() == settings.fileName()
