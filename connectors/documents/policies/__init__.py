"""Reads the words of policy documents: Word, PDF, OpenDocument, web pages and plain text."""

from connectors.documents.policies.apart import ApartDocumentReader
from connectors.documents.policies.reader import PolicyDocumentReader

__all__ = ["ApartDocumentReader", "PolicyDocumentReader"]
