"""One folder for all that the program keeps, and another where nothing of the user's may be touched."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from playground.export.stage import without_settings
from playground.files import recovery
from playground.files.own_folder import elsewhere, own_folder
from playground.files.own_progress import own_progress
from playground.start import faults
from playground.welcome import left_off

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.usefixtures("settings")


def places() -> list[Path]:
    return [own_progress().path, recovery.folder(), faults.log_file()]


def test_all_that_is_kept_stands_in_it(tmp_path: Path) -> None:
    with elsewhere(tmp_path / "mine"):
        assert own_folder() == tmp_path / "mine"
        assert all(path.parent == own_folder() for path in places())
    assert own_folder() != tmp_path / "mine"
    assert all(path.parent == own_folder() for path in places())


def test_only_one_module_asks_the_system_for_it() -> None:
    asking = [path.name for path in ROOT.glob("playground/**/*.py") if "AppDataLocation" in path.read_text("utf-8")]
    assert asking == ["own_folder.py"]


def test_what_runs_without_settings_leaves_it_alone(window: object) -> None:
    own_progress().finish("saddle")
    before = {path: path.read_bytes() for path in own_folder().rglob("*") if path.is_file()}
    with without_settings():
        assert own_progress().done == set()
        own_progress().predict("which_k", "4", True, date(2026, 1, 2))
        keeper = recovery.Keeper(recovery.folder())
        keeper.leave(recovery.Work())
        left_off.keep_picture(window.visit("kmeans"))  # type: ignore[attr-defined]
        assert len(list(own_folder().rglob("*"))) == 4  # the last two: left.json in its folder
    assert {path: path.read_bytes() for path in own_folder().rglob("*") if path.is_file()} == before
    assert own_progress().done == {"saddle"}
