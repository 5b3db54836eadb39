"""The tab of Activations: the nets side by side, the curve of one unit, and what a step makes of all of them."""
