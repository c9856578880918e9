"""Every port: the roles that the outside world plays for the jobs, implemented by connectors.

All may raise TemporaryConnectorError (tried again later; `outcome_unknown`: the request may have been carried out)
and PermanentConnectorError with its kinds (goes to a person). All moments are aware and in UTC.
"""

from __future__ import annotations

from casework.ports.documents import (
    ChatExports,
    DocumentReader,
    LetterWriter,
    MailWriter,
    MessageReader,
    PdfConverter,
    WrittenMail,
)
from casework.ports.files import (
    JournalShelf,
    Library,
    LibraryChanges,
    LibraryFile,
    refuse_other,
)
from casework.ports.lists import (
    Register,
    RegisterChanges,
    RegisterRow,
)
from casework.ports.mail import (
    INBOX,
    FoundMail,
    Inbox,
    InboxChanges,
    MailAttachment,
    MailContent,
    MailService,
    NewMail,
    Outgoing,
    SeenMessage,
)
from casework.ports.time import (
    BELIEVED,
    Clock,
    Journal,
)

__all__ = [
    "BELIEVED",
    "INBOX",
    "ChatExports",
    "Clock",
    "DocumentReader",
    "FoundMail",
    "Inbox",
    "InboxChanges",
    "Journal",
    "JournalShelf",
    "LetterWriter",
    "Library",
    "LibraryChanges",
    "LibraryFile",
    "MailAttachment",
    "MailContent",
    "MailService",
    "MailWriter",
    "MessageReader",
    "NewMail",
    "Outgoing",
    "PdfConverter",
    "Register",
    "RegisterChanges",
    "RegisterRow",
    "SeenMessage",
    "WrittenMail",
    "refuse_other",
]
