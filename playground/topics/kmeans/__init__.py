"""The k-means tab."""
