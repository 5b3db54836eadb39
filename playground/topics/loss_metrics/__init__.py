"""The tab of Loss & metrics."""
