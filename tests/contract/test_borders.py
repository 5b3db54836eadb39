"""Topics never import topics, tabs never tabs, and what all stand on knows none of them.

The import contracts of pyproject.toml hold the same lines and more; here they are asked of the files themselves.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from playground.topic_list import TOPICS, TopicEntry

ROOT = Path(__file__).parents[2]


def imported(path: Path) -> set[str]:
    """Return every module and name that a file imports, dotted."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def inside(folder: str) -> Iterator[tuple[Path, set[str]]]:
    """Yield every module below a folder with what it imports. Fails where there is none to look at."""
    paths = sorted((ROOT / folder).rglob("*.py"))
    assert len(paths) > 1, folder
    yield from ((path, imported(path)) for path in paths)


def lies_in(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


@pytest.mark.parametrize("room", ["core", "playground.topics"])
@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_a_topic_knows_no_other(entry: TopicEntry, room: str) -> None:
    others = {
        f"{place}.{other.stem}" for other in TOPICS if other is not entry for place in ("core", "playground.topics")
    }
    for path, names in inside(f"{room.replace('.', '/')}/{entry.stem}"):
        assert [name for name in names if lies_in(name, others)] == [], path


@pytest.mark.parametrize("room", ["core/run", "core/nn", "core/data", "widgets"])
def test_what_topics_stand_on_knows_no_topic(room: str) -> None:
    topics = {f"core.{entry.stem}" for entry in TOPICS}
    for path, names in inside(room):
        assert [name for name in names if lies_in(name, topics)] == [], path


def test_widgets_see_of_core_only_how_a_parameter_is_declared() -> None:
    for path, names in inside("widgets"):
        seen = {name for name in names if lies_in(name, {"core"})}
        assert all(lies_in(name, {"core.run.parameters"}) for name in seen), path
