"""Where nothing can have happened a sweep ends after its first request; whatever happens, the very next one is whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from typer.testing import CliRunner

import schedule
from command_line.app import app
from offices.glance import status_at_a_glance
from offices.nothing_new import NothingNew
from offices.status import status_of
from tests.remembering import Moments
from tests.scenarios.test_a_letter_that_comes_back import PARENT, letter_sent
from tests.scenarios.test_approving_a_letter import draft, edited
from tests.school import SchoolAtWork, mail
from tests.struck import fault

MINUTE = timedelta(minutes=1)
TEN = datetime.fromisoformat("2026-11-23T10:00:00+00:00")


@pytest.fixture
def at_rest(moments: Moments) -> SchoolAtWork:
    """A letter waits for the headteacher, and nothing else happens: it is ten o'clock."""
    school = moments.come_to(draft)
    come_to_rest(school, TEN)
    return school


def come_to_rest(school: SchoolAtWork, moment: datetime) -> None:
    school.at(moment)
    for _ in range(4):
        swept(school)
    assert swept(school) == []


def swept(school: SchoolAtWork) -> list[str]:
    """The jobs and steps that one sweep went through; none where it ended early."""
    steps: list[str] = []
    report = schedule.run_once(school.office, told=steps.append)
    assert report.failed == ()
    return steps


def swept_all_day(school: SchoolAtWork, moments: Iterator[datetime]) -> list[datetime]:
    """At which of these moments a sweep was whole."""
    whole = []
    for moment in moments:
        school.at(moment)
        if swept(school):
            whole.append(moment)
    return whole


# --- what ends early ------------------------------------------------------------------------------


def test_between_the_quarters_of_an_hour_nothing_is_swept_where_nothing_happens(
    at_rest: SchoolAtWork,
) -> None:
    first, second = TEN + 15 * MINUTE, TEN + 30 * MINUTE

    whole = swept_all_day(at_rest, (TEN + number * MINUTE for number in range(1, 44)))

    assert first in whole
    assert second in whole
    # what is asked for now and then, such as who is away, lets one more sweep be whole, and a little later each time
    assert len(whole) <= 4


def test_status_and_heartbeat_are_as_fresh_as_where_every_sweep_is_whole(at_rest: SchoolAtWork) -> None:
    for minute in range(1, 15):
        at_rest.at(TEN + minute * MINUTE)
        assert swept(at_rest) == []
        noted = status_at_a_glance(at_rest.settings)
        assert noted is not None, "what was noted counts"
        status, now = noted[0], TEN + minute * MINUTE
        moments = [status["last_sweep"], *(job["good_at"] for job in status["jobs"])]
        assert all(at and now - datetime.fromisoformat(at) <= 5 * MINUTE for at in moments)


def test_a_status_that_only_goes_on_says_what_one_that_is_counted_anew_would(at_rest: SchoolAtWork) -> None:
    for minute in (6, 12):  # what the second notes was counted by the first
        at_rest.at(TEN + minute * MINUTE)
        assert swept(at_rest) == []

    noted = status_at_a_glance(at_rest.settings)

    assert noted is not None
    anew = status_of(at_rest.office.settings, journal=at_rest.office.journal)
    assert {**noted[0], "disk_free": 0} == {**anew, "disk_free": 0}


def test_what_somebody_does_is_told_by_the_status_after_sweeps_that_ended_early(
    at_rest: SchoolAtWork,
) -> None:
    for minute in (6, 12):
        at_rest.at(TEN + minute * MINUTE)
        swept(at_rest)
    a_report_comes(at_rest)
    at_rest.at(TEN + 13 * MINUTE + timedelta(seconds=30))  # a minute after the last note, and more
    for _ in range(4):
        swept(at_rest)

    at_rest.at(TEN + 14 * MINUTE + timedelta(seconds=30))
    swept(at_rest)

    noted = status_at_a_glance(at_rest.settings)
    assert noted is not None
    assert noted[0]["open_cases"] == 2


def test_status_says_of_a_sweep_that_ended_early_that_all_is_well(at_rest: SchoolAtWork) -> None:
    at_rest.at(TEN + 4 * MINUTE)
    assert swept(at_rest) == []
    at_rest.office.close_journal()

    result = CliRunner().invoke(app, ["--settings", str(at_rest.settings), "status"])

    assert result.exit_code == 0, result.output


# --- what does not --------------------------------------------------------------------------------


def a_report_comes(school: SchoolAtWork) -> None:
    school.teacher_forwards("Another post that somebody saw.")


def staff_change_the_row(school: SchoolAtWork) -> None:
    school.staff_set(Target="staff")


def the_head_answers(school: SchoolAtWork) -> None:
    school.reply("headteacher", school.the_request(), "REJECT not like this")


def the_head_presses_send(school: SchoolAtWork) -> None:
    school.press_send()


def the_head_deletes_the_draft(school: SchoolAtWork) -> None:
    path = f"users/{school.address('headteacher')}/messages/{school.the_draft()['id']}"
    school.as_person("headteacher", "DELETE", path)


def the_office_edits_the_letter_in_word(school: SchoolAtWork) -> None:
    path, content = next((p, c) for p, c in school.files("casework").items() if p.endswith(".docx"))
    school.put_file("casework", path, edited(content))


def a_policy_is_saved(school: SchoolAtWork) -> None:
    school.put_file("policies", "Lone Working Policy.txt", b"Lone Working Policy\nNext review: March 2027\n")


def a_file_is_dropped(school: SchoolAtWork) -> None:
    school.put_file("drop", "seen.txt", b"A post that somebody saw.")


def somebody_types_a_command(school: SchoolAtWork) -> None:
    """Another process writes to the journal."""
    typed = ("export", "TIS-2026-0001", "--for", "police", "--into", str(school.settings.parent))
    result = CliRunner().invoke(app, ["--settings", str(school.settings), *typed])
    assert result.exit_code == 0, result.output


def the_calendar_is_saved(school: SchoolAtWork) -> None:
    file = school.settings.parent / "term-dates.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(f"{text}\n# looked through by the office\n", encoding="utf-8")


def the_clock_is_set_back(school: SchoolAtWork) -> None:
    school.at(TEN - 30 * MINUTE)


def the_first_request_fails(school: SchoolAtWork) -> None:
    school.server.set_faults(fault("503", "POST", "*/$batch", times=1))


def one_answer_says_to_wait(school: SchoolAtWork) -> None:
    school.server.set_faults(fault("429", "GET", "*/mailFolders/inbox/*", times=1, retry_after=0))


HAPPENINGS: tuple[Callable[[SchoolAtWork], None], ...] = (
    a_report_comes,
    staff_change_the_row,
    the_head_answers,
    the_head_presses_send,
    the_head_deletes_the_draft,
    the_office_edits_the_letter_in_word,
    a_policy_is_saved,
    a_file_is_dropped,
    somebody_types_a_command,
    the_calendar_is_saved,
    the_clock_is_set_back,
    the_first_request_fails,
    one_answer_says_to_wait,
)


@pytest.mark.parametrize("happening", HAPPENINGS, ids=lambda happening: happening.__name__)
def test_whatever_happens_the_very_next_sweep_is_whole(
    at_rest: SchoolAtWork, happening: Callable[[SchoolAtWork], None]
) -> None:
    calendar = (at_rest.settings.parent / "term-dates.toml").read_bytes()
    try:
        happening(at_rest)

        assert "open_cases" in swept(at_rest)
    finally:
        (at_rest.settings.parent / "term-dates.toml").write_bytes(calendar)


def test_while_something_waits_to_be_tried_again_every_sweep_is_whole(at_rest: SchoolAtWork) -> None:
    at_rest.server.set_faults(fault("503", "POST", "*/send", times=50))
    at_rest.teacher_forwards("Another post that somebody saw.")

    assert all(swept(at_rest) for _ in range(5))


def test_a_letter_that_comes_back_is_seen_at_the_very_next_sweep(moments: Moments) -> None:
    school = moments.come_to(letter_sent)
    school.at(TEN)
    for _ in range(4):
        swept(school)
    (letter,) = school.letters_sent()
    bounce = mail(
        "Mail Delivery System <mailer-daemon@parents.example>",
        school.address("headteacher"),
        "Undelivered Mail Returned to Sender",
        f"<{PARENT['ParentEmail']}>: host mail.parents.example said: 550 5.1.1 User unknown",
        References=str(letter["Message-ID"]),
    )
    school.from_outside(bounce, sender="mailer-daemon@parents.example", to="headteacher")

    swept(school)

    assert "came back undelivered" in school.the_case()["Letters"]


def test_a_day_swept_every_minute_is_told_as_if_every_sweep_had_been_whole(moments: Moments) -> None:
    assert a_morning(moments, short=True) == a_morning(moments, short=False)


def a_morning(moments: Moments, *, short: bool) -> list[str]:
    """Every minute of a morning in which a few things happen: what was done, and when."""
    school = moments.come_to(draft)
    begin = datetime.fromisoformat("2026-11-24T07:25:00+00:00")
    deeds = {4: a_report_comes, 11: the_head_answers, 22: a_policy_is_saved, 23: a_report_comes}
    for number in range(40):
        school.at(begin + number * MINUTE)
        if number in deeds:
            deeds[number](school)
        if not short:
            school.office.nothing_new = NothingNew()
        swept(school)
    with school.office.journal.transaction() as transaction:
        return [f"{event.at:%H:%M} {event.what} {event.case}" for event in transaction.events.after(0)]
