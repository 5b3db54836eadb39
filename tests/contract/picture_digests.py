"""One picture of every panel of every topic, as digests: `python tests/contract/picture_digests.py [--processes N]`.

With `--processes` as many processes draw them, each with other seeds of hashes, other rubbish in fresh memory, another
time zone and another order of topics; what they disagree about is told, and nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STEP = 8
_WIDTH, _HEIGHT = 420, 320
_ZONES = ("UTC", "Asia/Shanghai", "America/New_York")


def digests(reverse: bool) -> Iterator[str]:
    """Yield a line a picture: topic, panel, kind of file, digest."""
    sys.path.insert(0, str(ROOT))
    from playground.start import can_open

    can_open.go_offscreen()
    from playground.export import stage
    from playground.topic_list import TOPICS

    with stage.without_settings():
        _app = stage.application("light", "en")
        for entry in reversed(TOPICS) if reverse else TOPICS:
            yield from _of_topic(entry)


def _of_topic(entry: Any) -> Iterator[str]:
    from PySide6.QtCore import QSize

    from core.run.recipe import Recipe
    from core.run.timeline import Timeline
    from playground.export.film import Film
    from playground.export.pictures import Origin, Picture
    from playground.export.stage import Stage

    run = Timeline(entry.core, Recipe(entry.id, entry.core.VERSION, 0, entry.core.Params()))
    run.record(STEP)
    step = min(STEP, run.recorded)
    origin = Origin("", run.recipe, step)
    with closing(Stage(entry)) as scene:
        for place, id in enumerate(scene.tab.plots()):
            subject = scene.show_panel(id, QSize(_WIDTH, _HEIGHT))
            scene.show_run(run, step)
            subject = scene.captioned(subject, id, step)
            for ending in (".png", ".svg", ".pdf") if place == 0 else (".png",):
                yield f"{entry.id} {id} {ending} {_digest(Picture(subject, ending, 1, origin))}"
            for ending in (".gif", ".apng") if place == 0 else ():
                film = Film(scene.tab, subject, [0, step], ending, 1, 12, origin)
                yield f"{entry.id} {id} {ending} {_digest(film)}"


def _digest(export: Any) -> str:
    file = io.BytesIO()
    for _ in export.draw():
        pass
    export.write(file, lambda: None)
    return hashlib.sha256(file.getvalue()).hexdigest()


def drawn_by(number: int) -> Mapping[str, str]:
    """Let another process draw all, and return the digests by picture."""
    surroundings = {"PYTHONHASHSEED": str(number), "MALLOC_PERTURB_": str(20 + 30 * number % 200)}
    surroundings["TZ"] = _ZONES[number % len(_ZONES)]
    command = [sys.executable, __file__, *(["--reverse"] if number % 2 else [])]
    made = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **surroundings})
    return dict(line.rsplit(" ", 1) for line in made.stdout.splitlines())


def disagreements(processes: int) -> tuple[int, list[str]]:
    """Return how many pictures as many processes drew, and those about which they disagree."""
    first, *others = (drawn_by(number) for number in range(processes))
    apart = [name for name in first if any(other.get(name) != first[name] for other in others)]
    return len(first), apart + [f"only some drew {name}" for other in others for name in other.keys() ^ first.keys()]


def _main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reverse", action="store_true")
    parser.add_argument("--processes", type=int, default=0)
    options = parser.parse_args()
    if not options.processes:
        sys.stdout.writelines(f"{line}\n" for line in digests(options.reverse))
        return 0
    count, apart = disagreements(options.processes)
    sys.stdout.write("\n".join([*apart, f"{count} pictures, {options.processes} processes, {len(apart)} differ\n"]))
    return bool(apart)


if __name__ == "__main__":
    sys.exit(_main())
