"""Every claim of the course has a scene that names it, and no scene names one that is none."""

from __future__ import annotations

import pytest

from playground.scenes.scene import scenes
from playground.topic_list import topic

CLAIMS = {
    "optimizers": "O1 O2 O3 O4 O5 O6 O7 O8 O9 O10",
    "activations": "A1 A2 A3 A4 A5",
    "loss-metrics": "M1 M2 M3 M4 M5",
    "shapes": "S1 S2 S3 S4 S5 S6 S7",
    "dense": "D1 D2 D3 D4",
    "convolution": "C1 C2 C3 C4 C5 C6 C7 C8 C9 C10 C11",
    "cnn": "N1 N2 N3 N4 N5",
    "rnn": "R1 R2 R3 R4 R5",
    "embedding": "E1 E2 E3 E4 E5 E6 E7 E8",
    "word2vec": "W1 W2 W3 W4 W5 W6 W7 W8 W9",
    "ratings": "F1 F2 F3 F4",
    "transe": "T1 T2 T3",
    "kmeans": "K1 K2 K3 K4 K5 K6",
}


@pytest.mark.parametrize("id", CLAIMS)
def test_its_scenes_name_its_claims_and_no_others(id: str) -> None:
    named = {claim for scene in scenes(topic(id)) for claim in scene.claims}
    assert named == set(CLAIMS[id].split())


def test_there_are_82_claims() -> None:
    ids = " ".join(CLAIMS.values()).split()
    assert len(ids) == len(set(ids)) == 82
