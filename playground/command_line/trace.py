"""The command `trace`: a run as a table, on stdout or in a file."""

from __future__ import annotations

import argparse
import itertools
import sys
from pathlib import Path

from core.run.refusal import Refusal
from playground.command_line import arguments
from playground.export import tables
from playground.export.rows import rows
from playground.files.whole_file import whole_file
from playground.topic_list import topic
from playground.words.quoting import short

_WRITERS = {".json": tables.write_json, ".npz": tables.write_npz}
_ENDINGS = (".csv", *_WRITERS)


def trace(options: argparse.Namespace) -> int:
    """Run what the options ask for and write it. Raises Refusal."""
    entry = topic(options.topic)
    ending = _ending(options.output) if options.output else ".csv"
    recipe = arguments.recipe(entry, options.set, options.at, options.seed, options.steps)
    table = rows(entry.core, recipe, options.steps, options.every, arrays=ending != ".csv")
    if not options.output:
        sys.stdout.writelines(tables.csv_lines(recipe, table))
        return 0
    if ending in _WRITERS:
        first = next(table)
        tables.check_size(ending, first, options.steps // options.every + 2, entry.core.CONSTANT_ARRAYS)
        table = itertools.chain([first], table)
    with whole_file(options.output) as file:
        if ending == ".csv":
            file.writelines(line.encode() for line in tables.csv_lines(recipe, table))
        else:
            _WRITERS[ending](file, recipe, tables.Gathered(table, entry.core.CONSTANT_ARRAYS))
    return 0


def _ending(output: Path) -> str:
    for ending in _ENDINGS:
        if output.name.lower().endswith(ending):
            return ending
    raise Refusal("-o", "other_ending", {"given": short(output.name), "allowed": ", ".join(_ENDINGS)})
