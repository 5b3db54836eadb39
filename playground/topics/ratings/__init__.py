"""The tab of Collaborative filtering."""
