"""One message as the intake understands it: what it is, who wrote what, where it was posted, what it may be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from casework.chats import ReportedChat, reported_window
from casework.forwards import Forward, SubjectKind, find_forwards, subject_kind
from casework.intake.absences import Absence, read_absence
from casework.intake.automatic import is_automatic
from casework.intake.bounces import Bounce, read_bounce
from casework.intake.links import Link, find_links
from casework.intake.platforms import Platforms
from casework.intake.replies import find_tags
from casework.intake.suggestions import Suggestions, suggest
from casework.messages import Address, Attachment, ReceivedMessage

KEY_HEADER = "X-Casework-Key"
DEEPEST_CHAIN = 20
_FOLLOW_US = ("follow us", "find us", "like us", "join us on", "connect with us", "visit us on")


class MessageKind(StrEnum):
    REPORT = "report"
    REPLY = "reply"
    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    OWN = "own"


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What was read in one message.

    Attributes:
        original: the outermost mail forwarded; the message itself where nothing was forwarded.
        chain: every forward, outermost first; empty where nothing was forwarded.
        message: what the sender wrote above the forward; all of the text where nothing was forwarded.
        attachments: of this message and of every mail inside it.
        urls: addresses rid of wrappers and tracking; `links` keeps them as written too.
        tags: (reference, token) of every case tag in subject and text; not yet checked.
        chats: exported chats, each with the part of it that the report is about.
        bounce, absence: set for kind bounce, and for automatic replies that speak of one.
    """

    kind: MessageKind
    original: Forward
    chain: tuple[Forward, ...] = ()
    message: str = ""
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Link, ...] = ()
    platforms: tuple[str, ...] = ()
    suggested: Suggestions = field(default_factory=Suggestions)
    problems: tuple[str, ...] = ()
    sender: Address = field(default_factory=Address)
    subject: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    bounce: Bounce | None = None
    absence: Absence | None = None
    chats: tuple[ReportedChat, ...] = ()

    @property
    def forwarded(self) -> bool:
        return bool(self.chain)

    @property
    def author(self) -> Forward:
        """The innermost mail: who it was that wrote first is shown on the case."""
        return self.chain[-1] if self.chain else self.original

    @property
    def post_address(self) -> str:
        """The address that the report is most likely about: the first on a known platform, else the first of all."""
        on_platform = next((link.clean for link in self.links if link.platform), "")
        return on_platform or next(iter(self.urls), "")

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(link.clean for link in self.links)


def read_report(
    message: ReceivedMessage, *, own_addresses: frozenset[str] = frozenset(), platforms: Platforms
) -> Report:
    """Understand a message.

    Args:
        message: As a `MessageReader` read it.
        own_addresses: Lower-case addresses that Casework sends from.
        platforms: Where things may be posted.
    """
    chain = find_chain(message)
    bounce = read_bounce(message)
    kind = _kind(message, own_addresses, bounce=bounce, forwarded=bool(chain))
    if kind in {MessageKind.BOUNCE, MessageKind.AUTO_REPLY, MessageKind.OWN}:
        chain = ()
    texts = _texts(message)
    links = find_links("\n".join(texts), "\n".join(_markups(message)), platforms)
    attachments = tuple(message.every_attachment())
    chats = reported_chats(message)
    return Report(
        kind=kind,
        original=chain[0] if chain else _itself(message),
        chain=chain,
        message=chain[0].above if chain else message.text,
        attachments=attachments,
        links=links,
        platforms=_platforms(links, texts, attachments, platforms),
        suggested=suggest("\n".join([*texts, *(chat.reported_words for chat in chats)]))
        if kind in {MessageKind.REPORT, MessageKind.REPLY}
        else Suggestions(),
        problems=_problems(message),
        sender=message.sender,
        subject=message.subject,
        tags=find_tags(f"{message.subject}\n{message.text}"),
        bounce=bounce if kind is MessageKind.BOUNCE else None,
        absence=read_absence(message) if kind is MessageKind.AUTO_REPLY else None,
        chats=chats,
    )


def reported_chats(message: ReceivedMessage) -> tuple[ReportedChat, ...]:
    """The exported chats of a message, each with the part that its words point to."""
    told = "\n".join(_texts(message))
    return tuple(
        ReportedChat(file=file, window=reported_window(file.chat, told=told, stands_out=_stands_out))
        for file in message.every_chat()
    )


def find_chain(message: ReceivedMessage) -> tuple[Forward, ...]:
    """The forwards in the text, in the HTML where that shows more, and else every mail that came as a file.

    Mails that came side by side follow each other in their order, each with the forwards inside it.
    """
    plain = _chain_in(message.text, message)
    if message.html_text and message.html_text != message.text and not _is_whole(plain):
        from_html = _chain_in(message.html_text, message)
        plain = max((plain, from_html), key=_completeness)
    if plain or not message.embedded:
        return plain
    first, *others = message.embedded[:DEEPEST_CHAIN]
    chain = [replace(_itself(first), above=message.text.strip()), *find_chain(first)]
    for other in others:
        chain += [_itself(other), *find_chain(other)]
    return tuple(chain[:DEEPEST_CHAIN])


def _chain_in(text: str, message: ReceivedMessage) -> tuple[Forward, ...]:
    return find_forwards(text, subject=message.subject, written_at=message.date)


def _is_whole(chain: tuple[Forward, ...]) -> bool:
    return bool(chain) and all(forward.from_address and forward.date and forward.to for forward in chain)


def _completeness(chain: tuple[Forward, ...]) -> int:
    return sum(
        2 * bool(forward.from_address)
        + bool(forward.from_name)
        + bool(forward.date)
        + bool(forward.to)
        + bool(forward.body)
        for forward in chain
    )


def _kind(
    message: ReceivedMessage, own_addresses: frozenset[str], *, bounce: Bounce | None, forwarded: bool
) -> MessageKind:
    if _is_own(message, own_addresses):
        return MessageKind.OWN
    if bounce:
        return MessageKind.BOUNCE
    if is_automatic(message, forwarded=forwarded):
        return MessageKind.AUTO_REPLY
    answers = subject_kind(message.subject) is SubjectKind.REPLY or (
        bool(message.in_reply_to) and subject_kind(message.subject) is not SubjectKind.FORWARD
    )
    return MessageKind.REPLY if answers and not forwarded else MessageKind.REPORT


def _is_own(message: ReceivedMessage, own_addresses: frozenset[str]) -> bool:
    """Our key or our robot's mark with a tag, from one of our addresses.

    Staff write from such addresses too, and answer with a tag in the subject, so that alone is not enough; and a
    stranger's mail does not become ours by a header.
    """
    ours = message.sender.address.casefold() in own_addresses
    if message.header(KEY_HEADER):
        return ours or not own_addresses
    robot = "all" in message.header("X-Auto-Response-Suppress").casefold()
    return ours and robot and bool(find_tags(message.subject))


def _itself(message: ReceivedMessage) -> Forward:
    return Forward(
        from_name=message.sender.name,
        from_address=message.sender.address,
        to=message.to,
        cc=message.cc,
        subject=message.subject,
        date=message.date,
        body=message.text,
    )


def _texts(message: ReceivedMessage) -> list[str]:
    return [message.subject, message.text, *(text for inner in message.embedded for text in _texts(inner))]


def _stands_out(words: str) -> bool:
    found = suggest(words)
    return bool(found.categories or found.characteristics or found.threat)


def _markups(message: ReceivedMessage) -> list[str]:
    return [message.html or "", *(markup for inner in message.embedded for markup in _markups(inner))]


def _platforms(
    links: Iterable[Link], texts: Sequence[str], attachments: Iterable[Attachment], platforms: Platforms
) -> tuple[str, ...]:
    """By address first, then by words (apart from lines where a school asks to be followed) and names of files."""
    spoken = "\n".join(_without_invitations(text) for text in texts)
    named_files = "\n".join(attachment.original_name.replace("_", " ") for attachment in attachments)
    names = [link.platform for link in links if link.platform]
    names += platforms.named_in(spoken)
    names += platforms.named_in(named_files)
    return tuple(dict.fromkeys(names))


def _without_invitations(text: str) -> str:
    lower = text.casefold()
    if not any(word in lower for word in _FOLLOW_US):
        return text
    return "\n".join(
        line for line in text.splitlines() if not any(word in line.casefold() for word in _FOLLOW_US)
    )


def _problems(message: ReceivedMessage) -> tuple[str, ...]:
    inner = [problem for embedded in message.embedded for problem in _problems(embedded)]
    return tuple(dict.fromkeys((*message.problems, *inner)))
