"""Whether a rule speaks of a mail: all its conditions hold, and none of its exceptions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from practice_tenant.mail.text import html_to_text
from practice_tenant.mail.values import MailContent, Person, read_people


@dataclass(frozen=True, kw_only=True, slots=True)
class ArrivedMail:
    """What conditions look at.

    Attributes:
        owner: the address of the mailbox that it came to.
        size: in bytes.
    """

    content: MailContent
    owner: str
    size: int

    def header(self, name: str) -> str:
        return next((value for given, value in self.content.headers if given.lower() == name), "")

    @property
    def kind(self) -> str:
        """The media type of the whole mail, in small letters."""
        return self.header("content-type").partition(";")[0].strip().lower()


def applies(rule: Mapping[str, Any], mail: ArrivedMail) -> bool:
    """A rule without conditions speaks of every mail; one exception that holds is enough to pass it over."""
    conditions, exceptions = rule.get("conditions") or {}, rule.get("exceptions") or {}
    return all(_holds(name, value, mail) for name, value in conditions.items()) and not any(
        _holds(name, value, mail) for name, value in exceptions.items()
    )


def _holds(name: str, value: Any, mail: ArrivedMail) -> bool:  # noqa: ANN401 - as JSON has it
    if name in _FLAGS:
        return _FLAGS[name](mail) is value
    return _TESTS[name](value, mail)


def _contains(text: str) -> Callable[[Any], bool]:
    folded = " ".join(text.split()).casefold()
    return lambda words: any(" ".join(word.split()).casefold() in folded for word in words)


def _body(mail: ArrivedMail) -> str:
    content = mail.content
    return html_to_text(content.body) if content.body_type == "html" else content.body


def _people(*people: Person | None) -> str:
    return " ".join(f"{person.name} {person.address}" for person in people if person is not None)


def _addresses(people: tuple[Person, ...]) -> set[str]:
    return {person.address.lower() for person in people}


def _author_is_one_of(value: Any, mail: ArrivedMail) -> bool:  # noqa: ANN401 - as JSON has it
    author = mail.content.author
    return author is not None and author.address.lower() in _addresses(read_people(value))


def _went_to_one_of(value: Any, mail: ArrivedMail) -> bool:  # noqa: ANN401 - as JSON has it
    went_to = _addresses((*mail.content.recipients, *mail.content.copied))
    return bool(went_to & _addresses(read_people(value)))


def _within(value: Any, mail: ArrivedMail) -> bool:  # noqa: ANN401 - as JSON has it
    kilobytes = mail.size / 1024
    most = value.get("maximumSize")
    return (value.get("minimumSize") or 0) <= kilobytes and (most is None or kilobytes <= most)


def _to_me(mail: ArrivedMail) -> bool:
    return mail.owner.lower() in _addresses(mail.content.recipients)


def _copied_to_me(mail: ArrivedMail) -> bool:
    return mail.owner.lower() in _addresses(mail.content.copied)


def _is_automatic_reply(mail: ArrivedMail) -> bool:
    return mail.header("auto-submitted").strip().lower() not in {"", "no"} and not _is_report(mail)


def _is_report(mail: ArrivedMail) -> bool:
    return mail.kind == "multipart/report" and "delivery-status" in mail.header("content-type").lower()


def _is_receipt(mail: ArrivedMail) -> bool:
    return (
        mail.kind == "multipart/report" and "disposition-notification" in mail.header("content-type").lower()
    )


def _calendar(method: str) -> Callable[[ArrivedMail], bool]:
    word = f"method:{method}"
    return lambda mail: any(
        each.content_type == "text/calendar" and word in each.content[:4000].decode("latin-1").lower()
        for each in mail.content.attachments
    )


_FLAGS: dict[str, Callable[[ArrivedMail], bool]] = {
    "hasAttachments": lambda mail: any(not each.is_inline for each in mail.content.attachments),
    "isApprovalRequest": lambda mail: (
        "approval.request" in mail.header("x-ms-exchange-organization-messageclass").lower()
    ),
    "isAutomaticForward": lambda mail: bool(
        mail.header("x-ms-exchange-generated-message-source")
        and mail.header("x-ms-exchange-inbox-rules-loop")
    ),
    "isAutomaticReply": _is_automatic_reply,
    "isEncrypted": lambda mail: (
        mail.kind in {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
    ),
    "isMeetingRequest": _calendar("request"),
    "isMeetingResponse": _calendar("reply"),
    "isNonDeliveryReport": _is_report,
    "isPermissionControlled": lambda mail: any(
        each.name == "message.rpmsg" for each in mail.content.attachments
    ),
    "isReadReceipt": _is_receipt,
    "isSigned": lambda mail: mail.kind == "multipart/signed",
    "isVoicemail": lambda mail: mail.header("content-class").lower().startswith("voice"),
    "notSentToMe": lambda mail: not _to_me(mail),
    "sentCcMe": _copied_to_me,
    "sentOnlyToMe": lambda mail: (
        _to_me(mail) and len(_addresses((*mail.content.recipients, *mail.content.copied))) == 1
    ),
    "sentToMe": _to_me,
    "sentToOrCcMe": lambda mail: _to_me(mail) or _copied_to_me(mail),
}
_TESTS: dict[str, Callable[[Any, ArrivedMail], bool]] = {
    "bodyContains": lambda value, mail: _contains(_body(mail))(value),
    "bodyOrSubjectContains": lambda value, mail: _contains(f"{mail.content.subject}\n{_body(mail)}")(value),
    # A mail has no category before it arrives.
    "categories": lambda value, mail: _contains(mail.header("keywords"))(value),
    "fromAddresses": _author_is_one_of,
    "headerContains": lambda value, mail: _contains(
        "\n".join(f"{name}: {text}" for name, text in mail.content.headers)
    )(value),
    "importance": lambda value, mail: mail.content.importance == value,
    "messageActionFlag": lambda value, mail: (
        _contains(mail.header("x-message-flag"))([value])
        if value != "any"
        else bool(mail.header("x-message-flag"))
    ),
    "recipientContains": lambda value, mail: _contains(
        _people(*mail.content.recipients, *mail.content.copied)
    )(value),
    "senderContains": lambda value, mail: _contains(_people(mail.content.author, mail.content.sender))(value),
    "sensitivity": lambda value, mail: (
        (mail.header("sensitivity").strip().lower().removeprefix("company-") or "normal") == value
    ),
    "sentToAddresses": _went_to_one_of,
    "subjectContains": lambda value, mail: _contains(mail.content.subject)(value),
    "withinSizeRange": _within,
}
