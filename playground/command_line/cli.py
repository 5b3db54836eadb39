"""The command line. Nothing of Qt is imported before a command needs it, and no parser where nothing is asked."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from core.run.refusal import Refusal
from playground.command_line.opening import open_window
from playground.topic_list import topic
from playground.words.quoting import one_line

if TYPE_CHECKING:
    import argparse

NOTHING_ASKED = {  # what the parser says of an empty command line
    "run": open_window, "command": None, "self_test": False, "open_topic": None, "scene": None, "open": None,
    "reset": False, "seed": None, "theme": None, "lang": None, "session": None,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command given and return the exit code: 0, 2 for a wrong name or value, 130 after Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        options = _options(sys.argv[1:] if arguments is None else arguments)
        return _run(options)
    except BrokenPipeError:
        _abandon_stdout()  # the reader has left; so do we, quietly
        return 0
    except KeyboardInterrupt:
        return 130


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    if not arguments:
        return cast("argparse.Namespace", SimpleNamespace(**NOTHING_ASKED))
    from playground.command_line.parser import parser  # to make it takes longer than to paint the first window

    whole = parser()
    options = whole.parse_args(arguments)
    if options.command and arguments[0] != options.command:
        whole.error(f"{arguments[0]} is not allowed before {options.command}; the options of a command stand after it")
    return options


def _run(options: argparse.Namespace) -> int:
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except Refusal as refusal:
        from playground.words.refusals import sentence  # it loads NumPy

        texts = topic(options.topic).texts if getattr(options, "topic", None) else None
        _say(refusal.field, sentence(refusal, texts, "en"))
        return 2
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO):
            raise
        _say("stdout", f"cannot be written: {error.strerror}")
        _abandon_stdout()
        return 2
    return code


def _say(field: str, text: str) -> None:
    print("ml-playground:", one_line(f"{field}: {text}"), file=sys.stderr)


def _abandon_stdout() -> None:
    """Let what is still buffered go nowhere, so that Python does not complain when it shuts down."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
