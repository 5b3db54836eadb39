"""Loss and accuracy of both nets over the steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from core.run.timeline import Timeline
from playground.playback.view import View
from playground.topics.dense import small_plots
from widgets.plots.marks.curves import Curves
from widgets.plots.plot import Plot


@pytest.mark.parametrize("name", ["loss", "accuracy"])
def test_both_nets_have_a_curve(
    record: Callable[..., Timeline[Any, Any]], entry: Any, qapp: Any, freed: Any, name: str
) -> None:
    run, plot = record(15), Plot()
    freed(plot)
    getattr(small_plots, f"draw_{name}")(plot, View(run, 9), entry.texts)
    (curves,) = (mark for mark in plot.marks if isinstance(mark, Curves))
    assert curves.cursor == 9
    shown = {str(curve.focus): curve for curve in curves.curves}
    for net in ("with_bias", "without_bias"):
        np.testing.assert_array_equal(shown[f"{net}.{name}"].y, run.series.column(f"{net}.{name}"))
        assert shown[f"{net}.{name}"].dashed == (net == "without_bias")
    assert "With bias: " in plot.accessibleDescription()
