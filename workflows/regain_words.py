"""Regain the Word file of a letter, as it lies in the casework library, and the words that its approver read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from casework.errors import UnreadableDocumentError
from casework.evidence import sha256_of
from casework.letters import Letter
from casework.ports import Library


@dataclass(frozen=True, kw_only=True, slots=True)
class WordFiles:
    """The casework library.

    Attributes:
        text: the words of a Word file; one that is none raises UnreadableDocumentError.
    """

    casework: Library
    text: Callable[[bytes], str]

    def beside(self, letter: Letter) -> Letter:
        """The letter with its Word file; without one if nobody finds it there."""
        file = self.casework.find(letter.word_path)
        content = self.casework.read(file.file_id) if file else b""
        return replace(
            letter,
            word_file_id=file.file_id if file else "",
            word_etag=file.etag if file else "",
            word_sha256=sha256_of(content) if file else "",
            words=self._words(content) if file else "",
        )

    def _words(self, content: bytes) -> str:
        try:
            return self.text(content)
        except UnreadableDocumentError:
            return ""  # whoever drafts or sends it says what is wrong with the file
