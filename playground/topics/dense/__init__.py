"""The tab of Dense & bias."""
