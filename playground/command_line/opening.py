"""The command without a name: it opens the window, or tests itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def open_window(options: argparse.Namespace) -> int:
    """Open the window and stay until it is closed. Return the exit code."""
    if options.self_test:
        from playground.command_line.self_test import self_test

        return self_test()
    if options.open:
        from playground.files.session import open_file

        options.session = open_file(options.open)  # refused, if need be, before anything of Qt is imported
    if options.scene:
        from playground.command_line.given import found

        found(options.scene)
    from playground.start import can_open, quick_start

    quick_start.begin()
    if reason := can_open.obstacle():
        sys.stderr.write(f"ml-playground: {reason}\n")
        return 2
    from playground.start.app import open_window

    return open_window(options)
