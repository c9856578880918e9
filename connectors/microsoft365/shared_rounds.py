"""One request for a drive in which more than one folder is watched: what it told one library, it told all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from connectors.microsoft365.calls import DeltaRound


@dataclass(kw_only=True, slots=True)
class _Told:
    answer: DeltaRound
    heard_by: set[int] = field(default_factory=set)


class SharedRounds:
    """The delta rounds of one sweep. Libraries of one drive ask in step, each from its own cursor.

    Whoever asks from where another has just asked is told the same, once; asking again is a new request. One that
    lags behind asks for itself, but goes on from where the other stands, so that both are in step again: what lies
    between is told to it once more, which does no harm.
    """

    def __init__(self) -> None:
        self._told: dict[tuple[str, str | None], _Told] = {}
        self._newest: dict[str, tuple[int, str]] = {}

    def forget(self) -> None:
        """A new sweep begins: what was told before is no longer news."""
        self._told.clear()
        self._newest.clear()

    def ask(
        self, drive: str, link: str | None, *, asker: object, request: Callable[[], DeltaRound]
    ) -> DeltaRound:
        """Return the round from this link on, by `request` unless another library has just made it.

        Args:
            drive: the drive's id.
            link: where the asker stands; None for the beginning.
            asker: the library that asks.
            request: asks Graph; what it raises is passed on, and nothing is remembered.
        """
        told = self._told.get((drive, link))
        if told is not None and id(asker) not in told.heard_by:
            told.heard_by.add(id(asker))
            return told.answer
        answer = request()
        other, newest = self._newest.get(drive, (id(asker), answer.cursor))
        if other != id(asker):
            return DeltaRound(items=answer.items, cursor=newest)
        self._told[drive, link] = _Told(answer=answer, heard_by={id(asker)})
        self._newest[drive] = (id(asker), answer.cursor)
        return answer
