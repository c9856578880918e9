"""The governors' termly paper: anonymous figures, with small numbers hidden."""
