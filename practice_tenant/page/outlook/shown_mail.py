"""A mail made ready for reading, whether it lies in a mailbox, in another mail or left the school."""

from base64 import b64decode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from practice_tenant.drives.media_types import media_type_of
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.text import html_to_text
from practice_tenant.mail.values import Person
from practice_tenant.page.previews import Preview, is_picture, picture_address, preview_of
from practice_tenant.page.safe_html import Link, safe_document
from practice_tenant.times import stamp

Json = dict[str, Any]
# A frame without script cannot grow with its content: its height is reckoned from the words and pictures.
_LINE, _SIGNS_IN_WIDE_LINE, _SIGNS_IN_PHONE_LINE = 25, 84, 34
_SHORTEST, _TALLEST, _ROOM, _GAP = 120, 2400, 72, 16
_PICTURE_HEIGHT = 420
_PNG_HEIGHT = slice(20, 24)


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownFile:
    """An attachment; `address` leads to it, `picture` and `preview` show it at once where that can be."""

    name: str
    media_type: str
    size: int
    address: str
    is_mail: bool = False
    picture: str = ""
    preview: Preview = Preview()  # noqa: RUF009 - a frozen value
    content_id: str = ""
    picture_height: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownMail:
    """What a reader sees.

    Attributes:
        frame: a whole document, "" where the mail is plain words.
        wide_height, phone_height: how tall its frame should be, in pixels.
    """

    subject: str
    author: str
    to: str
    copied: str
    sent_at: str
    words: str
    frame: str
    wide_height: int
    phone_height: int
    files: tuple[ShownFile, ...]


def mail_of_graph(
    message: Json, files: Sequence[Json], address: Callable[[str], str], link: Link
) -> ShownMail:
    """A message of Graph with its attachments; `address` leads to one by its id."""
    shown = tuple(_file_of_graph(each, address(each["id"])) for each in files)
    body = message["body"]
    is_html = body["contentType"].lower() == "html"
    author = message.get("from")
    return _ready(
        subject=message["subject"],
        author=_graph_people([author] if author else []),
        to=_graph_people(message["toRecipients"]),
        copied=_graph_people(message["ccRecipients"]),
        sent_at="" if message["isDraft"] else message["sentDateTime"],
        body=body["content"],
        is_html=is_html,
        files=shown,
        link=link,
    )


def mail_of_mime(raw: bytes, address: Callable[[int], str], link: Link) -> ShownMail:
    """A mail from its bytes; `address` leads to an attachment by its place, from 0."""
    content = read_mime(raw)
    files = tuple(
        ShownFile(
            name=each.name,
            media_type=each.content_type,
            size=len(each.content),
            address=address(place),
            is_mail=each.kind == "item",
            picture=_picture(each.content_type, each.content),
            preview=_preview(each.name, each.content),
            content_id=each.content_id or "",
            picture_height=_picture_height(each.content),
        )
        for place, each in enumerate(content.attachments)
    )
    return _ready(
        subject=content.subject,
        author=_people([content.author] if content.author else []),
        to=_people(content.recipients),
        copied=_people(content.copied),
        sent_at=stamp(content.date) if content.date else "",
        body=content.body,
        is_html=content.body_type == "html",
        files=files,
        link=link,
    )


def _ready(*, body: str, is_html: bool, files: tuple[ShownFile, ...], link: Link, **head: str) -> ShownMail:
    pictures = {each.content_id: each for each in files if each.content_id and each.picture}
    used = {name for name in pictures if f"cid:{name}".lower() in body.lower()}
    addresses = {name: each.picture for name, each in pictures.items()}
    drawn = sum(pictures[name].picture_height for name in used)
    words = html_to_text(body) if is_html else body
    return ShownMail(
        words=words,
        frame=safe_document(body, addresses, link) if is_html else "",
        wide_height=_height(words, _SIGNS_IN_WIDE_LINE, drawn),
        phone_height=_height(words, _SIGNS_IN_PHONE_LINE, drawn),
        files=tuple(each for each in files if each.content_id not in used),
        **head,
    )


def _height(words: str, signs_in_line: int, drawn: int) -> int:
    lines = words.splitlines()
    written = sum((1 + len(line) // signs_in_line) * _LINE if line.strip() else _GAP for line in lines)
    return max(_SHORTEST, min(_TALLEST, _ROOM + written + drawn))


def _picture_height(content: bytes) -> int:
    """The height that a picture's own header tells, as far as we read it."""
    if not content.startswith(b"\x89PNG"):
        return _PICTURE_HEIGHT
    return min(int.from_bytes(content[_PNG_HEIGHT]), 2 * _PICTURE_HEIGHT)


def _file_of_graph(file: Mapping[str, Any], address: str) -> ShownFile:
    is_mail = file["@odata.type"].endswith("itemAttachment")
    content = b64decode(file["contentBytes"]) if file.get("contentBytes") else b""
    media_type = str(file.get("contentType") or "").partition("\n")[0]
    return ShownFile(
        name=file["name"],
        media_type=media_type,
        size=file["size"],
        address=address,
        is_mail=is_mail,
        picture=_picture(media_type, content),
        preview=_preview(file["name"], content),
        content_id=file.get("contentId") or "",
        picture_height=_picture_height(content),
    )


def _picture(media_type: str, content: bytes) -> str:
    kind = media_type.partition(";")[0].strip().lower()
    return picture_address(kind, content) if content and is_picture(kind) else ""


def _preview(name: str, content: bytes) -> Preview:
    return Preview() if not content or is_picture(media_type_of(name)) else preview_of(name, content)


def _people(people: Sequence[Person]) -> str:
    return ", ".join(
        f"{each.name} <{each.address}>" if each.name not in {"", each.address} else each.address
        for each in people
    )


def _graph_people(people: Sequence[Json]) -> str:
    addresses = [each["emailAddress"] for each in people]
    return _people([Person(name=each.get("name") or "", address=each["address"]) for each in addresses])
