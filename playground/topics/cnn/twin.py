"""The twin of a run: the same seed, data and steps, with the other pooling."""

from __future__ import annotations

from dataclasses import replace

from core.cnn.readings import has_pooling, twin
from core.cnn.settings import Params, check
from core.run.recipe import Recipe, SetParam
from core.run.timeline import Timeline
from playground.playback.run import Run


def twin_of(recipe: Recipe[Params]) -> Recipe[Params]:
    """Return its recipe: what was typed into weights is left out, as these have other shapes. Raises Refusal."""
    params = replace(recipe.params, layers=twin(recipe.params.layers))
    if refusal := check(params):
        raise refusal
    edits = tuple(change for change in recipe.edits if isinstance(change.edit, SetParam))
    return replace(recipe, params=params, edits=edits)


def compare_with_twin(run: Run) -> None:
    """Compare the run with its twin, from the step in view on. Raises Refusal for layers that the twin cannot have."""
    other = Timeline(run.entry.core, twin_of(run.recipe), run.timeline.budget)
    run.compare_with([run.timeline, other], run.position)


def is_compared(run: Run) -> bool:
    """Tell whether a twin stands beside it."""
    own: Params = run.params
    return any(other.timeline.recipe.params.layers == twin(own.layers) for other in run.compared)


def key_of(params: Params) -> str:
    """Return the word for its twin: with pooling or without."""
    return "twin_without" if has_pooling(params.layers) else "twin_with"
