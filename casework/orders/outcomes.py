"""What came of a talk, in the words of whoever held it."""

from __future__ import annotations

import re

from casework.cases import TalkOutcome

_REFUSED = re.compile(
    r"\brefus(?:e[sd]?|ing|al)\b|\b(?:won['\u2019]?t|will not|would not|wouldn['\u2019]?t|not going to|not willing to)\s+"
    r"(?:\w+\s+){0,2}?(?:take|remove|delete|do|move)\b|\bsa(?:id|ys) no\b|\bdeclin(?:ed|es)\b",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(
    r"\bno (?:reply|answer|response|show)\b|\b(?:did not|didn['\u2019]?t|has not|hasn['\u2019]?t|never|not)\s+"
    r"(?:yet )?(?:repl(?:y|ied)|answer(?:ed)?|respond(?:ed)?|pick(?:ed)? up|call(?:ed)? back|come|turn(?:ed)? up)\b"
    r"|\bunanswered\b",
    re.IGNORECASE,
)
_REMOVED = re.compile(
    r"\b(?:removed|deleted)\b"
    r"|\b(?:took|taken|has taken|takes) (?:it|them|the \w+|that|everything|both)?\s*(?:down|off|away)\b"
    r"|\b(?:it is|it['\u2019]s|they are|post is|is|now) (?:now |all )?(?:gone|down|removed|deleted)\b|\bgone\b",
    re.IGNORECASE,
)
_NOT_DONE = re.compile(
    r"\b(?:will|would|going to|promis\w+|agree\w* to|asked (?:her|him|them)|wants? to|has to|must|should|might|may|not"
    r"|never"
    r"|n['\u2019]t|hasn['\u2019]?t|haven['\u2019]?t|isn['\u2019]?t|wasn['\u2019]?t|if|when|until|unless|before|tomorrow)\b"
    r"(?:\W+\w+){0,4}?\W+(?:removed?|deleted?|down|off|gone|away)\b",
    re.IGNORECASE,
)
DOUBT = re.compile(
    r"\?|\b(?:think|not sure|maybe|perhaps|unsure|might have|apparently|probably|possibly|don['\u2019]?t know)\b",
    re.IGNORECASE,
)


def outcome_said(text: str) -> TalkOutcome | None:
    """The one outcome that the words tell; None where they tell none, or two, or one with a doubt."""
    if DOUBT.search(text):
        return None
    refused = _REFUSED.search(text) is not None
    silent = _NO_REPLY.search(text) is not None
    rest = _REFUSED.sub(" ", text)
    removed = _REMOVED.search(rest) is not None and _NOT_DONE.search(rest) is None
    said = {TalkOutcome.REFUSED: refused, TalkOutcome.NO_REPLY: silent, TalkOutcome.REMOVED: removed}
    found = [outcome for outcome, told in said.items() if told]
    return found[0] if len(found) == 1 else None
