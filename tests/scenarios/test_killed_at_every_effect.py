"""Casework is killed before and after everything that it does; the next sweep ends as if nothing had happened."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.account import account_of, differences, log_of
from tests.killing import KILLED, Moment, done_in, moments_of, moments_of_new_kinds, sweeps
from tests.remembering import begin_again, remembered
from tests.school import SchoolAtWork

pytestmark = pytest.mark.timeout(7_200)

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
PARENT = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}


def a_report_is_forwarded(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.", files=(("screenshot.png", "image/png", PICTURE),))


def files_are_dropped(school: SchoolAtWork) -> None:
    school.put_file("drop", "Report drop/first.png", PICTURE)
    school.put_file("drop", "Report drop/second.png", PICTURE + b"2")


def staff_name_the_parent(school: SchoolAtWork) -> None:
    a_report_is_forwarded(school)
    school.works()
    school.staff_set(**PARENT)


def the_head_replies_approve(school: SchoolAtWork) -> None:
    staff_name_the_parent(school)
    school.works()
    school.reply("headteacher", school.the_request(), "APPROVE")


def the_head_asks_for_a_change(school: SchoolAtWork) -> None:
    staff_name_the_parent(school)
    school.works()
    school.reply("headteacher", school.the_request(), "CHANGE please say the office hours")


def the_office_lets_the_letter_stand(school: SchoolAtWork) -> None:
    the_head_asks_for_a_change(school)
    school.works()
    task = next(
        one for one in school.messages("office") if one["subject"].startswith("Please change a letter")
    )
    school.reply("office", task, "AS IT IS, they stand at its foot")


def the_head_sends_the_second_version(school: SchoolAtWork) -> None:
    the_office_lets_the_letter_stand(school)
    school.works()
    school.press_send()


def a_term_ends(school: SchoolAtWork) -> None:
    a_report_is_forwarded(school)
    school.works()
    school.at("2026-12-18T09:00:00+00:00")


def the_governors_paper_waits(school: SchoolAtWork) -> None:
    a_term_ends(school)
    school.works()


def the_head_approves_the_governors_paper(school: SchoolAtWork) -> None:
    the_governors_paper_waits(school)
    school.reply("headteacher", school.the_request(), "APPROVE")


def the_head_wants_the_governors_paper_changed(school: SchoolAtWork) -> None:
    the_governors_paper_waits(school)
    school.reply("headteacher", school.the_request(), "CHANGE please say the training day")


def the_head_rejects_the_governors_paper(school: SchoolAtWork) -> None:
    the_governors_paper_waits(school)
    school.reply("headteacher", school.the_request(), "REJECT the governors do without it")


JOURNEYS = (
    a_report_is_forwarded,
    files_are_dropped,
    staff_name_the_parent,
    the_head_replies_approve,
    the_head_asks_for_a_change,
    the_office_lets_the_letter_stand,
    the_head_sends_the_second_version,
    a_term_ends,
    the_head_approves_the_governors_paper,
    the_head_wants_the_governors_paper_changed,
    the_head_rejects_the_governors_paper,
)


def test_killed_before_and_after_each_kind_of_write_it_ends_the_same(
    school: SchoolAtWork, tmp_path: Path
) -> None:
    """Each kind in the first journey that has it, and right after each mail that leaves; the soak run leaves out none."""
    known: set[str] = set()
    found = {}
    for arrange in JOURNEYS:
        begin_again(school)
        arrange(school)
        differs = _ends_of(school, tmp_path / "ledger", lambda done: moments_of_new_kinds(done, known))
        found |= {(arrange.__name__, moment): lines for moment, lines in differs.items()}

    assert not found, found


@pytest.mark.soak
@pytest.mark.parametrize("arrange", JOURNEYS, ids=lambda journey: journey.__name__)
def test_killed_before_and_after_each_write_and_commit_it_ends_the_same(
    school: SchoolAtWork, arrange: Callable[[SchoolAtWork], None], tmp_path: Path
) -> None:
    arrange(school)
    found = _ends_of(school, tmp_path / "ledger", moments_of)

    assert not found, found


@pytest.mark.soak
@pytest.mark.parametrize("arrange", JOURNEYS, ids=lambda journey: journey.__name__)
def test_killed_again_and_again_it_ends_the_same(
    school: SchoolAtWork, arrange: Callable[[SchoolAtWork], None], tmp_path: Path
) -> None:
    """The sweep that makes good is killed too, and the one after it, at moments drawn by lot."""
    arrange(school)
    chance, ledger = random.Random(arrange.__name__), tmp_path / "ledger"  # noqa: S311 - the same lot each time
    with remembered(school) as again:
        assert sweeps(school.settings, ledger) == 0, done_in(ledger)
        undisturbed, told, moments = account_of(school), log_of(school.office), len(done_in(ledger))
        for _ in range(15):
            again()
            for _ in range(5):
                dies = Moment(number=chance.randint(1, moments), after=chance.random() < 0.5)
                sweeps(school.settings, ledger, dies=dies)
            assert sweeps(school.settings, ledger) == 0, done_in(ledger)
            assert differences(undisturbed, account_of(school)) == []
            assert log_of(school.office) == told


def _ends_of(
    school: SchoolAtWork, ledger: Path, moments: Callable[[list[str]], Iterable[Moment]]
) -> dict[Moment, list[str]]:
    """Kill at each moment and sweep again; returns what differs from the undisturbed sweep, by moment."""
    with remembered(school) as again:
        assert sweeps(school.settings, ledger) == 0, done_in(ledger)
        undisturbed, done = account_of(school), done_in(ledger)
        told = log_of(school.office)
        found = {}
        for moment in moments(done):
            again()
            assert sweeps(school.settings, ledger, dies=moment) == KILLED, moment
            last = done_in(ledger)[-1:]
            assert sweeps(school.settings, ledger) == 0, (moment, last, done_in(ledger))
            differs = differences(undisturbed, account_of(school))
            differs += differences({"log": told}, {"log": log_of(school.office)})
            school.office.journal.close()
            if differs:
                found[moment] = [*last, *differs]
    return found
