"""A mail room in memory: what carrying out effects needs, with nothing outside but a journal."""

from __future__ import annotations

from pathlib import Path

import templates
from casework.ports import Journal
from casework.tags import TokenMaker
from connectors.documents.chat_tables import DocxChatExports
from connectors.documents.copies import DocumentCopies
from connectors.documents.emails import JinjaMailWriter
from connectors.documents.letters import DocxLetterWriter, LibreOfficePdf
from connectors.documents.messages import MimeMessageReader
from connectors.documents.papers import DocxPapers
from connectors.memory import MemoryClock, MemoryFolderAccess, MemoryInbox, MemoryLibrary, MemoryMailService
from tests.invented import tillbrook
from tests.journals import CHAIN_KEY
from workflows.carry_out import Tools

SHIPPED = Path(templates.__file__).parent


def tools_in_memory(journal: Journal, clock: MemoryClock) -> Tools:
    """Everything but the journal lies in memory; letters travel as Word files."""
    return Tools(
        journal=journal,
        mail=MemoryMailService(clock),
        inbox=MemoryInbox(clock),
        casework=MemoryLibrary(clock),
        folders=MemoryFolderAccess(),
        sealed=MemoryLibrary(clock),
        drop=None,
        mail_writer=JinjaMailWriter(SHIPPED / "emails"),
        letter_writer=DocxLetterWriter(SHIPPED / "letters"),
        pdf=LibreOfficePdf(),
        papers=DocxPapers(),
        copies=DocumentCopies(),
        reader=MimeMessageReader(),
        chat_exports=DocxChatExports(),
        school=tillbrook(),
        tokens=TokenMaker(secret=CHAIN_KEY),
        now=clock.now(),
        clock=clock,
        attach_pdf=False,
    )
