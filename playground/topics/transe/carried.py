"""What the threads of TransE give along: where its entities lie."""

from __future__ import annotations

from core.nn.principal_axes import main_axes
from playground.playback.view import View
from playground.tab.threads import Plain, named_points
from playground.topics.transe.shown import Shown

_CLUSTERS = 4


def places_of_entities(view: View) -> Plain:
    """Return where the entities lie along the two directions in which they spread most."""
    shown = Shown(view)
    entities = shown.state.entities
    return named_points(entities @ main_axes(entities), shown.graph.entities, _CLUSTERS)
