"""Inbox rules: what a person lets Exchange do with mail as it arrives."""
