"""Which job runs when, for which school, on which engine: the composition root."""
