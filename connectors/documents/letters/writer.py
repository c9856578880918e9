"""Letters written from the Word files in templates/letters; the school's own files go before the shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casework.errors import LetterTemplateError, UnreadableDocumentError
from connectors.documents.letters.checking import find_field_problems
from connectors.documents.letters.cleaning import cleaned
from connectors.documents.letters.compiled import CompiledLetter
from connectors.documents.letters.located import LocatedTemplate, letter_environment
from connectors.documents.letters.marks import marks_in, read_marks, read_parts
from connectors.documents.letters.pictures import picture_content
from connectors.documents.letters.reading import read_docx_text
from connectors.documents.templating.fields import FieldList, read_fields
from connectors.documents.templating.file_marks import FileMarks, marks_of
from connectors.documents.templating.problems import (
    TemplateProblem,
    as_problem,
    find_given_problems,
    find_sample_problems,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    """A kind, opened, read and found free of faults.

    Attributes:
        seen: the marks of the files that it was made from.
        content: of letter.docx.
        compiled: by the content of the picture that it carries; empty for none.
    """

    seen: FileMarks
    content: bytes
    template: LocatedTemplate
    declared: FieldList
    compiled: dict[bytes, CompiledLetter] = field(default_factory=dict)


class DocxLetterWriter:
    """Writes a letter of a kind: the folder of that name holds letter.docx and fields.toml.

    Args:
        templates: the folder of the shipped kinds.
        school_templates: a folder with the school's own letter.docx for some kinds.
    """

    def __init__(self, templates: Path, school_templates: Path | None = None) -> None:
        self._folders = [templates, *([school_templates] if school_templates else [])]
        self._environment = letter_environment()
        self._prepared: dict[str, _Ready] = {}
        self._paths: dict[str, tuple[str, ...]] = {}

    def kinds(self) -> tuple[str, ...]:
        """The kinds of letter that can be written."""
        found = {file.parent.name for folder in self._folders for file in folder.glob("*/letter.docx")}
        return tuple(sorted(found))

    def write(self, kind: str, fields: Mapping[str, object]) -> bytes:
        """The letter as a Word file, the same bytes for the same fields.

        Args:
            kind: such as "invitation".
            fields: what fields.toml of the kind declares; days as dates, a picture as its bytes or file.

        Raises:
            LetterTemplateError: if a field is missing, unknown or of the wrong sort, or the file is at fault.
        """
        ready = self._ready(kind)
        if problems := list(find_given_problems(ready.declared, fields, ready.template.place_of)):
            raise problems[0].as_error()
        context = ready.declared.complete(fields)
        picture = next((one for one in ready.declared.fields.values() if one.picture), None)
        given = (context[picture.name] or b"") if picture else b""
        content = picture_content(ready.template, picture, given) if picture else b""
        if content not in ready.compiled:
            ready.compiled.clear()  # a school has one logo
            placed = (picture, content) if picture and content else None
            ready.compiled[content] = CompiledLetter(ready.template, ready.content, placed)
        return ready.compiled[content].fill(context)

    def _ready(self, kind: str) -> _Ready:
        """The kind as it was prepared from the files as they lie there; what somebody edits is prepared anew."""
        seen = marks_of(self._sources(kind))
        known = self._prepared.get(kind)
        if known is None or known.seen != seen:
            content = self._content(kind)
            template, declared = self._open(kind, content), self._fields(kind)
            if stopping := [one for one in find_field_problems(template, declared) if one.stops]:
                raise stopping[0].as_error()
            known = _Ready(seen=seen, content=content, template=template, declared=declared)
            self._prepared[kind] = known
        return known

    def _sources(self, kind: str) -> tuple[str, ...]:
        """Every file that has a say in this kind, whether it is there or not."""
        if kind not in self._paths:
            shared = (self._folders[0] / name for name in ("fields.toml", "paper_fields.toml"))
            own = (
                folder / kind / name for folder in self._folders for name in ("letter.docx", "fields.toml")
            )
            self._paths[kind] = tuple(map(str, (*shared, *own)))
        return self._paths[kind]

    def clean(self, docx: bytes) -> bytes:
        """The letter as it may leave the school.

        Raises:
            UnreadableDocumentError: tracked changes or hidden text, which only a person can settle.
        """
        parts = dict(read_parts(docx))
        marks = marks_in(parts)
        if marks.tracked_changes or marks.hidden_text:
            what = "tracked changes" if marks.tracked_changes else "hidden text"
            raise UnreadableDocumentError(
                "The letter", f"it has {what}; accept or remove that in Word, and save it again"
            )
        return cleaned(parts)

    def text(self, docx: bytes) -> str:
        """The text of a Word letter, as the office reads it."""
        return read_docx_text(docx)

    def check(self, kind: str) -> tuple[TemplateProblem, ...]:
        """Everything that is wrong with a kind's Word file and list of fields, remarks last."""
        try:
            template, declared = self._open(kind, self._content(kind)), self._fields(kind)
        except LetterTemplateError as error:
            return (as_problem(error),)
        problems = list(find_field_problems(template, declared))
        if not any(problem.stops for problem in problems):
            problems += find_sample_problems(declared, lambda fields: self.write(kind, fields))
        return tuple(sorted(problems, key=lambda problem: not problem.stops))

    def sample(self, kind: str) -> dict[str, Any]:
        """An invented value for every field of a kind, to try the letter with."""
        return self._fields(kind).sample()

    def _fields(self, kind: str) -> FieldList:
        own = (folder / kind / "fields.toml" for folder in self._folders)
        return read_fields(kind, *own, shared=self._folders[0])

    def _content(self, kind: str) -> bytes:
        """The Word file of the kind: the school's own before the shipped."""
        present = [file for folder in self._folders if (file := folder / kind / "letter.docx").is_file()]
        if not present:
            raise LetterTemplateError(
                template=kind,
                reason=f"there is no letter of this kind; the kinds are: {', '.join(self.kinds())}",
            )
        return present[-1].read_bytes()

    def _open(self, kind: str, content: bytes) -> LocatedTemplate:
        template = LocatedTemplate(kind, content, self._environment)
        if changes := read_marks(content).tracked_changes:
            raise LetterTemplateError(
                template=kind,
                reason=f"it holds {changes} tracked changes; accept or reject them in Word and save",
            )
        return template
