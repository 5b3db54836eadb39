"""Makes the pictures of README: `python docs/make_pictures.py [NAME …]`. Those of tabs are made from recipes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from PIL.PngImagePlugin import PngInfo

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
COLOURS = 256

HIMMELBLAU = ["--set", "function=himmelblau", "--set", "start=[-4.6,0.4]", "--at", "9:momentum.learning_rate=0.004"]
FOUR = ["--set", 'functions=["sigmoid","tanh","relu","leaky-relu"]']
TWO_LAYERS = ["--set", "hidden=[8,8]", "--set", "optimizer=adam", "--set", "learning_rate=0.02"]
CHINESE = ["--set", "corpus=kings-and-cats-zh", "--set", "model=cbow", "--lang", "zh"]

PICTURES = {
    "optimizers-light": ["optimizers", *HIMMELBLAU, "--step", "24"],
    "activations-zh": ["activations", *FOUR, "--step", "120", "--theme", "dark", "--lang", "zh"],
    "loss-metrics-light": ["loss-metrics", "--set", "imbalance=0.05", "--step", "150"],
    "shapes-light": ["shapes", "--step", "2"],
    "dense-dark": ["dense", "--set", "points=spirals", *TWO_LAYERS, "--step", "600", "--theme", "dark"],
    "convolution-light": ["convolution", "--set", "padding=1", "--step", "37"],
    "cnn-dark": ["cnn", "--step", "198", "--theme", "dark"],
    "rnn-light": ["rnn", "--set", "task=parity", "--step", "200", "--beat", "time_3"],
    "embedding-dark": ["embedding", "--step", "80", "--theme", "dark"],
    "word2vec-zh": ["word2vec", *CHINESE, "--step", "900"],
    "ratings-light": ["ratings", "--step", "200"],
    "transe-dark": ["transe", "--step", "500", "--theme", "dark"],
    "kmeans-light": ["kmeans", "--step", "8", "--seed", "7"],
}


def main(names: list[str]) -> None:
    """Render every picture, or those named, with the command line that anyone can use."""
    for name, options in PICTURES.items():
        if not names or name in names:
            command = [sys.executable, str(ROOT / "main.py"), "render", *options, "--controls"]
            subprocess.run([*command, "-o", str(place(name))], check=True)
            lighten(place(name))
    if not names or "start-light" in names:
        photograph_start(place("start-light"))
        lighten(place("start-light"))


def place(name: str) -> Path:
    """Return the file of a picture."""
    return FOLDER / f"{name}.png"


def lighten(path: Path) -> None:
    """Store a picture in a third of the bytes, as one of few colours; it keeps the recipe it carries."""
    with Image.open(path) as full:
        texts = PngInfo()
        for key, text in full.info.items():
            if isinstance(text, str):
                texts.add_text(key, text)
        # so chosen that a colour of few pixels, such as a mark's, has its place, too
        few = full.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, 4, dither=Image.Dither.NONE)
    few.save(path, optimize=True, pnginfo=texts)


def photograph_start(path: Path) -> None:
    """Draw the start page as a learner sees it who opens the program for the first time."""
    with TemporaryDirectory() as home:
        os.environ |= {f"XDG_{kind}_HOME": home for kind in ("CONFIG", "DATA", "CACHE")}
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        sys.path.insert(0, str(ROOT))
        from PySide6.QtTest import QTest

        from playground.start import app
        from playground.window.window import START

        qt = app.application()
        app.dress(qt, "light", "en")
        program = app.Program()
        program.window.begin_with(START)
        program.window.resize(1440, 900)
        program.window.show()
        program.load()
        program.control.show_all_progress()
        QTest.qWait(500)  # until all is laid out
        program.window.grab().save(str(path))


if __name__ == "__main__":
    main(sys.argv[1:])
