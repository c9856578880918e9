"""Sites and their lists: columns, items, versions, delta and who may act there."""
