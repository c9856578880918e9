"""Microsoft 365 fails as it fails: whatever it was, some sweeps later everything is as if nothing had happened."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

import workflows.carry_out
from tests.account import Account, account_of, differences, log_of
from tests.remembering import begin_again, remembered
from tests.school import SchoolAtWork, mail

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
OAKFIELD = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}
ASHDOWN = {"Parent": "Mr T Ashdown", "ParentEmail": "t.ashdown@parents.example", "Target": "staff"}
MOST_SWEEPS = 12
LOST_WRITES = ("*/send", "*/messages", "*/attachments", "*/items", "*/content", "*/move", "*/fields", "*/items/*", "*")


@dataclass(frozen=True, kw_only=True, slots=True)
class BusyMorning:
    """A morning with something of everything to do, and how it ends when nothing goes wrong."""

    school: SchoolAtWork
    again: Callable[[], None]
    account: Account
    log: list[str]

    def begins(self) -> None:
        self.again()
        # the waits are the connector's and the outbox's own tests' matter
        self.school.office.account.con._sleep = lambda seconds: None

    def ends_as_usual(self) -> list[str]:
        """Sweep until nothing is left; returns what differs from the undisturbed end."""
        for _ in range(MOST_SWEEPS):
            report = self.school.once()
            if not (report.failed or report.problems) and self._nothing_waits():
                break
        found = differences(self.account, account_of(self.school))
        return found + differences({"log": self.log}, {"log": log_of(self.school.office)})

    def _nothing_waits(self) -> bool:
        with self.school.office.journal.transaction() as transaction:
            return not transaction.outbox_view.unfinished()


@pytest.fixture(scope="module")
def prepared(tillbrook: SchoolAtWork) -> Iterator[BusyMorning]:
    begin_again(tillbrook)
    tillbrook.teacher_forwards("The first post that somebody saw.")
    tillbrook.teacher_forwards("Another post, of another parent.")
    tillbrook.works()
    first, second = sorted(tillbrook.rows(), key=lambda row: str(row["Reference"]))
    tillbrook.staff_set(item=first["item"], **OAKFIELD)
    tillbrook.works()
    tillbrook.reply("headteacher", tillbrook.the_request(), "APPROVE")
    tillbrook.staff_set(item=second["item"], **ASHDOWN)
    tillbrook.teacher_forwards("A third one.", files=(("screenshot.png", "image/png", PICTURE),))
    outside = mail("robin@parents.example", tillbrook.address("reports"), "A post", "Please look at this post.")
    tillbrook.from_outside(outside, sender="robin@parents.example")
    tillbrook.put_file("drop", "Report drop/first.png", PICTURE + b"1")
    tillbrook.put_file("drop", "Report drop/second.png", PICTURE + b"2")
    with remembered(tillbrook) as again:
        tillbrook.restart()
        tillbrook.works()
        yield BusyMorning(
            school=tillbrook, again=again, account=account_of(tillbrook), log=log_of(tillbrook.office)
        )
        tillbrook.server.set_faults()
        tillbrook.office.journal.close()


@pytest.fixture
def morning(prepared: BusyMorning, monkeypatch: pytest.MonkeyPatch) -> BusyMorning:
    monkeypatch.setattr(workflows.carry_out, "WAITS", (0,) * len(workflows.carry_out.WAITS))
    prepared.begins()
    return prepared


def fault(name: str, method: str = "*", path: str = "*", **more: Any) -> dict[str, Any]:
    return {"method": method, "path": path, "fault": name, "times": 1, **more}


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH"])
@pytest.mark.parametrize("name", ["429", "500", "503", "504", "reset", "truncated", "lost"])
def test_one_failure_of_each_kind_changes_nothing(morning: BusyMorning, method: str, name: str) -> None:
    morning.school.server.set_faults(fault(name, method))

    assert morning.ends_as_usual() == []
