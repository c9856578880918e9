"""Guesses where a message that nothing proves may belong: points for each sign, for a person who decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casework.cases import CaseReference

MOST_GUESSES = 3
VERY_LIKELY, LIKELY = 80, 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """What speaks for one case.

    Attributes:
        numbered: the message names the case's number.
        from_reporter: it comes from an address that reported the case.
        same_conversation: the mailbox counts it to the conversation of a message of the case; that alone proves nothing.
        same_subject: its subject line, marks of answers apart, is that of a message of the case.
        same_post: it holds the same link or file as a report of the case.
        alike: how many of 100 parts of its words stand in a report of the case.
        is_open: the case is open.
    """

    case: CaseReference
    numbered: bool = False
    from_reporter: bool = False
    same_conversation: bool = False
    same_subject: bool = False
    same_post: bool = False
    alike: int = 0
    is_open: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Guess:
    """A case with 0 to 100 points and the reasons."""

    case: CaseReference
    points: int
    why: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """For people: "very likely TIS-2026-0007: it names the number; it comes from a reporter of the case"."""
        sure = (
            "very likely" if self.points >= VERY_LIKELY else "likely" if self.points >= LIKELY else "possibly"
        )
        return f"{sure} {self.case}: {'; '.join(self.why)}"


_POINTS = (
    ("numbered", 60, "it names the case's number"),
    ("from_reporter", 30, "it comes from somebody who reported the case"),
    ("same_subject", 25, "its subject line is that of a message of the case"),
    ("same_conversation", 25, "the mailbox counts it to the same conversation"),
    ("same_post", 40, "it holds the same link or file"),
)
ALIKE_FROM, ALIKE_POINTS = 50, 30
CLOSED_COSTS = 15


def score(signs: Iterable[Signs]) -> tuple[Guess, ...]:
    """The likeliest cases first, at most three; a case for which nothing speaks is left out."""
    guesses = [guess for one in signs if (guess := _guess(one)).points > 0]
    return tuple(sorted(guesses, key=lambda guess: (-guess.points, guess.case)))[:MOST_GUESSES]


def _guess(signs: Signs) -> Guess:
    held = [(points, why) for name, points, why in _POINTS if getattr(signs, name)]
    if signs.alike >= ALIKE_FROM:
        held.append((ALIKE_POINTS, "its words are much like those of a report"))
    total = sum(points for points, _ in held) - (0 if signs.is_open else CLOSED_COSTS)
    return Guess(case=signs.case, points=max(0, min(100, total)), why=tuple(why for _, why in held))
