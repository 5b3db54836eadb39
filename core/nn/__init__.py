"""What topics share: update rules, later layers, activations and losses."""
