"""Copies that show less than the original: without metadata, and with names withheld."""

from connectors.documents.copies.writer import DocumentCopies

__all__ = ["DocumentCopies"]
