"""What staff edit: letters, e-mails, procedures and platforms."""
