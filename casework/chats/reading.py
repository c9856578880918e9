"""Reading an exported WhatsApp chat: both telephones' forms, every usual way of writing dates, messages of many lines."""

# ruff: noqa: RUF001 - the quotation marks of telephones are meant

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from casework.chats.lines import Start, is_day_first, read_start, without_marks
from casework.chats.values import Chat, ChatMessage, ChatMessageKind

FEWEST_STARTS = 1
MOST_MESSAGES = 200_000
PEOPLE_OF_A_TALK = 2
_SENDER = re.compile(r"(?P<sender>[^:\n]{1,100}?):\s(?P<text>.*)", re.DOTALL)
_SENDER_ALONE = re.compile(r"(?P<sender>[^:\n]{1,100}):\s*")
_ATTACHED_IN_BRACKETS = re.compile(r"<[^<>:]{2,30}?\s?:\s*(?P<name>[^<>:/\\]{1,120}\.\w{1,5})>")
_ATTACHED_BEHIND = re.compile(r"^(?P<name>[^\n<>:/\\]{1,120}\.\w{1,5})\s\([^()\n]{3,40}\)", re.MULTILINE)
_CAMERA_NAME = re.compile(r"(?:IMG|VID|PTT|AUD|STK|DOC)-\d{8}-WA\d{4,}\.\w{2,5}|\d{8}-[A-Z]+-[\d-]+\.\w{2,5}")
_LEFT_OUT = re.compile(
    r"<[^<>\n]{2,30}>|(?:image|video|audio|sticker|GIF|document|contact card|photo|voice message) omitted",
    re.IGNORECASE,
)
_LEFT_OUT_WORDS = re.compile(
    r"omitt?ed|weggelassen|ausgeschlossen|omiss?[oie]|omis\b|absent|weggelaten|pominię|udeladt|utelämna|utelat|ikke med",
    re.IGNORECASE,
)
_DELETED = re.compile(
    r"<?(?:this message was deleted|you deleted this message|this message was deleted by admin .{0,60})\.?>?",
    re.IGNORECASE,
)
_EDITED = re.compile(r"\s*<this message was edited>\s*$", re.IGNORECASE)
_CREATED = re.compile(r"created (?:the )?group [\"“”'‘](?P<name>.{1,100}?)[\"“”'’]", re.IGNORECASE)
_RENAMED = re.compile(
    r"changed the (?:group name|subject)(?: from [\"“].{0,100}?[\"”])? to [\"“”'‘](?P<name>.{1,100}?)[\"“”'’]",
    re.IGNORECASE,
)
_GROUP_WORDS = re.compile(
    r"\b(?:this group|group (?:name|icon|description)|created (?:the )?group)\b", re.IGNORECASE
)
_FILE_NAME = re.compile(
    r"WhatsApp[ _-]+Chat[ _-]+(?:with[ _]+|-[ _]*)?(?P<name>.+?)(?:\s?\(\d+\))?\.(?:txt|zip)$", re.IGNORECASE
)
_FROM_WHATSAPP = (
    "messages and calls are end-to-end encrypted",
    "messages to this group are now secured",
    "messages to this chat and calls are now secured",
    "created this group",
    "created group",
    "your security code with",
    "changed this group's icon",
    "turned on disappearing messages",
    "this business",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Block:
    """A beginning with all the lines up to the next one."""

    start: Start
    text: str
    is_marked: bool


def read_chat(text: str, *, file_name: str = "", media: Iterable[str] = ()) -> Chat | None:
    """The chat in the text of an export; None if the text is something else.

    Args:
        text: of `_chat.txt` (iPhone) or `WhatsApp Chat with X.txt` (Android).
        file_name: of the text or of the archive around it: it names the group or the person.
        media: names of the files that lie beside the text in the archive.
    """
    blocks = _blocks(text)
    if len(blocks) < FEWEST_STARTS:
        return None
    order = is_day_first([block.start for block in blocks])
    day_first = True if order is None else order
    name = _name(blocks, file_name)
    files = frozenset(media)
    messages = tuple(_message(block, name, files, day_first=day_first) for block in blocks[:MOST_MESSAGES])
    undecided = order is None and any(not block.start.year_first for block in blocks)
    chat = Chat(
        name=name, messages=messages, day_first=day_first, doubtful_dates=undecided and _matters(blocks)
    )
    return replace(chat, is_group=_is_group(chat))


def _is_group(chat: Chat) -> bool:
    said = (message.text for message in chat.messages if message.kind is ChatMessageKind.SYSTEM)
    return len(chat.senders) > PEOPLE_OF_A_TALK or any(_GROUP_WORDS.search(text) for text in said)


def _matters(blocks: list[_Block]) -> bool:
    """Whether another order would give other days: the third of March is the third of March either way."""
    return any(int(block.start.numbers[0]) != int(block.start.numbers[1]) for block in blocks)


def _blocks(text: str) -> list[_Block]:
    blocks: list[tuple[Start, list[str], bool]] = []
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = without_marks(raw)
        start = read_start(line)
        if start:
            blocks.append((start, [start.rest], "\u200e" in raw[1:]))
        elif blocks:
            blocks[-1][1].append(line)
        elif line.strip():
            return []  # an export begins with a message: this is some other text
    return [
        _Block(start=start, text="\n".join(lines).rstrip(), is_marked=marked)
        for start, lines, marked in blocks
    ]


def _name(blocks: list[_Block], file_name: str) -> str:
    """What the group was last called, or what the export's file says."""
    name = ""
    for block in blocks:
        for form in (_CREATED, _RENAMED):
            if match := form.search(block.text.partition("\n")[0]):
                name = match["name"]
    match = _FILE_NAME.search(file_name)
    return name or (match["name"].replace("_", " ").strip() if match else "")


def _message(block: _Block, chat: str, files: frozenset[str], *, day_first: bool) -> ChatMessage:
    at = block.start.at(day_first=day_first)
    sender, text = _split(block.text)
    if not sender or _is_whatsapp_itself(sender, text, chat, block):
        return ChatMessage(at=at, sender="", text=text if sender else block.text, kind=ChatMessageKind.SYSTEM)
    message = ChatMessage(at=at, sender=sender.lstrip("~").strip(), text=text)
    if _DELETED.fullmatch(text.strip()):
        return replace(message, text="", kind=ChatMessageKind.DELETED)
    if _EDITED.search(text):
        message = replace(message, text=_EDITED.sub("", text), edited=True)
    return _with_media(message, files)


def _split(text: str) -> tuple[str, str]:
    match = _SENDER.match(text)
    if match:
        return match["sender"].strip(), match["text"]
    alone = _SENDER_ALONE.fullmatch(text.partition("\n")[0])
    if alone:
        return alone["sender"].strip(), text.partition("\n")[2]
    return "", text


def _is_whatsapp_itself(sender: str, text: str, chat: str, block: _Block) -> bool:
    """An iPhone writes the group's own name in front of what WhatsApp says, and a mark behind it."""
    spoken = text.casefold()
    if any(words in spoken for words in _FROM_WHATSAPP) and block.is_marked:
        return True
    return bool(chat) and sender == chat and block.is_marked


def _with_media(message: ChatMessage, files: frozenset[str]) -> ChatMessage:
    for form in (_ATTACHED_IN_BRACKETS, _ATTACHED_BEHIND):
        match = form.search(message.text)
        if match and (
            match["name"] in files or _CAMERA_NAME.fullmatch(match["name"]) or form is _ATTACHED_IN_BRACKETS
        ):
            text = (message.text[: match.start()] + message.text[match.end() :]).strip()
            there = match["name"] in files or not files
            return replace(message, text=text, media=match["name"] if there else "", media_left_out=not there)
    stripped = message.text.strip()
    if _LEFT_OUT.fullmatch(stripped) and _LEFT_OUT_WORDS.search(stripped):
        return replace(message, text="", media_left_out=True)
    return message
