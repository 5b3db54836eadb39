"""What takes turns is shown once a round, in every second frame, and it is known a frame ahead which these are."""

from playground.tab.turns import Turns


def test_a_round_shows_each_picture_once_and_the_frames_between_are_told() -> None:
    turns, shown = Turns(), list[str]()
    pictures = [lambda: shown.append("curve"), lambda: shown.append("loss")]
    numbers = [(lambda: shown.append("rows"),), (lambda: shown.append("strip"), lambda: shown.append("written"))]
    rounds: list[list[str]] = []
    for _ in range(32):
        comes = turns.next_is_beside
        shown.clear()
        for show in turns.of(pictures, numbers):
            show()
        rounds.append([*shown])
        assert len(shown) < 2
        assert comes or not shown
    assert not any(rounds[1::2])  # a frame of its own for the big picture, between any two
    told = [name for shows in rounds for name in shows]
    assert {name: told.count(name) for name in set(told)} == {
        "curve": 4, "loss": 4, "rows": 2, "strip": 2, "written": 2,
    }  # fmt: skip
