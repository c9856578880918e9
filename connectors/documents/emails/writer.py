"""Mails written from templates: one plain text for each, from which both the HTML and the text come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from casework.errors import LetterTemplateError
from casework.ports import WrittenMail
from connectors.documents.emails.blocks import Block, is_safe_link, links_of, read_blocks, unshield
from connectors.documents.emails.rendering import as_html, as_text
from connectors.documents.emails.source import MailSource, mail_environment
from connectors.documents.templating.fields import FieldList, read_fields
from connectors.documents.templating.file_marks import FileMarks, marks_of
from connectors.documents.templating.problems import (
    TemplateProblem,
    as_problem,
    find_given_problems,
    find_name_problems,
    find_sample_problems,
)
from connectors.documents.templating.values import compiled, school_environment

_LAYOUTS: Final = ("staff", "public", "letter")
_LAYOUT: Final = "layout.html"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ready:
    """A mail's files, read.

    Attributes:
        sources: the files that have a say in it.
        seen: their marks when they were read.
    """

    sources: tuple[str, ...]
    seen: FileMarks
    layout: str
    source: MailSource
    declared: FieldList


class JinjaMailWriter:
    """Writes a mail by name: the folder of that name holds mail.txt and fields.toml.

    Args:
        templates: the folder of the shipped mails, with their layout.
        school_templates: a folder with the school's own mail.txt for some of them.
    """

    def __init__(self, templates: Path, school_templates: Path | None = None) -> None:
        self._folders = [templates, *([school_templates] if school_templates else [])]
        self._environment = mail_environment()
        self._layouts = school_environment(autoescape=True)
        self._prepared: dict[str, _Ready] = {}

    def names(self) -> tuple[str, ...]:
        """The mails that can be written."""
        return tuple(sorted(file.parent.name for file in self._folders[0].glob("*/mail.txt")))

    def write(self, name: str, fields: Mapping[str, object]) -> WrittenMail:
        """The mail with the fields in place.

        Args:
            name: such as "acknowledgement".
            fields: what fields.toml of the mail declares; days as dates, moments in UTC.

        Raises:
            LetterTemplateError: if a field is missing, unknown or of the wrong sort, or the file is at fault.
        """
        ready = self._ready(name)
        source, declared = ready.source, ready.declared
        for problem in find_given_problems(declared, fields, source.place_of):
            raise problem.as_error()
        subject, body = source.fill(declared.complete(fields))
        blocks = list(read_blocks(body))
        _check_links(name, blocks)
        said = {"layout": declared.layout, "subject": subject, "body": as_html(blocks)}
        html = compiled(self._layouts, ready.layout).render(school_name=fields["school_name"], **said)
        return WrittenMail(subject=subject, html=html, text=as_text(blocks) + "\n")

    def check(self, name: str) -> tuple[TemplateProblem, ...]:
        """Everything that is wrong with a mail's text and list of fields, remarks last."""
        try:
            source, declared = self._open(name), self._fields(name)
            used = source.used_names() | {"school_name"}  # the layout says it
        except LetterTemplateError as error:
            return (as_problem(error),)
        problems = list(find_name_problems(declared, used, source.place_of))
        if not any(problem.stops for problem in problems):
            problems += find_sample_problems(declared, lambda fields: self.write(name, fields))
        return tuple(sorted(problems, key=lambda problem: not problem.stops))

    def sample(self, name: str) -> dict[str, Any]:
        """An invented value for every field of a mail, to try it with."""
        return self._fields(name).sample()

    def _ready(self, name: str) -> _Ready:
        """The mail as it was read from the files as they lie there; what somebody edits is read anew."""
        known = self._prepared.get(name)
        if known is None or known.seen != marks_of(known.sources):
            sources = self._sources(name)
            seen = marks_of(sources)  # before reading: what is edited meanwhile is read once more
            layout = (self._folders[0] / _LAYOUT).read_text(encoding="utf-8")
            source, declared = self._open(name), self._fields(name)
            known = _Ready(sources=sources, seen=seen, layout=layout, source=source, declared=declared)
            self._prepared[name] = known
        return known

    def _sources(self, name: str) -> tuple[str, ...]:
        """Every file that has a say in this mail, whether it is there or not."""
        shared = (self._folders[0] / _LAYOUT, *self._folders[0].glob("*.toml"))
        own = (folder / name / file for folder in self._folders for file in ("mail.txt", "fields.toml"))
        return tuple(map(str, (*shared, *own)))

    def _fields(self, name: str) -> FieldList:
        own = (folder / name / "fields.toml" for folder in self._folders)
        declared = read_fields(name, *own, shared=self._folders[0])
        if declared.layout not in _LAYOUTS:
            reason = f"in fields.toml, layout must be one of {', '.join(_LAYOUTS)}"
            raise LetterTemplateError(template=name, tag="layout", reason=reason)
        return declared

    def _open(self, name: str) -> MailSource:
        files = [file for folder in self._folders if (file := folder / name / "mail.txt").is_file()]
        if not files:
            reason = f"there is no such mail; the mails are: {', '.join(self.names())}"
            raise LetterTemplateError(template=name, reason=reason)
        return MailSource(name, files[-1], self._environment)


def _check_links(name: str, blocks: list[Block]) -> None:
    for block in blocks:
        for label, url in links_of(block):
            if not is_safe_link(unshield(url)):
                reason = "its link must begin with https:// or mailto:; give the whole address"
                raise LetterTemplateError(template=name, tag=unshield(label), reason=reason)
