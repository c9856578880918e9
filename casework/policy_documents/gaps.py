"""Judges the words between a label and what may be its value."""

import re

from casework.policy_documents.labels import APPROVAL, WRITING, Label, Manner
from casework.policy_documents.spans import FoundDate
from casework.policy_documents.subjects import turns_away

LONGEST_GAP = {Manner.NOUN: 90, Manner.VERB: 120, Manner.LOOSE: 40}
_SHORT_TAIL = 40

# Words that may stand between a label and its date without changing what is meant.
_SMALL_WORDS = (
    r"in|on|by|during|the|of|at|to|for|from|and|or|is|was|will|be|a|an|end|start|beginning|early|mid|middle|late|before"
    r"|after|around|approx(?:imately)?|circa|no|not|later|than|least|date|dated|due|planned|next|full|whole|held|place|take"
    r"|governors?'?|governing|body|board|boards|committee|sub-?committee|fgb|lgb|lgc|lac|agc|gb|local|trust|trusts"
    r"|trustees?|directors?|council|head|teacher|headteacher|principal|chair|staff|slt|smt|academic|school|year|term"
    r"|summer|policy|document|this|version|v|ver|issue|number|annually|yearly|annual|review(?:ed)?|every|years?|months?"
    r"|finance|resources|curriculum|standards|personnel|pupil|welfare|meeting|meetings|our|their|its|month|approved"
    r"|agreed|ratified|time|again|then|when|with|effect|subject|amendments?|minor|major"
)
_FILLER = re.compile(
    rf"(?:[\s:;,.=|()\[\]\"'*>/&\u2022-]|\b(?:{_SMALL_WORDS})\b|\b[vV]?\d{{1,2}}(?:\.\d{{1,2}})*\b(?![/-]))*+",
    re.IGNORECASE,
)
# All of a line that is nothing but a value: filler, and the words that dates and cycles are made of.
_VALUE = re.compile(
    rf"(?:\d\s?(?:st|nd|rd|th)\b|[^A-Za-z]|\b(?:{_SMALL_WORDS})\b|v(?=\d)"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|aut|spr|sum|mic|chr|len|hil|eas|tri|win"
    r"|fal|year|term|month|half|ann|bi|quarter|every|each|with|once|per\b|cycle|rolling|period|basis|interval|programme"
    r"|rotation|review|other|second|third|fourth|one|two|three|four|five|six|seven|ten|twelve|eighteen|twenty|thirty)[A-Za-z]*)*+",
    re.IGNORECASE,
)
# A date may be followed by when it would not stand: "September 2020 - unless the law changes before".
_QUALIFIED = re.compile(
    r"(?<=\w\w)\s*[-,(]\s*(?:unless|or\s+(?:earlier|sooner|before)|subject\s+to|if)\b", re.IGNORECASE
)
# A reservation in brackets between a label and its date: "Next review (or sooner if the law changes): March 2026".
_RESERVED = re.compile(r"\((?:or|unless|if|subject\s+to)\b[^()\d]{0,80}\)", re.IGNORECASE)
# What a law of a year stands in, before the date itself: "reviewed in line with the Equality Act 2010 in May 2024".
_BY_THE_LAW = re.compile(
    r"\b(?:in\s+(?:line|accordance|keeping)\s+with|following|to\s+reflect)\b[^.;:]{1,80}?\b20\d\d\)?(?=,?\s+(?:in|on)\s*(?:the\s*)?$)",
    re.IGNORECASE,
)
# "prepared by Mr A Oak, Site Manager, May 2025"
_BY_SOMEBODY = re.compile(
    r"\s+by\s+(?:the\s+|our\s+)?[A-Z][\w.'-]*(?:,?\s+(?:(?:and|of|the|for|&)\s+)?[A-Z][\w.'&/-]*){0,7}\)?,?\s+(?:in\s+|on\s+|dated?:?\s+)?"
)
_BREAK = re.compile(
    r"(?<![ .][A-Za-z])(?<!\bSept)(?<!\bMrs)(?<!\bMr)(?<!\bMs)(?<!\bDr)(?<!\bRev)(?<!\bSt)[.!?]\s+(?=[A-Z])"
)
_NEXT_OF_LIST = re.compile(r"[\s,;/&+-]*(?:(?:and|then)\s+)?(?:\([^)\d]{0,30}\))?[\s,;/&+-]*", re.IGNORECASE)
_UNSURE = re.compile(
    r"[\s:=|(-]*(?P<words>tbc|tba|t\.b\.c|to\s+be\s+(?:confirmed|agreed|decided|advised|announced|arranged)|n/?a"
    r"|not\s+applicable|none|ongoing|on-going|pending|awaiting\s+\w+"
    r"|as\s+(?:and\s+when|required|needed|necessary|practice\s+changes|appropriate)[\w ]*"
    r"|when\s+(?:required|needed|necessary)|(?:dd|xx)[./-](?:mm|xx)[./-](?:yy|xx)\w*|\w+\s+20[x?]{2}|x{2,})(?!\w)",
    re.IGNORECASE,
)


def is_filler(words: str) -> bool:
    """Tells whether the words add nothing: punctuation, prepositions, "by the Governing Body"."""
    return _FILLER.fullmatch(words) is not None


def may_be_value(words: str) -> bool:
    """Tells quickly whether a line may be nothing but a date, a cycle or "TBC", with or without filler."""
    if _VALUE.fullmatch(words) or _UNSURE.match(words):
        return True
    return find_qualifier(words) is not None


def find_qualifier(words: str) -> re.Match[str] | None:
    """Finds where a line goes on to say when its date would not stand ("September 2020 - unless the law changes")."""
    return _QUALIFIED.search(words)


def has_break(words: str) -> bool:
    """Tells whether a sentence ends within the words."""
    return _BREAK.search(words) is not None


def is_near(label: Label, gap: str, date: FoundDate) -> bool:
    """Tells whether a date so far from a label is the label's; a weak form must stand right beside it."""
    gap = _RESERVED.sub(" ", gap) if "(" in gap else gap
    gap = _BY_THE_LAW.sub(" ", gap) if "20" in gap else gap
    if is_filler(gap):
        return True
    if label.rank == WRITING and not date.weak and _BY_SOMEBODY.fullmatch(gap):
        return True
    if date.weak or label.rank > APPROVAL or (label.manner is Manner.VERB and "\n" in gap):
        return False
    return may_lead(label, gap)


def may_lead(label: Label, gap: str) -> bool:
    """Tells whether a label may still speak after such a gap."""
    return len(gap) <= LONGEST_GAP[label.manner] and not has_break(gap) and not turns_away(gap)


def lists_on(gap: str) -> bool:
    """Tells whether a further date belongs to the same label ("Reviewed: May 2021, May 2022 and May 2023")."""
    return _NEXT_OF_LIST.fullmatch(gap) is not None


def ends_open(rest: str) -> bool:
    """Tells whether a label may wait for a value below it, although these words follow it."""
    return len(rest) <= _SHORT_TAIL and not re.search(r"\d{2}", rest) and not has_break(rest)


def find_unsure(text: str, start: int, end: int) -> str | None:
    """Gives words such as "TBC" or "as required" that stand where a date should be."""
    said = _UNSURE.match(text, start, end)
    return said["words"] if said else None
