"""Is a run the same where it is measured in another way? It is made again from its start, and its bytes compared."""

from __future__ import annotations

from core import loss_metrics
from core.loss_metrics.settings import Params
from core.run.recipe import Recipe
from core.run.studies import Study


def made_again(recipe: Recipe[Params], steps: int) -> Study[bytes]:
    """Return the study of the bytes of all weights after some steps of a run that is made again."""
    return Study(loss_metrics, (recipe,), steps, "end", lambda _, frame: frame.state.weights.tobytes())
