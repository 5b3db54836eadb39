"""pyqtgraph with Qt's own modules in place of its mirrors of them, and without what no plot here uses.

pyqtgraph copies every name of PySide6 into modules of its own, and a name of PySide6 is made when it is first asked
for: a thousand classes and enumerations, of which a program needs a hundred. And it loads all its items, forms and
trees at once, of which the plots here take a view and its scene. Import pyqtgraph from here, so that its `Qt.QtCore`,
`Qt.QtGui` and `Qt.QtWidgets` are PySide6's modules, nothing is copied, and the rest is left out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

_MIRRORED = ("QtCore", "QtGui", "QtWidgets")
_USED = {  # with all that is in a name without a dot
    "Qt", "colors", "util", "debug", "functions", "Point", "GraphicsScene",
    "graphicsItems", "graphicsItems.GraphicsItem", "graphicsItems.GraphicsObject", "graphicsItems.GraphicsWidget",
    "graphicsItems.ItemGroup", "graphicsItems.ViewBox", "graphicsItems.ViewBox.ViewBox",
    "widgets", "widgets.GraphicsView",
}  # fmt: skip
_IN_PARTS = ("graphicsItems.", "widgets.")


class _LeftOut(MetaPathFinder, Loader):
    """Finds an empty module in place of each of pyqtgraph's that is not used; any name asked of it is None."""

    def __init__(self) -> None:
        self._names: list[str] = []

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        package, _, own = name.partition(".")
        whole = own if own.startswith(_IN_PARTS) else own.partition(".")[0]
        return ModuleSpec(name, self) if package == "pyqtgraph" and own and whole not in _USED else None

    def exec_module(self, module: ModuleType) -> None:
        self._names.append(module.__name__)
        vars(module).update(__all__=[], __getattr__=lambda name: None)

    def forget(self) -> None:
        """Take the empty modules away, so that who imports one later gets pyqtgraph's."""
        for name in self._names:
            package, _, own = name.rpartition(".")
            del sys.modules[name]
            vars(sys.modules[package]).pop(own, None)


@contextmanager
def _listing_no_names(modules: list[ModuleType]) -> Iterator[None]:
    own_lists = [vars(module)["__dir__"] for module in modules]
    for module in modules:
        module.__dir__ = list  # type: ignore[method-assign]
    try:
        yield
    finally:
        for module, own_list in zip(modules, own_lists, strict=True):
            module.__dir__ = own_list  # type: ignore[method-assign]


def _import() -> Any:
    """Return pyqtgraph. While it is loaded, PySide6's modules list no names, so that none is copied."""
    modules = [import_module(f"PySide6.{name}") for name in _MIRRORED]
    for name, module in zip(_MIRRORED, modules, strict=True):
        sys.modules[f"pyqtgraph.Qt.{name}"] = module
    left_out = _LeftOut()
    sys.meta_path.insert(0, left_out)
    try:
        with _listing_no_names(modules):
            return import_module("pyqtgraph")
    finally:
        sys.meta_path.remove(left_out)
        left_out.forget()


pg: Any = sys.modules["pyqtgraph"] if "pyqtgraph" in sys.modules else _import()
