"""Studies computed beside the window: in a thread of their own, one result after the other, until done or cancelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event, Thread
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.run.recipe import Recipe
from core.run.studies import CancelledError, Study


class StudyRunner(QObject):
    """Runs one study at a time; a new one cancels the one before. Signals arrive in the thread the runner lives in."""

    found = Signal(list)  # all results so far
    progressed = Signal(int, int)  # done, in all; 0 of 0 once nothing is at work
    finished = Signal()
    failed = Signal(str)
    _told = Signal(object, str, object)  # from the thread: whose it is, what, and its results or message

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancel: Event | None = None  # of the study at work
        self._total = 0
        self._told.connect(self._hear)
        self.destroyed.connect(lambda: _set(self._cancel))

    @property
    def is_running(self) -> bool:
        """Whether a study is at work."""
        return self._cancel is not None

    def begin(self, study: Study[Any]) -> None:
        """Compute a study; `found` tells the results as they come."""
        self.cancel()
        self._cancel, self._total = Event(), len(study.recipes)
        self.progressed.emit(0, self._total)
        Thread(target=self._work, args=(study, self._cancel), daemon=True, name="study").start()

    def cancel(self) -> None:
        """Leave the study at work undone; nothing more is heard of it."""
        if self._cancel is not None:
            self._cancel.set()
            self._cancel = None
            self.progressed.emit(0, 0)

    def _work(self, study: Study[Any], cancel: Event) -> None:
        results: list[Any] = []
        try:
            for result in study.results(cancel.is_set):
                results.append(result)
                self._told.emit(cancel, "found", list(results))
            self._told.emit(cancel, "finished", None)
        except CancelledError:
            return
        except RuntimeError:  # the window is gone, and its signals with it
            if not cancel.is_set():
                raise
        except Exception as error:  # a fault of a study is told, not the end of the program
            self._told.emit(cancel, "failed", f"{type(error).__name__}: {error}")

    def _hear(self, cancel: Event, what: str, content: Any) -> None:
        if cancel is not self._cancel:
            return  # of a study that was cancelled meanwhile
        if what == "found":
            self.found.emit(content)
            self.progressed.emit(len(content), self._total)
            return
        self._cancel = None
        self.progressed.emit(0, 0)
        if what == "failed":
            self.failed.emit(content)
        else:
            self.finished.emit()


def _set(event: Event | None) -> None:
    if event is not None:
        event.set()


class Answers(QObject):
    """What is known of one study, for one recipe; another recipe takes it away."""

    changed = Signal()

    def __init__(self, study: Callable[[Recipe[Any]], Study[Any]], parent: QObject) -> None:
        super().__init__(parent)
        self._study = study
        self._recipe: Recipe[Any] | None = None  # the one the ends belong to
        self.ends: list[Any] = []
        self.fault = ""
        self.progress = (0, 0)
        self.runner = StudyRunner(self)
        self.runner.found.connect(self._take)
        self.runner.progressed.connect(self._note_progress)
        self.runner.failed.connect(self._fail)

    def belong_to(self, recipe: Recipe[Any]) -> None:
        """Let go of what belongs to another recipe."""
        if self._recipe is not None and self._recipe != recipe:
            self.runner.cancel()
            self._recipe, self.ends, self.fault = None, [], ""

    def begin(self, recipe: Recipe[Any]) -> None:
        """Compute the study of a recipe."""
        self._recipe, self.ends, self.fault = recipe, [], ""
        self.runner.begin(self._study(recipe))

    def finish(self, recipe: Recipe[Any]) -> None:
        """Compute the study of a recipe here and now."""
        self._recipe = recipe
        self._take(list(self._study(recipe).results()))

    def _take(self, ends: Sequence[Any]) -> None:
        self.ends = list(ends)
        self.changed.emit()

    def _note_progress(self, done: int, total: int) -> None:
        self.progress = done, total
        self.changed.emit()

    def _fail(self, message: str) -> None:
        self.fault = message
        self.changed.emit()
