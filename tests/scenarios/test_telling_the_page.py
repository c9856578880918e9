"""In practice every sweep tells the page what was done and why, once, and a page that is away stops nothing."""

from typing import Any

from tests.school import SchoolAtWork


def told(school: SchoolAtWork) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = school.server.practice("GET", "work-log").json()["entries"]
    return entries


def test_the_page_reads_each_step_once_with_its_reason(school: SchoolAtWork) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()
    school.works()

    entries = told(school)
    assert [entry["number"] for entry in entries] == list(range(1, len(entries) + 1))
    opened = next(entry for entry in entries if entry["words"].startswith("Case opened"))
    assert opened["reference"] == "TIS-2026-0001"
    assert "gets a case" in opened["why"]
    assert not [entry for entry in entries if "@" in entry["words"] or "Somebody wrote" in entry["words"]]


def test_after_a_restart_the_log_goes_on_and_after_a_new_journal_it_begins_again(
    school: SchoolAtWork,
) -> None:
    school.teacher_forwards("Somebody wrote this.")
    school.works()
    before = told(school)
    school.restart()
    school.teacher_forwards("Somebody wrote something else.")
    school.works()
    assert told(school)[: len(before)] == before
    assert len(told(school)) > len(before)

    stranger = [{"number": 1, "at": "2026-11-23T08:00:00Z", "words": "Of another journal.", "mark": "x"}]
    school.server.practice("POST", "work-log", json={"replace": True, "entries": stranger})
    school.restart()
    school.works()
    assert "Of another journal." not in [entry["words"] for entry in told(school)]
    assert told(school)[: len(before)] == before


def test_the_page_learns_the_school_days_the_staffs_columns_and_how_a_case_goes(
    school: SchoolAtWork,
) -> None:
    school.at("2026-12-17T09:00:00+00:00")
    school.works()

    page = school.server.facts["page"]
    clock = school.server._session.get(f"{page}clock", timeout=60).text
    assert "Play 1 school day" in clock  # Friday 18 December is the last one of the term
    assert "Fri 18 Dec, 08:00" in clock
    picture = school.server._session.get(f"{page}casework/procedures/1.svg", timeout=60).text
    assert picture.startswith("<svg")
    assert "Posts by parents" in picture


def test_what_is_told_of_a_policy_names_the_document(school: SchoolAtWork) -> None:
    school.put_file("policies", "Policies/Trips.txt", b"Trips policy\n\nNext review: March 2026\n")
    school.works()

    words = [entry["words"] for entry in told(school)]
    assert [
        each for each in words if each.startswith("Trips") and "was read; next review: 2026-03" in each
    ], words
