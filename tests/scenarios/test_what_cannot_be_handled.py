"""A fault in any stage costs what stumbles over it, and nothing else: set aside, told, and done once it is mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import workflows.carry_out
import workflows.chase_follow_ups
import workflows.collect_approvals.decisions
import workflows.draft_letters
import workflows.open_cases.dropped
import workflows.open_cases.mail
import workflows.review_policies.reading
import workflows.set_aside
import workflows.sync_register.edits
import workflows.sync_register.writing
from offices.trying_again import try_again
from tests.remembering import Moments
from tests.school import SchoolAtWork

MENDED = {"Parent": "Mrs R Oakfield", "ParentEmail": "r.oakfield@parents.example", "Target": "school"}


def two_cases(school: SchoolAtWork) -> None:
    for number in (1, 2):
        school.teacher_forwards(f"Post number {number} that somebody saw.")
        school.works()


def stumbles(name: str, told: Callable[..., bool]) -> Callable[[Any], Any]:
    """The function, except that it stumbles where `told` says so."""

    def around(real: Any) -> Any:
        def stumbling(*given: Any, **more: Any) -> Any:
            if told(*given, **more):
                raise ZeroDivisionError(f"words of a parent in {name}")
            return real(*given, **more)

        return stumbling

    return around


def about_first(*given: Any, **more: Any) -> bool:
    """True where the first case is spoken of."""
    return any(
        "TIS-2026-0001" in str(getattr(one, "reference", getattr(one, "case", "")))
        for one in (*given, *more.values())
    )


def set_aside(school: SchoolAtWork) -> int:
    with school.office.journal.transaction() as transaction:
        return len(workflows.set_aside.things_set_aside(transaction.cursors))


def sweeps(school: SchoolAtWork, count: int = 3) -> list[str]:
    said: list[str] = []
    for _ in range(count):
        report = school.once()
        assert not report.failed, report.failed
        said += report.problems
    assert "words of a parent" not in str(said)
    return said


STAGES = {
    "a row of the list": (workflows.sync_register.edits.Edits, "take_in"),
    "writing a row": (workflows.sync_register.writing, "_bring_up_to_date"),
    "the letters": (workflows.draft_letters._Desk, "look_at"),
    "reminders": (workflows.chase_follow_ups._Chase, "case"),
}


@pytest.mark.parametrize(
    "stage", [pytest.param(one, marks=() if one == "the letters" else pytest.mark.soak) for one in STAGES]
)
def test_a_fault_about_one_case_leaves_the_other_its_letter(
    moments: Moments, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    school = moments.come_to(two_cases)
    first, second = sorted(school.rows(), key=lambda row: str(row["Reference"]))
    place, name = STAGES[stage]
    real = getattr(place, name)

    def told(*given: Any, **more: Any) -> bool:
        return about_first(*given, **more) or any(
            getattr(one, "item_id", "") == first["item"] and not hasattr(one, "reference") for one in given
        )

    monkeypatch.setattr(place, name, stumbles(stage, told)(real))
    school.staff_set(item=first["item"], **MENDED)
    school.staff_set(
        item=second["item"], **{**MENDED, "Parent": "Mr T Ashdown", "ParentEmail": "t@parents.example"}
    )

    sweeps(school)

    assert set_aside(school) >= 1
    letters = [path for path in school.files("casework") if "/Letters/" in path]
    assert any(path.startswith("TIS-2026-0002/") for path in letters)
    monkeypatch.setattr(place, name, real)
    assert try_again(school.office) >= 1
    sweeps(school, 2)
    assert set_aside(school) == 0
    letters = [path for path in school.files("casework") if "/Letters/" in path]
    assert any(path.startswith("TIS-2026-0001/") for path in letters)


@pytest.mark.soak
def test_a_policy_and_a_dropped_file_that_stumble_hold_up_no_other(
    moments: Moments, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = moments.come_to(two_cases)
    reading, dropped = workflows.review_policies.reading, workflows.open_cases.dropped
    read, take = reading._read_one, dropped._take_in
    monkeypatch.setattr(reading, "_read_one", stumbles("a policy", lambda file, *_: "Odd" in file.path)(read))
    monkeypatch.setattr(
        dropped, "_take_in", stumbles("a file", lambda files, *_: "odd" in files[0].path)(take)
    )
    words = b"Behaviour Policy\n\nOwner: Headteacher\nLast reviewed: March 2026\nNext review: March 2027\n"
    for name in ("Odd Policy.txt", "Behaviour Policy.txt"):
        school.put_file("policies", name, words.replace(b"Behaviour", name[:9].encode()))
    for name in ("odd/one.png", "two.png"):
        school.put_file("drop", f"Report drop/{name}", b"\x89PNG\r\n\x1a\n" + name.encode())

    sweeps(school, 4)

    assert set_aside(school) == 2
    assert [row["Document"] for row in school.rows("policies")] == ["Behaviour Policy.txt"]
    assert len(school.rows()) == 3
    monkeypatch.setattr(reading, "_read_one", read)
    monkeypatch.setattr(dropped, "_take_in", take)
    try_again(school.office)
    sweeps(school, 2)
    assert len(school.rows("policies")) == 2
    assert len(school.rows()) == 4
    assert set_aside(school) == 0


@pytest.mark.parametrize("how", [pytest.param("the command", marks=pytest.mark.soak), "the Inbox"])
def test_a_message_that_was_set_aside_opens_its_case_once_it_is_tried_again(
    moments: Moments, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    school = moments.come_to(two_cases)
    mail = workflows.open_cases.mail
    real = mail.record_message
    monkeypatch.setattr(mail, "record_message", stumbles("a mail", lambda *_, **__: True)(real))
    school.teacher_forwards("Post number 3 that somebody saw.")
    sweeps(school)
    monkeypatch.setattr(mail, "record_message", real)
    reports = school.address("reports")
    folders = school.as_visitor("GET", f"users/{reports}/mailFolders?$top=50").json()["value"]
    casework = next(folder["id"] for folder in folders if folder["displayName"] == "Casework")
    below = f"users/{reports}/mailFolders/{casework}/childFolders?$top=50"
    aside = next(
        folder["id"]
        for folder in school.as_visitor("GET", below).json()["value"]
        if folder["displayName"] == "Needs a person"
    )
    [message] = school.messages("reports", aside)

    if how == "the command":
        assert try_again(school.office) == 1
    else:
        moved = {"destinationId": "inbox"}
        school.as_visitor("POST", f"users/{reports}/messages/{message['id']}/move", json=moved)
    sweeps(school, 2)

    assert len(school.rows()) == 3
    assert school.messages("reports", aside) == []
    assert school.subjects("reports") == []
