"""What the threads of Collaborative filtering give along: both matrices as a Dense layer, and places in the plane."""

from __future__ import annotations

import numpy as np

from playground.playback.view import View
from playground.tab.threads import Plain, named_points
from playground.topics.ratings.shown import Shown
from playground.topics.ratings.video_plane import Videos
from playground.words.texts import topic_texts

_CLUSTERS = 4
_MOST_FACTORS, _MOST_FILMS = 8, 16  # that fit into a layer there


def people_through_films(view: View) -> Plain:
    """Return people as inputs of a layer whose weights are the films; the ratings as targets where none is missing."""
    params = view.params
    if params.model == "candidates" or params.n_factors > _MOST_FACTORS:
        return {}
    shown = Shown(view, topic_texts("ratings"))
    users, items, known = shown.now.users, shown.now.items, shown.now.given
    if items.shape[1] > _MOST_FILMS or not (np.isfinite(users).all() and np.isfinite(items).all()):
        return {}
    layer = {"points": users.tolist(), "units": items.shape[1], "activation": "linear", "train_bias": False}
    targets = {"targets": known.values.tolist()} if known.known.all() else {}
    return {"params": {**layer, **targets}, "changes": [{"step": 0, "name": "W", "value": items.tolist()}]}


def places(view: View) -> Plain:
    """Return where people lie in the plane that is shown; of the model `candidates` where videos do."""
    texts = topic_texts("ratings")
    if view.params.model == "candidates":
        videos = Videos(view, texts)
        return named_points(videos.places, videos.names, _CLUSTERS)
    shown = Shown(view, texts)
    return named_points(shown.people, shown.names.users, _CLUSTERS)
