"""The machine that Casework runs on: how it starts a program by itself, and how a program tells it that it is well."""
