"""The source of the function that made a step."""

from __future__ import annotations

import re

import pytest

from core.run.explanation import Focus
from playground.topic_list import topic
from playground.window.sources import source_of
from resources import FOLDER


def test_it_is_the_file_that_runs_with_the_lines_of_the_function() -> None:
    place = source_of("core.nn.update_rules:Momentum.step")
    assert place.path == "core/nn/update_rules.py"
    assert place.text == (FOLDER.parent / place.path).read_text("utf-8")
    lines = place.text.splitlines()[place.first - 1 : place.last]
    assert lines[0].startswith("    def step(")
    assert any("velocity" in line for line in lines)
    assert all(line.startswith("     ") or not line for line in lines[1:])


def test_every_method_of_the_race_has_its_source() -> None:
    core = topic("optimizers").core
    params = core.Params()
    for method in params.methods:
        explained = core.explain(None, core.start(params, None), params, Focus(method))  # type: ignore[arg-type]
        place = source_of(explained.source)
        assert 0 < place.first < place.last


def test_every_source_that_is_named_is_found() -> None:
    """Whatever it is that an explanation names: a function, a method, a cached property."""
    files = [path.read_text("utf-8") for path in (FOLDER.parent / "core").rglob("*.py")]
    names = {name for text in files for name in re.findall(r'"(core\.[\w.]+:[\w.]+)"', text)}
    assert "core.nn.training:Look.gradient" in names
    for name in names:
        assert source_of(name).first > 0, name


@pytest.mark.parametrize("name", ["core.nn.update_rules:Gone.step", "core.gone:f"])
def test_what_is_not_there_is_an_error(name: str) -> None:
    with pytest.raises((AttributeError, ImportError)):
        source_of(name)
