"""A morning that trouble strikes: how it ends undisturbed, and what differs from that in the end."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.account import Account, account_of, differences, log_of
from tests.remembering import begin_again, remembered
from tests.school import SchoolAtWork

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PASSING = ("429", "500", "503", "504", "reset", "truncated")
ANYWHERE = ("429", "500", "503", "504", "reset", "lost", "truncated", "401")
MOST_SWEEPS = 15
ONE_OF_EACH = (
    "*/delta*",
    "*/$value",
    "*/content",
    "*/createuploadsession",
    "*/users/reports*/mailfolders/drafts/messages",
    "*/users/head*/mailfolders/drafts/messages",
    "*/attachments",
    "*/users/reports*/send",
    "*/users/head*/send",
    "*/move",
    "*/items",
    "*/fields",
    "*/children",
    "*/calendar/events",
    "*/invite",
    "*/messages/*",
    "*/items/*",
    "*",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Morning:
    """A morning with work to do, and how it ends when nothing goes wrong."""

    school: SchoolAtWork
    again: Callable[[], None]
    account: Account
    log: list[str]

    def sweep(self) -> bool:
        """A new process does what `casework once` does; False if something is left for the next one."""
        self.school.restart()
        # how long is waited is the matter of other tests
        self.school.office.account.con._sleep = lambda seconds: None
        report = self.school.once()
        with self.school.office.journal.transaction() as transaction:
            return not (report.failed or report.problems or transaction.outbox_view.unfinished())

    def ends_as_usual(self) -> list[str]:
        """Sweep until nothing is left; returns what differs from the undisturbed end."""
        for _ in range(MOST_SWEEPS):
            if self.sweep():
                break
        self.school.server.set_faults()
        found = differences(self.account, account_of(self.school))
        return found + differences({"log": self.log}, {"log": log_of(self.school.office)})

    def bad_hour(self, seed: int) -> None:
        """Six sweeps in which about one request in eight fails in some way; then the service is well again."""
        chance = random.Random(seed)  # noqa: S311 - the same trouble each time
        names = chance.sample(ANYWHERE, k=len(ANYWHERE))
        self.school.server.set_faults(
            *(
                {"path": "*", "fault": name, "probability": 1 / 60, "seed": seed + n}
                for n, name in enumerate(names)
            ),
            {"method": "PATCH", "path": "*/fields", "fault": "412", "probability": 0.3, "seed": seed},
        )
        for _ in range(6):
            self.sweep()
        self.school.server.set_faults()


@contextmanager
def undisturbed(school: SchoolAtWork, live: Callable[[SchoolAtWork], None]) -> Iterator[Morning]:
    """Let people do this from the first morning on, and see how Casework's next sweep ends."""
    begin_again(school)
    live(school)
    with remembered(school) as again:
        school.restart()
        school.works()
        yield Morning(school=school, again=again, account=account_of(school), log=log_of(school.office))
        school.server.set_faults()
        school.office.journal.close()


def fault(name: str, method: str = "*", path: str = "/v1.0/*", **more: Any) -> dict[str, Any]:
    return {"method": method, "path": path, "fault": name, "times": 1, **more}


def each_kind_once(
    name: str, methods: Iterable[str] = METHODS, *, times: int = 1
) -> Iterator[dict[str, Any]]:
    """Each kind of request fails once, or so many times: twice, when asked together with others and then by itself."""
    return (fault(name, method, path, times=times) for method in methods for path in ONE_OF_EACH)
