"""One recipe, one picture: neither memory, clock, zone, the order of a hash nor what was drawn before is seen in it."""

from __future__ import annotations

from playground.topic_list import TOPICS
from tests.contract.picture_digests import disagreements


def test_every_panel_of_every_topic_is_the_same_in_three_processes() -> None:
    count, apart = disagreements(3)
    assert not apart
    assert count > 5 * len(TOPICS)
