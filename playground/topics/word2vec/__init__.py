"""The word2vec tab."""
