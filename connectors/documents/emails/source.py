"""A mail's text with its tags: opened, filled in, and searched for the place of a fault."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, TemplateError, TemplateSyntaxError, Undefined

from casework.errors import LetterTemplateError
from connectors.documents.emails.blocks import shield, unshield
from connectors.documents.templating.tags import (
    first_use,
    line_of_fault,
    lines_of,
    name_of_fault,
    used_names,
)
from connectors.documents.templating.values import VALUE_FAULTS, compiled, in_words, school_environment

_SUBJECT: Final = "Subject:"
_NO_SUBJECT: Final = 'the first line of mail.txt must begin with "Subject:"'


class MailSource:
    """One mail.txt: a first line that begins with "Subject:", then the body."""

    def __init__(self, name: str, file: Path, environment: Environment) -> None:
        """Read the file.

        Raises:
            LetterTemplateError: if it is no UTF-8 text or has no subject.
        """
        self._name = name
        self._environment = environment
        try:
            self._text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise LetterTemplateError(template=name, reason="mail.txt must be saved as UTF-8 text") from error
        if _SUBJECT not in self._text:
            raise LetterTemplateError(template=name, reason=_NO_SUBJECT)

    def used_names(self) -> set[str]:
        """The fields that the mail asks for.

        Raises:
            LetterTemplateError: at the first tag that cannot be understood.
        """
        try:
            return used_names(self._environment, self._text) - set(self._environment.globals)
        except TemplateSyntaxError as error:
            raise self._fault(error) from error

    def place_of(self, field: str) -> tuple[str, str]:
        """The line and the tag in which a field is used first; empty texts if nowhere."""
        try:
            tag = first_use(self._environment, self._text, field)
        except TemplateSyntaxError:
            return "", ""
        return (self._line(tag.line), tag.text) if tag else ("", "")

    def fill(self, context: Mapping[str, Any]) -> tuple[str, str]:
        """Subject and body with the fields in place; the body's values are still shielded.

        Raises:
            LetterTemplateError: if a tag has no value, or there is no subject.
        """
        try:
            filled = compiled(self._environment, self._text).render(context)
        except (TemplateError, *VALUE_FAULTS) as error:
            raise self._fault(error) from error
        first, _, body = filled.lstrip().partition("\n")
        if not first.startswith(_SUBJECT):
            raise LetterTemplateError(template=self._name, paragraph=first, reason=_NO_SUBJECT)
        return " ".join(unshield(first.removeprefix(_SUBJECT)).split()), body

    def _fault(self, error: Exception) -> LetterTemplateError:
        return LetterTemplateError(
            template=self._name,
            paragraph=self._line(line_of_fault(error)),
            tag=name_of_fault(error),
            reason=f"mail.txt cannot be filled in here ({error}); give the field, or correct the tag",
        )

    def _line(self, number: int | None) -> str:
        lines = lines_of(self._text)
        return lines[number - 1].strip() if number and number <= len(lines) else ""


def mail_environment() -> Environment:
    """Where mails are filled in: values cannot act as marks, and answers can be prepared as links."""
    environment = school_environment(autoescape=False)
    environment.finalize = _shielded
    environment.globals["reply_link"] = reply_link
    return environment


def reply_link(to: str, subject: str, text: str) -> str:
    """A link that opens a prepared answer; it decides nothing until a person presses Send."""
    return f"mailto:{quote(to, safe='@')}?subject={quote(subject, safe='')}&body={quote(text, safe='')}"


def _shielded(value: object) -> object:
    return value if isinstance(value, Undefined) else shield(str(in_words(value)))
