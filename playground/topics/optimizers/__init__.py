"""The tab of the race of optimizers."""
