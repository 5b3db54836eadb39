"""The tab of the topic Embedding layer."""
