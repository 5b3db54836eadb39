"""Makes a folder that runs without Python, and tries it: `python packaging/build.py [FOLDER]`.

It wants an environment in which the program and PyInstaller are installed: `pip install . pyinstaller`. What of Qt and
of other libraries no part of the program loads is left out; at the end the folder passes the self-test, offscreen, in
an empty environment, and its size is told.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAME = "ml-playground"
UNUSED = (  # what PyInstaller would bring along because some library could import it
    "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtDesigner", "PySide6.QtDBus",
    "pyqtgraph.opengl", "pyqtgraph.examples", "pyqtgraph.jupyter", "tkinter", "matplotlib", "scipy", "sympy", "IPython",
    "PIL.ImageTk", "av", "pytest", "hypothesis", "pyarrow.flight", "pyarrow.dataset", "pyarrow.parquet", "pyarrow.orc",
    "pyarrow.substrait", "pyarrow.acero", "pyarrow.tests",
)  # fmt: skip
UNUSED_FILES = (  # of Qt and pyarrow, which their hooks bring whole
    "PySide6/Qt/translations/qt[!b]*", "PySide6/Qt/translations/qtbase_[!z]*", "PySide6/Qt/translations/qtbase_zh_TW*",
    "PySide6/Qt/lib/libQt6[QV]*", "PySide6/Qt/lib/libQt6Network*", "PySide6/Qt/plugins/networkinformation",
    "PySide6/Qt/plugins/tls", "PySide6/Qt/plugins/generic", "PySide6/Qt/plugins/platforminputcontexts/*virtual*",
    "PySide6/Qt/plugins/platforms/libqvnc*", "PySide6/Qt/plugins/platforms/libqlinuxfb*",
    "PySide6/Qt/plugins/platforms/libqminimal*", "PySide6/Qt/plugins/platforms/libqeglfs*",
    "PySide6/Qt/plugins/egldeviceintegrations",
    "pyarrow/include", "pyarrow/src", "pyarrow/tests", "pyarrow/*flight*", "pyarrow/*substrait*", "pyarrow/*dataset*",
    "pyarrow/*parquet*", "pyarrow/*acero*", "pyarrow/*_orc*",
)  # fmt: skip


def build(into: Path) -> Path:
    """Make the folder and return it."""
    command = [
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN", "--name", NAME,
        "--distpath", str(into), "--workpath", str(into / "work"), "--specpath", str(into / "work"), "--windowed",
        "--contents-directory", "parts", "--hidden-import", "pyqtgraph",
    ]  # fmt: skip
    for package in ("core", "widgets", "playground"):  # topics are loaded by their names
        command += ["--collect-submodules", package]
    for folder in ("core", "resources"):  # `core` as text, too: the window shows the source that ran
        command += ["--add-data", f"{ROOT / folder}{os.pathsep}{folder}"]
    for module in UNUSED:
        command += ["--exclude-module", module]
    subprocess.run([*command, str(ROOT / "main.py")], check=True, cwd=ROOT)
    shutil.rmtree(into / "work")
    return into / NAME


def leave_out(folder: Path) -> None:
    """Take away what no part of the program loads."""
    for pattern in (*UNUSED_FILES, "**/__pycache__"):
        for path in list((folder / "parts").glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def size_of(folder: Path) -> float:
    """Return the size of a folder in MB; what is linked counts once."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return float(sum(path.stat().st_size for path in files) / 1e6)


def try_out(folder: Path) -> float:
    """Let the program test itself where there is nothing else. Return how long it took to tell its version."""
    program, nothing = str(folder / NAME), {"HOME": str(folder), "LANG": "C.UTF-8"}
    begin = time.perf_counter()
    subprocess.run([program, "--version"], check=True, env=nothing)
    took = time.perf_counter() - begin
    subprocess.run([program, "--self-test"], check=True, env=nothing)
    return took


def main() -> None:
    """Build, tidy, try, and tell the size."""
    into = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist").absolute()
    begin = time.perf_counter()
    folder = build(into)
    built = time.perf_counter() - begin
    whole = size_of(folder)
    leave_out(folder)
    started = try_out(folder)
    told = f"{size_of(folder):.0f} MB ({whole:.0f} before), built in {built:.0f} s, --version in {started:.2f} s"
    sys.stdout.write(f"{folder}: {told}\n")


if __name__ == "__main__":
    main()
