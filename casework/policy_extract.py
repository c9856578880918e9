"""The passages of the school's policy on posts that a letter quotes, word for word from the document."""

from __future__ import annotations

import re

from casework.policy_documents import DocumentText, Where

MOST = 2
FEWEST_MARKS = 2
SHORTEST, LONGEST = 60, 700
"""Characters: a heading is no passage, and a page is none either."""

_ABOUT = (
    re.compile(
        r"\b(first step|first instance|in the first place|usually (discuss|speak|talk))", re.IGNORECASE
    ),
    re.compile(r"\b(remov\w+|taken? down|delet\w+)\b", re.IGNORECASE),
    re.compile(r"\b(in writing|discuss\w*|speak|talk|conversation)\b", re.IGNORECASE),
    re.compile(r"\b(social (network|media)|post(s|ed|ing)?|comments?|material|online)\b", re.IGNORECASE),
)


def passages_about_posts(document: DocumentText) -> tuple[str, ...]:
    """The paragraphs that speak of talking with a parent and of removal, in the document's order; none if none does.

    Only paragraphs that match at least two of the marks count, the best two are taken, and they are quoted whole.
    """
    scored = []
    for place, block in enumerate(document.blocks):
        text = " ".join(block.text.split())
        if block.where is Where.BODY and SHORTEST <= len(text) <= LONGEST:
            score = sum(1 for mark in _ABOUT if mark.search(text))
            scored.append((-score, place, text))
    best = sorted(entry for entry in scored if -entry[0] >= FEWEST_MARKS)[:MOST]
    return tuple(text for _, _, text in sorted(best, key=lambda entry: entry[1]))
