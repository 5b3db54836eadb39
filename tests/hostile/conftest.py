"""What every wrong command has to end with: exit 2 in time, and one line on stderr that a terminal can show."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from playground.command_line.cli import main


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that must be refused within some seconds, and return the line it leaves on stderr."""

    def run(arguments: list[str], within: float = 2, longest: int = 700) -> str:
        capsys.readouterr()
        begin = time.perf_counter()
        try:
            code: object = main(arguments)
        except SystemExit as stop:  # argparse
            code = stop.code
        assert time.perf_counter() - begin < within
        captured = capsys.readouterr()
        assert (code, captured.out, captured.err.count("\n")) == (2, "", 1), captured.err
        assert captured.err.removesuffix("\n").isprintable()
        assert len(captured.err) < longest
        return captured.err

    return run
