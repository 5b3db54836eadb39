"""Pictures, tables and animations of a run."""
