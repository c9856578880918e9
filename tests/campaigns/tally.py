"""What a campaign of faults did and what came of it, as a table that a person reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.table import Table

COLUMNS = ("points", "faults", "effects asked", "effects done", "twice", "lost")


@dataclass(kw_only=True, slots=True)
class Tally:
    """The sums of some runs.

    Attributes:
        points: moments at which something could be broken off.
        faults: how often it was.
        asked, done: effects that the journal was asked for in these runs, and that it says were carried out.
        twice, lost: things that people see (mails, files, rows, entries of the log) beyond those of the undisturbed
            run, and those that are missing.
    """

    points: int = 0
    faults: int = 0
    asked: int = 0
    done: int = 0
    twice: int = 0
    lost: int = 0

    def add(self, other: Tally) -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def is_sound(self) -> bool:
        return self.asked == self.done and not self.twice and not self.lost

    def cells(self) -> tuple[str, ...]:
        numbers = (self.points, self.faults, self.asked, self.done, self.twice, self.lost)
        return tuple(f"{number:,}" for number in numbers)


@dataclass(kw_only=True, slots=True)
class Outcome:
    """What a campaign found.

    Attributes:
        rows: by what was done to Casework.
        found: what differs from the undisturbed run, by where it was broken off.
    """

    rows: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, other: Outcome) -> None:
        for name, tally in other.rows.items():
            self.rows[name].add(tally)
        self.found |= other.found

    @property
    def total(self) -> Tally:
        total = Tally()
        for tally in self.rows.values():
            total.add(tally)
        return total

    def table(self, title: str) -> Table:
        table = Table(title=title, title_justify="left")
        table.add_column("what was done to Casework")
        for column in COLUMNS:
            table.add_column(column, justify="right")
        for name, tally in self.rows.items():
            table.add_row(name, *tally.cells())
        table.add_section()
        table.add_row("together", *self.total.cells())
        return table


def surplus_and_missing(differs: list[str]) -> Mapping[str, int]:
    """How many lines of `tests.account.differences` stand in the disturbed run alone, and how many are missing there."""
    return {
        "twice": sum(line.startswith("+ ") for line in differs),
        "lost": sum(line.startswith("- ") for line in differs),
    }
