"""The lists of the Casework site: tables, rows, and the columns that staff fill in."""
