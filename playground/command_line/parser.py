"""The parser of the whole command line: the commands and their options."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from core.run.refusal import Refusal
from playground import VERSION
from playground.command_line.opening import open_window
from playground.recipes.limits import MOST_STEPS, SEEDS
from playground.topic_list import TOPICS
from playground.words.quoting import one_line, short

Command = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage above it, and below the options how values are written."""

    def format_help(self) -> str:
        from playground.command_line.help_texts import after

        return super().format_help() + after(self.prog.partition(" ")[2])

    def _check_value(self, action: argparse.Action, value: object) -> None:
        if action.choices is not None and value not in action.choices:
            from playground.words.refusals import sentence  # it loads NumPy

            given = {"given": short(value), "allowed": tuple(map(str, action.choices))}
            raise argparse.ArgumentError(action, sentence(Refusal("", "not_one_of", given), None, "en"))

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {one_line(message)}\n")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        sys.stdout.flush()  # a closed pipe shall show here, not while Python shuts down
        super().exit(status, message)


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = _Parser(
        prog="ml-playground", description="See how machine learning works, step by step.", allow_abbrev=False
    )
    whole.add_argument("--version", action="version", version=f"ML Playground {VERSION}")
    whole.add_argument(
        "--self-test", action="store_true", help="open every tab offscreen, step, export, and say what failed"
    )
    whole.add_argument(
        "--topic", dest="open_topic", choices=_topic_ids(), metavar="ID", help="open this topic (listed by topics)"
    )
    whole.add_argument("--scene", metavar="ID", help="open this scene (listed by scenes)")
    whole.add_argument(
        "--open", metavar="FILE", type=Path, nargs="?", help="open a session, or a picture that carries one"
    )
    whole.add_argument("--reset", action="store_true", help="forget the saved settings")
    whole.add_argument("--seed", type=_whole(0, SEEDS - 1), metavar="N", help="seed of the runs (default: 0)")
    _add_look(whole, None, ("light", "dark", "system"))
    whole.set_defaults(run=open_window, session=None)
    commands = whole.add_subparsers(metavar="COMMAND", dest="command", parser_class=_Parser)
    _add_topics(commands)
    _add_trace(commands)
    _add_render(commands)
    _add_scenes(commands)
    return whole


def _topic_ids() -> list[str]:
    return [entry.id for entry in TOPICS]


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or len(text) > 12 or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is not allowed; use a whole number from {low} to {high}")
        return int(text)

    return read


def _add_look(command: argparse.ArgumentParser, default: str | None, themes: Sequence[str]) -> None:
    command.add_argument("--theme", choices=themes, default=default, help=f"default: {default or 'as last time'}")
    language = "en" if default else None
    command.add_argument(
        "--lang", choices=["en", "zh"], default=language, help=f"default: {language or 'as last time'}"
    )


def _add_topics(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser("topics", help="list the topics", allow_abbrev=False)
    command.add_argument(
        "--json",
        action="store_true",
        help="with parameters (type, default, limits, choices), series, arrays, panels and beats",
    )
    command.set_defaults(run=_command("listing", "print_topics"))


def _add_run_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("topic", choices=_topic_ids(), metavar="TOPIC", nargs="?", help=f"{', '.join(_topic_ids())}")
    command.add_argument("--session", type=Path, metavar="FILE", help="the run of a session or an export, not a TOPIC")
    command.add_argument("--scene", metavar="ID", help="the run of a scene (listed by scenes), not a TOPIC")
    command.add_argument(
        "--run", dest="scene_run", metavar="NAME", help="one of the scene's runs, alone (named by scenes --json)"
    )
    command.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a parameter from the start on"
    )
    command.add_argument("--at", action="append", default=[], metavar="STEP:NAME=VALUE", help="a change after a step")
    command.add_argument(
        "--read", action="append", default=[], metavar="NAME:KEY=VALUE",
        help="how NAME's @FILE is read: header, encoding, separator, decimal or blank",
    )  # fmt: skip
    command.add_argument(
        "--seed", type=_whole(0, SEEDS - 1), default=0, metavar="N", help=f"0 to {SEEDS - 1} (default: 0)"
    )


def _add_trace(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser("trace", help="run a topic without a window", allow_abbrev=False)
    _add_run_options(command)
    command.add_argument(
        "--steps",
        type=_whole(0, MOST_STEPS),
        metavar="N",
        help=f"how many, 0 to {MOST_STEPS} (default: 100; of a session or scene all it has)",
    )
    command.add_argument(
        "--every",
        type=_whole(1, MOST_STEPS),
        default=1,
        metavar="K",
        help="write every K-th row and the last (default: 1)",
    )
    command.add_argument(
        "-o", dest="output", type=Path, metavar="FILE", help=".csv, .json or .npz; without it: CSV here"
    )
    command.set_defaults(run=_command("trace", "trace"))


def _add_render(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser("render", help="draw a tab or a panel into a file", allow_abbrev=False)
    _add_run_options(command)
    command.add_argument(
        "--step", type=_whole(0, MOST_STEPS), metavar="N",
        help="the step that a picture shows (default: of a session the one it was left at, of a scene its last)",
    )  # fmt: skip
    command.add_argument("--steps", metavar="A:B[:K]", help="an animation from step A to B, every K-th (default: 1)")
    command.add_argument("--fps", type=_whole(1, 60), default=12, metavar="F", help="pictures a second (default: 12)")
    _add_picture_options(command)
    command.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE", help="what is written")
    _add_look(command, "light", ("light", "dark"))
    command.set_defaults(run=_command("render", "render"))


def _add_picture_options(command: argparse.ArgumentParser) -> None:
    """What is in the picture, and what is around and under it."""
    command.add_argument("--panel", metavar="ID", help="one panel (see below) instead of the tab")
    command.add_argument(
        "--with", dest="compared", action="append", default=[], type=Path, metavar="FILE",
        help="a saved run or an export to compare with, on the same clock; up to three times",
    )  # fmt: skip
    command.add_argument(
        "--runs", default="", metavar="WAY",
        help="how runs compared are drawn: over, beside, difference or only (default: each panel's own)",
    )  # fmt: skip
    command.add_argument("--beat", metavar="NAME", help="one beat of the step (listed by topics --json)")
    command.add_argument(
        "--caption", action=argparse.BooleanOptionalAction, default=True,
        help="title, step, names and settings around the picture (names and settings not where it is low)",
    )  # fmt: skip
    command.add_argument(
        "--background", choices=["theme", "transparent"], default="theme",
        help="what lies under the picture (transparent: .png, .svg and .pdf; default: theme)",
    )  # fmt: skip
    command.add_argument(
        "--controls", action="store_true", help="the tab with all that can be pressed, as on the screen, uncaptioned"
    )
    command.add_argument("--size", metavar="WxH", default="1440x900", help="in pixels (default: 1440x900)")
    command.add_argument(
        "--scale", type=_whole(1, 4), default=1, metavar="K", help="pixels per pixel, 1 to 4 (default: 1)"
    )


def _add_scenes(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser("scenes", help="list the scenes and the claims they show", allow_abbrev=False)
    command.add_argument("--check", action="store_true", help="replay each and check its claim")
    command.add_argument("--json", action="store_true", help="with runs, claims, tasks, questions and seconds")
    command.set_defaults(run=_command("listing", "print_scenes"))


def _command(module: str, name: str) -> Command:
    """Return a command whose module is imported when it is run."""

    def run(options: argparse.Namespace) -> int:
        from playground.start.interruption import held_back

        with held_back():
            do: Command = getattr(import_module(f"playground.command_line.{module}"), name)
        return do(options)

    return run
