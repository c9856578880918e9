"""Tells whether a label speaks of the policy, by the words of its clause."""

import re
from collections.abc import Sequence

from casework.policy_documents.gaps import has_break
from casework.policy_documents.labels import BARE_DATE, WRITING, Kind, Label, Manner
from casework.policy_documents.spans import FoundDate
from casework.policy_documents.subjects import speaks_of_another, speaks_of_the_policy
from casework.policy_documents.words import has_any, has_digit

_BOUNDARY = re.compile(r"[\t\n:;|\u2022]|[.!?]\s+(?=[A-Z])|\s-\s")
_SIGNED = re.compile(r"\bsign(?:ed|ature|atory)\b", re.IGNORECASE)
_OF_PAPERS = re.compile(r"renew|expir|valid|update", re.IGNORECASE)
_HALF_SENTENCE = re.compile(
    r"[\s,;&(/-]*(?:(?:and|then|but|or|which|next|to|is|it|annually|yearly|termly)\b[\s,;]*)*", re.IGNORECASE
)
_ENTRY = re.compile(r"\s*(?:on|by)?\s*:")
# What stands between commas or brackets and leads away from the subject, to which the sentence comes back.
_ASIDE = re.compile(
    r"\([^()]*\d{2}[^()]*\)"
    r"|,\s+(?:which|in\s+(?:line|accordance|keeping|conjunction)\s+with|following|under|as\s+required|pursuant|together\s+with"
    r"|like|based\s+on|read\s+with|written\s+(?:to|under|for))\b[^,;]{1,120},(?=\s+(?:and\s+)?(?:is|was|will|shall|must|should|has|falls)\b)"
    # "amended in May 2025 following a law of that year and is scheduled to be reviewed in May 2026"
    r"|\s(?:following|in\s+(?:line|accordance|keeping)\s+with|in\s+(?:the\s+)?light\s+of|to\s+reflect)\s[^,;]{1,80}?(?=\s+and\s+(?:is|was|will|shall|must|should)\b)"
)
# "Committee: Pupils and Curriculum" names who decides, not what is decided.
_COMMITTEE = re.compile(r"\bcommittee\s*[:|\t]\s*$", re.IGNORECASE)
# "Behaviour support plan for a pupil." stands like a title above the dates of that plan.
_PLAN_FOR_ONE = re.compile(
    r"(?:(?!is\b|are\b|will\b|has\b)[\w'&-]+\s+){0,4}plans?\b(?:\s+(?!is\b|are\b|will\b|has\b)[\w'&-]+){0,4}?\s+(?:child|pupil|student)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(r"\s*(?:it|its|they|their|these)\b", re.IGNORECASE)
_OF_THE_SCHOOL = ("polic", "procedure", "statement", "document", "scheme", "plan ")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z])")
_MAY_HOLD_ASIDE = re.compile(r"[(,]| (?:following|line|accordance|keeping|light|reflect) ")
_TERSE = ("next", "due", "due date", "next planned", "next scheduled")
_OF_POLICIES = ("review", "polic", "approv", "agreed", "ratif", "adopt", "rev.", "rev ")
_FEW_WORDS = 4
_LONG_CLAUSE = 12


def may_speak(
    label: Label, text: str, dates: Sequence[FoundDate], before: Label | None, *, among_reviews: bool
) -> bool:
    """Tells whether a label may give a date of the policy's.

    Args:
        label: The label.
        text: Its line.
        dates: The dates of the line.
        before: The label before it in the line that did speak of the policy.
        among_reviews: Whether the line also has a label of a review, as a policy's own header has.
    """
    clause = _without_asides(_clause(label, text))
    if label.manner is Manner.NOUN and label.rank == 1 and _ENTRY.match(text, label.end):
        clause = _near(_after_value(clause, text, label, dates))
    terse = label.text.lower() in _TERSE and before is None and not has_any(text.lower(), _OF_POLICIES)
    if terse or speaks_of_another(label.text) or speaks_of_another(clause):
        return False
    if _points_back(clause, text, label) or _names_another_entry(label, text):
        return False
    if label.rank >= BARE_DATE:
        alone = not _without_dates(clause, text, label, dates)
        of_writer = before is not None and before.rank == WRITING
        return (alone or among_reviews or of_writer) and not _SIGNED.search(text, 0, label.start)
    if before is not None and _HALF_SENTENCE.fullmatch(_since(before, text, label, dates)):
        return True
    if speaks_of_the_policy(f"{clause} {label.text}"):
        return True
    words = _without_dates(clause, text, label, dates).split()
    return (
        not words
        or _ENTRY.match(text, label.end) is not None
        or _may_speak_after(words, label, bracketed="(" in clause and not among_reviews)
    )


def goes_on_about_another(before: Label, label: Label, text: str, dates: Sequence[FoundDate]) -> bool:
    """Tells whether a label goes on with the half sentence of one that speaks of something else.

    In "Training: last updated July 2024, next due July 2026" neither date is the policy's.
    """
    return (
        _ENTRY.match(text, label.end) is None
        and _HALF_SENTENCE.fullmatch(_since(before, text, label, dates)) is not None
        and speaks_of_another(_clause(before, text))
    )


def _points_back(clause: str, text: str, label: Label) -> bool:
    """Tells whether a clause goes on about the other matter of the sentence before it.

    As in "Ofsted visited us in March. Its report was published in May.".
    """
    if not _POINTS_BACK.match(clause):
        return False
    before = text[: label.start - len(clause)] if text[: label.start].endswith(clause) else ""
    *_, last = _SENTENCE_END.split(before.rstrip(" .!?")) if before.strip() else ("",)
    return speaks_of_another(last) and not has_any(last.lower(), _OF_THE_SCHOOL)


def _names_another_entry(label: Label, text: str) -> bool:
    """Tells whether a label goes on with another entry ("Prevent: trained in May 2024, next due May 2026")."""
    if label.text[:1].isupper() or _ENTRY.match(text, label.end) is not None:
        return False
    start = max(text.rfind(mark, 0, label.start) for mark in "\t\n;|")
    name, colon, rest = text[start + 1 : label.start].partition(":")
    few = len(name.split()) <= (_FEW_WORDS if has_digit(name) else 2 * _FEW_WORDS) and not has_break(rest)
    return bool(colon) and few and speaks_of_another(name) and not speaks_of_the_policy(rest)


def _without_asides(clause: str) -> str:
    """Leaves out brackets with a date, and asides as in "This policy, in line with the Act, is ..."."""
    return _ASIDE.sub(" ", clause) if _MAY_HOLD_ASIDE.search(clause) else clause


def _may_speak_after(words: list[str], label: Label, *, bracketed: bool) -> bool:
    """Judges a clause that names neither the policy nor anything else known."""
    if label.kind in (Kind.REVIEW, Kind.CYCLE, Kind.TITLE):
        return True
    if label.kind is Kind.NEXT:
        short = len(words) <= 2 * _FEW_WORDS
        return label.manner is Manner.NOUN or (short and label.text.lower().startswith("to "))
    if label.manner is Manner.NOUN:
        return True
    return len(words) <= _FEW_WORDS and not bracketed and label.rank < WRITING


def _clause(label: Label, text: str) -> str:
    """Gives the words before a label, back to the last boundary; papers that expire also by what stands before that."""
    ends = (boundary.end() for boundary in _BOUNDARY.finditer(text))
    starts = [0, *(end for end in ends if end <= label.start)]
    clause = text[starts[-1] : label.start]
    if _COMMITTEE.search(text, 0, starts[-1]):
        return ""
    if clause.strip() or len(starts) == 1:
        return clause
    before = text[starts[-2] : starts[-1]]
    if _COMMITTEE.search(text, 0, starts[-2]):
        return clause
    crosses = before.endswith("\t") or _OF_PAPERS.search(label.text) or _PLAN_FOR_ONE.match(before)
    return before if crosses and speaks_of_another(before) and not re.search(r"\d{2}", before) else clause


def _after_value(clause: str, text: str, label: Label, dates: Sequence[FoundDate]) -> str:
    """Leaves out the value of the entry before, up to its date ("Agreed: governors in July 2024 Next review: ...")."""
    if not label.text[:1].isupper():
        return clause
    begin = label.start - len(clause)
    ends = [date.end for date in dates if begin <= date.start and date.end <= label.start and date.value]
    return text[max(ends, default=begin) : label.start] if text[begin : label.start] == clause else clause


def _near(clause: str) -> str:
    """Cuts a long clause before an entry ("Next review:") to its last words: the entries before it had no marks."""
    words = clause.split(" ")
    return clause if len(words) <= _LONG_CLAUSE else " ".join(words[-_FEW_WORDS:])


def _without_dates(clause: str, text: str, label: Label, dates: Sequence[FoundDate]) -> str:
    begin = label.start - len(clause)
    for date in reversed(dates):
        if begin <= date.start and date.end <= label.start and text[begin : label.start] == clause:
            clause = clause[: date.start - begin] + clause[date.end - begin :]
    return clause.strip(" ,()/&-.")


def _since(before: Label, text: str, label: Label, dates: Sequence[FoundDate]) -> str:
    """Gives the words between the value of the label before and this label."""
    ends = [date.end for date in dates if before.end <= date.start and date.end <= label.start]
    return text[max(ends, default=before.end) : label.start]
