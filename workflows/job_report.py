"""What a sweep did, for the person or the service that asked for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class JobReport:
    """One sweep of one job.

    Attributes:
        changes: how many things it recorded; 0 means that everything was as before.
        closing: how many of these give no job anything to do, such as a paper that only people read.
        problems: what could not be done for single messages, files or cases, by reference; the rest went on.
    """

    changes: int = 0
    problems: tuple[str, ...] = ()
    closing: int = 0

    @property
    def goes_on(self) -> bool:
        """True if another job may have something to do now."""
        return self.changes > self.closing

    @staticmethod
    def joined(reports: Iterable[JobReport]) -> JobReport:
        parts = tuple(reports)
        return JobReport(
            changes=sum(part.changes for part in parts),
            problems=tuple(problem for part in parts for problem in part.problems),
            closing=sum(part.closing for part in parts),
        )
