"""Which steps a claim of the CNN speaks of."""

from __future__ import annotations

from typing import Any

import numpy as np

from playground.scenes.scene import column
from playground.topics.cnn.conditions import READ, reads_most


def test_steps_are_marked_from_the_epoch_on_after_which_most_digits_are_read(record: Any) -> None:
    run = record(161)
    read = column(run, "test_accuracy")
    steps = reads_most(run, 161).steps_of("test_accuracy")
    assert np.array_equal(steps, np.flatnonzero(read >= READ))
    assert len(steps)
    assert not reads_most(run, int(steps[0]) - 1)
