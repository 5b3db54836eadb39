"""The command `trace`: a run as a table, on stdout or in a file."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from core.run.recipe import Recipe
from playground.command_line import arguments, files
from playground.command_line.given import run_of
from playground.export.formats import TABLES
from playground.export.tables import Table
from playground.files.whole_file import whole_file
from playground.topic_list import topic

_STEPS = 100  # of a topic's run, where no other number is asked for


def trace(options: argparse.Namespace) -> int:
    """Run what the options ask for and write it. Raises Refusal."""
    ending = arguments.ending(options.output, TABLES) if options.output else ".csv"
    given = run_of(options)
    steps = options.steps if options.steps is not None else given.recorded if given else _STEPS
    recipe, said = (given.recipe, []) if given else _asked(options, steps)
    table = Table(recipe, steps, options.every, ending)
    if not options.output:
        sys.stdout.writelines(table.csv_lines(lambda: None))
    else:
        with whole_file(options.output) as file:
            table.write(file, lambda: None)
    files.say(said)
    return 0


def _asked(options: argparse.Namespace, steps: int) -> tuple[Recipe[Any], list[str]]:
    return arguments.recipe(topic(options.topic), options.set, options.at, options.seed, steps, options.read)
