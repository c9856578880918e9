"""Reading one line of staff's: the first words say what it tells, the rest says when, what and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from casework.actions import Action, HostAnswer, SkipReason, YesNo
from casework.answers import cases_named
from casework.assessment import Opinion
from casework.cases import TalkOutcome
from casework.orders.outcomes import DOUBT, outcome_said
from casework.orders.values import Order, OrderKind
from casework.spoken_days import days_said

LONGEST_ORDER = 600
"""Characters of a line that are read."""
LONGEST_WAIT = 255
"""Letters of what a case waits for: a line of the list takes no more."""
SHORTEST_WHY = 10
_OVER = re.compile(r"(?:is )?(?:over|ended|done|finished)\W*$", re.IGNORECASE)
_SELF = r"(?:(?:i|we|i['\u2019]ve|we['\u2019]ve|mrs \w+|mr \w+|ms \w+)\s+(?:have\s+|just\s+|also\s+)?)?"
_NUMBER = r"^\W*(?:case\s+)?{school}[\s\-_/.]{{0,3}}\d{{4}}[\s\-_/.]{{0,3}}\d{{1,8}}\W*"
_POLITE = re.compile(
    r"^\W*(?:(?:hi|hello|hey|dear|morning|thanks|thank you|please|ok|okay|yes)\b[\s,.!:\u2013-]*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Line:
    """A line, its verb taken off, and the day on which it was written."""

    rest: str
    said_on: date


def read_order(own_text: str, *, said_on: date, school: str) -> Order | None:
    """Read a reply's own words (no quoted history, no signature).

    Args:
        own_text: the first line that says anything is read, with what follows it as the reason.
        said_on: the day on which it was written; "yesterday" is the day before.
        school: the capitals before case numbers.

    Returns:
        what it tells; UNCLEAR with a question back where it begins like an order and is none; None where it is
        something else, such as more about the post.
    """
    text = " ".join(own_text.strip()[:LONGEST_ORDER].split())
    named = cases_named(text[:60], school=school)
    number = re.compile(_NUMBER.format(school=re.escape(school)), re.IGNORECASE)
    plain = _POLITE.sub("", number.sub("", _POLITE.sub("", text)))
    for pattern, read in _VERBS:
        match = pattern.match(plain)
        if match:
            order = read(
                _Line(rest=plain[match.end() :].strip(" \t:,.\u2013\u2014-"), said_on=said_on), match
            )
            return replace(order, case=named[0]) if len(named) == 1 else order
    return None


def _unclear(missing: str) -> Order:
    return Order(kind=OrderKind.UNCLEAR, missing=missing)


def _talked(line: _Line, match: re.Match[str]) -> Order:
    whole = f"{match[0]} {line.rest}"
    days, outcome = days_said(line.rest, today=line.said_on), outcome_said(whole)
    if DOUBT.search(line.rest):
        return _unclear(
            "It sounds in doubt. On which day was the talk, and was it removed, refused, or was there no reply?"
        )
    if len(days) != 1:
        return _unclear("On which day was the talk? Write it like TALKED 12 Nov removed.")
    if outcome is None:
        return _unclear(
            "What came of the talk: removed, refused, or no reply? Write it like TALKED 12 Nov removed."
        )
    return _talk(outcome, days[0])


def _talk(outcome: TalkOutcome, day: date | None) -> Order:
    columns = {"TalkOutcome": outcome.value, **({"TalkedOn": day} if day else {})}
    return Order(kind=OrderKind.TALK, columns=columns)


def _outcome_alone(outcome: TalkOutcome) -> Callable[[_Line, re.Match[str]], Order]:
    """REFUSED alone speaks of the talk that is logged; with a day it logs one."""

    def read(line: _Line, _: re.Match[str]) -> Order:
        days = days_said(line.rest, today=line.said_on)
        if DOUBT.search(line.rest) or len(days) > 1:
            return _unclear(
                f"Was it {outcome.value}, and on which day? Write it like TALKED 12 Nov {outcome.value}."
            )
        return _talk(outcome, days[0] if days else None)

    return read


def _continues(line: _Line, _: re.Match[str]) -> Order:
    if DOUBT.search(line.rest):
        return _unclear("Does the posting go on? Write CONTINUES if it does.")
    return Order(kind=OrderKind.CONTINUES, columns={"Continues": True})


_ABOUT_A_LETTER = re.compile(
    r"it|the|letter|request|invitation|was|on|by|in|of|hand|person|post|over|to|her|him|them|first|class|recorded|delivery"
    r"|today|yesterday|this|last|morning|afternoon"
)
"""Words that may follow POSTED where a letter is meant: "posted again on Facebook" is about something else."""
_OF_A_DATE = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)\w*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|st|nd|rd|th",
    re.IGNORECASE,
)


def _is_about_a_letter(text: str) -> bool:
    words = re.findall(r"[a-z]+", text.casefold())
    return all(_ABOUT_A_LETTER.fullmatch(word) or _OF_A_DATE.fullmatch(word) for word in words)


def _served(line: _Line, _: re.Match[str]) -> Order:
    days = days_said(line.rest, today=line.said_on)
    if len(days) > 1 or DOUBT.search(line.rest) or not _is_about_a_letter(line.rest):
        return _unclear("On which day was the letter posted or handed over? Write it like POSTED 12 Nov.")
    return Order(kind=OrderKind.SERVED, columns={"ServedOn": days[0] if days else line.said_on})


_SKIPS = (
    (SkipReason.THREAT, r"\bthreat\w*|\bviolen\w+"),
    (SkipReason.POLICE_ADVICE, r"\bpolice\b"),
    (
        SkipReason.UNKNOWN,
        r"\b(?:identity|who (?:it is|posted|wrote)|unknown|anonymous|don['\u2019]?t know who)\b",
    ),
    (SkipReason.ENDANGERS, r"\bendanger\w*|\b(?:at risk|not safe|unsafe|put \w+ in danger)\b"),
    (
        SkipReason.SAME_BEFORE,
        r"\b(?:same|identical) (?:case|thing|post|matter)\b|\bidentical\b|\bdone (?:it|this) before\b",
    ),
)


def _skip(line: _Line, _: re.Match[str]) -> Order:
    why = _reason(line.rest)
    fitting = [reason for reason, words in _SKIPS if re.search(words, why, re.IGNORECASE)]
    if len(fitting) != 1 and len(why) < SHORTEST_WHY:
        known = ", ".join(reason.value for reason in SkipReason if reason is not SkipReason.OTHER)
        return _unclear(
            f"Why is there no conversation first? Write SKIP and one of these, or your own words: {known}."
        )
    reason = fitting[0] if len(fitting) == 1 else SkipReason.OTHER
    return Order(kind=OrderKind.SKIP, columns={"SkipReason": reason.value, "SkipNote": why}, why=why)


def _support(*, needed: bool) -> Callable[[_Line, re.Match[str]], Order]:
    def read(line: _Line, _: re.Match[str]) -> Order:
        why = _reason(line.rest)
        if len(why) < SHORTEST_WHY:
            return _unclear(
                "What support was given, or why is none needed? Write it like WAIVE she wishes for none."
            )
        said = why if needed else f"Not needed: {why}"
        return Order(kind=OrderKind.SUPPORT, columns={"SupportGiven": said}, why=why)

    return read


def _safeguarding(line: _Line, _: re.Match[str]) -> Order:
    answer = _yes_no(line.rest)
    if answer is None or DOUBT.search(line.rest):
        return _unclear(
            "May a child have been harmed by a member of staff? Write SAFEGUARDING yes or SAFEGUARDING no."
        )
    opinion = Opinion.YES if answer is YesNo.YES else Opinion.NO
    return Order(kind=OrderKind.SAFEGUARDING, columns={"ChildHarmed": opinion.value})


def _told(column: str, kind: OrderKind, example: str) -> Callable[[_Line, re.Match[str]], Order]:
    def read(line: _Line, _: re.Match[str]) -> Order:
        days = days_said(line.rest, today=line.said_on)
        if len(days) > 1 or DOUBT.search(line.rest):
            return _unclear(f"On which day? Write it like {example}.")
        return Order(kind=kind, columns={column: days[0] if days else line.said_on})

    return read


def _host_answer(line: _Line, match: re.Match[str]) -> Order:
    word = match["said"].casefold()
    answer = (
        HostAnswer.REMOVED
        if "remov" in word
        else HostAnswer.REFUSED
        if "refus" in word
        else HostAnswer.NO_ANSWER
    )
    if DOUBT.search(line.rest):
        return _unclear("What did the host answer? Write HOST removed, HOST refused or HOST no answer.")
    return Order(kind=OrderKind.HOST, columns={"HostAnswer": answer.value})


def _decision(action: Action) -> Callable[[_Line, re.Match[str]], Order]:
    def read(line: _Line, _: re.Match[str]) -> Order:
        answer = _yes_no(line.rest)
        why = _reason(re.sub(r"^\W*(?:yes|no)\b", "", line.rest, flags=re.IGNORECASE))
        example = f"{action.value.upper()} no because it was settled in the talk"
        if answer is None or "?" in line.rest:
            return _unclear(f"Yes or no, and why? Write it like {example}.")
        if len(why) < SHORTEST_WHY:
            return _unclear(f"A decision needs its reason. Write it like {example}.")
        return Order(kind=OrderKind.DECISION, action=action, answer=answer, why=why)

    return read


def _wait(line: _Line, _: re.Match[str]) -> Order:
    """WAIT over is the end of it; anything else is what the case waits for, as it is written."""
    what = re.sub(r"^for\b\s*", "", line.rest, flags=re.IGNORECASE)
    if _OVER.match(what):
        return Order(kind=OrderKind.WAIT, columns={"WaitingFor": ""})
    if "?" in what or len(what) < 3:  # noqa: PLR2004 - a word
        return _unclear("For whom or what? Write it like WAIT for the police, and WAIT over when it goes on.")
    fits = what if len(what) <= LONGEST_WAIT else f"{what[: LONGEST_WAIT - 1].rstrip()}…"
    return Order(kind=OrderKind.WAIT, columns={"WaitingFor": fits})


def _close(line: _Line, _: re.Match[str]) -> Order:
    if "?" in line.rest or len(line.rest) < 3:  # noqa: PLR2004 - a word
        return _unclear("How did it end? Write it like CLOSE resolved informally.")
    return Order(kind=OrderKind.CLOSE, columns={"Outcome": line.rest})


def _procedure(_line: _Line, _: re.Match[str]) -> Order:
    return Order(kind=OrderKind.PROCEDURE, columns={"NewProcedure": True})


def _yes_no(text: str) -> YesNo | None:
    found = re.match(r"^\W*(yes|no)\b", text, re.IGNORECASE)
    return YesNo(found[1].casefold()) if found else None


def _reason(text: str) -> str:
    return re.sub(
        r"^\W*(?:because|as|since|reason)\b[\s:,]*",
        "",
        text.strip(" \t:,.\u2013\u2014-"),
        flags=re.IGNORECASE,
    ).strip()


def _verb(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^\W*{pattern}", re.IGNORECASE)


_VERBS: tuple[tuple[re.Pattern[str], Callable[[_Line, re.Match[str]], Order]], ...] = (
    (
        _verb(rf"{_SELF}(?:talked|spoke|spoken|met|rang|phoned|tried (?:to )?(?:ring|call|reach)\w*)\b"),
        _talked,
    ),
    (_verb(r"(?:still )?no (?:reply|answer|response)\b"), _outcome_alone(TalkOutcome.NO_REPLY)),
    (
        _verb(r"(?:(?:she|he|they|the parent|mum|dad)\s+(?:has |have )?)?refus(?:ed|es)\b"),
        _outcome_alone(TalkOutcome.REFUSED),
    ),
    (
        _verb(r"(?:(?:she|he|they|the parent|mum|dad)\s+(?:has |have )?)?removed\b"),
        _outcome_alone(TalkOutcome.REMOVED),
    ),
    (
        _verb(
            r"(?:it |the posting |posting |he |she |they )?(?:continues|goes on|carries on|keeps? (?:on )?posting)\b"
        ),
        _continues,
    ),
    (_verb(rf"{_SELF}(?:posted|handed (?:it )?over|sent by post|served)\b"), _served),
    (_verb(r"skip\b"), _skip),
    (_verb(r"waive\b"), _support(needed=False)),
    (_verb(r"support(?: given)?\b"), _support(needed=True)),
    (_verb(r"(?:safeguarding|child harmed)\b"), _safeguarding),
    (
        _verb(rf"{_SELF}(?:told (?:the )?lado|lado(?: was)? told|lado)\b"),
        _told("LadoToldOn", OrderKind.LADO, "LADO told 26 Oct"),
    ),
    (_verb(r"police told\b"), _told("PoliceToldOn", OrderKind.POLICE, "POLICE TOLD 12 Nov")),
    (_verb(r"host (?:told|asked)\b"), _told("HostToldOn", OrderKind.HOST, "HOST ASKED 12 Nov")),
    (_verb(r"host (?P<said>removed|refused|no answer)\b"), _host_answer),
    (
        _verb(r"complaint answered\b"),
        _told("ComplaintAnsweredOn", OrderKind.COMPLAINT, "COMPLAINT ANSWERED 12 Nov"),
    ),
    (
        _verb(r"complaint(?: taken up)?\b"),
        _told("ComplaintOn", OrderKind.COMPLAINT, "COMPLAINT TAKEN UP 12 Nov"),
    ),
    (_verb(r"legal advice\b"), _decision(Action.LEGAL_ADVICE)),
    (_verb(r"other legal(?: action)?\b"), _decision(Action.OTHER_LEGAL)),
    (_verb(r"legal action\b"), _decision(Action.LEGAL_ACTION)),
    (_verb(r"police\b"), _decision(Action.POLICE)),
    (_verb(r"block\b"), _decision(Action.BLOCK)),
    (_verb(r"host\b"), _decision(Action.HOST)),
    (_verb(r"(?:writing|write)\b"), _decision(Action.WRITING)),
    (
        _verb(
            r"(?:(?:the|we|i)(?:['\u2019](?:re|m)| are| am)? )?(?:still )?wait(?:ing)?\b"
            r"(?=\W*$|\W+(?:for|until|is over|over|ended|done|finished)\b)"
        ),
        _wait,
    ),
    (_verb(r"(?:close|outcome)\b"), _close),
    (_verb(r"procedure new\b"), _procedure),
)
"""By their first words, the more exact before the shorter."""
