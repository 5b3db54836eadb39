"""The run that a command is given: of a topic, of a session (or an export), or of a scene."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from core.run.refusal import Refusal
from playground.files.session import Session, open_file
from playground.recipes.plain_compared import LETTERS, Comparison
from playground.topic_list import TOPICS
from playground.words.quoting import most_alike, short

if TYPE_CHECKING:
    from playground.scenes.scene import Scene


def run_of(options: argparse.Namespace) -> Session | None:
    """Return the run of `--session` or `--scene`, None for that of a topic; the options' topic is then its topic.

    Raises Refusal unless one of the three is given, and for options that only a topic's run takes.
    """
    ways = [way for way in (options.topic, options.session, options.scene) if way]
    reason = "one of TOPIC, --session FILE and --scene ID is wanted"
    if not ways:
        raise Refusal("TOPIC", "missing", {"reason": reason})
    if len(ways) > 1:
        raise Refusal("TOPIC", "bad_value", {"given": short(" ".join(map(str, ways))), "reason": reason})
    if options.scene_run is not None and not options.scene:
        raise Refusal("--run", "bad_value", {"given": short(options.scene_run), "reason": "it goes with --scene"})
    if options.topic:
        return None
    for option in ("set", "at", "read", "seed"):
        if value := getattr(options, option):
            reason = "it goes with a TOPIC; a session or scene brings its own"
            raise Refusal(f"--{option}", "bad_value", {"given": short(value), "reason": reason})
    given = open_file(options.session) if options.session else _of_scene(found(options.scene), options.scene_run)
    options.topic = given.recipe.topic
    return given


def found(id: str) -> Scene:
    """Return the scene of that id. Raises Refusal naming those most like it."""
    from playground.scenes.scene import scenes  # it loads what words come from

    known = {scene.id: scene for entry in TOPICS for scene in scenes(entry)}
    if id not in known:
        allowed = (*most_alike(id, list(known)), "… (the command `scenes` lists all)")
        raise Refusal("--scene", "not_one_of", {"given": short(id), "allowed": allowed})
    return known[id]


def _of_scene(scene: Scene, name: str | None) -> Session:
    """Return a run of a scene at its end, alone; without a name the first at the end of the film, beside the others.

    Raises Refusal for a name of none.
    """
    if name is not None:
        if name not in scene.names:
            raise Refusal("--run", "not_one_of", {"given": short(name), "allowed": scene.names})
        return Session(scene.recipe(name), scene.steps(name), scene.steps(name), beat=scene.set_up.beat)
    others = dict(zip(LETTERS[1:], map(scene.recipe, scene.names[1:]), strict=False))
    comparison = Comparison(LETTERS[0] if others else "", others)
    return Session(scene.recipe(), scene.length, scene.length, comparison=comparison, beat=scene.set_up.beat)
