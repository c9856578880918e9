"""A backup is put back in the middle of a case: what was done since is found out, and nothing is done twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.cases import CaseReference
from casework.errors import JournalError
from connectors.journal.lock import journal_lock
from offices.backups import SHELF, back_up, copy_away
from offices.rebuilding import confirm, rebuild
from offices.restoring import AWAY, HERE, backups_of, choose, restore
from offices.status import status_of
from schedule import TIMETABLE
from tests.account import mail_everywhere
from tests.remembering import JOURNAL, Moments
from tests.school import SchoolAtWork
from workflows.keep_house import note_backup

PARENT = {"Parent": "Robin Ashdown", "ParentEmail": "robin.ashdown@parents.example", "Target": "school"}


def _report(school: SchoolAtWork, number: int) -> None:
    school.teacher_forwards(
        f"Look what is written on Facebook: https://www.facebook.com/tillbrook/posts/{number}"
    )


def _backed_up_before_the_letter_goes(school: SchoolAtWork) -> None:
    """A letter waits; the journal is backed up; then the letter is sent, and another report comes."""
    _report(school, 1)
    school.once()
    school.staff_set(**PARENT)
    school.once()
    _back_up(school)
    school.press_send()
    school.once()
    _report(school, 2)
    school.once()
    school.once()


def _back_up(school: SchoolAtWork) -> None:
    now = school.office.clock.now()
    back_up(school.office, now)
    note_backup(school.office.journal, now)
    assert not copy_away(school.office, now).problems


def _lose_the_journal(school: SchoolAtWork) -> None:
    school.office.journal.close()
    for name in JOURNAL:
        (school.settings.parent / name).unlink(missing_ok=True)
    school.restart()


def _journal(school: SchoolAtWork) -> Path:
    return school.settings.parent / "journal.sqlite"


def test_a_journal_put_back_from_before_a_letter_was_sent_sends_no_letter_twice(moments: Moments) -> None:
    school = moments.come_to(_backed_up_before_the_letter_goes)
    cases, sent = {row["Reference"] for row in school.rows()}, mail_everywhere(school)
    assert len(cases) == 2
    assert len(school.letters_sent()) == 1
    _lose_the_journal(school)
    for kept in (school.settings.parent / "backups").glob("*"):
        kept.unlink()  # the machine is gone, and its own backups with it

    restored = restore(school.office, TIMETABLE, choose(school.office, "latest"))

    assert restored.backup.where == AWAY
    assert restored.rebuilt.failed == ()
    assert restored.rebuilt.regained.reports == 1, "the second report was taken in after the backup"
    school.once()
    assert mail_everywhere(school) == sent, "nothing is sent before a person confirms"
    with school.office.journal.transaction() as transaction:
        assert transaction.events.first_broken_link() is None
        assert [letter.state.value for letter in transaction.letters.of_case(min(cases))] == ["sent"]  # type: ignore[type-var]  # references are text
    assert confirm(school.office)
    for day in ("2026-11-23T15:00", "2026-11-24T08:00", "2026-12-01T08:00"):
        school.at(f"{day}:00+00:00")
        school.once()
    assert {row["Reference"] for row in school.rows()} == cases, "no case is opened twice"
    assert not {mail: n for mail, n in mail_everywhere(school).items() if n > max(1, sent[mail])}
    assert len(school.letters_sent()) == 1


def _more_of(school: SchoolAtWork, number: int, words: str) -> None:
    """The teacher adds to a case: what comes is sealed, and put on its record."""
    thanks = next(
        mail
        for mail in school.messages("teacher")
        if f"TIS-2026-000{number}" in mail["subject"] and mail["subject"].startswith("We have")
    )
    school.reply("teacher", thanks, words)
    school.once()
    school.once()


def test_what_a_lost_journal_had_put_on_record_stays_and_what_follows_is_put_beside_it(
    moments: Moments,
) -> None:
    """The first case has been added to since the backup, and the second was opened since."""
    school = moments.come_to(_backed_up_before_the_letter_goes)
    for number in (1, 2):
        _more_of(school, number, "There is more of it.")
    sealed = school.files("sealed")
    before = school.files("casework")
    _lose_the_journal(school)
    restore(school.office, TIMETABLE, choose(school.office, "latest"))
    confirm(school.office)
    school.until_settled()

    for number in (1, 2):
        _more_of(school, number, "And still more of it.")
    school.until_settled()

    with school.office.journal.transaction() as transaction:
        assert transaction.outbox_view.needing_a_person() == ()
    now = school.files("sealed")
    assert {path: now.get(path) for path in sealed} == sealed
    for number in (1, 2):
        beside = f"Cases/TIS-2026-000{number}/Record since 23 November 2026, 09."
        assert [path for path in now if path.startswith(beside) and "/Custody/" in path], number
    after = school.files("casework")
    for number in (1, 2):
        timeline = f"TIS-2026-000{number}/Timeline.docx"
        assert after[timeline] == before[timeline]
        beside = timeline.replace(".docx", " since 23 November 2026, 09.")
        assert [path for path in after if path.startswith(beside)], number


def test_what_there_is_to_put_back_is_listed_and_a_journal_in_use_or_damaged_copy_is_refused(
    moments: Moments,
) -> None:
    school = moments.come_to(_backed_up_before_the_letter_goes)
    found, problem = backups_of(school.office)
    assert not problem
    assert {one.where for one in found} == {HERE, AWAY}
    before = _journal(school).read_bytes()
    with (
        journal_lock(_journal(school).with_suffix(".service"), wait=0),
        pytest.raises(JournalError, match="at work"),
    ):
        restore(school.office, TIMETABLE, found[0])
    broken = school.settings.parent / "broken.sqlite"
    good = next(one for one in found if one.file).file
    assert good
    broken.write_bytes(good.read_bytes()[:-8192] + bytes(8192))
    with pytest.raises(JournalError):
        restore(school.office, TIMETABLE, choose(school.office, str(broken)))
    broken.write_bytes(b"")
    with pytest.raises(JournalError, match="holds nothing"):
        restore(school.office, TIMETABLE, choose(school.office, str(broken)))
    assert _journal(school).read_bytes() == before, "the journal is as it was"
    assert not list(school.settings.parent.glob("*.restoring*"))
    assert not list(school.settings.parent.glob("*.aside-*"))
    (key := school.settings.parent / "journal.key").rename(f"{key}.away")
    try:
        with pytest.raises(JournalError, match="casework restore --key"):
            restore(school.office, TIMETABLE, found[0])
    finally:
        Path(f"{key}.away").rename(key)


def test_the_journal_of_before_is_kept_aside(moments: Moments) -> None:
    school = moments.come_to(_backed_up_before_the_letter_goes)
    restored = restore(school.office, TIMETABLE, choose(school.office, "latest"))
    assert restored.aside
    assert restored.aside.exists()
    for kept in school.settings.parent.glob("*.aside-*"):
        kept.unlink()


def test_copies_that_cannot_be_put_away_are_told_and_put_away_later(moments: Moments) -> None:
    school = moments.come_to(_backed_up_before_the_letter_goes)
    school.server.set_faults({"method": "PUT", "path": "*Backups*", "fault": "403", "times": 50})
    school.at("2026-11-24T09:01:00+00:00")
    school.once("keep_house")
    told = status_of(school.office.settings, journal=school.office.journal)["troubles"]
    assert any("copy of the journal could not be put" in trouble for trouble in told)
    school.server.set_faults()
    school.once("keep_house")
    told = status_of(school.office.settings, journal=school.office.journal)["troubles"]
    assert not any("copy of the journal" in trouble for trouble in told)
    assert len(school.files("casework", SHELF)) == 2


def test_a_report_that_still_lies_in_the_inbox_opens_no_second_case_after_a_rebuild(moments: Moments) -> None:
    school = moments.come_to(_backed_up_before_the_letter_goes)
    sent, reports = mail_everywhere(school), f"users/{school.address('reports')}"
    for mail in school.as_visitor("GET", f"{reports}/messages?$top=100").json()["value"]:
        if mail["subject"] == "FW: look at this":
            school.as_visitor(
                "POST", f"{reports}/messages/{mail['id']}/move", json={"destinationId": "inbox"}
            )
    assert len(school.messages("reports")) == 2
    _lose_the_journal(school)
    assert rebuild(school.office, TIMETABLE).regained.reports == 2
    assert confirm(school.office)
    school.once()
    assert len(school.rows()) == 2, "a report that was taken in before is known again"
    assert not school.messages("reports"), "and it is filed away"
    assert mail_everywhere(school) == sent, "nobody is thanked a second time"
    with school.office.journal.transaction() as transaction:
        [report, *_] = transaction.sightings.of_case(CaseReference("TIS-2026-0001"))
        assert report.reporters, "a letter is read for the names of those who reported"


@pytest.mark.soak
def test_fourteen_copies_are_kept(moments: Moments) -> None:
    school = moments.come_to(_backed_up_before_the_letter_goes)
    for day in range(1, 20):
        school.at(f"2026-12-{day:02}T09:00:00+00:00")
        school.once("keep_house")
    kept = sorted(school.files("casework", SHELF))
    assert len(kept) == 14
    assert kept[-1].endswith("journal-2026-12-19.copy")
