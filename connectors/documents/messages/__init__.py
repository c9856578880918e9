"""Mail of every form, read into one value: MIME, Outlook's .msg, winmail.dat and saved text."""

from connectors.documents.messages.platforms_file import load_platforms
from connectors.documents.messages.reader import MimeMessageReader

__all__ = ["MimeMessageReader", "load_platforms"]
