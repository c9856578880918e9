"""What only a practice tenant has: delivery from the internet, the outbox, the clock, faults and reset."""
