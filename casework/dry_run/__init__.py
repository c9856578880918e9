"""A dry run: what Casework would do, in the office's words, without anything of it being done."""
