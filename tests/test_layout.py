"""How the house is kept: tests mirror the folders, files and functions stay short, nothing is left lying about."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("core", "widgets", "playground")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
LONGEST_FILE, LONGEST_FUNCTION, AIM = 400, 40, 30
NOBODYS = {"utils", "helpers", "helper", "manager", "common", "misc"}
CROSSING = {"contract", "hostile", "benchmarks"}  # folders of tests that run over many modules
# Of the whole window, of resources/translations, and of what several files of a topic do together.
WITHOUT_MODULE = {"simulation", "translations", "beats_of_a_window", "cells_in_place", "tasks_by_hand"}


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Facts:
    """What is to be known of a module."""

    name: str
    docstring: bool
    functions: tuple[tuple[str, int], ...]  # lengths without docstring and decorators
    calls: frozenset[str]  # plain names that are called


@lru_cache
def facts(path: Path) -> Facts:
    tree = ast.parse(path.read_text("utf-8"))
    nodes = list(ast.walk(tree))
    functions = tuple((node.name, length_of(node)) for node in nodes if isinstance(node, ast.FunctionDef))
    calls = frozenset(n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name))
    return Facts(name_of(path), bool(ast.get_docstring(tree)), functions, calls)


def length_of(node: ast.FunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1


def sources() -> list[Facts]:
    return [facts(path) for path in SOURCES]


def test_there_is_a_house() -> None:
    assert len(SOURCES) > 80
    assert len(TESTS) > 60


def test_files_are_short() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in [*SOURCES, *TESTS]}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    found = [(item.name, name, length) for item in sources() for name, length in item.functions]
    assert [item for item in found if item[2] > LONGEST_FUNCTION] == []


def test_nearly_all_functions_are_shorter_still() -> None:
    lengths = [length for item in sources() for _, length in item.functions]
    assert sum(length > AIM for length in lengths) <= 0.01 * len(lengths)
    assert sum(length > 10 for length in lengths) <= 0.3 * len(lengths)


def test_every_test_stands_where_its_module_does() -> None:
    lost = []
    for path in TESTS:
        inside = path.relative_to(ROOT / "tests").with_name(path.name.removeprefix("test_"))
        is_free = len(inside.parts) == 1 or set(inside.parts) & CROSSING or inside.stem in WITHOUT_MODULE
        if not is_free and not (ROOT / inside).exists():
            lost.append(name_of(path))
    assert lost == []


def test_names_say_what_is_inside() -> None:
    assert [path.name for path in SOURCES if set(path.stem.split("_")) & NOBODYS] == []


def test_every_module_says_what_it_is() -> None:
    assert [item.name for item in sources() if not item.docstring] == []


def test_nothing_is_left_lying_about() -> None:
    mark = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    files = [path for path in [*SOURCES, *TESTS] if path != Path(__file__)]
    assert [name_of(path) for path in files if mark.search(path.read_text("utf-8"))] == []


def test_nothing_prints_but_the_command_line() -> None:
    assert {item.name for item in sources() if "print" in item.calls} <= {"playground/command_line/cli.py"}
    assert [item.name for item in sources() if "breakpoint" in item.calls] == []


def test_a_user_never_gets_to_eval() -> None:
    assert [item.name for item in sources() if item.calls & {"eval", "exec", "compile", "__import__"}] == []


def test_widgets_know_no_topic() -> None:
    words = ("optimizer", "sgd", "kmeans", "word2vec", "nesterov")
    files = [path for path in SOURCES if path.is_relative_to(ROOT / "widgets")]
    assert len(files) > 50
    assert [(p.name, word) for p in files for word in words if word in p.read_text("utf-8").lower()] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    graph = grimp.build_graph(package, cache_dir=None)
    TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}).prepare()
