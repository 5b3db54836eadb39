"""pyqtgraph with Qt's own modules in place of its mirrors of them.

pyqtgraph copies every name of PySide6 into modules of its own, and a name of PySide6 is made when it is first asked
for: a thousand classes and enumerations, of which a program needs a hundred. Import pyqtgraph from here, so that its
`Qt.QtCore`, `Qt.QtGui` and `Qt.QtWidgets` are PySide6's modules, and nothing is copied.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_MIRRORED = ("QtCore", "QtGui", "QtWidgets")


def _import() -> Any:
    """Return pyqtgraph. While it is loaded, PySide6's modules list no names, so that none is copied."""
    modules = [import_module(f"PySide6.{name}") for name in _MIRRORED]
    for name, module in zip(_MIRRORED, modules, strict=True):
        sys.modules[f"pyqtgraph.Qt.{name}"] = module
    own_lists = [vars(module)["__dir__"] for module in modules]
    for module in modules:
        module.__dir__ = list  # type: ignore[method-assign]
    try:
        return import_module("pyqtgraph")
    finally:
        for module, own_list in zip(modules, own_lists, strict=True):
            module.__dir__ = own_list  # type: ignore[method-assign]


pg: Any = sys.modules["pyqtgraph"] if "pyqtgraph" in sys.modules else _import()
