"""What a report should say of a post, what it said, and what is still to be asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from casework.cases import Case
from casework.intake import Report

NO_ADDRESS = frozenset({"WhatsApp", "Snapchat", "Signal"})
"""Where posts have no address that a person could copy."""
LONGEST_PAST = timedelta(days=180)
"""A day without a year is the latest such day, if that is no longer ago."""


class Want(StrEnum):
    ADDRESS = "address"
    HANDLE = "handle"
    TIME = "time"
    WHOLE_PAGE = "whole page"


ASKS: Mapping[Want, str] = {
    Want.ADDRESS: "the address (link) of the post",
    Want.HANDLE: "the name or account under which it was posted",
    Want.TIME: "the day and time at which it was posted, as far as the page shows it",
    Want.WHOLE_PAGE: "a screenshot of the whole page, with its address and date in view",
}
"""What helps, in words for a reporter."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_IN_WORDS = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?,?(?:\s+(?P<year>20\d\d))?",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(r"\b(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>20\d\d)\b")
_TIME = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\s*(?P<half>[ap]\.?m\b)?", re.IGNORECASE
)
_HANDLE = re.compile(r"(?<![\w.@/])@(?P<handle>[A-Za-z0-9_](?:[A-Za-z0-9_.]{1,28}[A-Za-z0-9_]))(?![\w@])")
_SAYS_WHEN = re.compile(r"\b(?:posted|put up|uploaded|published|went up|wrote it|date|time)\b", re.IGNORECASE)
_NOON = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class PostFacts:
    """What is known of a post.

    Attributes:
        address: cleaned of tracking; empty where none was given.
        handle: the account, without "@".
        posted_on: the day of posting, as somebody says; `posted_at` adds the time in the words of the register.
        whole_page: a picture or a printed page came along.
        group: the chat group in which it was said; empty for a talk of two, whose name is a person's.
    """

    address: str = ""
    handle: str = ""
    posted_on: date | None = None
    posted_at: str = ""
    whole_page: bool = False
    group: str = ""


def post_facts(
    report: Report, words: str, *, on: date, is_answer: bool = False, zone: tzinfo = UTC
) -> PostFacts:
    """What a message says of the post.

    Args:
        report: as it was read.
        words: what the sender wrote, without history and signature.
        on: the day on which it came.
        is_answer: True for an answer to our question: a bare date then is the time of posting, otherwise only one
            that is said to be.
        zone: of the school, in which a moment that the address of the post carries is shown.
    """
    lines = [line for line in words.splitlines() if is_answer or _SAYS_WHEN.search(line)]
    day, at = next(_moments(lines, on), None) or _moment_of_link(report, on, zone)
    handle = next((link.handle for link in report.links if link.handle), "") or _handle_in(words)
    return PostFacts(
        address=report.post_address,
        handle=handle[:100],
        posted_on=day,
        posted_at=at,
        whole_page=any(_is_page(attachment.content_type) for attachment in report.attachments),
        group=next((one.file.chat.name for one in report.chats if one.file.chat.is_group), "")[:100],
    )


def _moment_of_link(report: Report, on: date, zone: tzinfo) -> tuple[date | None, str]:
    """When the post was made, where the platform's number in its address tells; None and empty where it does not."""
    moments = (link.posted_at for link in report.links if link.clean == report.post_address)
    made: datetime | None = next((moment for moment in moments if moment), None)
    if made is None:
        return None, ""
    local = made.astimezone(zone)
    if local.date() > on:
        return None, ""
    return local.date(), f"{local.day} {local:%B %Y, %H:%M}"


def _handle_in(words: str) -> str:
    match = _HANDLE.search(words[:20_000])
    return match["handle"] if match else ""


def _is_page(content_type: str) -> bool:
    return content_type.startswith("image/") or content_type == "application/pdf"


def _moments(lines: list[str], on: date) -> Iterator[tuple[date, str]]:
    """Days that can be told for certain, none of them in the future; nothing is guessed."""
    for line in lines[:200]:
        for match in (*_IN_WORDS.finditer(line[:1000]), *_IN_FIGURES.finditer(line[:1000])):
            day = _day(match, on)
            if day and day <= on:
                time = _time_in(line[: match.start()] + " " + line[match.end() :])
                yield day, f"{day.day} {day:%B %Y}{time}"


def _day(match: re.Match[str], on: date) -> date | None:
    month = match["month"].lower()
    number = (
        int(month) if month.isdigit() else next(n for n, m in enumerate(_MONTHS, 1) if m[:3] == month[:3])
    )
    years = [int(match["year"])] if match["year"] else [on.year, on.year - 1]
    for year in years:
        try:
            day = date(year, number, int(match["day"]))
        except ValueError:
            continue
        if match["year"] or on - LONGEST_PAST <= day <= on:
            return day
    return None


def _time_in(line: str) -> str:
    match = _TIME.search(line)
    if match is None:
        return ""
    hour = int(match["hour"])
    half = (match["half"] or "").lower()
    if half.startswith("p") and hour < _NOON:
        hour += _NOON
    elif half.startswith("a") and hour == _NOON:
        hour = 0
    return f", {hour:02}:{match['minute']}"


def still_wanted(known: PostFacts, *, platform: str) -> tuple[Want, ...]:
    """What nobody has said yet; never what is known, nor an address where posts have none."""
    wants = {
        Want.ADDRESS: not known.address and platform not in NO_ADDRESS,
        Want.HANDLE: not known.handle,
        Want.TIME: not known.posted_at,
        Want.WHOLE_PAGE: not known.whole_page,
    }
    return tuple(want for want, wanted in wants.items() if wanted)


def in_words_for_reporters(wants: tuple[Want, ...]) -> tuple[str, ...]:
    return tuple(ASKS[want] for want in wants)


def wanted_of(case: Case) -> tuple[Want, ...]:
    """What is still to be asked for."""
    posted_at = case.posted_at or str(case.staff.assessment.posted_on or "")
    known = PostFacts(address=case.link, handle=case.handle, posted_at=posted_at, whole_page=case.has_page)
    return still_wanted(known, platform=case.platform)
