"""ML Playground: start here. `python main.py --help` tells what it does without a window."""

from __future__ import annotations

import os
import sys

# More BLAS threads make small matrices slower and sums differ from run to run. Must be set before NumPy is loaded.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

if __name__ == "__main__":
    from playground.command_line.cli import main

    sys.exit(main())
