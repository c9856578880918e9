"""What writes letters, mails and papers, loaded when something is first written: most sweeps write nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import templates

if TYPE_CHECKING:
    from connectors.documents.chat_tables import DocxChatExports
    from connectors.documents.copies import DocumentCopies
    from connectors.documents.emails import JinjaMailWriter
    from connectors.documents.letters import DocxLetterWriter, LibreOfficePdf
    from connectors.documents.papers import DocxPapers
    from connectors.settings_file import Settings

Tool = TypeVar("Tool")
TEMPLATES = Path(templates.__file__).parent


class _Later:
    """Stands for a tool until it is used: the libraries for Word, PDF and mails take a second to load."""

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._made: Any = None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the tool has
        if self._made is None:
            self._made = self._make()
        return getattr(self._made, name)


def later(make: Callable[[], Tool]) -> Tool:
    """The tool that `make` gives, made when it is first used. Two threads at once may make two; either will do."""
    return cast("Tool", _Later(make))


def letter_writer(settings: Settings) -> DocxLetterWriter:
    from connectors.documents.letters import DocxLetterWriter  # noqa: PLC0415 - loaded when it is used

    own = settings.letters.templates
    return DocxLetterWriter(
        TEMPLATES / "letters", school_templates=settings.path(own) / "letters" if own else None
    )


def mail_writer(settings: Settings) -> JinjaMailWriter:
    from connectors.documents.emails import JinjaMailWriter  # noqa: PLC0415

    own = settings.letters.templates
    return JinjaMailWriter(TEMPLATES / "emails", settings.path(own) / "emails" if own else None)


def pdf() -> LibreOfficePdf:
    from connectors.documents.letters import LibreOfficePdf  # noqa: PLC0415

    return LibreOfficePdf()


def papers() -> DocxPapers:
    from connectors.documents.papers import DocxPapers  # noqa: PLC0415

    return DocxPapers()


def copies() -> DocumentCopies:
    from connectors.documents.copies import DocumentCopies  # noqa: PLC0415

    return DocumentCopies()


def chat_exports() -> DocxChatExports:
    from connectors.documents.chat_tables import DocxChatExports  # noqa: PLC0415

    return DocxChatExports()
