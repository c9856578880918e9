"""The governors' paper at the command line, and after the PC was lost: nothing is drafted that nobody asked for."""

from __future__ import annotations

import pytest
from docx import Document
from typer.testing import CliRunner, Result

from command_line.app import app
from offices.rebuilding import confirm, rebuild
from schedule import TIMETABLE
from tests.account import mail_everywhere
from tests.remembering import Moments
from tests.scenarios.test_a_lost_journal import _lose_the_journal
from tests.scenarios.test_approving_the_governors_paper import draft, told, with_the_clerk
from tests.school import SchoolAtWork


@pytest.fixture
def drafted(moments: Moments) -> SchoolAtWork:
    return moments.come_to(draft)


def report_a_post(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.works()


@pytest.fixture
def reported(moments: Moments) -> SchoolAtWork:
    return moments.come_to(report_a_post)


def says(school: SchoolAtWork, *words: str) -> Result:
    """What `casework governors-paper` answers; the journal is closed meanwhile, as with another process."""
    school.office.close_journal()
    answer = CliRunner().invoke(app, ["--settings", str(school.settings), "governors-paper", *words])
    school.restart()
    return answer


def said(answer: Result) -> str:
    return " ".join(answer.output.split())


def reject(school: SchoolAtWork) -> None:
    school.reply("headteacher", school.the_request(), "REJECT the figures are of too early a day")
    school.works()


def test_a_dry_run_tells_what_would_be_drafted_and_for_whom_and_does_nothing(drafted: SchoolAtWork) -> None:
    reject(drafted)
    before = mail_everywhere(drafted)

    answer = says(drafted, "--draft", "--dry-run")

    assert answer.exit_code == 3
    told_so = said(answer)
    assert "version 2.docx" in told_so
    assert "Drafts of the headteacher, addressed to the governors' clerk" in told_so
    assert "Where the posts stood" in told_so
    drafted.works()
    assert mail_everywhere(drafted) == before
    assert drafted.messages("headteacher", "drafts") == []


def test_after_a_rejection_the_figures_are_drafted_anew_if_somebody_says_so(drafted: SchoolAtWork) -> None:
    reject(drafted)
    old = drafted.the_request()

    answer = says(drafted, "--draft")
    drafted.works()

    assert answer.exit_code == 0, answer.output
    assert len(drafted.files("casework", "Governors")) == 2
    drafted.reply("headteacher", old, "APPROVE")  # of the paper that was rejected
    drafted.works()
    assert with_the_clerk(drafted) == []
    drafted.reply("headteacher", drafted.the_request(), "APPROVE")
    drafted.works()
    assert len(with_the_clerk(drafted)) == 1


def test_no_second_paper_is_drafted_while_one_waits_or_after_one_was_sent(drafted: SchoolAtWork) -> None:
    waits = says(drafted, "--draft")
    assert waits.exit_code == 1
    assert "waits for the headteacher" in said(waits)
    assert "waits for the headteacher" in said(says(drafted, "--draft", "--dry-run"))

    drafted.press_send()
    drafted.works()
    sent = says(drafted, "--draft")

    assert sent.exit_code == 1
    assert "was sent on 18 December 2026" in said(sent)
    drafted.works()
    assert len(with_the_clerk(drafted)) == 1


def test_a_term_that_goes_on_has_no_paper_yet_but_its_figures_can_be_written(
    reported: SchoolAtWork, tmp_path_factory: pytest.TempPathFactory
) -> None:
    answer = says(reported, "--draft", "--term", "Autumn term")
    assert answer.exit_code == 1
    assert "ends on 18 December 2026, and its paper is drafted then" in said(answer)

    file = tmp_path_factory.mktemp("figures") / "figures.docx"
    assert says(reported, "--to", str(file)).exit_code == 0
    assert "Parents' posts on social media" in Document(str(file)).paragraphs[0].text
    assert says(reported, "--to", str(file), "--draft").exit_code == 2


def test_a_school_that_loses_its_journal_still_takes_the_answer_about_its_paper(
    drafted: SchoolAtWork,
) -> None:
    request = drafted.the_request()
    _lose_the_journal(drafted)
    rebuild(drafted.office, TIMETABLE)
    assert confirm(drafted.office)
    drafted.until_settled()
    assert len(drafted.messages("headteacher", "drafts")) == 1

    drafted.reply("headteacher", request, "APPROVE")
    drafted.until_settled()
    drafted.at("2027-01-06T09:00:00+00:00")
    drafted.until_settled()

    assert len(with_the_clerk(drafted)) == 1
    assert drafted.messages("headteacher", "drafts") == []


@pytest.mark.parametrize("was", ["sent", "rejected"])
def test_a_school_that_loses_its_journal_drafts_no_second_paper(drafted: SchoolAtWork, was: str) -> None:
    if was == "sent":
        drafted.press_send()
        drafted.works()
    else:
        reject(drafted)
    _lose_the_journal(drafted)
    rebuild(drafted.office, TIMETABLE)
    assert confirm(drafted.office)

    drafted.at("2027-01-06T09:00:00+00:00")
    drafted.until_settled()

    assert drafted.messages("headteacher", "drafts") == []
    assert len(with_the_clerk(drafted)) == (was == "sent")
    assert len(told(drafted, "headteacher", "Please approve")) == 1
