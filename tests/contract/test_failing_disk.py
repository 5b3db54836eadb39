"""Each thing that is done to a disk fails once: the first, the second, … of all that an act does there.

One sentence says so, what is open is as it was, the file that stood there before is whole, nothing else is left behind,
and the next try goes well.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import IO, Any

import numpy as np
import pytest
from PySide6.QtCore import QLockFile, QSize
from PySide6.QtWidgets import QMessageBox

from core.run.parameters import parameters
from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.export.film import Film
from playground.export.pictures import Origin, Picture
from playground.export.stage import Stage
from playground.export.tables import Table
from playground.files import recovery, session
from playground.files.own_folder import own_folder
from playground.files.progress import Progress
from playground.files.recovery import Keeper, OpenTab, Work
from playground.files.wanted import read_file
from playground.files.whole_file import whole_file
from playground.topic_list import topic
from playground.welcome import left_off
from playground.words.refusals import sentence

ENTRY = topic("kmeans")
RECIPE = Recipe(ENTRY.id, ENTRY.core.VERSION, 3, ENTRY.core.Params(n_samples=20))
OTHER = Recipe(ENTRY.id, ENTRY.core.VERSION, 4, ENTRY.core.Params(n_samples=20))
OLD = b"what stood there before"
FAILS = "Input/output error"


class Disk:
    """Counts what is done to the files of a folder; the one of that number fails as on a broken disk."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.fails_at = str(folder), -1
        self.done: list[str] = []
        for name in ("replace", "unlink", "mkdir", "chmod", "stat", "lstat", "fsync"):
            patch.setattr(os, name, self._counted(name, getattr(os, name)))
        patch.setattr(io, "open", self._opened(io.open))
        locks, count = QLockFile.tryLock, self.count

        class Lock(QLockFile):
            def tryLock(self, *wait: Any) -> bool:
                try:
                    count("lock")
                except OSError:
                    return False
                return locks(self, *wait)

        patch.setattr(recovery, "QLockFile", Lock)

    def begin(self, fails_at: int = -1) -> None:
        self.fails_at, self.done = fails_at, []

    def count(self, name: str) -> None:
        self.done.append(name)
        if len(self.done) - 1 == self.fails_at:
            raise OSError(errno.EIO, FAILS)

    def _is_here(self, file: object) -> bool:
        return isinstance(file, int) or str(file).startswith(self.folder)

    def _counted(self, name: str, do: Callable[..., Any]) -> Callable[..., Any]:
        def counted(file: Any, *more: Any, **named: Any) -> Any:
            if self._is_here(file):
                self.count(name)
            return do(file, *more, **named)

        return counted

    def _opened(self, do: Callable[..., Any]) -> Callable[..., Any]:
        def opened(file: Any, *more: Any, **named: Any) -> Any:
            if not self._is_here(file):
                return do(file, *more, **named)
            self.count("open")
            return _File(do(file, *more, **named), self)

        return opened


class _File:
    """A file whose reads and writes are counted."""

    def __init__(self, file: IO[Any], disk: Disk) -> None:
        self._file, self._disk = file, disk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, *size: int) -> Any:
        self._disk.count("read")
        return self._file.read(*size)

    def write(self, data: Any) -> int:
        self._disk.count("write")
        return self._file.write(data)

    def writelines(self, pieces: Any) -> None:
        for piece in pieces:
            self.write(piece)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with pytest.MonkeyPatch.context() as patch:
        (tmp_path / "disk").mkdir()
        yield Disk(tmp_path / "disk", patch)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "disk" / "file"


def each_failure(disk: Disk, act: Callable[[], Any], before: Callable[[], None]) -> Iterator[tuple[str, str]]:
    """Do an act once well, then once for each thing that it does to the disk; yield which failed, and what was said.

    Nothing was said where the act could do without.
    """
    before()
    disk.begin()
    act()
    done = tuple(disk.done)
    assert done
    for n, name in enumerate(done):
        before()
        disk.begin(n)
        said = _said(act)
        disk.begin()
        yield f"{name}, number {n}", said
    before()
    act()


def _said(act: Callable[[], Any]) -> str:
    try:
        act()
    except Refusal as refusal:
        text = sentence(refusal, language="en")
        assert FAILS in text or "it cannot be locked" in text
        assert "\n" not in text
        return text
    return ""


def save_session(path: Path) -> None:
    session.save(path, session.session_of(Timeline(ENTRY.core, RECIPE), 0))


def keep_progress(path: Path) -> None:
    Progress(path, {"saddle"}).predict("which_k", "4", True, date(2026, 1, 2))


def export(made: Any) -> Callable[[Path], None]:
    for _ in made.draw():
        pass

    def write(path: Path) -> None:
        with whole_file(path, "file") as file:
            made.write(file, lambda: None)

    return write


@pytest.fixture(scope="module")
def exports(dressed: Any) -> dict[str, Callable[[Path], None]]:
    """What is exported as each kind of file: tables, a small picture, a film of two steps."""
    made: dict[str, Callable[[Path], None]] = {}
    for ending in (".csv", ".json", ".npz"):
        made[ending] = export(Table(RECIPE, 2, 1, ending))
    with closing(Stage(ENTRY)) as scene:
        subject, origin = scene.show_panel("inertia", QSize(200, 150)), Origin("K-means", RECIPE, 1)
        scene.show_run(Timeline(ENTRY.core, RECIPE), 1)
        for ending in (".png", ".svg", ".pdf"):
            made[ending] = export(Picture(subject, ending, 1, origin))
        for ending in (".gif", ".apng"):
            made[ending] = export(Film(scene.tab, subject, [0, 1], ending, 1, 12, origin))
    return made


WRITERS: dict[str, Callable[[Path], None]] = {"session": save_session, "progress": keep_progress}
KINDS = (".csv", ".json", ".npz", ".png", ".svg", ".pdf", ".gif", ".apng")


@pytest.mark.parametrize("kind", [*WRITERS, *KINDS])
def test_what_is_written_appears_whole_or_not_at_all(kind: str, disk: Disk, place: Path, exports: Any) -> None:
    write = WRITERS.get(kind) or exports[kind]
    write(place)
    new = place.read_bytes()

    def before() -> None:
        place.write_bytes(OLD)

    refused = set()
    for which, said in each_failure(disk, lambda: write(place), before):
        assert place.read_bytes() == (OLD if said else new), which
        assert [path.name for path in place.parent.iterdir()] == ["file"], which
        refused |= {which.partition(",")[0]} if said else set()
    assert refused >= {"open", "write", "fsync", "replace"}
    assert place.read_bytes() == new


def work(recipe: Recipe[Any]) -> Work:
    return Work((OpenTab(session.Session(recipe, 1, 1), is_saved=False),))


@pytest.mark.parametrize("begun", [True, False], ids=["once begun", "from the start"])
def test_the_open_work_of_before_stays_until_the_new_one_is_whole(begun: bool, disk: Disk, place: Path) -> None:
    keepers: list[Keeper] = []

    def before() -> None:
        for keeper in keepers:
            keeper.let_go()
        keepers[:] = [Keeper(place)] if begun else []
        for keeper in keepers:
            keeper.keep(work(RECIPE))

    def act() -> None:
        keepers[:] = keepers or [Keeper(place)]
        keepers[0].keep(work(OTHER))

    for which, said in each_failure(disk, act, before):
        kept = recovery.read_work(keepers[0].path)
        assert kept == (work(OTHER) if not said else work(RECIPE) if begun else None), which
        assert not list(place.glob(".ml-playground-*")), which
        assert recovery.orphans(place) == [], which  # it is locked
        keepers[0].keep(work(OTHER))
        assert recovery.read_work(keepers[0].path) == work(OTHER)
    keepers[0].let_go()


def test_where_a_window_was_left_is_whole(disk: Disk, place: Path) -> None:
    Keeper(place).leave(work(RECIPE))
    old = (place / "left.json").read_bytes()

    def before() -> None:
        (place / "left.json").write_bytes(old)

    for which, said in each_failure(disk, lambda: Keeper(place).leave(work(OTHER)), before):
        assert recovery.left(place) == work(RECIPE if said else OTHER), which
        assert not list(place.glob(".ml-playground-*")), which


def test_work_that_cannot_be_read_now_is_found_later(disk: Disk, place: Path) -> None:
    keeper = Keeper(place)
    keeper.keep(work(RECIPE))
    kept = keeper.path.read_bytes()
    keeper.let_go()
    orphan = place / "00.json"
    orphan.write_bytes(kept)
    disk.begin()
    for found in recovery.orphans(place):
        found.let_go()
    for n in range(len(disk.done)):
        disk.begin(n)
        for found in recovery.orphans(place):
            found.let_go()
        assert orphan.read_bytes() == kept
    disk.begin()
    [again] = recovery.orphans(place)
    assert again.work == work(RECIPE)
    again.drop()


def read_points(path: Path) -> None:
    (points,) = (parameter for parameter in parameters(ENTRY.core.Params) if parameter.name == "points")
    assert np.array_equal(read_file(path, points).values["points"], [[1, 2], [3, 4]])


@pytest.mark.parametrize("reads", [session.open_file, read_points])
def test_what_cannot_be_read_is_told_and_stays(reads: Callable[[Path], Any], disk: Disk, place: Path) -> None:
    path = place.with_suffix(".csv" if reads is read_points else ".mlplay")
    if reads is read_points:
        path.write_text("a,b\n1,2\n3,4\n", "utf-8")
    else:
        save_session(path)
    whole = path.read_bytes()
    for which, said in each_failure(disk, lambda: reads(path), lambda: None):
        assert said, which
        assert path.read_bytes() == whole, which
        assert [other.name for other in path.parent.iterdir()] == [path.name], which


def test_progress_that_cannot_be_read_now_is_not_written_over(disk: Disk, place: Path) -> None:
    keep_progress(place)
    kept = place.read_bytes()

    def before() -> None:
        for path in place.parent.iterdir():
            path.unlink()
        place.write_bytes(kept)

    before()
    disk.begin()
    Progress.read(place)
    for n, name in enumerate(tuple(disk.done)):
        before()
        disk.begin(n)
        progress = Progress.read(place)
        disk.begin()
        progress.finish("local_minimum")
        assert kept in [path.read_bytes() for path in place.parent.iterdir()], name


def broken(*_: Any) -> None:
    raise OSError(errno.EIO, FAILS)


def test_progress_that_can_neither_be_read_nor_moved_stays(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place.parent.mkdir()
    place.write_bytes(OLD)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", broken)
        progress = Progress.read(place)
    with pytest.raises(Refusal) as refused:
        progress.finish("saddle")
    assert "cannot be read, and not be moved" in sentence(refused.value, language="en")
    assert place.read_bytes() == OLD
    assert progress.done == {"saddle"}  # of this day


@pytest.fixture
def warned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *args: said.append(args[2]))
    monkeypatch.setattr(QMessageBox, "open", lambda box: said.append(box.informativeText()))
    return said


def test_a_window_says_once_what_failed_and_its_work_stays(
    program: Any, tmp_path: Path, place: Path, warned: list[str]
) -> None:
    documents, tab = program.documents, program.window.visit("kmeans")
    place.parent.mkdir()
    path = place.with_suffix(".mlplay")
    save_session(path)
    assert documents.open(str(path))
    old = path.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(path.parent, patch)
        for act in (documents.save, lambda: documents.open(str(path))):
            path.write_bytes(old)
            documents.open(str(path))
            tab.set_parameter("spread", 0.5)
            disk.begin()
            assert act()
            for n in range(len(disk.done)):
                path.write_bytes(old)
                documents.open(str(path))
                tab.set_parameter("spread", 0.5)
                recipe = tab.run.recipe
                warned.clear()
                disk.begin(n)
                if not act():
                    assert len(warned) == 1, disk.done[n]
                    assert path.read_bytes() == old
                    assert (tab.run.recipe, documents.is_modified(tab)) == (recipe, True)
                disk.begin()
                assert [other.name for other in path.parent.iterdir()] == [path.name]


def test_a_picture_of_where_it_was_left_is_whole(program: Any, settings: Any) -> None:
    tab = program.window.visit("kmeans")
    folder = own_folder()
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(folder, patch)
        disk.begin()
        left_off.keep_picture(tab)
        for n in range(len(disk.done)):
            disk.begin(n)
            left_off.keep_picture(tab)
            disk.begin()
            assert not left_off.kept_picture().isNull()
            assert not list(folder.glob(".ml-playground-*"))
