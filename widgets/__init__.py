"""Qt parts that know no topic."""
