"""Microsoft 365 fails as it fails: whatever it was, some sweeps later everything is as if nothing had happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

import workflows.carry_out.open_files
from tests.school import SchoolAtWork
from tests.struck import METHODS, PASSING, Morning, each_kind_once, fault, undisturbed

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
OAKFIELD = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}
ASHDOWN = {"Parent": "Mr T Ashdown", "ParentEmail": "t.ashdown@parents.example", "Target": "staff"}


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
    with undisturbed(tillbrook, busy_morning) as morning:
        yield morning


@pytest.fixture
def morning(prepared: Morning, monkeypatch: pytest.MonkeyPatch) -> Morning:
    monkeypatch.setattr(workflows.carry_out, "WAITS", (0, 0.01))
    monkeypatch.setattr(workflows.carry_out.open_files, "LONGEST_WAIT", timedelta(0))
    prepared.again()
    return prepared


def test_an_answer_that_is_lost_is_looked_for(morning: Morning) -> None:
    """Each kind of request once: the first time it is carried out, but nobody hears of it."""
    morning.school.server.set_faults(*each_kind_once("lost"))

    assert morning.ends_as_usual() == []


@pytest.mark.parametrize("name", PASSING)
def test_a_request_that_fails_is_made_again(morning: Morning, name: str) -> None:
    morning.school.server.set_faults(*each_kind_once(name))

    assert morning.ends_as_usual() == []


@pytest.mark.parametrize("name", PASSING)
def test_what_fails_together_with_others_and_then_by_itself_is_asked_once_more(
    morning: Morning, name: str
) -> None:
    morning.school.server.set_faults(*each_kind_once(name, ("GET",), times=2))

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


@pytest.mark.parametrize("seed", range(3))
def test_a_bad_hour_changes_nothing(morning: Morning, seed: int) -> None:
    morning.bad_hour(seed)

    assert morning.ends_as_usual() == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_bad_hours_change_nothing(morning: Morning, seed: int) -> None:
    morning.bad_hour(seed)

    assert morning.ends_as_usual() == []
