"""Mails written from the plain texts in templates/emails, as HTML and as text."""

from connectors.documents.emails.writer import JinjaMailWriter

__all__ = ["JinjaMailWriter"]
