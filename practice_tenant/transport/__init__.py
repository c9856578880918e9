"""Mail between the tenant and the world: the SMTP door, what leaves, and what comes back undelivered."""
