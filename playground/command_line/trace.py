"""The command `trace`: a run as a table, on stdout or in a file."""

from __future__ import annotations

import argparse
import sys

from playground.command_line import arguments, files
from playground.export.formats import TABLES
from playground.export.tables import Table
from playground.files.whole_file import whole_file
from playground.topic_list import topic


def trace(options: argparse.Namespace) -> int:
    """Run what the options ask for and write it. Raises Refusal."""
    ending = arguments.ending(options.output, TABLES) if options.output else ".csv"
    recipe, said = arguments.recipe(
        topic(options.topic), options.set, options.at, options.seed, options.steps, options.read
    )
    table = Table(recipe, options.steps, options.every, ending)
    if not options.output:
        sys.stdout.writelines(table.csv_lines(lambda: None))
    else:
        with whole_file(options.output) as file:
            table.write(file, lambda: None)
    files.say(said)
    return 0
