"""How the house is kept: tests mirror the folders, files and functions stay short, nothing is left lying about."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGES = ("core", "widgets", "playground")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))
LONGEST_FILE, LONGEST_FUNCTION, AIM = 400, 40, 30
NOBODYS = {"utils", "helpers", "helper", "manager", "common", "misc"}
CROSSING = {"contract", "hostile", "benchmarks"}  # folders of tests that run over many modules
WITHOUT_MODULE = {"monkey", "translations"}  # of the whole window, and of resources/translations


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length of every function, its docstring and decorators left out."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield node.name, (body[-1].end_lineno or 0) - body[0].lineno + 1


def test_there_is_a_house() -> None:
    assert len(SOURCES) > 80
    assert len(TESTS) > 60


@lru_cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@lru_cache
def calls(path: Path) -> set[str]:
    """The plain names that are called in a file."""
    nodes = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.Call)]
    return {node.func.id for node in nodes if isinstance(node.func, ast.Name)}


def comments(path: Path) -> list[str]:
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def test_files_are_short() -> None:
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in [*SOURCES, *TESTS]}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    found = [(name_of(path), name, length) for path in SOURCES for name, length in functions(path)]
    assert [item for item in found if item[2] > LONGEST_FUNCTION] == []


def test_nearly_all_functions_are_shorter_still() -> None:
    lengths = [length for path in SOURCES for _, length in functions(path)]
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
    assert [name_of(path) for path in SOURCES if set(path.stem.split("_")) & NOBODYS] == []


def test_every_module_says_what_it_is() -> None:
    assert [name_of(path) for path in SOURCES if not ast.get_docstring(tree_of(path))] == []


def test_nothing_is_left_lying_about() -> None:
    marks = ("TODO", "FIXME", "XXX", "HACK")
    left = [(name_of(path), c) for path in [*SOURCES, *TESTS] for c in comments(path) if any(m in c for m in marks)]
    assert left == []


def test_nothing_prints_but_the_command_line() -> None:
    assert [name_of(path) for path in SOURCES if "print" in calls(path)] in ([], ["playground/cli.py"])
    assert [name_of(path) for path in SOURCES if "breakpoint" in calls(path)] == []


def test_a_user_never_gets_to_eval() -> None:
    assert [name_of(path) for path in SOURCES if calls(path) & {"eval", "exec", "compile", "__import__"}] == []


def test_widgets_know_no_topic() -> None:
    words = ("optimizer", "sgd", "kmeans", "word2vec", "nesterov")
    files = [path for path in SOURCES if path.parent.name == "widgets"]
    assert [(name_of(p), word) for p in files for word in words if word in p.read_text("utf-8").lower()] == []
