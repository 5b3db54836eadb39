"""What the threads of the RNN give along: the scores of the last time."""

from __future__ import annotations

import numpy as np

from core.rnn.algorithm import arrays
from core.rnn.settings import sizes_of
from playground.playback.view import View
from playground.tab.threads import Plain

_FEWEST, _MOST = 2, 12  # scores that softmax is shown of


def scores(view: View) -> Plain:
    """Return what h·V + c gives at the last time of the first sequence; nothing where those are no scores, or many."""
    sizes, own = sizes_of(view.params), arrays(view.state, view.params)
    if not (sizes.has_classes and _FEWEST <= sizes.outputs <= _MOST and np.size(own["h"])):
        return {}
    z = own["h"][0, -1] @ own["V"] + own["c"]
    return {"params": {"logits": z.tolist()}} if np.isfinite(z).all() else {}
