"""From the tree of parts to what a person sees: one text, the files, and the mails inside."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from casework.messages import Attachment
from connectors.documents.messages.charsets import decode_text
from connectors.documents.messages.encodings import uuencoded_files
from connectors.documents.messages.file_names import safe_name
from connectors.documents.messages.html_text import html_to_text
from connectors.documents.messages.limits import MOST_TEXT
from connectors.documents.messages.parts import Part

_SHOWN_TYPES = frozenset({"text/plain", "text/html"})
_MESSAGE_TYPES = frozenset({"message/rfc822", "message/global", "message/news"})


SHORTEST_ALTERNATIVE = 30
"""Words below which a plain alternative may be a stub."""


@dataclass(kw_only=True, slots=True)
class Content:
    """What the walk over the parts gathers. `inner` are mails forwarded as attachments, still as bytes."""

    depth: int
    texts: list[tuple[str, str]] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    inner: list[tuple[str, bytes]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def add_file(self, name: str, content_type: str, content: bytes, *, inline: bool = False) -> Attachment:
        attachment = Attachment(
            name=safe_name(name, content_type=content_type, number=len(self.attachments) + 1),
            content_type=content_type,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            inline=inline,
            depth=self.depth,
            original_name=name,
        )
        self.attachments.append(attachment)
        return attachment

    def note(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def gather(part: Part, content: Content) -> None:
    """Walk the parts in order and gather texts and files."""
    content.texts.extend(_segments(part, content, in_related=False))


def joined_text(texts: list[tuple[str, str]]) -> tuple[str, str, str]:
    """Plain text, HTML, and the HTML as text, each of all the segments in their order."""
    markup = "\n".join(html for _, html in texts if html.strip())
    readings = [(plain, html_to_text(html) if html.strip() else "") for plain, html in texts]
    plain_text = "\n".join(rendered if _is_stub(plain, rendered) else plain for plain, rendered in readings)
    html_text = (
        "\n".join(rendered if rendered.strip() else plain for plain, rendered in readings) if markup else ""
    )
    return plain_text.strip("\r\n"), markup, html_text.strip("\n")


def _is_stub(plain: str, rendered: str) -> bool:
    """Some programs send a plain part that only says that there is HTML."""
    words = plain.split()
    if not words:
        return True
    stands_alone = len(words) < SHORTEST_ALTERNATIVE and len(rendered.split()) > 3 * len(words)
    return stands_alone and " ".join(words) not in " ".join(rendered.split())


def _segments(part: Part, content: Content, *, in_related: bool) -> list[tuple[str, str]]:
    """(plain, HTML) pairs of one part: the alternatives of a text make one pair."""
    if part.children:
        related = in_related or part.content_type == "multipart/related"
        inner = [
            segment for child in part.children for segment in _segments(child, content, in_related=related)
        ]
        return _merged(inner) if part.content_type == "multipart/alternative" and inner else inner
    if part.content_type in _SHOWN_TYPES and not _is_file(part):
        return [_shown(part, content)]
    if part.content_type in _MESSAGE_TYPES:
        _add_message(part, content)
    else:
        _add_leaf(part, content, in_related=in_related)
    return []


def _merged(segments: list[tuple[str, str]]) -> list[tuple[str, str]]:
    plain = "\n".join(text for text, _ in segments if text)
    markup = "\n".join(html for _, html in segments if html)
    return [(plain, markup)]


def _is_file(part: Part) -> bool:
    if part.disposition.startswith("attach"):
        return True
    return bool(part.file_name) and (part.disposition != "" or "." in part.file_name)


def _shown(part: Part, content: Content) -> tuple[str, str]:
    raw = part.content
    if part.content_type == "text/plain" and b"\nbegin " in b"\n" + raw[:MOST_TEXT]:
        raw = _without_uuencoded(raw, content)
    text, right = decode_text(raw[:MOST_TEXT], part.type_parameters.get("charset", ""))
    if not right:
        content.note("The text is not in the character set that it names; some letters may be wrong.")
    if part.type_parameters.get("format", "").lower() == "flowed":
        text = unflowed(text, delsp=part.type_parameters.get("delsp", "").lower() == "yes")
    return (text, "") if part.content_type == "text/plain" else ("", text)


def _without_uuencoded(raw: bytes, content: Content) -> bytes:
    rest, at = [], 0
    for name, inner, start, end in uuencoded_files(raw):
        content.add_file(name, "application/octet-stream", inner)
        rest.append(raw[at:start])
        at = end
    return b"".join([*rest, raw[at:]])


def unflowed(text: str, *, delsp: bool) -> str:
    """Join the lines that format=flowed (RFC 3676) broke with a space at the end."""
    lines: list[str] = []
    held = False
    for line in text.replace("\r\n", "\n").split("\n"):
        quote = line[: len(line) - len(line.lstrip(">"))]
        words = line[len(quote) :].removeprefix(" ")
        flows = words.endswith(" ") and words != "-- "
        words = words[:-1] if flows and delsp else words
        if held and lines and _quote_of(lines[-1]) == quote and words != "-- ":
            lines[-1] += words
        else:
            lines.append(f"{quote} {words}" if quote else words)
        held = flows
    return "\n".join(lines)


def _quote_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip(">"))]


def _add_message(part: Part, content: Content) -> None:
    raw = part.content
    content.add_file(
        part.file_name or "forwarded.eml", part.content_type, raw, inline=part.disposition == "inline"
    )
    content.inner.append((content.attachments[-1].name, raw))


def _add_leaf(part: Part, content: Content, *, in_related: bool) -> None:
    if part.content_type == "message/partial":
        content.note("This is one piece of a mail that was sent in pieces; ask the sender to send it whole.")
    if part.content_type == "message/external-body":
        content.note("A file was not sent with the mail but lies elsewhere; ask the sender for it.")
    raw = part.content
    if not raw and not part.file_name and part.disposition != "attachment":
        return
    inline = part.disposition == "inline" or (
        not part.disposition.startswith("attach") and (in_related or bool(part.header.get("content-id")))
    )
    added = content.add_file(part.file_name, part.content_type, raw, inline=inline)
    if added.name.lower().endswith((".eml", ".msg")) or part.content_type == "application/vnd.ms-outlook":
        content.inner.append((added.name, raw))
