"""Kill windows at random moments of play, edit, save and autosave; look at what is left.

    python tests/playground/start/killed.py 200 --every 0.5

A window of its own process plays, edits and saves by chance, and writes down each value that it sets. It is killed by
SIGKILL. Then the file saved last is to be whole, and what is kept of the open work at most the interval older than the
kill (and the moment that a busy machine takes to write it).
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playground.files import recovery, session
from playground.topic_list import topic

ROOT = Path(__file__).parents[3]
SLACK = 2.0  # s that a busy machine may take to come to a timer and to write

DRIVER = """
import random, sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from playground.command_line import cli
from playground.start import app
folder, chance = Path(sys.argv.pop(1)), random.Random(int(sys.argv.pop(1)))
class Busy(app.Program):
    def keep_work(self, options):
        super().keep_work(options)
        self.timer = QTimer(self.window)
        self.timer.timeout.connect(self.act)
        self.timer.start(20)
        self.documents._paths[self.window.visit("kmeans")] = folder / "saved.mlplay"
        print("ready", flush=True)
    def act(self):
        tab, deed = self.window.tab, chance.random()
        if deed < 0.5:
            tab.run.advance(1)
        elif deed < 0.9:
            tab.set_parameter("spread", chance.randrange(1, 300) / 100)
            print(time.time(), tab.run.params.spread, flush=True)
        else:
            self.documents.save()
app.Program = Busy
sys.exit(cli.main(sys.argv[1:]))
"""


def kill_once(folder: Path, seed: int, every: float) -> str:
    """Kill one window; return what was wrong with what is left, nothing where all is well."""
    chance = random.Random(seed)
    homes = {name: str(folder) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    env = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", "ML_PLAYGROUND_KEEP_EVERY": str(every)}
    env["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-c", DRIVER, str(folder), str(seed)]
    process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    time.sleep(chance.uniform(2 * every, 6 * every))  # the moment of the kill
    process.kill()
    killed = time.time()
    edits = [line.split() for line in process.stdout.read().splitlines()]
    process.wait()
    return _wrong(folder, [(float(at), float(value)) for at, value in edits], killed - every - SLACK)


def _wrong(folder: Path, edits: list[tuple[float, float]], since: float) -> str:
    """Return what is wrong: the saved file is not whole, or what is kept is older than `since`."""
    saved = folder / "saved.mlplay"
    if saved.exists():
        session.open_file(saved)  # a Refusal is a fault
    begun = topic("kmeans").core.Params().spread  # where nothing was done yet, nothing is kept
    works = [recovery.read_work(path) for path in folder.glob("**/open/*.json")]
    if None in works:
        return "what was kept cannot be read"
    tabs = [tab.session.recipe for work in works if work for tab in work.tabs]
    value = next((recipe.params.spread for recipe in tabs if recipe.topic == "kmeans"), begun)
    fresh = [each for at, each in edits if at >= since]
    before = [begun, *(each for at, each in edits if at < since)][-1:]
    return "" if value in (*before, *fresh) else f"{value} was kept, but {(*before, *fresh)} is newer"


def main() -> int:
    """Kill as often as was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int)
    parser.add_argument("--every", type=float, default=0.5, help="s between two times that the work is kept")
    options = parser.parse_args()
    faults: list[str] = []
    for seed in range(options.times):
        with TemporaryDirectory() as folder:
            if wrong := kill_once(Path(folder), seed, options.every):
                faults.append(f"seed {seed}: {wrong}")
        sys.stdout.write(f"\r{seed + 1} kills, {len(faults)} faults")
        sys.stdout.flush()
    sys.stdout.write("\n".join(["", *faults, ""]))
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
