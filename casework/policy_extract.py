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


_LIST_BEGINS = re.compile(
    r"\b(?:inappropriate|unacceptable|not acceptable|not appropriate"
    r"|(?:ask|expect)\b.{0,40}\bnot to|(?:do|must|should|may) not)\b"
    r"[^:]{0,200}:$",
    re.IGNORECASE | re.DOTALL,
)
"""A list of what should not be posted begins here."""
LONGEST_ITEM, MOST_ITEMS = 450, 14
_SEVERAL_SENTENCES = re.compile(r"[.!?]\s+[A-Z]")
"""A paragraph behind the list, and no item of it."""
_CATEGORIES = {
    "allegation or cyber-bullying": r"allegations?|accusations?|cyber[ -]?bullying",
    "allegation about staff": r"allegations?|accusations?",
    "allegation about a pupil": r"allegations?|accusations?",
    "cyber-bullying": r"cyber[ -]?bullying",
    "complaint in public": r"complaints?|complaining",
    "defamatory statement": r"defamat\w+|libel\w*|slander\w*|untrue",
    "inaccurate or offensive comment": r"inaccurate|offensive|insult\w*|ridicul\w+|hurtful",
    "protected characteristic": r"protected characteristics?|denigrat\w+|race|disabilit\w+|religion|faith",
    "threat of violence": r"threat\w*|violen\w+",
}
"""By which words a sentence of the list is known to be about a category of the register."""


def sentences_on_categories(document: DocumentText) -> tuple[tuple[str, str], ...]:
    """What the policy itself says of each category, word for word, with the words that introduce its list first.

    Returns:
        ("", the introduction), then (category, sentence) for each category that the list speaks of; nothing where
        the document has no such list.
    """
    texts = [" ".join(block.text.split()) for block in document.blocks if block.where is Where.BODY]
    for place, text in enumerate(texts):
        if _LIST_BEGINS.search(text):
            found = _on_categories(texts[place + 1 : place + 1 + MOST_ITEMS])
            if found:
                return (("", _last_sentences(text)), *found)
    return ()


def _on_categories(following: list[str]) -> tuple[tuple[str, str], ...]:
    items: list[str] = []
    for text in following:
        if len(text) > LONGEST_ITEM or _SEVERAL_SENTENCES.search(text):
            break
        items.append(re.sub(r"^(?:[-\u2022\u2013*o\uf0b7]|\(?\w{1,2}[.)])\s+", "", text))
        if text.endswith(".") and any(item.endswith((",", ";")) for item in items):
            break  # of items that end with commas, the one with a full stop is the last
    found = []
    for category, words in _CATEGORIES.items():
        said = next((item for item in items if re.search(rf"\b(?:{words})\b", item, re.IGNORECASE)), None)
        if said:
            found.append((category, said))
    return tuple(found)


def _last_sentences(text: str) -> str:
    """The introduction without what stands before its last two sentences, if it is long."""
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return text if len(text) <= LONGEST_ITEM else " ".join(sentences[-2:])


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
