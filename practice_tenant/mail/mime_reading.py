"""MIME to a mail's content, forgiving whatever the internet sends."""

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache

from practice_tenant.mail.values import Attachment, MailContent, Person

# An attached mail is given back with the line ends that mail has.
_LINES = compat32.clone(linesep="\r\n")
_FOLD = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_IMPORTANCE = {"high": "high", "low": "low", "1": "high", "2": "high", "4": "low", "5": "low"}


def read_mime(raw: bytes) -> MailContent:
    """Read any bytes as a mail; what cannot be read comes out empty, never as an error."""
    message = email.message_from_bytes(raw)
    body, others = _split(message)
    body_type = "html" if body is not None and body.get_content_type() == "text/html" else "text"
    return MailContent(
        subject=header_text(message, "Subject"),
        body_type=body_type,
        body=part_text(body) if body is not None else "",
        author=_first(people(message, "From")),
        sender=_first(people(message, "Sender")),
        recipients=people(message, "To"),
        copied=people(message, "Cc"),
        blind_copied=people(message, "Bcc"),
        reply_to=people(message, "Reply-To"),
        internet_message_id=header_text(message, "Message-ID").strip(),
        in_reply_to=header_text(message, "In-Reply-To").strip(),
        references=" ".join(header_text(message, "References").split()),
        thread_index=header_text(message, "Thread-Index").strip(),
        headers=tuple((name, _decoded(value)) for name, value in message.raw_items()),
        importance=_importance(message),
        date=_date(message),
        attachments=tuple(_attachment(part, number) for number, part in enumerate(others, 1)),
    )


def header_text(message: Message, name: str) -> str:
    """A header in plain words, "" where absent; a long one may begin on the line after its name."""
    return next(map(_decoded, _values(message, name)), "").strip()


def people(message: Message, name: str) -> tuple[Person, ...]:
    """The people of an address header."""
    return _people(tuple(_values(message, name)))


@lru_cache(maxsize=512)
def _people(values: tuple[str, ...]) -> tuple[Person, ...]:
    """Few people write most of a school's mail."""
    found = getaddresses(values)
    if values and not any(address for _, address in found):
        # Python's strict reading refuses the whole header for one bad entry; Exchange keeps what it can.
        found = [pair for value in values for part in value.split(",") for pair in getaddresses([part])]
    return tuple(
        Person(name=_decoded(given).strip(), address=_readable(address).strip())
        for given, address in found
        if address
    )


def part_text(part: Message) -> str:
    """The words of a text part, whatever its charset says."""
    content = _content(part)
    charset = part.get_content_charset() or "utf-8"
    for candidate in (charset, "utf-8", "cp1252"):
        with suppress(LookupError, UnicodeDecodeError, ValueError):
            return content.decode(candidate)
    return content.decode("latin-1")


def _values(message: Message, name: str) -> list[str]:
    """A header's values as they came: asked by name, Python would lose what is written in UTF-8 (RFC 6532)."""
    return [str(value) for given, value in message.raw_items() if given.lower() == name.lower()]


def _readable(text: str) -> str:
    """Raw bytes beyond ASCII arrive as surrogates."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _first(found: tuple[Person, ...]) -> Person | None:
    return found[0] if found else None


def _decoded(value: object) -> str:
    return _decoded_text(str(value))


@lru_cache(maxsize=1_024)
def _decoded_text(value: str) -> str:
    text = _FOLD.sub(" ", value)
    try:
        parts = decode_header(text)
    except (ValueError, LookupError):
        return text
    return "".join(_decoded_part(part, charset) for part, charset in parts)


def _decoded_part(part: bytes | str, charset: str | None) -> str:
    if isinstance(part, str):
        return _readable(part)
    for candidate in (charset or "utf-8", "utf-8"):
        with suppress(LookupError, UnicodeDecodeError, ValueError):
            return part.decode(candidate)
    return part.decode("latin-1")


def _importance(message: Message) -> str:
    word = header_text(message, "Importance").strip().lower()
    priority = header_text(message, "X-Priority").strip()[:1]
    return _IMPORTANCE.get(word) or _IMPORTANCE.get(priority) or "normal"


def _date(message: Message) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header_text(message, "Date"))
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None


def _split(message: Message) -> tuple[Message | None, list[Message]]:
    """The part that is the body, and all others in their order."""
    leaves = list(_leaves(message))
    texts = [(part, alternative) for part, alternative in leaves if _is_body_text(part)]
    body = _body(texts)
    alternatives = [part for part, alternative in texts if alternative]
    others = [part for part, _ in leaves if part is not body and part not in alternatives]
    if message.get_content_maintype() == "multipart" and not leaves:
        return None, []
    return body, others


def _body(texts: list[tuple[Message, bool]]) -> Message | None:
    """The HTML of the alternatives, or the first text of any kind."""
    html = [part for part, alternative in texts if alternative and part.get_content_type() == "text/html"]
    if html:
        return html[0]
    return texts[0][0] if texts else None


def _is_body_text(part: Message) -> bool:
    if part.get_content_type() not in {"text/plain", "text/html"}:
        return False
    return part.get_content_disposition() != "attachment" and not part.get_filename()


def _leaves(message: Message, *, alternative: bool = False) -> Iterator[tuple[Message, bool]]:
    """Every part that holds something, and whether it stands among alternatives."""
    if message.get_content_maintype() == "multipart" and message.is_multipart():
        inside = alternative or message.get_content_subtype() == "alternative"
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _leaves(part, alternative=inside)
    else:
        yield message, alternative


def _content(part: Message) -> bytes:
    if part.is_multipart():
        inner = part.get_payload()
        return b"".join(each.as_bytes(policy=_LINES) for each in inner if isinstance(each, Message))
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        content = None
    return content if isinstance(content, bytes) else str(part.get_payload()).encode("utf-8", "replace")


def _attachment(part: Message, number: int) -> Attachment:
    content_type = part.get_content_type()
    content_id = header_text(part, "Content-ID").strip().strip("<>") or None
    if content_type == "message/rfc822":
        return _attached_mail(part, content_id)
    return Attachment(
        name=_file_name(part) or f"ATT{number:05d}{_extension(content_type)}",
        content_type=content_type,
        content=_content(part),
        is_inline=part.get_content_disposition() == "inline" and content_id is not None,
        content_id=content_id,
    )


def _attached_mail(part: Message, content_id: str | None) -> Attachment:
    content = _content(part)
    subject = header_text(email.message_from_bytes(content), "Subject")
    return Attachment(
        name=_file_name(part).removesuffix(".eml") or subject or "Attached message",
        content_type="message/rfc822",
        content=content,
        kind="item",
        content_id=content_id,
    )


def _file_name(part: Message) -> str:
    with suppress(ValueError, LookupError, TypeError):
        return _decoded(part.get_filename() or "").replace("\x00", "").strip()
    return ""


def _extension(content_type: str) -> str:
    known = {"text/plain": ".txt", "text/html": ".htm", "image/png": ".png", "image/jpeg": ".jpg"}
    return known.get(content_type, ".dat")
