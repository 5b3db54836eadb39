"""What is exported as which kind of file, and whether it fits into memory.

It costs nothing to import, so that a command can refuse what it cannot write before anything heavy is loaded.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from importlib.util import find_spec
from typing import Any

from core.run.refusal import Refusal

PICTURES = (".png", ".svg", ".pdf")  # in the order in which they are offered
ANIMATIONS = (".gif", ".apng", ".mp4")
TABLES = (".csv", ".json", ".npz")

TAB, DATA = "tab", "data"
FPS = 12
INSTALL_VIDEO = "python -m pip install av"
MOST_PIXELS = 2**28  # 1 GiB while a picture is drawn
MOST_BYTES = 2**30  # of frames held while a file is written
SEE_THROUGH = (".png", ".svg", ".pdf")  # what a picture without a ground can be
_HELD = {".gif": 1, ".apng": 4, ".mp4": 0}  # bytes a pixel that Pillow keeps of each frame


@dataclass(frozen=True)
class Looks:
    """How a picture looks: with a caption; in a theme, "" for the one shown; on its ground or on none."""

    caption: bool = True
    theme: str = ""
    transparent: bool = False

    @classmethod
    def last(cls) -> Looks:
        """Return what was chosen last in the dialog; the clipboard gets its pictures in that, too."""
        from PySide6.QtCore import QSettings

        kept = QSettings()
        read: dict[str, Any] = {f.name: kept.value(f"export/{f.name}", f.default, type(f.default)) for f in fields(cls)}
        return cls(**read)

    def remember(self) -> None:
        """Keep them for the next time."""
        from PySide6.QtCore import QSettings

        for name, value in asdict(self).items():
            QSettings().setValue(f"export/{name}", value)


PLAIN = Looks(caption=False)


@dataclass(frozen=True)
class Chosen:
    """What to export: the tab, a panel by its id, or the data; as which kind of file; how large; which steps."""

    what: str
    ending: str
    scale: int = 1
    first: int = 0
    last: int = 0
    every: int = 1
    fps: int = FPS

    @property
    def is_animation(self) -> bool:
        """Whether steps are drawn one after another."""
        return self.ending in ANIMATIONS

    def steps(self) -> list[int]:
        """Return the steps that are drawn, or that have a row: first, first + K, …, and the last."""
        return [*range(0 if self.what == DATA else self.first, self.last, self.every), self.last]

    def check(self, width: int, height: int) -> None:
        """Raise Refusal if a picture of this size, or all frames of it, would not fit, or cannot be written here."""
        if self.what == DATA:
            return
        pixels = width * height * self.scale**2
        if pixels > MOST_PIXELS:
            reason = f"a picture may have at most {MOST_PIXELS // 2**20} million pixels"
            raise Refusal("--scale", "bad_value", {"given": f"{self.scale} × {width}x{height}", "reason": reason})
        if self.ending == ".mp4" and not can_write_video():
            reason = f"MP4 needs one more package, run: {INSTALL_VIDEO}; or write .gif or .apng"
            raise Refusal("-o", "bad_value", {"given": self.ending, "reason": reason})
        frames = len(self.steps())
        held = frames * pixels * _HELD.get(self.ending, 0)
        if held > MOST_BYTES:
            reason = f"they take {held / 2**30:.1f} GiB; draw every K-th step, or a smaller picture"
            raise Refusal("--steps", "bad_value", {"given": f"{frames} frames", "reason": reason})


def can_write_video() -> bool:
    """Tell whether the package that encodes MP4 is there."""
    return find_spec("av") is not None
