"""The command `render`: a tab or a panel drawn into a file, without a window on any screen."""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.run.refusal import Refusal
from playground import asked, guard
from playground.limits import LONGEST
from playground.topics import topic

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

    from playground.export.work import Export
    from playground.stage import Stage

_SMALLEST, _LARGEST = (200, 150), (8000, 8000)
_STEPS = re.compile("([0-9]{1,8}):([0-9]{1,8})(?::([0-9]{1,8}))?")
