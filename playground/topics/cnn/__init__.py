"""The tab of the CNN: every layer's kernels and maps in one mosaic, and how well the net reads."""
