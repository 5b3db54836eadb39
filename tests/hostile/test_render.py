"""What `render` is given by someone who means no good, or whose fingers slipped: one line, exit 2, no file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from playground.command_line.cli import main

ROOT = Path(__file__).parents[2]

Refused = Callable[..., str]

pytestmark = pytest.mark.usefixtures("settings")


@pytest.fixture
def refused(refused: Callable[..., str]) -> Refused:
    """The line with which a picture is refused; Qt may have to be loaded before."""
    return lambda *options: refused(["render", "optimizers", *options], within=20, longest=500)


@pytest.mark.parametrize(
    "size",
    [
        "",
        "x",
        "0x0",
        "-800x600",
        "800x",
        "800 x 600",
        "8e2x6e2",
        "1440x900x1",
        "٨٠٠x٦٠٠",
        "800×600",
        "9" * 5000 + "x900",
    ],
)
def test_sizes(size: str, tmp_path: Path, refused: Refused) -> None:
    refused("--step", "3", f"--size={size}", "-o", str(tmp_path / "f.png"))
    assert not (tmp_path / "f.png").exists()


@pytest.mark.parametrize("step", ["-1", "1.5", "nan", "1e3", "", "99999999999999999999", "٣", "0x10", "10000001"])
def test_steps(step: str, tmp_path: Path, refused: Refused) -> None:
    refused(f"--step={step}", "-o", str(tmp_path / "f.png"))


@pytest.mark.parametrize(
    "steps", ["0:99999999", "0:200001", "9" * 4000, "0:10:99999999999", "::", "1:", "٠:٣", "0:3\n", "0:3:-1"]
)
def test_ranges(steps: str, tmp_path: Path, refused: Refused) -> None:
    refused(f"--steps={steps}", "-o", str(tmp_path / "f.gif"))


@pytest.mark.parametrize(
    "options", [("--scale", "0"), ("--scale", "5"), ("--scale", "1.5"), ("--fps", "0"), ("--fps", "61")]
)
def test_scale_and_speed(options: tuple[str, str], tmp_path: Path, refused: Refused) -> None:
    refused("--steps", "0:3", *options, "-o", str(tmp_path / "f.gif"))


def test_a_film_that_would_fill_the_memory(tmp_path: Path, refused: Refused) -> None:
    refused("--steps", "0:200000", "-o", str(tmp_path / "f.gif"))
    refused("--steps", "0:20", "--size", "8000x8000", "-o", str(tmp_path / "f.gif"))
    refused("--steps", "0:10", "--size", "4000x4000", "--scale", "2", "-o", str(tmp_path / "f.apng"))


@pytest.mark.parametrize(
    "panel", ["", "Surface", "panel.surface", "../surface", "__class__", "x" * 10_000, "\udcff", "损失"]
)
def test_panels(panel: str, tmp_path: Path, refused: Refused) -> None:
    refused("--step", "3", f"--panel={panel}", "-o", str(tmp_path / "f.png"))
    assert not (tmp_path / "f.png").exists()


@pytest.mark.skipif(os.name != "posix", reason="devices and locked folders of POSIX")
def test_places_that_are_no_files(tmp_path: Path, refused: Refused) -> None:
    (tmp_path / "null.png").symlink_to("/dev/null")
    for path in (tmp_path / "null.png", tmp_path / ("x" * 300 + ".png"), Path("/proc/f.png")):
        refused("--step", "3", "-o", str(path))
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".ml")]


def test_an_older_file_stays_when_drawing_fails(tmp_path: Path, refused: Refused) -> None:
    path = tmp_path / "f.png"
    path.write_bytes(b"older")
    refused("--step", "3", "--panel", "nonsense", "-o", str(path))
    assert path.read_bytes() == b"older"


def test_an_odd_name_is_no_obstacle(tmp_path: Path) -> None:
    for name in (" .png", "-o.png", "损失 \u202e.PNG", "a'b\"c&<d>.svg"):
        assert (
            main(["render", "optimizers", "--step=1", "--panel=loss", "--size=200x150", "-o", str(tmp_path / name)])
            == 0
        )
        assert (tmp_path / name).stat().st_size > 500


def test_a_formula_cannot_break_out_of_the_svg(tmp_path: Path) -> None:
    path = tmp_path / "f.svg"
    code = main(["render", "optimizers", "--set", "function=x^2+y^2 ]]></desc><script>", "--step=1", "-o", str(path)])
    assert code == 2
    assert not path.exists()


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "main.py", "render", "optimizers", "--step", "200000", "-o", str(tmp_path / "f.png")],
        cwd=ROOT, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr
    while not list(tmp_path.glob(".ml-playground-*")):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert process.stderr.read() == b""
    process.stderr.close()
    assert not list(tmp_path.glob("*f.png")) + list(tmp_path.glob(".ml*"))
