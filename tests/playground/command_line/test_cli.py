from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from playground.command_line.cli import NOTHING_ASKED, main
from playground.command_line.parser import parser

ROOT = Path(__file__).parents[3]
BUFFERED = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


def test_nothing_of_qt_is_imported_for_a_trace() -> None:
    heavy = ("PySide6", "pyqtgraph", "PIL", "pyarrow", "chardet")
    code = (
        "import sys; from playground.command_line.cli import main; main(['trace', 'optimizers', '--steps', '1']); "
        f"print(sorted(m for m in sys.modules if m.startswith({heavy})), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_version_and_help_are_told_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    for option, word in (("--version", "ML Playground"), ("--help", "trace")):
        with pytest.raises(SystemExit) as stop:
            main([option])
        assert stop.value.code == 0
        assert word in capsys.readouterr().out


@pytest.mark.parametrize("command", ["topics", "trace", "render", "scenes"])
def test_every_command_has_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert "usage" in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
def test_a_closed_pipe_ends_quietly() -> None:
    process = subprocess.Popen(
        [sys.executable, "main.py", "trace", "optimizers", "--steps", "100000"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=BUFFERED,
    )
    assert process.stdout
    assert process.stdout.readline().startswith(b"# recipe")
    process.stdout.close()
    assert process.wait(timeout=30) == 0
    assert process.stderr
    assert process.stderr.read() == b""


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
@pytest.mark.parametrize("command", [["--help"], ["trace", "--help"], ["topics", "--json"], ["scenes"]])
def test_a_pipe_closed_beforehand_ends_quietly(command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "main.py", *command],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        env=BUFFERED,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")
def test_ctrl_c_ends_with_130_and_leaves_no_file(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "main.py", "trace", "optimizers", "--steps", "10000000", "-o", str(tmp_path / "a.csv")],
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )
    deadline = time.monotonic() + 30
    while not any(tmp_path.iterdir()):  # the file is being written
        assert time.monotonic() < deadline
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert process.stderr
    assert process.stderr.read() == b""
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is to be had on Linux only")
def test_a_full_disk_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "main.py", "trace", "optimizers", "--steps", "500"],
            cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False, env=BUFFERED,
        )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1


def test_the_output_is_utf_8_whatever_the_locale_says(tmp_path: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(
        [sys.executable, "main.py", "scenes"], cwd=ROOT, capture_output=True, check=True, env=environment
    )
    assert not done.stdout.decode().isascii()


def test_options_of_a_command_stand_after_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--seed", "5", "trace", "optimizers"])
    assert stop.value.code == 2
    assert "--seed" in capsys.readouterr().err


def test_an_unknown_scene_is_refused_before_a_window_opens(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--scene", "sadle"]) == 2
    assert "saddle" in capsys.readouterr().err


def test_a_file_that_cannot_be_opened_is_refused_before_a_window_opens(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["--open", str(tmp_path / "nothing.mlplay")]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "nothing.mlplay" in captured.err


def test_an_empty_command_line_asks_for_what_the_parser_says() -> None:
    assert vars(parser().parse_args([])) == NOTHING_ASKED
