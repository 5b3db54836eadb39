from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from playground.topic_list import TOPICS

ROOT = Path(__file__).parents[3]
SCREENS: dict[tuple[int, int], list[float]] = {  # scales, by the size in pixels of the device
    (1280, 720): [1],
    (1366, 768): [1, 1.25],
    (1920, 1080): [1.5, 2],
    (2560, 1440): [2],
    (3840, 2160): [1, 2.5],
}


def surroundings(folder: Path) -> dict[str, str]:
    """Return what has Qt see those screens beside each other."""
    screens: list[dict[str, Any]] = []
    scales = []
    for (width, height), own in SCREENS.items():
        for scale in own:
            name = f"screen{len(screens)}"
            left = sum(screen["width"] for screen in screens)
            density = {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
            screens.append({"name": name, "x": left, "y": 0, "width": width, "height": height, **density})
            scales.append(f"{name}={scale}")
    (folder / "screens.json").write_text(json.dumps({"screens": screens}), encoding="utf-8")
    platform = f"offscreen:configfile={folder / 'screens.json'}"
    return {"QT_QPA_PLATFORM": platform, "QT_SCREEN_SCALE_FACTORS": ";".join(scales)}


@pytest.mark.slow
def test_the_window_lies_within_the_screen_and_its_transport_is_in_sight(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.playground.start.screens"]
    environment = {**os.environ, **surroundings(tmp_path)}
    seen = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    wanted = [
        f"{round(width / scale)} {round(height / scale)} {float(scale)} {len(TOPICS) if scale * 540 == height else 1}"
        for (width, height), scales in SCREENS.items()
        for scale in scales
    ]
    assert seen.splitlines() == wanted
