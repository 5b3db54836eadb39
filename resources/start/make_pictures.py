"""Makes the small pictures of the start page from the runs that start.toml names: each carries its recipe.

python resources/start/make_pictures.py [TOPIC …]
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo

FOLDER = Path(__file__).parent
MAIN = FOLDER.parents[1] / "main.py"
WIDE, RATIO, SCALE = 276, 1.84, 2  # px of a picture, its shape, and how much finer it is drawn
COLOURS = 40


def main(topics: list[str]) -> None:
    """Render each picture with the command line that anyone can use, then in few colours."""
    pictures = tomllib.loads((FOLDER / "start.toml").read_text("utf-8"))["pictures"]
    for topic, run in pictures.items():
        for theme in ("light", "dark"):
            for language in ("en", "zh"):
                if not topics or topic in topics:
                    path = FOLDER / f"{topic.replace('-', '_')}-{theme}-{language}.png"
                    render(topic, run, theme, language, path)
                    shrink(path)


def render(topic: str, run: dict[str, Any], theme: str, language: str, path: Path) -> None:
    """Draw the panel of a run."""
    wide = run.get("wide", WIDE)
    options = [text for one in run.get("set", ()) for text in ("--set", one)]
    options += ["--panel", run["panel"], "--step", str(run["step"]), "--size", f"{wide}x{round(wide / RATIO)}"]
    options += ["--scale", str(SCALE), "--theme", theme, "--lang", language, "--no-caption", "-o", str(path)]
    subprocess.run([sys.executable, str(MAIN), "render", topic, *options], check=True)


def shrink(path: Path) -> None:
    """Write a picture in few colours, with the recipe and the step it carries."""
    with Image.open(path) as full:
        texts = PngInfo()
        for key, text in full.info.items():
            if isinstance(text, str):
                texts.add_text(key, text)
        size = (WIDE * SCALE, round(WIDE * SCALE / RATIO))
        few = full.convert("RGB").resize(size, Image.Resampling.LANCZOS).quantize(COLOURS)
    few.save(path, optimize=True, pnginfo=texts)


if __name__ == "__main__":
    main(sys.argv[1:])
