"""Makes the pictures of README from recipes: `python docs/make_pictures.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

HIMMELBLAU = ["--set", "function=himmelblau", "--set", "start=[-4.6,0.4]", "--at", "9:momentum.learning_rate=0.004"]
RAVINE = ["--set", "function=ravine", "--set", "start=[-4,2]", "--set", "sgd.learning_rate=0.095",
          "--set", "momentum.learning_rate=0.02", "--set", "nesterov.learning_rate=0.02"]  # fmt: skip
REGRESSION = ["--set", "function=linear-regression", "--set", "start=[2,-3]", "--set", "batch_size=16"]
REGRESSION += [text for name in ("sgd", "momentum", "nesterov") for text in ("--set", f"{name}.learning_rate=0.01")]

FOUR = ["--set", 'functions=["sigmoid","tanh","relu","leaky-relu"]']
TWO_LAYERS = ["--set", "hidden=[8,8]", "--set", "optimizer=adam", "--set", "learning_rate=0.02"]

PICTURES = {
    "race-light.png": ["optimizers", *HIMMELBLAU, "--step", "24"],
    "race-dark.png": ["optimizers", *HIMMELBLAU, "--step", "24", "--theme", "dark"],
    "ravine-zh.png": ["optimizers", *RAVINE, "--step", "30", "--lang", "zh"],
    "small-dark.png": ["optimizers", *RAVINE, "--step", "30", "--theme", "dark", "--size", "1100x700"],
    "regression.png": ["optimizers", *REGRESSION, "--step", "60", "--panel", "surface", "--size", "700x560"],
    "loss-metrics-light.png": ["loss-metrics", "--set", "imbalance=0.05", "--step", "150"],
    "activations-zh.png": ["activations", *FOUR, "--step", "120", "--theme", "dark", "--lang", "zh"],
    "shapes-light.png": ["shapes", "--step", "2"],
    "dense-dark.png": ["dense", "--set", "points=spirals", *TWO_LAYERS, "--step", "600", "--theme", "dark"],
    "convolution-light.png": ["convolution", "--set", "padding=1", "--step", "37"],
    "dilation-dark.png": ["convolution", "--set", "padding=2", "--set", "dilation=2", "--set", "kernel=sharpen",
                          "--step", "30", "--theme", "dark"],
    "cnn-dark.png": ["cnn", "--step", "198", "--theme", "dark"],
    "rnn-light.png": ["rnn", "--set", "task=parity", "--step", "200", "--beat", "time_3"],
    "word2vec-dark.png": ["word2vec", "--step", "1500", "--theme", "dark"],
    "word2vec-zh.png": ["word2vec", "--set", "corpus=kings-and-cats-zh", "--set", "model=cbow", "--step", "900",
                        "--lang", "zh"],
    "kmeans-light.png": ["kmeans", "--step", "8", "--seed", "7"],
    "kmeans-studies.png": ["kmeans", "--step", "12", "--panel", "studies", "--size", "700x560"],
}  # fmt: skip


def main() -> None:
    """Render every picture with the command line that anyone can use."""
    for name, options in PICTURES.items():
        as_seen = ["--no-caption"] if "--panel" in options else ["--controls"]
        command = [sys.executable, str(ROOT / "main.py"), "render", *options, *as_seen]
        subprocess.run([*command, "-o", str(ROOT / "docs" / "pictures" / name)], check=True)


if __name__ == "__main__":
    main()
