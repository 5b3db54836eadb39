"""What `--help` says: a text for every option, and examples that the program takes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import pytest

from playground.command_line import arguments
from playground.command_line.help_texts import after
from playground.command_line.parser import parser
from playground.topic_list import TOPICS, topic

COMMANDS = ("topics", "trace", "render", "scenes")


def help_of(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        parser().parse_args([*command.split(), "--help"])
    return capsys.readouterr().out


def examples() -> Iterator[str]:
    for command in ("", *COMMANDS):
        found = [line.strip() for line in after(command).splitlines() if line.startswith("  ml-playground")]
        assert len(found) > 1
        yield from (line for line in found if not line.endswith("--help"))


@pytest.mark.parametrize("example", list(examples()))
def test_the_program_takes_what_is_given_as_an_example(example: str) -> None:
    options = parser().parse_args(shlex.split(example)[1:])
    if options.command not in ("trace", "render") or options.topic is None:
        return
    entry, panel = topic(options.topic), getattr(options, "panel", None)
    assert panel is None or panel in entry.panels
    assert getattr(options, "beat", None) in (None, *entry.core.beats(entry.core.Params()))
    if "@" not in example:
        arguments.recipe(entry, options.set, options.at, options.seed, 100)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_option_says_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = help_of(command, capsys).partition("\noptions:\n")[2].partition("\n\n")[0]
    told = re.findall(r"^  -.*?(?:  |\n {20,})\S.*", options, re.MULTILINE)
    assert len(told) == len(re.findall("^  -", options, re.MULTILINE)) > 1


def test_help_names_panels_values_formats_and_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    told = help_of("render", capsys)
    assert all(f"{entry.id:<13} {', '.join(entry.panels)}\n" in told for entry in TOPICS)
    for part in ("NAME=@FILE.csv:a,b", "--read NAME:KEY=VALUE", ".apng", "default: 1440x900", "--run NAME"):
        assert part in told, part
    assert "(default: 100" in help_of("trace", capsys)


@pytest.mark.parametrize(("given", "meant"), [
    (["trac"], "trace"), (["trace", "optimizer"], "optimizers"), (["--topic", "kmean"], "kmeans"),
    (["render", "kmeans", "-o", "a.png", "--theme", "drak"], "dark"),
])  # fmt: skip
def test_the_name_that_was_meant_is_suggested(given: list[str], meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(given)
    said = capsys.readouterr().err
    assert f"Did you mean {meant}?" in said
    assert said.count("\n") == 1
