"""Hiding who reported: what their names and addresses look like, and a text without them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeAlias
from urllib.parse import unquote

Person: TypeAlias = tuple[str, str]
"""A name and an address; either may be empty."""

MARK = "[name withheld]"
"""What stands in a redacted copy where a name was."""
SHORTEST_PART = 3
"""Letters of a part of a name that is worth hiding wherever it stands; a shorter one is hidden as it is written."""
SURE_PART = 4
"""Letters of a part of a name that, seen in a file, keeps the file out of the case's folder."""
_NO_NAMES = frozenset(
    {"mrs", "miss", "the", "and", "school", "office", "mail", "email", "info", "post", "facebook", "home", "parent",
     "parents", "contact", "admin", "enquiries", "via", "from", "for", "prof", "rev", "dr", "mr", "ms", "mx"}
)  # fmt: skip
"""Words that stand in names and addresses and say nothing of who it is."""
_SHORT_WORDS = frozenset(
    {"am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is", "it", "me", "my", "no", "of", "oh", "ok",
     "on", "or", "pm", "so", "to", "uk", "up", "us", "we"}
)  # fmt: skip


def without_people(text: str, people: Iterable[Person], *, label: str) -> str:
    """The text with every name and address of these people replaced by the label.

    Args:
        text: what was reported, or a file's name.
        people: parts of a name of three letters and more are replaced too, in whatever case; two letters only
            where they are written as in the name.
        label: such as "Reporter A".
    """
    shown = unicodedata.normalize("NFC", text)
    whole, exact = _words_of(people)
    if found := _at_hand(whole, shown):
        shown = _standing_alone(found, re.IGNORECASE).sub(f"[{label}]", shown)
    if found := _at_hand(exact, shown):
        shown = _standing_alone(found, re.NOFLAG).sub(f"[{label}]", shown)
    return shown


def _at_hand(words: Iterable[str], text: str) -> set[str]:
    """Those that can be in the text at all: making a pattern of all of them costs more than reading most texts."""
    plain = _same_letters(text)
    return {word for word in words if _same_letters(word) in plain}


def _same_letters(text: str) -> str:
    """Letters that a search without regard to case takes for the same, as one; the Turkish i is such a letter too."""
    return text.casefold().replace("i\u0307", "i").replace("\u0131", "i")


def names_in(listed: Iterable[str]) -> tuple[Person, ...]:
    """Names and addresses that somebody listed, each once: apart by lines, semicolons or commas."""
    entries = (entry.strip() for line in listed for entry in re.split(r"[;,\r\n]+", line))
    return tuple(dict.fromkeys(("", entry) if "@" in entry else (entry, "") for entry in entries if entry))


def with_names_withheld(text: str, people: Iterable[Person]) -> tuple[str, int]:
    """The text with the mark wherever one of these names stands, and in how many places that is."""
    label = MARK.strip("[]")
    before = text.count(MARK)
    shown = without_people(text, people, label=label)
    return shown, shown.count(MARK) - before


def names_pattern(people: Iterable[Person]) -> re.Pattern[str] | None:
    """What gives one of these people away in a file; None where they have neither name nor address."""
    words, _ = _words_of(people)
    sure = {word for word in words if len(word) >= SURE_PART}
    return _standing_alone(sure, re.IGNORECASE) if sure else None


def shows_address(link: str, people: Iterable[Person]) -> bool:
    """True if a link carries the address of one of these people, as the links of newsletters and notices do."""
    decoded = unquote(unquote(link)).casefold()
    return any(address and address.casefold() in decoded for _, address in people)


def _words_of(people: Iterable[Person]) -> tuple[set[str], set[str]]:
    """What to look for in any case, and what only as it is written."""
    whole: set[str] = set()
    exact: set[str] = set()
    for name, address in people:
        parts = _parts(name)
        whole |= {address, name, "".join(parts), "".join(reversed(parts)), *parts, *_personal(address, name)}
        exact |= {
            part for part in parts if len(part) == SHORTEST_PART - 1 and part.casefold() not in _SHORT_WORDS
        }
    kept = {unicodedata.normalize("NFC", word) for word in whole if len(word) >= SHORTEST_PART}
    return {word for word in kept if word.casefold() not in _NO_NAMES and not word.isdigit()}, exact


def _personal(address: str, name: str) -> set[str]:
    """Words before the "@" that name a person: "rosa.vale", and any where no name is known; not "teacher"."""
    local = address.partition("@")[0]
    parts = _parts(local)
    return {local, *parts} if len(parts) > 1 or not name else set()


def _parts(name: str) -> list[str]:
    return [part for part in re.split(r"[\s,.()'\"_\d+-]+", name) if part]


def _standing_alone(words: Iterable[str], flags: re.RegexFlag) -> re.Pattern[str]:
    """Any of the words where no letter touches it: "Vale_2.png" shows Vale, "valet" does not."""
    longest_first: Sequence[str] = sorted(words, key=lambda word: (-len(word), word))
    either = "|".join(re.escape(word) for word in longest_first)
    return re.compile(rf"(?<![^\W\d_])(?:{either})(?![^\W\d_])", flags)
