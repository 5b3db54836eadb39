"""What the threads of the CNN give along: the ten scores of the digit shown, and where the held-out digits lie."""

from __future__ import annotations

import numpy as np

from core.cnn.algorithm import scores_of, shown
from core.cnn.settings import Params
from playground.playback.view import View
from playground.tab.threads import Plain, named_points
from playground.topics.cnn.star import COLOURS, Star
from playground.words.texts import topic_texts


def scores(view: View) -> Plain:
    """Return the ten scores of the digit shown, before softmax."""
    params: Params = view.params
    z = scores_of(view.state.weights, params.layers, shown(params)[None, None], np.zeros(1, dtype=np.int64))[0]
    return {"params": {"logits": z.tolist()}} if np.isfinite(z).all() else {}


def places_of_digits(view: View) -> Plain:
    """Return where the held-out digits lie in their plane, each called by what it is."""
    star = Star(view, topic_texts("cnn"))
    return named_points(star.places, tuple(map(str, star.reading.labels.tolist())), len(COLOURS))
