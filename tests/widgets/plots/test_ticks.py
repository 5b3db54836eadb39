import pytest

from widgets.plots.ticks import power_text, text, ticks

RANGES = [(-5.5, 5.5), (0.0, 60.0), (0.0, 1.0), (-6.9, 6.9), (0.0, 200_000.0), (1e-6, 5e-6), (0.1, 0.103), (0.0, 13.0)]


@pytest.mark.parametrize(("low", "high"), RANGES)
def test_three_to_six_ticks_inside_the_range(low: float, high: float) -> None:
    made = ticks(low, high)
    assert 3 <= len(made) <= 6
    assert all(low - 1e-9 <= position <= high + 1e-9 for position, _ in made)
    assert len({text for _, text in made}) == len(made)


def test_log_ticks_stand_at_powers_of_ten() -> None:
    assert ticks(-2.0, 3.3, log=True) == (
        (-2.0, "0.01"), (-1.0, "0.1"), (0.0, "1"), (1.0, "10"), (2.0, "100"), (3.0, "1000"),
    )  # fmt: skip
    assert all(position == int(position) for position, _ in ticks(-12.0, 12.0, log=True))
    assert len(ticks(-12.0, 12.0, log=True)) <= 6


def test_a_log_axis_within_a_decade_still_has_ticks() -> None:
    assert [label for _, label in ticks(0.0001, 0.8, log=True)] == ["2", "5"]
    assert len(ticks(0.5, 0.52, log=True)) >= 2


def test_texts_have_a_true_minus_and_short_powers() -> None:
    assert text(-2.5, 2.5, 5.0) == "\N{MINUS SIGN}2.5"
    assert text(2e-6, 1e-6, 5e-6) == "2e\N{MINUS SIGN}6"
    assert text(0.0, 0.2, 1.0) == "0"
    assert power_text(6) == "1e6"
    assert power_text(-2) == "0.01"


def test_no_ticks_where_there_is_no_range() -> None:
    assert ticks(1.0, 1.0) == ()
    assert ticks(float("nan"), 1.0) == ()
