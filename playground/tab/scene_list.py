"""Try this: the scenes and tasks of a topic in its side column; what is done ticks itself from the run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from core.run.timeline import Timeline
from playground.playback.run import Run, same_run
from playground.scenes.scene import Scene, scenes
from playground.topic_list import TopicEntry
from widgets.shell.lesson_list import Lesson, LessonList

_LOOK_AGAIN = 200  # ms between two looks at a running task


def scenes_done(entry: TopicEntry) -> set[str]:
    """Return the ids of the scenes and tasks of a topic that were done, today or before."""
    saved = QSettings().value(f"lessons/{entry.id}", [], type=list)
    known = entry.texts.tree.get("scenes", {})
    return {str(id) for id in saved if id in known} if isinstance(saved, list) else set()


class SceneList(QObject):
    """Opens scenes as runs, and notices when a scene has been played or a task reached."""

    opening = Signal()  # the run in view is about to be replaced
    opened = Signal(object, str)  # the focus and the panel the scene asks for
    progressed = Signal(int, int)  # done, in all

    def __init__(self, entry: TopicEntry, run: Run) -> None:
        super().__init__(run)
        self.entry, self.run = entry, run
        self.scenes = {scene.id: scene for scene in scenes(entry)}
        self.view = LessonList()
        self.view.opened.connect(self.open)
        self._open: Scene | None = None
        self._run_name = ""
        self._recipe = run.recipe  # that of the scene opened last
        self._values: dict[str, Mapping[str, object]] = {}  # the numbers of the results, for either language
        self.done = scenes_done(entry)
        self._looker = QTimer(self, singleShot=True, interval=_LOOK_AGAIN)
        self._looker.timeout.connect(self._look)

    def open(self, id: str, run_name: str = "") -> None:
        """Show one run of a scene, or the set-up of a task."""
        scene = self.scenes[id]
        self._open, self._run_name = scene, run_name or scene.names[0]
        self.opening.emit()
        self._recipe = scene.recipe(self._run_name)
        self.run.load(Timeline(self.entry.core, self._recipe))
        self.view.set_current(id)
        self.opened.emit(scene.focus, scene.panel)

    def retranslate(self) -> None:
        """Give the list its words in the language shown."""
        self.view.set_lessons([self._lesson(scene) for scene in self.scenes.values()])
        self.progressed.emit(len(self.done), len(self.scenes))

    def _lesson(self, scene: Scene) -> Lesson:
        texts = scene.texts
        return Lesson(
            id=scene.id,
            title=texts.get("title"),
            text=texts.get("look"),
            hint=texts.find("hint") or "",
            question=texts.find("predict") or "",
            is_task=scene.is_task,
            runs=tuple((name, texts.find("names", name) or name) for name in scene.names),
            done=scene.id in self.done,
            result=self._result(scene),
        )

    def _result(self, scene: Scene) -> str:
        text = scene.texts.find("result")
        return text.format(**self._values[scene.id]) if text and scene.id in self._values else ""

    def run_changed(self) -> None:
        """Forget the scene when the run in view is not its own any more."""
        if self._open and not same_run(self.run.recipe, self._recipe):
            self._open = None

    def run_moved(self) -> None:
        """Look whether something is done, not more often than a person would."""
        if not self._looker.isActive() and self.run.position:
            self._looker.start()

    def _look(self) -> None:
        shown = self._open
        if shown is None:
            self._look_at_tasks(self.scenes.values())
        elif shown.is_task:  # as it was set up: another task that it happens to fulfil is not the learner's work
            self._look_at_tasks([shown])
        elif self._played(shown) and shown.id not in self.done:
            outcome = shown.check()
            if outcome.holds:
                self._finish(shown, outcome.values)

    def _look_at_tasks(self, asked: Iterable[Scene]) -> None:
        """Tick what the learner's own run has reached; a scene's run is not the learner's."""
        for scene in asked:
            if scene.is_task and scene.id not in self.done and scene.reached(self.run.timeline):
                self._finish(scene, {})

    def _played(self, scene: Scene) -> bool:
        """Tell whether the last run of the scene was played to where its claim shows."""
        timeline = self.run.timeline
        is_last = self._run_name == scene.names[-1]
        over = timeline.ended or self.run.rests_at(timeline.recorded)
        return is_last and (over or timeline.recorded >= scene.steps(self._run_name))

    def _finish(self, scene: Scene, values: Mapping[str, object]) -> None:
        self.done.add(scene.id)
        self._values[scene.id] = values
        QSettings().setValue(f"lessons/{self.entry.id}", sorted(self.done))
        self.view.set_done(scene.id, self._result(scene))
        self.progressed.emit(len(self.done), len(self.scenes))
