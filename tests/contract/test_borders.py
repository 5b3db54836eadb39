"""Topics never import topics, tabs never tabs, and what all stand on knows none of them."""

from __future__ import annotations

import ast
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


@pytest.mark.parametrize("entry", TOPICS, ids=lambda entry: entry.id)
def test_a_topic_knows_no_other(entry: TopicEntry) -> None:
    others = {f"{room}.{other.stem}" for other in TOPICS if other is not entry for room in ("core", "playground.tabs")}
    files = [*ROOT.glob(f"core/{entry.stem}*.py"), *ROOT.glob(f"playground/tabs/{entry.stem}*.py")]
    assert len(files) >= 2
    for path in files:
        assert not imported(path) & others, path


@pytest.mark.parametrize("room", ["core/run", "core/nn", "core/data", "widgets"])
def test_what_topics_stand_on_knows_no_topic(room: str) -> None:
    topics = {f"core.{entry.stem}" for entry in TOPICS}
    for path in (ROOT / room).glob("*.py"):
        assert not imported(path) & topics, path


def test_widgets_see_of_core_only_how_a_parameter_is_declared() -> None:
    for path in (ROOT / "widgets").glob("*.py"):
        seen = {name for name in imported(path) if name.startswith("core")}
        assert all(name.startswith("core.run.parameters") for name in seen), path
