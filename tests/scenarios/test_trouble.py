"""Microsoft 365 fails as it fails: whatever it was, some sweeps later everything is as if nothing had happened."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

import workflows.carry_out.open_files
from tests.account import Account, account_of, differences, log_of
from tests.remembering import begin_again, remembered
from tests.school import SchoolAtWork

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
OAKFIELD = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}
ASHDOWN = {"Parent": "Mr T Ashdown", "ParentEmail": "t.ashdown@parents.example", "Target": "staff"}
MOST_SWEEPS = 15


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


def busy_morning(school: SchoolAtWork) -> None:
    """One thing has happened to each of four cases: the order in which they are done must not show."""
    for number in range(3):
        school.teacher_forwards(f"Post number {number} that somebody saw.")
    school.works()
    first, second, third = sorted(school.rows(), key=lambda row: str(row["Reference"]))
    school.staff_set(item=first["item"], **OAKFIELD)
    school.works()
    school.reply("headteacher", school.the_request(), "APPROVE")
    school.staff_set(item=second["item"], **ASHDOWN)
    thanks = next(subject for subject in school.subjects("teacher") if third["Reference"] in subject)
    picture = ("screenshot.png", "image/png", PICTURE)
    school.send_mail("teacher", school.address("reports"), f"Re: {thanks}", "And this.", files=(picture,))
    school.put_file("drop", "Report drop/first.png", PICTURE + b"1")
    school.put_file("drop", "Report drop/film.mp4", bytes(range(250)) * 18_000)  # is uploaded in parts


@pytest.fixture(scope="module")
def prepared(tillbrook: SchoolAtWork) -> Iterator[Morning]:
    begin_again(tillbrook)
    busy_morning(tillbrook)
    with remembered(tillbrook) as again:
        tillbrook.restart()
        tillbrook.works()
        yield Morning(
            school=tillbrook, again=again, account=account_of(tillbrook), log=log_of(tillbrook.office)
        )
        tillbrook.server.set_faults()
        tillbrook.office.journal.close()


@pytest.fixture
def morning(prepared: Morning, monkeypatch: pytest.MonkeyPatch) -> Morning:
    monkeypatch.setattr(workflows.carry_out, "WAITS", (0, 0.01))
    monkeypatch.setattr(workflows.carry_out.open_files, "LONGEST_WAIT", timedelta(0))
    prepared.again()
    return prepared


def fault(name: str, method: str = "*", path: str = "/v1.0/*", **more: Any) -> dict[str, Any]:
    return {"method": method, "path": path, "fault": name, "times": 1, **more}


METHODS = ("GET", "POST", "PUT", "PATCH")


def test_an_answer_that_is_lost_is_looked_for(morning: Morning) -> None:
    """Each kind of request once: the first time it is carried out, but nobody hears of it."""
    morning.school.server.set_faults(*each_kind_once("lost", METHODS))

    assert morning.ends_as_usual() == []


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
    "*/messages/*",
    "*/items/*",
    "*",
)


def each_kind_once(name: str, methods: Iterable[str]) -> Iterator[dict[str, Any]]:
    return (fault(name, method, path) for method in methods for path in ONE_OF_EACH)


PASSING = ("429", "500", "503", "504", "reset", "truncated")


@pytest.mark.parametrize("name", PASSING)
def test_a_request_that_fails_is_made_again(morning: Morning, name: str) -> None:
    morning.school.server.set_faults(*each_kind_once(name, METHODS))

    assert morning.ends_as_usual() == []


@pytest.mark.soak
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ["lost", *PASSING])
def test_a_failure_of_one_kind_of_request_changes_nothing(morning: Morning, method: str, name: str) -> None:
    morning.school.server.set_faults(*each_kind_once(name, (method,)))

    assert morning.ends_as_usual() == []


@pytest.mark.parametrize("name", ["429", "500", "truncated"])
def test_trouble_with_signing_in_passes(morning: Morning, name: str) -> None:
    morning.school.server.set_faults(
        fault(name, "GET", "*openid-configuration*"), fault(name, "POST", "*/oauth2/*")
    )

    assert morning.ends_as_usual() == []


def test_a_busy_service_that_names_a_time_is_given_it(morning: Morning) -> None:
    morning.school.server.set_faults(
        fault("429", "GET", retry_after=1), fault("429", "POST", "/v1.0/users/*", retry_after=1)
    )

    assert morning.ends_as_usual() == []


def test_a_token_that_was_revoked_is_replaced(morning: Morning) -> None:
    morning.school.server.set_faults(fault("401", times=2), fault("401", "POST"))

    assert morning.ends_as_usual() == []


def test_rows_that_somebody_edits_at_the_same_moment_are_merged(morning: Morning) -> None:
    morning.school.server.set_faults(fault("412", "PATCH", "*/fields", times=3))

    assert morning.ends_as_usual() == []


def test_a_file_that_somebody_has_open_waits(morning: Morning) -> None:
    morning.school.server.set_faults(
        fault("423", "PUT", "*/content", times=2), fault("423", "PATCH", "/v1.0/drives/*")
    )

    assert morning.ends_as_usual() == []


ANYWHERE = ("429", "500", "503", "504", "reset", "lost", "truncated", "401")


@pytest.mark.parametrize("seed", range(3))
def test_a_bad_hour_changes_nothing(morning: Morning, seed: int) -> None:
    _bad_hour(morning, seed)

    assert morning.ends_as_usual() == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_bad_hours_change_nothing(morning: Morning, seed: int) -> None:
    _bad_hour(morning, seed)

    assert morning.ends_as_usual() == []


def _bad_hour(morning: Morning, seed: int) -> None:
    """Six sweeps in which about one request in eight fails in some way; then the service is well again."""
    chance = random.Random(seed)  # noqa: S311 - the same trouble each time
    names = chance.sample(ANYWHERE, k=len(ANYWHERE))
    morning.school.server.set_faults(
        *(
            {"path": "*", "fault": name, "probability": 1 / 60, "seed": seed + n}
            for n, name in enumerate(names)
        ),
        {"method": "PATCH", "path": "*/fields", "fault": "412", "probability": 0.3, "seed": seed},
    )
    for _ in range(6):
        morning.sweep()
    morning.school.server.set_faults()
