"""The tabs, one folder a topic; none knows another."""
