"""The practice school's files: drives, folders, documents with their versions."""
