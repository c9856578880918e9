"""One file for each version of the journal; a file that was released is never changed."""
