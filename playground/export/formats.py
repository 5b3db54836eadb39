"""How the files end that can be exported, in the order in which they are offered.

It costs nothing to import, so that a command can refuse another ending before anything heavy is loaded.
"""

from __future__ import annotations

PICTURES = (".png", ".svg", ".pdf")
ANIMATIONS = (".gif", ".apng", ".mp4")
TABLES = (".csv", ".json", ".npz")
