"""The passages of the school's policy on posts that a letter quotes, word for word from the document."""

from __future__ import annotations

import re

from casework.policy_documents import DocumentText, Where

MOST = 2
SHORTEST, LONGEST = 60, 700
"""Characters: a heading is no passage, and a page is none either."""

_TALK = r"(?:talk|conversation|discuss\w*|speak|meet\w*|invite\w*)"
_GONE = r"(?:remov\w+|tak(?:e|en|ing) (?:it |them |this )?down|delet\w+)"
_MARKS = (
    re.compile(rf"\bfirst\b.{{0,120}}\b{_TALK}\b|\b{_TALK}\b.{{0,80}}\bfirst\b", re.IGNORECASE | re.DOTALL),
    re.compile(rf"\b(?:ask|request)\w*\b.{{0,120}}\b{_GONE}", re.IGNORECASE | re.DOTALL),
    re.compile(rf"\b(?:in writing|write to|letter)\b.{{0,160}}\b{_GONE}", re.IGNORECASE | re.DOTALL),
)
"""A conversation comes first; removal is asked for; removal is asked for in writing."""


def passages_about_posts(document: DocumentText) -> tuple[str, ...]:
    """The paragraphs that speak of talking first and of asking for removal, in the document's order.

    Those that bear most marks are taken, at most two, and quoted whole; none if none bears any.
    """
    scored = []
    for place, block in enumerate(document.blocks):
        text = " ".join(block.text.split())
        if block.where is Where.BODY and SHORTEST <= len(text) <= LONGEST:
            score = sum(1 for mark in _MARKS if mark.search(text))
            scored.append((-score, place, text))
    best = sorted(entry for entry in scored if entry[0] < 0)[:MOST]
    return tuple(text for _, _, text in sorted(best, key=lambda entry: entry[1]))
