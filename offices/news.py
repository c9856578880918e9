"""What happened since it was last told, in plain words, for the terminal."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from casework.plain_words import in_plain_words

if TYPE_CHECKING:
    from casework.records import Event
    from offices.office import Office


class News:
    """Of one school, for one process."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._told_up_to = 0

    def skip_old(self) -> int:
        """What was told before is not told again; returns how many entries that are."""
        with self._office.journal.transaction() as transaction:
            head = transaction.events.head()
        self._told_up_to = head.number if head else 0
        return self._told_up_to

    def tell(self) -> tuple[str, ...]:
        """What happened since this was last asked; no line twice in a row."""
        with self._office.journal.transaction() as transaction:
            events = transaction.events.after(self._told_up_to)
        if events:
            self._told_up_to = events[-1].number
        return tuple(line for line, _ in groupby(self._line(event) for event in events))

    def _line(self, event: Event) -> str:
        at = event.at.astimezone(self._office.school.zone)
        return " ".join((f"{at:%a %H:%M}", *([event.case] if event.case else []), in_plain_words(event)))
