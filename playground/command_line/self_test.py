"""The command `--self-test`: does everything work on this machine? Every tab is opened where nobody sees it, and used.

Settings and files go to folders that are thrown away.
"""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from core.run.parameters import Parameter, get_value
from playground.files import session
from playground.recipes.limits import LONGEST
from playground.start import can_open
from playground.topic_list import TOPICS

if TYPE_CHECKING:
    from playground.start.app import Program
    from playground.tab.topic_tab import TopicTab

_STEPS = 12


class Failed(Exception):  # noqa: N818  (told, not raised any further)
    """Something was not as it should be."""


def self_test() -> int:
    """Use every tab and say what failed. Return the exit code: 0 if nothing did, else 1."""
    if reason := can_open.go_offscreen():
        _say(f"failed: {reason}")
        return 1
    from playground.export import stage

    with stage.without_settings(), TemporaryDirectory() as folder:
        _app = stage.application("light", "en")  # must live as long as the window
        failed = _use_all(Path(folder))
    _say(f"{len(failed)} failed: {', '.join(failed)}" if failed else "All is well.")
    return 1 if failed else 0


def _use_all(folder: Path) -> list[str]:
    """Open a window, use every tab, and return what failed."""
    from playground.start.app import Program

    program = Program()
    program.window.show()
    checks: dict[str, Callable[[], None]] = {"window": program.load}
    for entry in TOPICS:
        for check in _CHECKS:
            name = check.__name__.strip("_").replace("_", " ")
            checks[f"{entry.id}: {name}"] = partial(check, program, entry.id, folder)
    failed = [name for name, do in checks.items() if not _passes(name, do)]
    program.free()
    return failed


def _passes(name: str, do: Callable[[], None]) -> bool:
    try:
        with _faults_raised():
            do()
    except Exception as error:  # whatever it is, it shall be told, and the rest be tried
        last = traceback.extract_tb(error.__traceback__)[-1]
        _say(f"failed  {name}: {type(error).__name__}: {error} ({Path(last.filename).name}:{last.lineno})")
        return False
    _say(f"ok      {name}")
    return True


@contextmanager
def _faults_raised() -> Iterator[None]:
    """Raise here what goes wrong in a slot, where Qt would only have it told."""
    faults: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, lambda _kind, fault, _trace: faults.append(fault)
    try:
        yield
        _settle()
    finally:
        sys.excepthook = before
    if faults:
        raise faults[0]


def _opens(program: Program, id: str, _folder: Path) -> None:
    tab = program.window.visit(id)
    _settle()
    _check(tab.isVisible(), "the tab is not in view")
    _check(not tab.grab().isNull(), "nothing was drawn")


def _steps(program: Program, id: str, _folder: Path) -> None:
    run = program.window.visit(id).run
    run.advance(_STEPS)
    _check(run.position == _STEPS or run.timeline.ended, f"it came to step {run.position}, not {_STEPS}")
    _check(not run.timeline.error, run.timeline.error)
    frame = run.frame
    run.seek(0)
    run.seek(LONGEST)
    _check(run.frame == frame, "the way back and forth led to another frame")


def _changes_and_undoes(program: Program, id: str, _folder: Path) -> None:
    tab = program.window.visit(id)
    run, before = tab.run, tab.run.recipe
    _change(tab)
    run.advance(2)
    run.undo()
    _check(run.recipe == before, "undo led to another recipe")


def _change(tab: TopicTab) -> None:
    """Change a number or a choice while it runs; where a topic has none, draw other numbers."""
    run = tab.run
    for parameter, value in _other_values(tab):
        tab.set_parameter(parameter.name, value)
        _check(get_value(run.params, parameter.name) == value, f"{parameter.name} did not become {value}")
        return
    seed = run.recipe.seed + 1
    run.reseed(seed)
    _check(run.recipe.seed == seed, f"the seed did not become {seed}")


def _other_values(tab: TopicTab) -> Iterator[tuple[Parameter, Any]]:
    """Yield the numbers and choices that can be changed while it runs, with another value for each."""
    for parameter in tab.parameters.values():
        now = get_value(tab.run.params, parameter.name)
        if parameter.mode == "live" and parameter.kind == "number":
            low = parameter.low or 0.0
            yield parameter, now / 2 if now / 2 > low else now + (low or 0.5)
        if parameter.mode == "live" and parameter.kind == "choice":
            yield parameter, next(choice for choice in parameter.choices if choice != now)


def _saves_and_reopens(program: Program, id: str, folder: Path) -> None:
    run, path = program.window.visit(id).run, folder / f"{id}.mlplay"
    session.save(path, session.session_of(run.timeline, run.position))
    before, frame = run.recipe, run.frame
    run.restart()
    _check(program.documents.open(str(path)), "the file that was saved does not open")
    while program.player.at_work:  # what takes long to record is shown once it is there
        _settle()
    run.seek(LONGEST)
    _check((run.recipe, run.frame) == (before, frame), "the file opened as another run")


def _exports(program: Program, id: str, _folder: Path) -> None:
    from playground.export.formats import PICTURES, TABLES
    from playground.export.pictures import Origin, Picture, of_screen
    from playground.export.tables import Table

    tab = program.window.visit(id)
    run = tab.run
    origin = Origin(tab.texts.get("title"), run.recipe, run.position)
    for ending in PICTURES:
        _write(Picture(of_screen(tab), ending, 1, origin), ending)
    for ending in TABLES:
        _write(Table(run.recipe, run.position, 1, ending), ending)


def _write(export: Any, ending: str) -> None:
    file = io.BytesIO()
    for _ in export.draw():
        pass
    export.write(file, lambda: None)
    _check(len(file.getvalue()) > 100, f"the {ending} file is empty")


def _changes_its_looks(program: Program, id: str, _folder: Path) -> None:
    tab = program.window.visit(id)
    window = program.window
    window.set_theme("dark")
    window.set_language("zh")
    _settle()
    _check(tab.header.title() == tab.texts.get("title", language="zh"), "the Chinese texts do not show")
    window.set_theme("light")
    window.set_language("en")


_CHECKS = (_opens, _steps, _changes_and_undoes, _saves_and_reopens, _exports, _changes_its_looks)


def _check(holds: bool, words: str) -> None:
    if not holds:
        raise Failed(words)


def _settle() -> None:
    from PySide6.QtCore import QCoreApplication

    for _ in range(3):
        QCoreApplication.processEvents()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
