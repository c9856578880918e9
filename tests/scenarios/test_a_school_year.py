"""A school's year in the practice tenant: every mail accounted for in a text that a person can read.

When the school is meant to hear something else than before, delete the account, run this again, and read the new one.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest

from casework.cases import Case
from tests.campaigns.schools import provisioned_school
from tests.remembering import keep_first_morning
from tests.school import SchoolAtWork
from tests.year.living import SchoolYear
from tests.year.plan import LAST, the_year
from tests.year.telling import Told, account_of, books_of, mails_of_the_year

GOLDEN = Path(__file__).parents[1] / "golden"
MORNING_MAIL = "/digest/"
MEMORY, ROOM = Path("/dev/shm"), 2 << 30  # noqa: S108 - a folder of its own is made there


def must_hold(school: SchoolAtWork, year: SchoolYear, mails: list[Told]) -> None:
    """What is true of any year: the tenant and the journal tell the same, nothing came twice, or at a wrong time."""
    books, calendar = books_of(school), school.office.school.calendar
    assert year.wrong == []
    keys = Counter(mail.key for mail in mails)
    assert [key for key, count in keys.items() if count > 1] == []
    assert set(keys) - books.keys - papers(keys) == set(), "sent, and nobody knows why"
    assert books.keys - set(keys) == set(), "said to be sent, and not to be found"
    mornings = [mail for mail in mails if MORNING_MAIL in mail.key]
    assert max(Counter((mail.sent_at.date(), mail.to) for mail in mornings).values()) == 1
    assert [f"{mail.sent_at}" for mail in mornings if not calendar.is_school_day(mail.sent_at.date())] == []
    about_head = [case.reference for case in all_cases(school) if case.concerns_head]
    told = " ".join(f"{mail.subject} {mail.said}" for mail in mails if mail.to == "headteacher")
    assert [reference for reference in about_head if reference in told] == []
    with school.office.journal.transaction() as transaction:
        assert transaction.outbox_view.unfinished() == ()
        assert transaction.outbox_view.needing_a_person() == ()
    assert school.office.journal.verify().holds


def papers(keys: Counter[str]) -> set[str]:
    """What leaders send from their Drafts and is no letter of a case."""
    return {key for key in keys if "/yearly" in key}


def all_cases(school: SchoolAtWork) -> tuple[Case, ...]:
    with school.office.journal.transaction() as transaction:
        return transaction.cases.all()


def compare(school: SchoolAtWork, year: SchoolYear, name: str) -> None:
    mails, golden = mails_of_the_year(school), GOLDEN / name
    account = account_of(mails, books_of(school))
    is_new = not golden.exists()
    if is_new:
        golden.write_text(account, encoding="utf-8")
    must_hold(school, year, mails)
    assert not is_new, f"{golden.name} was not there and has been written; read it, and run this again."
    assert account == golden.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def tillbrook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SchoolAtWork]:
    """A school of its own, on a disk in memory where there is room: a year waits forty thousand times for a real one."""
    with ExitStack() as stack:
        state = tmp_path_factory.mktemp("tillbrook")
        if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
            state = Path(
                stack.enter_context(tempfile.TemporaryDirectory(prefix="casework-year-", dir=MEMORY))
            )
        server, settings, tenant = stack.enter_context(provisioned_school(state))
        keep_first_morning(state)
        yield SchoolAtWork(server, settings, tenant)


@pytest.mark.soak
def test_every_mail_of_the_first_days_is_accounted_for(school: SchoolAtWork) -> None:
    last = date(2026, 9, 8)
    year = SchoolYear(school, the_year(2, last=last))

    year.live(last)

    compare(school, year, "practice_first_days.txt")


@pytest.mark.soak
@pytest.mark.timeout(3_600)
def test_every_mail_of_a_school_year_is_accounted_for(school: SchoolAtWork) -> None:
    # an ordinary day, a day of snow, the Sunday of the clock's change, half-term
    watched = frozenset({date(2026, 9, 24), date(2027, 1, 20), date(2027, 3, 28), date(2027, 6, 3)})
    year = SchoolYear(school, the_year(100), watched)

    year.live(LAST)

    compare(school, year, "practice_school_year.txt")
