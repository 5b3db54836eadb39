"""Studies computed beside the window: in a thread of their own, one result after the other, until done or cancelled."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from PySide6.QtCore import QObject, Signal

from core.run.recipe import Recipe
from core.run.studies import CancelledError, Study
from widgets.base.garbage import without_collection


class Answers(QObject):
    """What is known of one study, for one recipe; another recipe takes it away.

    One is computed at a time; `changed` is sent in the thread this lives in.
    """

    changed = Signal()
    _told = Signal(object, str, object)  # from the thread: whose it is, what, and its results or message

    def __init__(self, study: Callable[[Recipe[Any]], Study[Any]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._study = study
        self._recipe: Recipe[Any] | None = None  # the one the ends belong to
        self._cancel = Event()  # of the study at work
        self.ends: list[Any] = []
        self.fault = ""
        self.progress = (0, 0)  # done, in all; 0 of 0 while nothing is at work
        self._told.connect(self._hear)
        self.destroyed.connect(lambda: self._cancel.set())

    def belong_to(self, recipe: Recipe[Any]) -> None:
        """Let go of what belongs to another recipe."""
        if self._recipe is not None and self._recipe != recipe:
            self.cancel()
            self._recipe, self.ends, self.fault = None, [], ""

    def begin(self, recipe: Recipe[Any]) -> None:
        """Compute the study of a recipe, beside the window."""
        self.cancel()
        study, self._cancel = self._study(recipe), Event()
        self._recipe, self.ends, self.fault, self.progress = recipe, [], "", (0, len(study.recipes))
        self.changed.emit()
        Thread(target=self._work, args=(study, self._cancel), daemon=True, name="study").start()

    def finish(self, recipe: Recipe[Any]) -> None:
        """Compute the study of a recipe here and now."""
        self._recipe, self.ends = recipe, list(self._study(recipe).results())
        self.changed.emit()

    def cancel(self) -> None:
        """Leave the study at work undone; nothing more is heard of it."""
        self._cancel.set()
        if self.progress != (0, 0):
            self.progress = (0, 0)
            self.changed.emit()

    def _work(self, study: Study[Any], cancel: Event) -> None:
        results: list[Any] = []
        try:
            with without_collection():
                for result in study.results(cancel.is_set):
                    results.append(result)
                    self._told.emit(cancel, "found", list(results))
            self._told.emit(cancel, "finished", "")
        except CancelledError:
            return
        except RuntimeError:  # the window is gone, and its signals with it
            if not cancel.is_set():
                raise
        except Exception as error:  # a fault of a study is told, not the end of the program
            self._told.emit(cancel, "failed", f"{type(error).__name__}: {error}")

    def _hear(self, cancel: Event, what: str, content: Any) -> None:
        if cancel.is_set():
            return  # of a study that was cancelled meanwhile
        if what == "found":
            self.ends, self.progress = content, (len(content), self.progress[1])
        else:
            self.fault, self.progress = content, (0, 0)
        self.changed.emit()
