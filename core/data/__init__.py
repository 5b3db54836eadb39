"""Arrays and point sets that topics share."""
