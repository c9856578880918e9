"""What was read before and still holds, because nobody wrote to the table that it was read from."""

import re
from collections.abc import Callable, Hashable, Sequence
from functools import lru_cache
from typing import Any, TypeVar

Found = TypeVar("Found")
_WRITES = re.compile(
    r"\s*(?P<verb>INSERT|UPDATE|REPLACE|DELETE)(?:\s+OR\s+(?P<otherwise>\w+))?(?:\s+(?:INTO|FROM))?\s+"
    r"(?P<table>\w+)(?![\w.])",
    re.IGNORECASE,
)
_READS = re.compile(r"\s*(?:SELECT|WITH\s+RECURSIVE|PRAGMA|BEGIN|COMMIT)\b", re.IGNORECASE)
_MOST = 10_000


class KeptAnswers:
    """Answers by question, each good until its table is written to.

    Whoever has one of them shares it with all others, so that nobody may change it.
    """

    def __init__(self) -> None:
        self._answers: dict[Hashable, tuple[int, Any]] = {}
        # By table all writes, and those that were not confined; by table and part those that were.
        self._writes: dict[Hashable, int] = {}
        self._unconfined: dict[str, int] = {}
        self._parents: frozenset[str] = frozenset()
        self._everywhere = 0

    def ask(
        self, table: str, question: Hashable, read: Callable[[], Found], *, part: Hashable = None
    ) -> Found:
        """The answer of last time, or what `read` finds now; it looks at no other table, nor beyond the part of it."""
        # The numbers only grow, so that an equal sum means that none did.
        if part is None:
            state = self._everywhere + self._writes.get(table, 0)
        else:
            state = self._everywhere + self._unconfined.get(table, 0) + self._writes.get((table, part), 0)
        known = self._answers.get(question)
        if known is not None and known[0] == state:
            found: Found = known[1]
            return found
        found = read()
        if len(self._answers) >= _MOST:
            self._answers.clear()
        self._answers[question] = (state, found)
        return found

    def note(self, sql: str, parts: Sequence[Hashable] | None = None) -> None:
        """A statement is about to run; what it may write to is asked anew from now on.

        Args:
            sql: the statement.
            parts: the only parts of its table that it touches; all of it where there are none.
        """
        written = _written(sql)
        if written is None:
            return
        table, removes = written
        # Rows of other tables go with those of a parent (ON DELETE CASCADE).
        if not table or (removes and table in self._parents):
            self._everywhere += 1
            return
        self._writes[table] = self._writes.get(table, 0) + 1
        if parts is None:
            self._unconfined[table] = self._unconfined.get(table, 0) + 1
            return
        if len(self._writes) >= _MOST:
            self._writes.clear()
            self.forget()
        for part in parts:
            self._writes[table, part] = self._writes.get((table, part), 0) + 1

    def learn_parents(self, tables: Sequence[str]) -> None:
        """Tables that others refer to."""
        self._parents = frozenset(tables)

    def forget(self) -> None:
        """Anything may have changed: a rollback, another file, a new schema."""
        self._everywhere += 1
        self._answers.clear()


@lru_cache(maxsize=2_048)
def _written(sql: str) -> tuple[str, bool] | None:
    """Which table a statement writes to, and whether rows may go; None where it only reads, "" where nobody knows."""
    match = _WRITES.match(sql)
    if match is not None:
        words = {match["verb"].upper(), (match["otherwise"] or "").upper()}
        return match["table"], not words.isdisjoint({"DELETE", "REPLACE"})
    return None if _READS.match(sql) else ("", True)
