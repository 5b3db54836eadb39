"""Simulate the window: deeds and faults drawn from a seed, in a virtual clock; what fails shrinks to a short list.

python -m tests.playground.simulation 0-19 --deeds 150
python -m tests.playground.simulation tests/playground/simulation/found/*.json
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.playground.simulation import simulation

FOUND = Path(__file__).with_name("found")


def main() -> int:
    """Run what was asked for; each failure is shrunk and written beside those found before."""
    faulthandler.enable()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+", help="seeds, as 7 or 0-99, or files of lists to do again")
    parser.add_argument("--deeds", type=int, default=150, help="of each seed")
    parser.add_argument("--found", type=Path, default=FOUND, help="the folder that failing lists are written to")
    parser.add_argument("--shrink-for", type=float, default=300, help="s that shrinking a list may take")
    options = parser.parse_args()
    failed = sum(_run(what, options) for what in options.what)
    return bool(failed)


def _run(what: str, options: argparse.Namespace) -> int:
    if what.endswith(".json"):
        why = simulation.replay(simulation.read(Path(what)))
        _say(f"{what}: {why or 'holds'}")
        return bool(why)
    first, _, last = what.partition("-")
    return sum(_simulate(seed, options) for seed in range(int(first), int(last or first) + 1))


def _simulate(seed: int, options: argparse.Namespace) -> int:
    begin = time.process_time()
    deeds, why = simulation.simulate(seed, options.deeds)
    took = time.process_time() - begin
    _say(f"seed {seed}: {len(deeds)} deeds, {took:.1f} s, {simulation.memory():.0f} MiB  {why}")
    if not why:
        return 0
    short = simulation.shrunk(deeds, why, options.shrink_for)
    path = options.found / f"seed_{seed}.json"
    simulation.write(path, short, why)
    _say(f"{path}\n" + "\n".join(map(str, short)))
    return 1


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
