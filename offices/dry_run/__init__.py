"""Dry runs of a school: everything is read, decided and answered as in earnest, and nothing is written anywhere."""
