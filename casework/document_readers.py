"""Who may open a document of the library, and which of the groups that must be able to open it cannot."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MAY_BE_GUESTS = re.compile(
    r"\b(?:governors?|governing|trustees?|directors?|board|council|parents?|carers?|families|volunteers?|public)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentReaders:
    """What the permissions of a document say.

    Attributes:
        names: Names and addresses of the people and groups that may open it, in lower case.
        whole_school: True if every account of the school may open it, by a link or by the group of everybody.
        anybody: True if whoever has its link may open it, with or without an account.
    """

    names: frozenset[str] = frozenset()
    whole_school: bool = False
    anybody: bool = False

    def cannot_open(self, groups: Iterable[str]) -> tuple[str, ...]:
        """Gives those of the groups that are not let in, in their own order.

        What is open to the whole school is open to its staff. Governors, trustees and parents are often guests, whom
        such a link does not let in (Microsoft's page on links for people in the organisation), so they are still missed.
        """
        if self.anybody:
            return ()
        return tuple(group for group in groups if not self._lets_in(group))

    def _lets_in(self, group: str) -> bool:
        named = group.casefold() in self.names
        return named or (self.whole_school and _MAY_BE_GUESTS.search(group) is None)
