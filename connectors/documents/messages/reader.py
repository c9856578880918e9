"""The one reader of mail: MIME, Outlook's .msg, winmail.dat and saved text, all into the same value."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime

from casework.forwards.dates import parse_moment
from casework.forwards.people import parse_people
from casework.messages import Address, ReceivedMessage
from connectors.documents.messages.assemble import Content, gather, joined_text
from connectors.documents.messages.authors import author
from connectors.documents.messages.charsets import decode_text
from connectors.documents.messages.chat_files import ZIP, chats_in_text, with_chats
from connectors.documents.messages.headers import Header
from connectors.documents.messages.limits import DEEPEST_EMBEDDING, MOST_BYTES, MOST_TEXT
from connectors.documents.messages.parts import Part, PartBudget, read_part
from connectors.documents.messages.signed import signed_content
from connectors.documents.messages.tnef import is_tnef, message_of, unpack_tnef

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IDS = re.compile(r"<[^<>\s]{1,500}>")
_MAIL_FIELD = re.compile(
    rb"^(?:received|return-path|mime-version|message-id|content-type|dkim-signature|delivered-to|x-[a-z-]+|from"
    rb"|date|subject|to|arc-seal|authentication-results)[ \t]*:", re.IGNORECASE | re.MULTILINE
)  # fmt: skip
_SURE_FIELD = re.compile(
    rb"^(?:received|return-path|mime-version|message-id|content-type)[ \t]*:", re.IGNORECASE | re.MULTILINE
)
_OTHER_FILES = (b"\x89PNG", b"\xff\xd8\xff", b"%PDF", b"PK\x03\x04", b"GIF8", b"RIFF", b"\x1f\x8b")
UNEXPECTED = "This mail could not be read because of a fault in Casework"
NOT_A_MAIL = "This is no mail: it has neither a header nor readable text. Open it by hand."
EMPTY = "The file is empty. Ask the sender to send it again."


class MimeMessageReader:
    """A `MessageReader`. It never raises for bad input; `problems` says what was wrong."""

    def read(self, raw: bytes, *, name: str = "message.eml") -> ReceivedMessage:
        try:
            if raw.startswith(ZIP):
                return _archive(raw, name)
            return with_chats(self._read(raw, name=name, depth=0))
        except Exception as error:  # noqa: BLE001 - the port promises that one mail never stops the others
            problem = (
                f"{UNEXPECTED} ({type(error).__name__}). Open it by hand, and tell the makers of Casework."
            )
            return ReceivedMessage(text=decode_text(raw[:MOST_TEXT])[0], problems=(problem,))

    def _read(self, raw: bytes, *, name: str, depth: int) -> ReceivedMessage:
        cut = raw[:MOST_BYTES]
        message = self._by_form(cut, name=name, depth=depth)
        if len(raw) > MOST_BYTES:
            message = replace(
                message, problems=(*message.problems, "The mail is too large; only its beginning was read.")
            )
        return message

    def _by_form(self, raw: bytes, *, name: str, depth: int) -> ReceivedMessage:
        if not raw.strip():
            return ReceivedMessage(problems=(EMPTY,))
        if raw.startswith(OLE):
            return self._outlook(raw, depth=depth)
        if is_tnef(raw):
            return self._packed(raw, depth=depth)
        if raw.startswith(_OTHER_FILES):
            return replace(self._finish(_bare_part(raw, "application/octet-stream"), PartBudget(), depth=depth),
                           problems=(NOT_A_MAIL,))  # fmt: skip
        head = raw[:20_000]
        if name.lower().endswith(".txt") and not _SURE_FIELD.search(_first_block(head)):
            return _plain_text(raw, name)
        return self._mime(raw, depth=depth)

    def _mime(self, raw: bytes, *, depth: int) -> ReceivedMessage:
        if b"\n" not in raw[:100_000] and b"\r" in raw:
            raw = raw.replace(b"\r", b"\n")
        if raw[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            raw = decode_text(raw)[0].encode()
        budget = PartBudget()
        part = read_part(raw.removeprefix(b"\xef\xbb\xbf"), budget)
        if not part.header.fields and b"\x00" in raw[:2_000]:
            budget.note(NOT_A_MAIL)
        elif not part.header.fields:
            budget.note("The mail has no header; nothing says who sent it.")
        return self._finish(part, budget, depth=depth)

    def _finish(self, part: Part, budget: PartBudget, *, depth: int) -> ReceivedMessage:
        content = Content(depth=depth)
        gather(part, content)
        self._unpack(content)
        text, markup, html_text = joined_text(content.texts)
        header = part.header
        return ReceivedMessage(
            message_id=next(iter(_ids(header.get("message-id"))), header.get("message-id").strip()[:500]),
            sender=author(header),
            reply_to=parse_people(header.get("reply-to")),
            to=_people(header, "to"),
            cc=_people(header, "cc"),
            subject=" ".join(header.get("subject").split()),
            date=_moment(header.get("date")),
            in_reply_to=_ids(header.get("in-reply-to")),
            references=_ids(header.get("references")),
            headers=header.fields,
            content_type=part.content_type,
            text=text.replace("\r\n", "\n").replace("\r", "\n"),
            html=markup or None,
            html_text=html_text,
            attachments=tuple(content.attachments),
            embedded=self._embedded(content),
            problems=(*budget.problems, *content.problems),
        )

    def _unpack(self, content: Content) -> None:
        """Open what Outlook packs into winmail.dat and what an opaque signature hides."""
        for attachment in tuple(content.attachments):
            if is_tnef(attachment.content):
                unpack_tnef(attachment.content, content)
            elif attachment.content_type in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
                inner = signed_content(attachment.content)
                if inner is None:
                    content.note("The mail is encrypted; ask the sender for a copy that is not.")
                else:
                    gather(read_part(inner, PartBudget()), content)

    def _embedded(self, content: Content) -> tuple[ReceivedMessage, ...]:
        if not content.inner:
            return ()
        if content.depth >= DEEPEST_EMBEDDING:
            content.note(
                f"Mails lie more than {DEEPEST_EMBEDDING} deep in each other; the deeper ones were kept as files."
            )
            return ()
        return tuple(self._read(raw, name=name, depth=content.depth + 1) for name, raw in content.inner)

    def _packed(self, raw: bytes, *, depth: int) -> ReceivedMessage:
        """A winmail.dat by itself is a mail, as a .msg is."""
        content = Content(depth=depth)
        message = message_of(unpack_tnef(raw, content), content)
        return self._with_files(message, content)

    def _with_files(self, message: ReceivedMessage, content: Content) -> ReceivedMessage:
        return replace(
            message,
            attachments=tuple(content.attachments),
            embedded=self._embedded(content),
            problems=tuple(content.problems),
        )

    def _outlook(self, raw: bytes, *, depth: int) -> ReceivedMessage:
        """extract-msg takes half a second to import, so only a .msg pays for it."""
        from connectors.documents.messages.outlook import read_outlook  # noqa: PLC0415 - see above

        message, content = read_outlook(raw, depth=depth)
        self._unpack(content)
        return self._with_files(message, content)


def _archive(raw: bytes, name: str) -> ReceivedMessage:
    """A zip file by itself: an exported chat is what it tells, another is no mail."""
    content = Content(depth=0)
    content.add_file(name, "application/zip", raw)
    message = with_chats(ReceivedMessage(attachments=tuple(content.attachments)))
    return message if message.chats or message.problems else replace(message, problems=(NOT_A_MAIL,))


def _first_block(head: bytes) -> bytes:
    return re.split(rb"\r?\n\r?\n|\r\r", head.lstrip(), maxsplit=1)[0]


def _bare_part(raw: bytes, content_type: str) -> Part:
    return Part(header=Header(), content_type=content_type, type_parameters={}, disposition="attachment",
                disposition_parameters={}, body=raw)  # fmt: skip


def _plain_text(raw: bytes, name: str) -> ReceivedMessage:
    text, right = decode_text(raw[:MOST_TEXT])
    problems = () if right else ("The text is in a character set that could only be guessed.",)
    if "\x00" in text[:2_000]:
        problems = (NOT_A_MAIL,)
    words = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return ReceivedMessage(text=words, problems=problems, chats=chats_in_text(raw, name))


def _people(header: Header, name: str) -> tuple[Address, ...]:
    values = (value for key, value in header.fields if key.lower() == name)
    return tuple(
        person for value in values for person in parse_people(re.sub(r"^[^\"<@,:;]{1,80}:|;\s*$", "", value))
    )


def _ids(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_IDS.findall(value)))[:1_000]


def _moment(value: str) -> datetime | None:
    """RFC 5322 first; then any form, for the mails of broken programs."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return parse_moment(value)
    return moment
