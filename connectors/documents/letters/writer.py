"""Letters written from the Word files in templates/letters; the school's own files go before the shipped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from casework.errors import LetterTemplateError, UnreadableDocumentError
from connectors.documents.letters.checking import find_field_problems
from connectors.documents.letters.cleaning import clean_docx
from connectors.documents.letters.located import LocatedTemplate, letter_environment
from connectors.documents.letters.marks import read_marks
from connectors.documents.letters.pictures import place_picture
from connectors.documents.letters.reading import read_docx_text
from connectors.documents.templating.fields import FieldList, read_fields
from connectors.documents.templating.problems import (
    TemplateProblem,
    as_problem,
    find_given_problems,
    find_sample_problems,
)


class DocxLetterWriter:
    """Writes a letter of a kind: the folder of that name holds letter.docx and fields.toml.

    Args:
        templates: the folder of the shipped kinds.
        school_templates: a folder with the school's own letter.docx for some kinds.
    """

    def __init__(self, templates: Path, school_templates: Path | None = None) -> None:
        self._folders = [templates, *([school_templates] if school_templates else [])]
        self._environment = letter_environment()

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
        template, declared = self._open(kind), self._fields(kind)
        problems = [
            *(problem for problem in find_field_problems(template, declared) if problem.stops),
            *find_given_problems(declared, fields, template.place_of),
        ]
        if problems:
            raise problems[0].as_error()
        context = declared.complete(fields)
        for name, field in declared.fields.items():
            if field.picture and context[name]:
                context[name] = place_picture(template, field, context[name])
        return clean_docx(template.fill(context))

    def clean(self, docx: bytes) -> bytes:
        """The letter as it may leave the school.

        Raises:
            UnreadableDocumentError: tracked changes or hidden text, which only a person can settle.
        """
        marks = read_marks(docx)
        if marks.tracked_changes or marks.hidden_text:
            what = "tracked changes" if marks.tracked_changes else "hidden text"
            raise UnreadableDocumentError(
                "The letter", f"it has {what}; accept or remove that in Word, and save it again"
            )
        return clean_docx(docx)

    def text(self, docx: bytes) -> str:
        """The text of a Word letter, as the office reads it."""
        return read_docx_text(docx)

    def check(self, kind: str) -> tuple[TemplateProblem, ...]:
        """Everything that is wrong with a kind's Word file and list of fields, remarks last."""
        try:
            template, declared = self._open(kind), self._fields(kind)
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

    def _open(self, kind: str) -> LocatedTemplate:
        present = [file for folder in self._folders if (file := folder / kind / "letter.docx").is_file()]
        if not present:
            raise LetterTemplateError(
                template=kind,
                reason=f"there is no letter of this kind; the kinds are: {', '.join(self.kinds())}",
            )
        content = present[-1].read_bytes()
        template = LocatedTemplate(kind, content, self._environment)
        if changes := read_marks(content).tracked_changes:
            raise LetterTemplateError(
                template=kind,
                reason=f"it holds {changes} tracked changes; accept or reject them in Word and save",
            )
        return template
