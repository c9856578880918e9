"""What letters and mails share: lists of fields, values in words, and the place of a fault."""
