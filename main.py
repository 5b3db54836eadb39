"""ML Playground: start here. `python main.py --help` tells what it does without a window."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    from playground.command_line.cli import main

    sys.exit(main())
