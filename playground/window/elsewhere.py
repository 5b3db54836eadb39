"""The same thing elsewhere: follows a thread from one tab into another, and leads back to where it was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QKeySequence

from core.run.explanation import Focus
from core.run.recipe import Recipe
from core.run.refusal import Refusal
from playground.playback.compared import same_run
from playground.recipes.plain_compared import Comparison
from playground.recipes.plain_recipes import read_recipe
from playground.scenes.scene import Scene, scenes
from playground.topic_list import topic
from playground.words.refusals import sentence

if TYPE_CHECKING:
    from playground.tab.topic_tab import TopicTab
    from playground.window.window import Window

_MOST = 20  # ways back that are remembered


@dataclass(frozen=True)
class Left:
    """Where a tab was left, and into which one the thread led."""

    tab: TopicTab
    into: TopicTab
    recipe: Recipe[Any]
    position: int
    beat: str
    focus: Focus | None
    comparison: Comparison

    @classmethod
    def by(cls, tab: TopicTab, into: TopicTab) -> Left:
        """Return where a tab stands now."""
        run = tab.run
        return cls(tab, into, run.recipe, run.position, tab.beat, tab.focus, run.comparison())


class Elsewhere(QObject):
    """Opens what threads lead to; the run that was in the other tab is brought back by undo there."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.window = window
        self._ways: list[Left] = []  # back, the nearest last

    def follow(self, tab: TopicTab, link: Mapping[str, Any]) -> None:
        """Open another tab at the scene of a link, or the run of its numbers on the stage of that scene."""
        entry = topic(link["topic"])
        scene = next(scene for scene in scenes(entry) if scene.id == link["scene"])
        recipe, said = None, ""
        try:
            recipe = _recipe_of(scene, link)
        except Refusal as refusal:  # the scene shows the same thing with numbers of its own
            said = sentence(refusal)
        into = self.window.visit(entry.id)
        self._ways = [*self._ways[1 - _MOST :], Left.by(tab, into)]
        if recipe is None:
            into.stage.open(scene.id)
        else:
            into.stage.set_for(scene.id, recipe)
        self.show_back()
        self.window.say(said or self._said(tab, recipe is not None))

    def _said(self, tab: TopicTab, with_numbers: bool) -> str:
        if with_numbers:
            text = QCoreApplication.translate("Elsewhere", "With the numbers of “{title}”. {keys} leads back there.")
        else:
            text = QCoreApplication.translate("Elsewhere", "{keys} leads back to “{title}”.")
        keys = self.window.actions_["view.go_back"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return text.format(title=tab.entry.title, keys=keys)

    def show_back(self) -> None:
        """Show in the header of the tab in front where the way back leads, if a thread led into it."""
        way, front = self._way(), self.window.tab
        self.window.actions_["view.go_back"].setEnabled(way is not None)
        if front:
            front.header.show_back(way.tab.entry.title if way else "")

    def _way(self) -> Left | None:
        """Return the way back out of the tab in front, the last one that led into it."""
        return next((way for way in reversed(self._ways) if way.into is self.window.tab), None)

    def go_back(self) -> None:
        """Show the tab that the last thread came from, at the run, the step and the focus it was left with."""
        if way := self._way():
            self._ways = self._ways[: self._ways.index(way)]
            self.window.visit(way.tab.entry.id)
            _restore(way)
            self.show_back()


def _restore(way: Left) -> None:
    """Let a tab stand as it was left; a run that came in between is brought back by undo."""
    tab, run = way.tab, way.tab.run
    if not same_run(run.recipe, way.recipe) or run.comparison() != way.comparison:
        tab.stage.show_left(way.recipe, way.position, way.comparison)
    run.seek(way.position)
    tab.choose(way.focus)
    if way.beat in tab.beats():
        tab.show_beat(way.beat)


def _recipe_of(scene: Scene, link: Mapping[str, Any]) -> Recipe[Any] | None:
    """Return the run of a scene with the numbers of a link in it; None without any. Raises Refusal."""
    if not link.keys() & {"params", "changes"}:
        return None
    own, core = dict(scene.plain[0][1]), scene.entry.core
    params = {**own.get("params", {}), **link.get("params", {})}
    known = {"topic": scene.entry.id, "version": core.VERSION, "seed": own.get("seed", 0)}
    return read_recipe({**known, "params": params, "changes": link.get("changes", [])})
