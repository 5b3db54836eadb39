"""The TransE tab."""
