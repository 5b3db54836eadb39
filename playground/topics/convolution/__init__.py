"""The convolution tab."""
