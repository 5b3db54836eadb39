"""What `--help` says beside the options: how values are written, what there is to name, examples."""

from __future__ import annotations

from playground.topic_list import TOPICS

_VALUES = """
values of --set and --at:
  NAME=VALUE          JSON where it is JSON (0.1, true, [1, -2], ["sgd", "adam"]), else a text:
                      function="x^2 + 3*sin(y)"
  NAME=@FILE          what a .csv, .json, .npy, .npz, .txt or a picture holds
  NAME=@FILE.csv:a,b  columns a and b of it, names that hold commas in double quotes:
                      '@t.csv:"Height, cm",Weight'; without a choice the first two columns of numbers,
                      where an array is wanted all of them
  STEP:NAME=VALUE     the same from that step on: row STEP shows it, the next step uses it

--read NAME:KEY=VALUE, how NAME's file is read (auto where it is not said):
  header=auto|yes|no  encoding=auto|utf-8|gb18030|…  separator=auto|,|;|tab|"|"|space
  decimal=auto|.|,    blank=drop|refuse|keep (rows with a blank; drop where it is not said)
  missing=-9999       a cell that is taken for blank, too; of several: missing="-99|-999"
"""

_NAMES = """
Names of parameters, choices, series, arrays, panels and beats: ml-playground topics --json
"""

_TRACE = """
A row for step 0, K, 2K, … and the last; without -o CSV on stdout. Formats by the ending of FILE:
  .csv   the series, a row a step, and the events; its first line is the recipe
  .json  series, arrays and events
  .npz   the same for NumPy

examples:
  ml-playground trace optimizers --steps 200 --every 10
  ml-playground trace kmeans --set n_clusters=3 --set init=random --seed 7 -o run.json
  ml-playground trace optimizers --set function=ravine --at 20:sgd.learning_rate=0.05 -o ravine.csv
  ml-playground trace kmeans --set points=@flowers.csv:length,width --read points:decimal=, -o flowers.npz
  ml-playground trace --scene saddle
  ml-playground trace --session mine.mlplay --every 5
"""

_RENDER = """
Formats by the ending of FILE: a picture (--step N) as .png, .svg or .pdf, an animation (--steps A:B[:K]) as .gif,
.apng or .mp4 (needs the package av). No display is needed. Without --panel the whole tab.

panels:
{panels}

examples:
  ml-playground render kmeans --step 8 -o kmeans.png
  ml-playground render optimizers --step 50 --panel surface --size 900x600 --theme dark -o race.svg
  ml-playground render word2vec --step 3 --beat error --lang zh -o step.pdf
  ml-playground render convolution --steps 0:20:2 --fps 6 --panel sweep -o sweep.gif
  ml-playground render --session mine.mlplay -o mine.png
  ml-playground render --session mine.mlplay --with other.mlplay --runs beside --step 12 -o both.png
  ml-playground render --scene saddle -o saddle.png
"""

_OF_COMMANDS = {
    "": """
Without a COMMAND the window opens.

examples:
  ml-playground
  ml-playground --topic kmeans --seed 7 --lang zh
  ml-playground --scene saddle --theme dark
  ml-playground --open mine.mlplay
  ml-playground trace --help
  ml-playground render --help
""",
    "topics": """
examples:
  ml-playground topics
  ml-playground topics --json
""",
    "trace": _VALUES + _NAMES + _TRACE,
    "render": _VALUES + _NAMES + _RENDER,
    "scenes": """
examples:
  ml-playground scenes
  ml-playground scenes --json
  ml-playground scenes --check
""",
}


def after(command: str) -> str:
    """Return what stands below the options of a command; of "" below those of the program."""
    text = _OF_COMMANDS[command]
    return text.replace("{panels}", _panels()) if "{panels}" in text else text


def _panels() -> str:
    return "\n".join(f"  {entry.id:<13} {', '.join(entry.panels)}" for entry in TOPICS)
