"""A day on which Casework does everything that it ever does: done a second time, nothing shows.

It is struck by no fault: who waits for an answer since weeks is chased before that answer is read, as it should be.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

import workflows.carry_out.open_files
from casework.records import JournalTransaction, PlannedEffect
from tests.policy_files import dated
from tests.school import SchoolAtWork, mail
from tests.struck import Morning, undisturbed

pytestmark = [pytest.mark.soak, pytest.mark.timeout(7_200)]

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
OAKFIELD = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}
ASHDOWN = {"Parent": "Mr T Ashdown", "ParentEmail": "t.ashdown@parents.example", "Target": "staff"}
WANTED = {"LettersWanted@odata.type": "Collection(Edm.String)", "LettersWanted": ["summary for the police"]}
LATER = {"last": "November 2026", "following": "November 2028"}
IN_SEPTEMBER = {"draft yearly reminder"}
"""What is not done on the last day of a term."""


def the_last_day_of_term(school: SchoolAtWork) -> None:
    """Three cases move on, two more come, a policy is asked for, another is new, and the governors want their paper."""
    school.put_file("policies", "Policies/Social.docx", dated("Parental use of social media", **LATER))
    for number in range(3):
        school.teacher_forwards(f"Post number {number} that somebody saw, says Jo Marsh.")
    school.works()
    first, second, third = sorted(school.rows(), key=lambda row: str(row["Reference"]))
    school.staff_set(item=first["item"], **OAKFIELD)
    school.works()
    approved = school.the_request()
    school.staff_set(item=second["item"], **ASHDOWN)
    school.works()
    unwelcome = school.the_request()
    school.at("2026-12-18T09:00:00+00:00")
    school.reply("headteacher", approved, "APPROVE")
    school.reply("headteacher", unwelcome, "CHANGE please say the office hours")
    school.staff_set(item=third["item"], Withhold="Jo Marsh", **WANTED)
    _outside_asks_and_reports(school)
    school.put_file("drop", "Report drop/first.png", PICTURE)
    school.put_file("policies", "Policies/Behaviour.docx", dated("Behaviour policy", **LATER))


def _outside_asks_and_reports(school: SchoolAtWork) -> None:
    reports, sender = school.address("reports"), "robin@parents.example"
    asks = mail(f"Robin <{sender}>", reports, "A question", "May I have your social media policy? Robin")
    tells = mail(f"Robin <{sender}>", reports, "A post", "Please don't tell anyone it was me. Robin Post")
    for note in (asks, tells):
        school.from_outside(note, sender=sender)


@pytest.fixture(scope="module")
def last_day(tillbrook: SchoolAtWork) -> Iterator[Morning]:
    with undisturbed(tillbrook, the_last_day_of_term) as morning:
        yield morning


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that is tried again waits for long."""
    monkeypatch.setattr(workflows.carry_out, "WAITS", (0, 0.01))
    monkeypatch.setattr(workflows.carry_out.open_files, "LONGEST_WAIT", timedelta(0))


@pytest.fixture
def day(last_day: Morning, at_once: None) -> Morning:
    last_day.again()
    return last_day


@pytest.fixture
def done_twice(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Casework dies whenever it has done something, before it could remember that; returns the kinds of what it did."""
    finish, kinds = workflows.carry_out._finish, set()

    def forget_the_first(transaction: JournalTransaction, effect: PlannedEffect) -> None:
        kinds.add(effect.kind)
        if effect.attempts:
            finish(transaction, effect)
        else:
            transaction.outbox.postpone(effect.key, wait=timedelta(0), problem="")

    monkeypatch.setattr(workflows.carry_out, "_finish", forget_the_first)
    return kinds


def test_what_is_carried_out_a_second_time_shows_once(day: Morning, done_twice: set[str]) -> None:
    assert day.ends_as_usual() == []
    every_kind = {intent.kind for intent in workflows.carry_out._EXECUTORS}
    assert every_kind - done_twice == IN_SEPTEMBER, "a kind of effect that this day does not have"
