"""A settings file that cannot be read at all: which line, what is most likely wrong in it, and what to write."""

from __future__ import annotations

import re

_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TWICE = re.compile(r"Cannot (?:declare|overwrite)")
_SECTION = re.compile(r"\s*\[([^\]]+)\]")
_BARE = re.compile(r"=\s*[^\s\"'\[{\d+#-]")
_YES_OR_NO = re.compile(r"=\s*(?:true|false)\b")
_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u2019]")


def unreadable(text: str, error: str) -> str:
    """What to mend, for somebody who has never heard of TOML; nothing that stands in the line is repeated.

    Args:
        text: the file's.
        error: what the reader says of it.
    """
    found = _AT_LINE.search(error)
    lines = text.splitlines()
    number = min(int(found[1]), len(lines)) if found else len(lines)
    line = lines[number - 1] if lines else ""
    return f"Line {number} cannot be read. {_advice(line, error)} Then the rest can be checked."


def _advice(line: str, error: str) -> str:
    section = _SECTION.match(line)
    if _TWICE.search(error):
        what = f"The section [{section[1]}]" if section else "This entry"
        return (
            f"{what} stands in the file a second time; keep one of them, with everything that belongs to it."
        )
    if _CURLY.search(line):
        return 'It has curly quotation marks; type straight ones (") in their place.'
    if "\\" in line:
        return 'It has a backslash; write a path with forward slashes, such as "C:/Casework/journal.sqlite".'
    if _BARE.search(line) and not _YES_OR_NO.search(line):
        return 'Put what stands behind the = between straight quotation marks, such as name = "Tillbrook Infant School".'
    if line.count('"') % 2:
        return 'A quotation mark (") is missing in it.'
    if "=" not in line and not section:
        return 'Write an entry as a name, = and its value, such as phone = "01632 960 101"; a note begins with #.'
    return "Look for a missing quotation mark, comma or bracket in it, or at the end of the line before."
