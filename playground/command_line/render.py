"""The command `render`: a tab or a panel drawn into a file, without a window on any screen."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from typing import IO, TYPE_CHECKING, Any

from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.command_line import arguments, files
from playground.command_line.given import run_of
from playground.export.formats import ANIMATIONS, PICTURES, SEE_THROUGH, TAB, Chosen
from playground.files.session import open_file
from playground.files.whole_file import whole_file
from playground.recipes.beats import check_beat
from playground.recipes.limits import LONGEST
from playground.start import can_open
from playground.start.interruption import held_back
from playground.topic_list import topic
from playground.words.quoting import short

if TYPE_CHECKING:
    from playground.export.background import Export
    from playground.export.stage import Stage

MOST_COMPARED = 3  # files to compare with
_SMALLEST, _LARGEST = (200, 150), (8000, 8000)
_SIZE = re.compile("([0-9]{1,6})x([0-9]{1,6})")
_STEPS = re.compile("([0-9]{1,8}):([0-9]{1,8})(?::([0-9]{1,8}))?")


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not all(low <= length <= high for low, length, high in zip(_SMALLEST, size, _LARGEST, strict=True)):
        limits = f"a size from {_SMALLEST[0]}x{_SMALLEST[1]} to {_LARGEST[0]}x{_LARGEST[1]} is wanted"
        raise Refusal("--size", "bad_value", {"given": short(text), "reason": limits})
    return size


def _chosen(options: argparse.Namespace, ending: str) -> Chosen:
    """Return what to draw. Raises Refusal where steps are missing, do not suit the file, or go too far."""
    option = _option(ending)
    if ending in ANIMATIONS and options.steps is not None:
        first, last, every = _range(options.steps)
    elif ending in PICTURES and options.step is not None and options.steps is None:
        first, last, every = options.step, options.step, 1
    else:
        wants = f"{option} {'A:B' if ending in ANIMATIONS else 'N'} and nothing else"
        raise Refusal("-o", "bad_value", {"given": f"*{ending}", "reason": f"it goes with {wants}"})
    if last > LONGEST:
        raise Refusal(option, "not_whole", {"given": last, "low": 0, "high": LONGEST})
    transparent = options.background == "transparent"
    if transparent and ending not in SEE_THROUGH:
        reason = f"transparent goes with {', '.join(SEE_THROUGH)}"
        raise Refusal("--background", "bad_value", {"given": f"transparent *{ending}", "reason": reason})
    return Chosen(options.panel or TAB, ending, options.scale, first, last, every, options.fps)


def _option(ending: str) -> str:
    return "--steps" if ending in ANIMATIONS else "--step"


def _range(text: str) -> tuple[int, int, int]:
    match = _STEPS.fullmatch(text)
    first, last, every = (int(part or 1) for part in match.groups()) if match else (0, 0, 0)
    if not every or last < first:
        raise Refusal("--steps", "bad_value", {"given": short(text), "reason": "A:B or A:B:K is wanted, A not after B"})
    return first, last, every


def render(options: argparse.Namespace) -> int:
    """Draw what the options ask for. Return the exit code; raises Refusal."""
    if reason := can_open.go_offscreen():
        sys.stderr.write(f"ml-playground: {reason}\n")
        return 2
    ending = arguments.ending(options.output, (*PICTURES, *ANIMATIONS))
    given = run_of(options)
    if given and ending in PICTURES and options.step is None:
        options.step = given.position
    size, chosen = _size(options.size), _chosen(options, ending)
    entry = topic(options.topic)
    recipe, said = (given.recipe, []) if given else _asked(options, chosen.last)
    others = _others(options, list(given.comparison.others.values()) if given else [])
    check_beat(entry.core.beats(recipe.params), options.beat or "", "--beat")
    chosen.check(*size)
    with held_back() as let_through, whole_file(options.output) as file:
        from playground.export import stage

        with stage.without_settings():
            _app = stage.application(options.theme, options.lang)  # must live as long as the scene
            with closing(stage.Stage(entry)) as scene:
                timeline = Timeline(entry.core, recipe)
                run = stage.recorded(timeline, chosen.last, _option(ending), let_through)
                _write(file, _export(scene, run, others, chosen, size, options), let_through)
    files.say(said)
    return 0


def _asked(options: argparse.Namespace, last: int) -> tuple[Recipe[Any], list[str]]:
    return arguments.recipe(topic(options.topic), options.set, options.at, options.seed, last, options.read)


def _others(options: argparse.Namespace, beside: list[Recipe[Any]]) -> list[Timeline[Any, Any]]:
    """Return the runs beside the one drawn. Raises Refusal for too many files, and for one of another topic."""
    allowed = MOST_COMPARED - len(beside)
    if len(options.compared) > allowed:
        raise Refusal("--with", "too_many", {"given": len(options.compared), "allowed": allowed})
    if options.runs and not (options.compared or beside):
        raise Refusal("--runs", "bad_value", {"given": short(options.runs), "reason": "it goes with --with"})
    others = [open_file(path).recipe for path in options.compared]
    for path, recipe in zip(options.compared, others, strict=True):
        if recipe.topic != options.topic:
            reason = f"it holds a run of {recipe.topic}, not of {options.topic}"
            raise Refusal("--with", "bad_value", {"given": short(path.name), "reason": reason})
    return [Timeline(topic(options.topic).core, recipe) for recipe in (*beside, *others)]


def _export(
    scene: Stage, run: Timeline[Any, Any], others: list[Timeline[Any, Any]], chosen: Chosen, size: tuple[int, int],
    options: argparse.Namespace,
) -> Export:  # fmt: skip
    from PySide6.QtCore import QSize

    from playground.export.film import Film
    from playground.export.pictures import Origin, Picture

    panel = options.panel
    room = QSize(*size)
    subject = scene.show_tab(room, options.controls) if panel is None else scene.show_panel(panel, room)
    scene.show_run(run, chosen.last, others, options.beat or "", options.runs)
    if options.caption and not (panel is None and options.controls):
        subject = scene.captioned(subject, panel, chosen.last)
    subject = replace(subject, transparent=options.background == "transparent")
    origin = Origin(scene.tab.texts.get("title"), run.recipe, chosen.last, scene.tab.comparing.comparison())
    if chosen.is_animation:
        return Film(scene.tab, subject, chosen.steps(), chosen.ending, chosen.scale, chosen.fps, origin)
    return Picture(subject, chosen.ending, chosen.scale, origin)


def _write(file: IO[bytes], export: Export, let_through: Callable[[], None]) -> None:
    for _ in export.draw():
        let_through()
    export.write(file, let_through)
