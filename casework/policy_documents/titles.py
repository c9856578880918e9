"""Finds the title of a policy document."""

import re
from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePosixPath

from casework.policy_documents.labels import Kind, find_labels
from casework.policy_documents.rows import Row
from casework.policy_documents.values import DocumentText, Look, Where

_KIND_OF_DOCUMENT = re.compile(
    r"\b(?:polic(?:y|ies)|procedures?|plan|statement|code\s+of\s+conduct|strategy|scheme|protocol|guidelines|agreement|framework"
    r"|charter|arrangements|information\s+report|handbook|local\s+offer)\b",
    re.IGNORECASE,
)
_TITLE_LABEL = re.compile(
    r"(?:(?:policy|document)\s+(?:title|name)|title\s+of\s+(?:policy|document)|name\s+of\s+(?:policy|document)|title|policy)\s*[:\t|]\s*(?P<title>[^\t\n]+)",
    re.IGNORECASE,
)
_FIRST_LINES = 30
_LONGEST = 120
_MOST_WORDS = 16
_SENTENCE = re.compile(r"[.!?]$|\b(?:this|is|are|will|should|must|our|we|has|have)\b", re.IGNORECASE)
_SCHOOL = re.compile(
    r"\b(?:school|academy|college|nursery|trust|federation|primary|infants?|juniors?)\b", re.IGNORECASE
)
# Headings of a policy's parts, which may name a kind of document but are no title.
_SECTION = re.compile(
    r"(?:\d[\d.]*\s+)?(?:(?:policy\s+|our\s+|the\s+)?(?:aims?|objectives|purpose|rationale|introduction|background|scope|contents|definitions|monitoring|summary)"
    r"(?:\s+(?:and|&|of)\s+[\w\s]+)?|(?:roles?\s+and\s+)?responsibilit(?:y|ies)|procedures|arrangements|(?:policy\s+)?guidelines|policy\s+statement|statement\s+of\s+(?:intent|policy)"
    r"|(?:related|linked|other|associated|supporting|relevant)\s+(?:school\s+)?(?:policies|documents)(?:\s+.*)?|links?\s+(?:to|with)\s+(?:\w+\s+){0,2}polic(?:y|ies)"
    r"|(?:policy\s+)?(?:review|monitoring|evaluation|development|implementation)(?:\s+(?:and|of|&)\s+[\w\s]+)?|(?:document|version)\s+control|legal\s+framework|legislation(?:\s+.*)?)",
    re.IGNORECASE,
)
_COPY_MARKS = re.compile(
    r"[\s_-]*(?:\(\d+\)|\bv(?:er(?:sion)?)?\.?\s*\d+(?:\.\d+)*\b|\bfinal\b|\bdraft\b|\bcopy(?:\s+of)?\b)",
    re.IGNORECASE,
)


def find_title(document: DocumentText, rows: Sequence[Row]) -> str:
    """Gives the title that stands in the document, or else the file's name without its marks of copies."""
    early = [row for row in rows if row.where not in (Where.FOOTER, Where.FOOTNOTE)][:_FIRST_LINES]
    found = (
        _labelled(early)
        or _set_as(Look.TITLE, early)
        or _plain_title(early)
        or _named_as_policy([row for row in early if row.look is Look.HEADING])
        or _named_as_policy([row for row in early if row.where is not Where.HEADER])
        or _named_as_policy(early)
    )
    whole = _from_properties(document)
    if not found or found.casefold() in whole.casefold():
        # The file's own title may be an old one; where it has the words that were found, a line was cut in two.
        return whole or _from_name(document.name)
    return found


def _labelled(rows: Sequence[Row]) -> str:
    for row in rows:
        match = _TITLE_LABEL.match(row.text)
        if match and not find_labels(match["title"]) and len(match["title"]) <= _LONGEST:
            return _trim(match["title"])
    return ""


def _set_as(look: Look, rows: Sequence[Row]) -> str:
    """Joins the lines that are set as the title; a school's name alone is none."""
    for run in _runs(look, rows):
        named = _named_as_policy(run)
        if named and len(named.split()) > 1:
            return named
        if any(_KIND_OF_DOCUMENT.search(row.text) for row in run):
            return _trim(" ".join(row.text for row in run))
    return ""


def _runs(look: Look, rows: Sequence[Row]) -> list[list[Row]]:
    """Gives the lines of a look as they stand right below each other; the headings of parts are left out."""
    groups = groupby(rows, key=lambda row: row.look is look)
    runs = [[row for row in group if not _is_section(row.text)] for same, group in groups if same]
    return [run for run in runs if run]


def _is_section(text: str) -> bool:
    return _SECTION.fullmatch(_trim(text)) is not None


def _plain_title(rows: Sequence[Row]) -> str:
    """Takes lines set as the title that name no kind of document ("Bullying"), the school's own name left out."""
    for run in _runs(Look.TITLE, rows):
        title = " ".join(line for line in (_trim(row.text) for row in run) if not _SCHOOL.search(line))
        if title:
            break
    else:
        return ""
    return title if len(title) <= _LONGEST and not _SENTENCE.search(title) else ""


def _named_as_policy(rows: Sequence[Row]) -> str:
    """Takes the first line that names a kind of document; the line "Policy" alone belongs to the one before it."""
    before = ""
    for row in rows:
        if len(row.text) > 2 * _LONGEST:
            before = ""
            continue
        text = _trim(row.text.replace("\t", " "))
        if _is_title(text) and not _is_section(text):
            alone = len(text.split()) == 1
            return f"{before} {text}".strip() if alone else text
        before = text if len(text.split()) <= _MOST_WORDS and not _SENTENCE.search(text) else ""
    return ""


def _is_title(text: str) -> bool:
    if len(text) > _LONGEST or len(text.split()) > _MOST_WORDS or not _KIND_OF_DOCUMENT.search(text):
        return False
    if any(label.start == 0 and label.kind is not Kind.TITLE for label in find_labels(text)):
        return False
    return not _SENTENCE.search(text) and not re.search(r":\s*\S", text)


def _from_properties(document: DocumentText) -> str:
    title = document.properties.get("title", "").strip()
    return _trim(title) if _KIND_OF_DOCUMENT.search(title) else ""


def _from_name(name: str) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).stem
    return _trim(_COPY_MARKS.sub("", stem.replace("_", " "))) or stem


def _trim(text: str) -> str:
    return " ".join(text.split()).strip(" -:|,")
