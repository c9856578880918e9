"""Reading a letter for faults before a draft exists: what must not leave the school."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LEFT_OVER = re.compile(r"\{\{|\}\}|\{%|%\}")


def find_faults(text: str, *, reporters: Iterable[tuple[str, str]], recipient: str) -> tuple[str, ...]:
    """Sentences that name each fault, without repeating what must not be shown.

    Args:
        text: of the letter, as a reader sees it.
        reporters: (name, address) of everybody who reported or wrote what was reported.
        recipient: to whom the mail with the letter goes.
    """
    faults = []
    shown = " ".join(text.split()).casefold()
    for name, address in reporters:
        if address and address.casefold() == recipient.casefold():
            faults.append("It would go to somebody who reported this case: check ParentEmail.")
        if _stands_in(shown, name) or (address and address.casefold() in shown):
            faults.append("It shows who reported this case, by full name or by address.")
    if _LEFT_OVER.search(text):
        faults.append("A tag of the template was left over in it.")
    return tuple(dict.fromkeys(faults))


def _stands_in(shown: str, name: str) -> bool:
    """A full name counts; a surname alone may be the parent's too."""
    words = [word for word in re.split(r"[\s,.]+", name.casefold()) if word]
    if len(words) == 1 or not words:
        return False
    forward = r"\W+".join(re.escape(word) for word in words)
    return re.search(rf"(?<!\w){forward}(?!\w)", shown) is not None
