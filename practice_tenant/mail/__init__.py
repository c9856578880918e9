"""Mailboxes: folders, messages, attachments, sending, delta."""
