"""What holds after every deed, whatever it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMessageBox

from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.files import session

if TYPE_CHECKING:
    from tests.playground.simulation.world import World


class Truths:
    """Looks at a world after each deed.

    It knows the last replay of each topic, and which step and which session were found to be right last, so that
    nothing is asked again that cannot have changed.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self._replays: dict[str, Timeline[Any, Any]] = {}
        self._right_step: Any = None
        self._right_session: session.Session | None = None

    def check(self) -> None:
        """Raise AssertionError for the first thing that is not so."""
        self._nothing_went_wrong()
        if tab := self.world.tab:
            self._what_can_be_done_is_offered(tab)
            if tab.run.target is None and tab.run.far is None:
                self._the_frame_is_that_of_the_recipe(tab)
                self._the_session_is_that_run(tab)

    def _nothing_went_wrong(self) -> None:
        assert not self.world.faults, self.world.faults
        said = self.world.told, self.world.window.statusBar().currentMessage()
        assert [kind for kind, words in self.world.told if not words] == [], said
        words = [*(words for _, words in self.world.told), said[-1]]
        assert not [each for each in words if "{" in each or "Traceback" in each or each.startswith(" ")], said

    def _the_frame_is_that_of_the_recipe(self, tab: Any) -> None:
        run = tab.run
        assert 0 <= run.position <= run.timeline.recorded
        step = run.timeline, run.recipe, run.position
        if step == self._right_step:
            return
        replay = self._replays.get(run.entry.id)
        if replay is None or replay.recipe is not run.recipe:
            replay = self._replays[run.entry.id] = Timeline(run.entry.core, run.recipe)
        assert run.frame == replay.frame(run.position), f"frame {run.position} of {run.entry.id}"
        self._right_step = step

    def _the_session_is_that_run(self, tab: Any) -> None:
        run = tab.run
        kept = session.Session(run.recipe, run.position, max(run.position, run.timeline.recorded))
        if kept == self._right_session:
            return
        opened = session.load(session.dump(kept))
        assert opened.recipe == run.recipe, "the session's recipe"
        assert opened.position == run.position, "the session's step"
        self._right_session = kept

    def _what_can_be_done_is_offered(self, tab: Any) -> None:
        act, run = self.world.window.actions_, tab.run
        assert act["edit.undo"].isEnabled() is run.can_undo, "undo"
        assert act["edit.redo"].isEnabled() is run.can_redo, "redo"
        if run.target is None:
            assert tab.transport.scrub_bar.value() == run.position, "the scrub bar"
        assert self.world.window.isWindowModified() is self.world.program.documents.is_modified(tab), "the title"


@contextmanager
def check_saved(world: World) -> Iterator[None]:
    """Hold that a file is there and whole, or one message says why not and what was there stays; the work stays."""
    run, path = world.tab.run, Path(world.pick)
    recipe = run.recipe
    with mended(world):
        before = _bytes(path)
    known = world.program.documents._paths.get(world.tab)
    yield
    warnings = [words for kind, words in world.told if kind == "warning"]
    assert run.recipe is recipe
    target = path if world.program.documents._paths.get(world.tab) != known else (known or path)
    with mended(world):
        after = _bytes(path)
        opened = session.open_file(world.program.documents._paths[world.tab]) if world.saved else None
    if opened:
        assert opened.recipe == recipe
        assert not warnings, world.told
    elif warnings:
        assert len(warnings) == 1, world.told
    else:  # it was not asked to replace what others have changed meanwhile
        assert [kind for kind, _ in world.told] == ["question"], world.told
        assert world.answered != QMessageBox.StandardButton.Yes
    if not opened and target == path:
        assert after == before, "the file that was there before"


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


@contextmanager
def mended(world: World) -> Iterator[None]:
    """Look at the disk as it is."""
    fault, world.disk.fault = world.disk.fault, ""
    yield
    world.disk.fault = fault


@contextmanager
def check_opened(world: World, name: str) -> Iterator[None]:
    """Hold that the run in a file is shown, or one message says why not and the open work stays."""
    with mended(world):
        try:
            wanted = session.open_file(world.files / name).recipe
        except Refusal:
            wanted = None
    tab = world.tab
    recipe = tab and tab.run.recipe
    yield
    complaints = [words for kind, words in world.told if kind == "complaint"]
    if wanted is None or complaints:
        assert len(complaints) == 1, world.told
        assert tab is None or tab.run.recipe is recipe
    elif "question" not in {kind for kind, _ in world.told}:
        assert world.tab.run.recipe == wanted
