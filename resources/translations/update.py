"""Bring zh.ts up to date with the strings of the program, and zh.qm with zh.ts.

    python resources/translations/update.py

New strings come as unfinished; write their Chinese into zh.ts (Qt Linguist or any editor), take the mark
`type="unfinished"` away and run this again. Strings that are gone are dropped.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def tool(name: str) -> str:
    """Return one of the translation tools that PySide6 brings."""
    return str(Path(sys.executable).with_name(f"pyside6-{name}"))


def sources() -> list[str]:
    """Return the files that say something to the user."""
    files = sorted([*(ROOT / "playground").rglob("*.py"), *(ROOT / "widgets").rglob("*.py")])
    return [path.relative_to(ROOT).as_posix() for path in files]


def update(ts: Path) -> None:
    """Put the program's strings into a .ts file; translations that are there stay."""
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", "zh_CN"]
    subprocess.run([tool("lupdate"), *options, *sources(), "-ts", str(ts)], cwd=ROOT, check=True)


def release(ts: Path, qm: Path) -> None:
    """Make the .qm file the program loads."""
    subprocess.run([tool("lrelease"), "-silent", str(ts), "-qm", str(qm)], cwd=ROOT, check=True)


if __name__ == "__main__":
    update(HERE / "zh.ts")
    release(HERE / "zh.ts", HERE / "zh.qm")
