"""The command `render`: a tab or a panel drawn into a file, without a window on any screen."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from core.run.recipe import Recipe
from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.command_line import arguments, files
from playground.command_line.given import run_of
from playground.export.formats import ANIMATIONS, PICTURES, SEE_THROUGH, TAB, Chosen
from playground.files.session import Session, open_file
from playground.files.whole_file import whole_file
from playground.playback.compared import free_letter
from playground.recipes.beats import check_beat
from playground.recipes.limits import LONGEST
from playground.recipes.plain_compared import ALONE, LETTERS, Comparison
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
    _check_steps(options, ending)
    first, last, every = _range(options.steps) if ending in ANIMATIONS else (options.step, options.step, 1)
    if last > LONGEST:
        raise Refusal(option, "not_whole", {"given": last, "low": 0, "high": LONGEST})
    transparent = options.background == "transparent"
    if transparent and ending not in SEE_THROUGH:
        reason = f"transparent goes with {', '.join(SEE_THROUGH)}"
        raise Refusal("--background", "bad_value", {"given": f"transparent *{ending}", "reason": reason})
    return Chosen(options.panel or TAB, ending, options.scale, first, last, every, options.fps)


def _check_steps(options: argparse.Namespace, ending: str) -> None:
    """Raise Refusal where the step, or the steps, that such a file shows are missing, or the other option is given."""
    wanted, other, form = ("steps", "step", "--steps A:B") if ending in ANIMATIONS else ("step", "steps", "--step N")
    reason = f"a {ending} shows {'several steps' if ending in ANIMATIONS else 'one step'}, {form}"
    if (unwanted := getattr(options, other)) is not None:
        raise Refusal(f"--{other}", "bad_value", {"given": short(unwanted), "reason": reason})
    if getattr(options, wanted) is None:
        raise Refusal(f"--{wanted}", "missing", {"reason": reason})


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
    if given and ending in PICTURES:
        options.step = given.position if options.step is None and options.steps is None else options.step
        options.beat = given.beat if options.beat is None else options.beat
    size, chosen = _size(options.size), _chosen(options, ending)
    entry = topic(options.topic)
    recipe, said = (given.recipe, []) if given else _asked(options, chosen.last)
    compared = _compared(options, given)
    check_beat(entry.core.beats(recipe.params), options.beat or "", "--beat")
    chosen.check(*size)
    with held_back() as let_through, whole_file(options.output) as file:
        from playground.export import stage

        with stage.without_settings():
            _app = stage.application(options.theme, options.lang)  # must live as long as the scene
            with closing(stage.Stage(entry)) as scene:
                timeline = Timeline(entry.core, recipe)
                run = stage.recorded(timeline, chosen.last, _option(ending), let_through)
                _write(file, _export(scene, run, compared, chosen, size, options), let_through)
    files.say(said)
    return 0


def _asked(options: argparse.Namespace, last: int) -> tuple[Recipe[Any], list[str]]:
    return arguments.recipe(topic(options.topic), options.set, options.at, options.seed, last, options.read)


def _compared(options: argparse.Namespace, given: Session | None) -> Comparison:
    """Return the runs beside the one drawn: those of a session or scene under their letters, then those of files.

    Raises Refusal for too many files, and for one of another topic.
    """
    begun = given.comparison if given else ALONE
    allowed = MOST_COMPARED - len(begun.others)
    if len(options.compared) > allowed:
        raise Refusal("--with", "too_many", {"given": len(options.compared), "allowed": allowed})
    if options.runs and not (options.compared or begun.others):
        raise Refusal("--runs", "bad_value", {"given": short(options.runs), "reason": "it goes with --with"})
    letter, others = begun.letter or LETTERS[0], dict(begun.others)
    for path in options.compared:
        others[free_letter((letter, *others))] = _of_file(path, options.topic)
    return Comparison(letter if others else "", others, options.runs or begun.way)


def _of_file(path: Path, topic: str) -> Recipe[Any]:
    recipe = open_file(path).recipe
    if recipe.topic != topic:
        reason = f"it holds a run of {recipe.topic}, not of {topic}"
        raise Refusal("--with", "bad_value", {"given": short(path.name), "reason": reason})
    return recipe


def _export(
    scene: Stage, run: Timeline[Any, Any], compared: Comparison, chosen: Chosen, size: tuple[int, int],
    options: argparse.Namespace,
) -> Export:  # fmt: skip
    from PySide6.QtCore import QSize

    from playground.export.film import Film
    from playground.export.pictures import Origin, Picture

    panel = options.panel
    room = QSize(*size)
    subject = scene.show_tab(room) if panel is None else scene.show_panel(panel, room)
    scene.show_run(run, chosen.last, compared, options.beat or "")
    if panel is None and not options.controls:
        subject = scene.bare(subject, chosen.last, options.caption)
    elif panel and options.caption:
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
