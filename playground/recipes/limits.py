"""The limits of a run, in one place that costs nothing to import."""

SEEDS = 2**31  # seeds go from 0 to one less
MOST_STEPS = 10_000_000  # of a run without a window
MOST_CHANGES = 50_000  # edits of a run in a file
LONGEST = 200_000  # steps of a run in the window
