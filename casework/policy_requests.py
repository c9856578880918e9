"""Requests for a copy of a policy: only where a message is nothing else, matched to the school's titles."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casework.intake import Report
from casework.policy_register.identity import name_of_policy
from casework.policy_register.policies import Policy

_LONGEST = 900
"""Characters: a request is short, and whoever writes more may be reporting something."""
_ASKS = (
    r"(?:could|can|may|might|would|please|pls)\b[^.?!\n]{0,60}\b(?:have|get|see|send|receive|forward|provide|share|email"
    r"|e-mail|read|obtain|supply|let (?:me|us) have)|(?:i|we)(?:'d| would) (?:like|love|be grateful)"
    r"|(?:i am|i'm|we are|we're) looking for|where (?:can|could|may|do) (?:i|we) (?:find|get|see|read)"
    r"|(?:request|requesting|asking for|copy of)\b|please (?:send|email)"
)
_POLICY = r"\b(?:polic(?:y|ies)|procedure|accessibility plan|code of conduct)\b"
_REQUEST = re.compile(rf"(?:{_ASKS})[^.!\n]{{0,120}}?{_POLICY}", re.IGNORECASE)
_SAYS_MORE = re.compile(
    r"\b(?:posted|posting|screenshot|comment(?:ed|s)?|threat\w*|abus\w+|bull(?:y|ied|ying)|broke|breach\w*|complain(?:ed|ing)?"
    r"|against (?:your|the) policy|seen (?:on|this)|happened|upset\w*|incident|lies?|lying|slander\w*|defam\w+)\b",
    re.IGNORECASE,
)
_COMPLAINTS_PROCEDURE = re.compile(r"\bcomplaints?\s+(?:policy|procedure)", re.IGNORECASE)
_NOTHING = (0, 0.0)
_WORDS_OF_ASKING = """
    please could can may might would have get see send receive forward copy like read me you your i we us thank many hello
    hi dear kind regard best wishes good morning afternoon is are it this that current find
"""
_OF_THE_REQUEST = frozenset(_WORDS_OF_ASKING.split())


def asks_for_policy(report: Report) -> bool:
    """Tells whether a message asks for a copy of a policy and for nothing else.

    Anything forwarded, attached, linked, or that may be a report, is left to intake: a report must never be lost.
    """
    if report.forwarded or report.attachments or report.links or report.platforms:
        return False
    text = _words_of(report)
    if _may_be_a_report(report, text):
        return False
    return len(text) <= _LONGEST and bool(_REQUEST.search(text)) and not _SAYS_MORE.search(text)


def _may_be_a_report(report: Report, text: str) -> bool:
    """Tells whether anything suggests a post; the word "complaints" in the name of the procedure does not."""
    suggested = report.suggested
    if suggested.threat or suggested.characteristics:
        return True
    names = {category.name for category in suggested.categories}
    if _COMPLAINTS_PROCEDURE.search(text):
        names.discard("complaint in public")
    return bool(names)


def policy_asked_for(report: Report, policies: Iterable[Policy]) -> Policy | None:
    """Gives the policy that a request means: the one whose title shares most words with it; None where none or two do."""
    return policy_meant(_words_of(report), policies)


def policy_meant(words: str, policies: Iterable[Policy]) -> Policy | None:
    """Gives the policy whose title shares most words with a text; None where none or two do."""
    wanted = set(name_of_policy(words).split()) - _OF_THE_REQUEST
    in_use = [policy for policy in policies if not (policy.is_lost or policy.is_retired)]
    scored = sorted(((_likeness(wanted, policy), policy.identity, policy) for policy in in_use), reverse=True)
    if not scored or scored[0][0] == _NOTHING:
        return None
    is_clear = len(scored) == 1 or scored[0][0] > scored[1][0]
    return scored[0][2] if is_clear else None


def _likeness(wanted: set[str], policy: Policy) -> tuple[int, float]:
    """How many words of the title, or of the file's name, were asked for, and which share of it they are."""
    names = (policy.title, policy.leader.path.rpartition("/")[2].rpartition(".")[0])
    kept = [words for name in names if (words := set(name_of_policy(name).split()))]
    return max(((len(wanted & words), len(wanted & words) / len(words)) for words in kept), default=_NOTHING)


def _words_of(report: Report) -> str:
    return " ".join(f"{report.subject}. {report.message}".split())
