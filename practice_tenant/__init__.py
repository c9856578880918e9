"""A Microsoft 365 on loopback, to train on and to test with."""
