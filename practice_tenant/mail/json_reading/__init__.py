"""A mail out of a request's JSON: what may be said when, and in which form."""
