"""`casework verify` finds what is not as it was kept and says what to do; so does the daily check."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest
from typer.testing import CliRunner, Result

from command_line.app import app
from tests.remembering import Moments
from tests.scenarios.test_approving_the_governors_paper import LAST_DAY, PAPER, edited
from tests.school import SchoolAtWork, words

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8
POST = "Seen on https://www.facebook.com/groups/tillbrook/posts/12"
CASE = "TIS-2026-0001"


def report(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST, files=(("screenshot.png", "image/png", PICTURE),))
    school.works()


@pytest.fixture
def reported(moments: Moments) -> SchoolAtWork:
    return moments.come_to(report)


def verify(school: SchoolAtWork, *arguments: str) -> Result:
    school.office.journal.close()
    answer = CliRunner().invoke(app, ["--settings", str(school.settings), "verify", *arguments])
    school.restart()
    return answer


def path_in(school: SchoolAtWork, drive: str, ending: str) -> str:
    return next(path for path in school.files(drive) if path.endswith(ending))


def delete(school: SchoolAtWork, drive: str, path: str) -> None:
    school.as_visitor("DELETE", f"drives/{school.places['drives'][drive]}/root:/{path}:")


def tamper(school: SchoolAtWork, statement: str, *values: int) -> None:
    """Somebody who can open the journal's file changes it."""
    school.office.journal.close()
    with closing(sqlite3.connect(school.settings.parent / "journal.sqlite")) as database:
        database.execute(statement, values)
        database.commit()


def test_untouched_evidence_holds(reported: SchoolAtWork) -> None:
    everything, one = verify(reported), verify(reported, CASE, "--json")

    assert everything.exit_code == 0, everything.output
    assert "The evidence holds: 10 files" in everything.output
    found = json.loads(one.stdout)
    assert (one.exit_code, found["holds"], found["wrong"]) == (0, True, [])


def test_untouched_evidence_of_several_cases_holds(reported: SchoolAtWork) -> None:
    reported.teacher_forwards(POST.replace("posts/12", "posts/13"))
    reported.works()

    everything = verify(reported)

    assert everything.exit_code == 0, everything.output
    assert len(reported.rows()) == 2


def test_the_first_thing_wrong_is_named_with_what_to_do(reported: SchoolAtWork) -> None:
    original = path_in(reported, "sealed", "message.eml")
    reported.put_file("sealed", original, b"somebody put this in its place", by="visitor")
    delete(reported, "casework", path_in(reported, "casework", "report.txt"))

    answer = verify(reported)

    assert answer.exit_code == 1
    assert "sealed original is not what was kept" in answer.output
    assert "version history" in answer.output
    assert "working copy is not where it was put" in answer.output
    assert answer.output.strip().endswith("Begin with the first: sealed library, " + original + ".")
    assert "screenshot" not in answer.output


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM evidence WHERE number = 1", "the register has no longer"),
        ("UPDATE evidence SET rest = replace(rest, substr(rest, instr(rest, 'sha256') + 9, 9), 'a')", "does not know"),
        ("UPDATE custody SET rest = (SELECT other.rest FROM custody other WHERE other.number = 2) WHERE number = 1",
         "something else than the page"),
        ("UPDATE events SET fields = '{}' WHERE what = 'evidence.sealed'", "not as it was written"),
    ],
    ids=["register cut", "register changed", "custody changed", "log changed"],
)  # fmt: skip
def test_a_journal_changed_by_hand_is_found(reported: SchoolAtWork, statement: str, told: str) -> None:
    tamper(reported, statement)

    answer = verify(reported, "--log-only")

    assert answer.exit_code == 1
    assert told in answer.output


def test_a_cut_tail_shows_against_the_head_that_was_mailed(reported: SchoolAtWork) -> None:
    reported.at("2026-11-24T09:30:00+00:00")
    reported.works()
    digest = next(mail for mail in reported.messages("office") if "Casework on" in mail["subject"])
    head = words(digest).split("Log entry", 1)[1].split()[0]
    number = int(head.partition(":")[0])
    assert verify(reported, "--log-only", "--head", head).exit_code == 0

    # somebody cuts the tail off, and the remembered end with it: the chain itself holds
    tamper(reported, "DELETE FROM events WHERE number >= ?", number)
    tamper(
        reported,
        "UPDATE schools SET head_number = ?1, head_chain = (SELECT chain FROM events WHERE number = ?1)",
        number - 1,
    )

    answer = verify(reported, "--log-only", "--head", head)
    assert answer.exit_code == 1
    assert "cut off" in answer.output


def test_wrong_use_is_told_apart(reported: SchoolAtWork) -> None:
    assert verify(reported, "TIS-2026-0099").exit_code == 2
    assert verify(reported, "--head", "nonsense").exit_code == 2


def lose_evidence_overnight(school: SchoolAtWork) -> None:
    """Somebody deletes a sealed attachment; the next morning comes."""
    report(school)
    delete(school, "sealed", path_in(school, "sealed", "screenshot.png"))
    school.at("2026-11-24T09:30:00+00:00")
    school.once()


@pytest.fixture
def next_day(moments: Moments) -> SchoolAtWork:
    return moments.come_to(lose_evidence_overnight)


def told_of_evidence(school: SchoolAtWork, role: str) -> list[str]:
    return [mail["subject"] for mail in school.messages(role) if "Evidence needs" in mail["subject"]]


def test_the_daily_check_tells_office_and_safeguarding_lead_once(next_day: SchoolAtWork) -> None:
    next_day.once()

    for role in ("office", "safeguarding_lead"):
        assert told_of_evidence(next_day, role) == [f"Evidence needs to be put right: case {CASE}"]
    digest = next(mail for mail in next_day.messages("office") if "Casework on" in mail["subject"])
    assert "screenshot" not in words(digest)


def test_what_was_put_back_is_noted_as_right_again(next_day: SchoolAtWork) -> None:
    folder = path_in(next_day, "sealed", "message.eml").rpartition("/")[0]
    next_day.put_file("sealed", f"{folder}/attachments/01-screenshot.png", PICTURE, by="visitor")
    next_day.at("2026-11-25T10:00:00+00:00")

    next_day.works()

    assert verify(next_day).exit_code == 0
    with next_day.office.journal.transaction() as transaction:
        whats = [event.what for event in transaction.events.after(0)]
    assert (whats.count("evidence.missing"), whats.count("evidence.restored")) == (1, 1)


def test_a_governors_paper_that_was_edited_after_it_was_sent_is_found(school: SchoolAtWork) -> None:
    school.teacher_forwards(POST)
    school.works()
    school.at(LAST_DAY)
    school.works()
    sent_as = edited(school.files("casework", "Governors")[PAPER])
    school.put_file("casework", PAPER, sent_as, by="office")
    school.works()
    school.reply("headteacher", school.the_request(), "APPROVE")
    school.works()
    paper = "tis-gov-20261218"

    assert verify(school).exit_code == 0, verify(school).output
    assert "The evidence holds: 1 file," in verify(school, paper).output
    school.put_file("casework", PAPER, edited(sent_as, "Nobody saw this sentence."), by="office")

    for answer in (verify(school), verify(school, paper)):
        assert answer.exit_code == 1
        assert "The word file of a letter or paper that was sent is not what was kept" in answer.output
        assert "the newest when it was sent, on 18 December 2026" in answer.output
    delete(school, "casework", PAPER)
    assert "recycle bin" in verify(school, paper).output
    assert verify(school, "TIS-GOV-20270325").exit_code == 2
