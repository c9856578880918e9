"""What the school's policy means: values and rules, with no I/O and no clock."""
