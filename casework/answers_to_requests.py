"""What a reply to a request for approval says, understood as people write it and never guessed.

An approval is one only if every clause of the answer is known to approve or to mean nothing; an answer with a condition,
a question or anything else beside the approval is asked back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from casework.answer_words import (
    APPROVES,
    CHANGE,
    CONDITION,
    DISCLAIMER,
    GREETS,
    LATER,
    NO_SIGNS,
    NOT_A_NAME,
    REACTION,
    REJECT,
    REMARKS,
    SEEN,
    YES_SIGNS,
)

LONGEST_WHY = 2000
LONGEST_READ = 20_000


class Answer(StrEnum):
    """What a reply to a request says."""

    APPROVE = "approve"
    CHANGE = "change"
    REJECT = "reject"
    UNCLEAR = "unclear"


class Doubt(StrEnum):
    """Why an answer decides nothing, in a sentence to whoever wrote it."""

    NOTHING_SAID = "There was neither APPROVE nor CHANGE nor REJECT in your answer."
    CONDITION = "There was more in your answer than an approval, and an approval takes no conditions."
    NO_WORDS = "You did not say what should be different."
    REACTION = "You reacted to the mail with a symbol, which is easily done by accident."
    LATER = "You wrote that it should wait, so it waits."
    SEVERAL = "Your answer named more than one request."


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadAnswer:
    """An answer as understood.

    Attributes:
        why: the approver's words about a change or a rejection.
        doubt: with UNCLEAR, why nothing was decided.
    """

    answer: Answer
    why: str = ""
    doubt: Doubt | None = None


def read_answer(own_text: str) -> ReadAnswer:
    """Read a reply's own words: without quoted history; a signature may still stand below them."""
    said, below = _said_and_signature(_plain(own_text[:LONGEST_READ]))
    if REACTION.search(said):
        return _unclear(Doubt.REACTION, said)
    clauses = list(_clauses(said))
    if not any(_approves(clause) for clause in clauses):
        return _without_approval(said)
    if _nothing_but_approval(clauses) and not _takes_back(below):
        return ReadAnswer(answer=Answer.APPROVE)
    if CHANGE.match(said) or REJECT.match(said) or LATER.match(said):
        return _without_approval(said)
    return _unclear(Doubt.CONDITION, said)


def _nothing_but_approval(clauses: list[str]) -> bool:
    """True if every clause approves or means nothing. A bare "yes" beside "I have seen it" may be all that is meant."""
    seen = [clause for clause in clauses if SEEN.fullmatch(clause)]
    others = [clause for clause in clauses if clause not in seen]
    plainly = any(_approves(clause) and not _YES.fullmatch(clause) for clause in others)
    return all(_approves(clause) or _is_harmless(clause) for clause in others) and (plainly or not seen)


_YES = re.compile(r"(?:yes|yep|yeah|yup|aye)", re.IGNORECASE)


def _without_approval(said: str) -> ReadAnswer:
    if LATER.match(said):
        return _unclear(Doubt.LATER, said)
    if any(sign in said for sign in NO_SIGNS):
        said = re.sub(f"^[\\s{NO_SIGNS}]+", "reject ", said)
    for pattern, answer in ((REJECT, Answer.REJECT), (CHANGE, Answer.CHANGE)):
        match = pattern.match(said)
        if match:
            return _with_words(answer, said, match)
    conditional = _SEEMS_TO_APPROVE.search(said) and CONDITION.search(said)
    return _unclear(Doubt.CONDITION if conditional else Doubt.NOTHING_SAID, said)


_SEEMS_TO_APPROVE = re.compile(
    r"\b(?:approv\w+|yes|ok|okay|fine|happy|go ahead|send|agreed?|good to go)\b", re.IGNORECASE
)


def _with_words(answer: Answer, said: str, match: re.Match[str]) -> ReadAnswer:
    """A change or a rejection needs words: what only thanks or nothing follows is asked back."""
    rest = said[match.end() :] if match["word"] else said
    why = _joined(_PLACEHOLDER.sub("", rest)).strip(" :,.!-\u2013\u2014")
    words = [
        clause for clause in _clauses(why) if not _is_harmless(clause) and not _SAYS_NOTHING.fullmatch(clause)
    ]
    if not words:
        return _unclear(Doubt.NO_WORDS, "")
    return ReadAnswer(answer=answer, why=why[:LONGEST_WHY])


_SAYS_NOTHING = re.compile(r"as (?:it )?(?:is|stands)|yet|this|it|that|the letter|\u00bf", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\(write here[^)]*\)", re.IGNORECASE)
"""What the buttons of the request put where the approver's words belong."""


def _unclear(doubt: Doubt, said: str) -> ReadAnswer:
    return ReadAnswer(answer=Answer.UNCLEAR, why=_joined(said)[:LONGEST_WHY], doubt=doubt)


_MODIFIERS = dict.fromkeys(
    [0xFE0F, 0xFE0E, 0x200B, 0x200D, 0x200E, 0x200F, 0xFEFF, 0xAD, *range(0x1F3FB, 0x1F400)]
)
_SPELLED = re.compile(
    r":(?:thumbs_?up|\+1|white_check_mark|heavy_check_mark):|\(y\)|\[thumbs up\]", re.IGNORECASE
)


def _plain(text: str) -> str:
    """Without skin tones, marks nobody sees and the stars of bold type; one kind of apostrophe and space."""
    text = text.translate(_MODIFIERS).replace("\u2019", "'").replace("\u2018", "'").replace("\u00a0", " ")
    text = _SPELLED.sub(YES_SIGNS[0], text.replace("\r\n", "\n").replace("\r", "\n"))
    return re.sub(r"(?<![\w*])[*_~\"\u201c]+(?=\w)|(?<=[\w.!,])[*_~\"\u201d]+(?!\w)", "", text).strip()


def _joined(text: str) -> str:
    return " ".join(text.split())


_MARK = re.compile(r"^(?:--|\u2014|__)\s*$")
_DEVICE = re.compile(
    r"^(?:sent|get)\b.{0,40}\b(?:iphone|ipad|android|outlook|samsung|galaxy|mobile|phone|mail|yahoo|blackberry|windows|device|pixel|huawei)\b.{0,80}$",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"^(?:(?:kind(?:est)?|best|warm(?:est)?|many|with|very|yours|all)\s+){0,3}"
    r"(?:regards|wishes|sincerely|faithfully|truly|kr|kind regards|bw|best)\s*[,.!]*(?:\s+[A-Z][\w.'-]*){0,3}$",
    re.IGNORECASE,
)
_ROLES = re.compile(
    r"^(?:acting |interim |executive |deputy |co-?)*"
    r"(?:head(?:teacher|master|mistress| teacher)?|principal|deputy"
    r"|chair(?: of (?:the )?governors)?|ht|dht)\b[^?]{0,40}$",
    re.IGNORECASE,
)
_NAME = re.compile(r"^(?:(?:[A-Z]\.?|[A-Z][\w'\u2019-]+|x+|\([A-Z][\w /]+\))(?:\s+|$)){1,5}$")


def _said_and_signature(text: str) -> tuple[str, str]:
    """What was said, and what stands below it: a closing, a name, a device's line, a disclaimer."""
    lines = text.split("\n")
    spoken = False
    for at, line in enumerate(lines):
        words = line.strip()
        if not words:
            continue
        if _MARK.match(words) or _DEVICE.match(words) or (spoken and _ends(words)):
            return "\n".join(lines[:at]).strip(), "\n".join(lines[at + 1 :])
        spoken = True
    return text.strip(), ""


def _ends(line: str) -> bool:
    return bool(_CLOSES.match(line) or DISCLAIMER.search(line) or _is_name(line) or _ROLES.match(line))


def _is_name(line: str) -> bool:
    known = APPROVES.fullmatch(line.strip(" .!")) or REMARKS.fullmatch(line.strip(" .!"))
    words = line.strip(" ,")
    return (
        not known
        and bool(_NAME.match(words))
        and not NOT_A_NAME.search(words)
        and not CONDITION.search(words)
    )


_HARMLESS_LINE = re.compile(
    r"^\W*please (?:consider|think|excuse|forgive|note|do not (?:print|reply)|don't (?:print|reply))\b"
    r"|^\W*(?:i|we) (?:only )?(?:work|am in|do not work|don't work)\b"
    r"|\b(?:office hours|working (?:days|hours|pattern)|typos?|brevity)\b",
    re.IGNORECASE,
)
_AFTERTHOUGHT = re.compile(
    r"^\W*(?:p\.?\s?p?\.?s\b|(?:just |actually|one (?:more )?thing|also|oh\b|wait|hold|but|please"
    r"|can|could|don't|do not|not|no\b|only|if|unless|once"
    r"|change|remove|take|add|make|delete|amend|correct|leave)\b)",
    re.IGNORECASE,
)


def _takes_back(below: str) -> bool:
    """True if something is said after all below the signature ("PS please change the date")."""
    for line in below.split("\n"):
        if DISCLAIMER.search(line):
            return False
        if _HARMLESS_LINE.search(line):
            continue
        if _AFTERTHOUGHT.match(line) or line.rstrip().endswith("?"):
            return True
    return False


_SIGNS = (
    f"[{YES_SIGNS}{NO_SIGNS}\u2764\u2763\U0001f600-\U0001f64f\U0001f389\U0001f44f\U0001f91d\U0001f4af\u263a]"
)
_BREAKS = re.compile(
    rf"({_SIGNS})|\s*(?:[\n;,!:\u2013\u2014()]|\.(?!\w)|\s-+\s|-{{2,}}|/\s|\b(?:and|so|then)\b)\s*",
    re.IGNORECASE,
)


def _clauses(said: str) -> Iterator[str]:
    """The text between stops, "and" and symbols; a question mark stays with nothing, and is a clause of its own."""
    marked = said.replace("?", " \u00bf, ")
    for piece in _BREAKS.split(marked):
        clause = (piece or "").strip(" .'\"")
        if clause:
            yield clause


def _approves(clause: str) -> bool:
    """True for a clause that approves, with or without a "yes" before it."""
    after_yes = re.sub(r"^(?:yes|yep|yeah|yup)\s+", "", clause, flags=re.IGNORECASE)
    return clause in YES_SIGNS or bool(APPROVES.fullmatch(clause) or APPROVES.fullmatch(after_yes))


def _is_harmless(clause: str) -> bool:
    is_symbol = bool(re.fullmatch(_SIGNS, clause)) and clause not in NO_SIGNS
    to_somebody = re.sub(r"(?<=\w)\s+[A-Z][a-z]+$", "", clause)
    is_remark = REMARKS.fullmatch(clause) or (
        _THANKS.fullmatch(to_somebody) and not NOT_A_NAME.search(clause)
    )
    return is_symbol or bool(is_remark or GREETS.fullmatch(clause))


_THANKS = re.compile(r"(?:many )?(?:thanks|thank you|cheers|ta)", re.IGNORECASE)
