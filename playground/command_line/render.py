"""The command `render`: a tab or a panel drawn into a file, without a window on any screen."""

from __future__ import annotations

import argparse
import re
import sys
from contextlib import closing
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from core.run.refusal import Refusal
from core.run.timeline import Timeline
from playground.command_line import arguments
from playground.export.formats import ANIMATIONS, PICTURES
from playground.files.whole_file import whole_file
from playground.recipes.limits import LONGEST
from playground.start import can_open
from playground.start.interruption import held_back
from playground.topic_list import topic
from playground.words.quoting import short

if TYPE_CHECKING:
    from playground.export.background import Export
    from playground.export.stage import Stage

_SMALLEST, _LARGEST = (200, 150), (8000, 8000)
_SIZE = re.compile("([0-9]{1,6})x([0-9]{1,6})")
_STEPS = re.compile("([0-9]{1,8}):([0-9]{1,8})(?::([0-9]{1,8}))?")


@dataclass(frozen=True)
class Wanted:
    """What the options ask for: how the file ends, width and height, and the steps drawn (one for a picture)."""

    ending: str
    size: tuple[int, int]
    steps: tuple[int, ...]
    option: str  # that named the steps

    @classmethod
    def of(cls, options: argparse.Namespace) -> Wanted:
        """Read the options. Raises Refusal."""
        ending = arguments.ending(options.output, (*PICTURES, *ANIMATIONS))
        option = "--steps" if ending in ANIMATIONS else "--step"
        return cls(ending, _size(options.size), _steps(options, ending, option), option)


def _size(text: str) -> tuple[int, int]:
    match = _SIZE.fullmatch(text)
    size = (int(match[1]), int(match[2])) if match else (0, 0)
    if not all(low <= length <= high for low, length, high in zip(_SMALLEST, size, _LARGEST, strict=True)):
        limits = f"a size from {_SMALLEST[0]}x{_SMALLEST[1]} to {_LARGEST[0]}x{_LARGEST[1]} is wanted"
        raise Refusal("--size", "bad_value", {"given": short(text), "reason": limits})
    return size


def _steps(options: argparse.Namespace, ending: str, option: str) -> tuple[int, ...]:
    """Return the steps to draw. Raises Refusal where they are missing, do not suit the file, or go too far."""
    if ending in ANIMATIONS and options.steps is not None:
        steps = _range(options.steps)
    elif ending in PICTURES and options.step is not None and options.steps is None:
        steps = (options.step,)
    else:
        wants = f"{option} {'A:B' if ending in ANIMATIONS else 'N'} and nothing else"
        raise Refusal("-o", "bad_value", {"given": f"*{ending}", "reason": f"it goes with {wants}"})
    if steps[-1] > LONGEST:
        raise Refusal(option, "not_whole", {"given": steps[-1], "low": 0, "high": LONGEST})
    return steps


def _range(text: str) -> tuple[int, ...]:
    match = _STEPS.fullmatch(text)
    first, last, every = (int(part or 1) for part in match.groups()) if match else (0, 0, 0)
    if not every or last < first:
        raise Refusal("--steps", "bad_value", {"given": short(text), "reason": "A:B or A:B:K is wanted, A not after B"})
    return (*range(first, min(last, LONGEST + 1), every), last)


def render(options: argparse.Namespace) -> int:
    """Draw what the options ask for. Return the exit code; raises Refusal."""
    if reason := can_open.go_offscreen():
        sys.stderr.write(f"ml-playground: {reason}\n")
        return 2
    wanted = Wanted.of(options)
    entry = topic(options.topic)
    recipe = arguments.recipe(entry, options.set, options.at, options.seed, wanted.steps[-1])
    _check(wanted, options.scale)
    with held_back():
        from playground.export import stage

    with whole_file(options.output) as file, stage.without_settings():
        with held_back():
            _app = stage.application(options.theme, options.lang)  # must live as long as the scene
            built = stage.Stage(entry)
        with closing(built) as scene:
            run = stage.recorded(Timeline(entry.core, recipe), wanted.steps[-1], wanted.option)
            with held_back():
                export = _export(scene, run, wanted, options)
            _write(file, export)
    return 0


def _check(wanted: Wanted, scale: int) -> None:
    """Refuse early what could not be written in the end."""
    from PySide6.QtCore import QSize

    from playground.export import animations, pictures

    width, height = wanted.size
    pictures.check_size(QSize(width, height), scale)
    if wanted.ending in ANIMATIONS:
        animations.check_video(wanted.ending)
        animations.check_length(wanted.ending, len(wanted.steps), width * height * scale**2)


def _export(scene: Stage, run: Timeline[Any, Any], wanted: Wanted, options: argparse.Namespace) -> Export:
    from PySide6.QtCore import QSize

    from playground.export.film import Film
    from playground.export.pictures import Origin, Picture

    size = QSize(*wanted.size)
    subject = scene.show_panel(options.panel, size) if options.panel is not None else scene.show_tab(size)
    scene.show_run(run, wanted.steps[-1])
    origin = Origin(scene.tab.texts.get("title"), run.recipe, wanted.steps[-1])
    if wanted.ending in PICTURES:
        return Picture(subject, wanted.ending, options.scale, origin)
    return Film(scene.tab, subject, wanted.steps, wanted.ending, options.scale, options.fps, origin)


def _write(file: IO[bytes], export: Export) -> None:
    drawing, goes_on = export.draw(), True
    while goes_on:
        with held_back():
            goes_on = next(drawing, "done") is None  # it yields nothing
    export.write(file, lambda: None)
