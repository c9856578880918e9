"""The outside world, one folder per technology, each implementing ports of casework.ports."""
