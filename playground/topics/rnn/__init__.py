"""The tab of the RNN."""
