"""When nothing is new, a sweep asks for each thing that it watches at most once, and for nothing else."""

from __future__ import annotations

from collections import Counter
from urllib.parse import unquote, urlsplit

import pytest
import requests
from requests.adapters import HTTPAdapter

import schedule
from tests.scenarios.test_a_letter_that_comes_back import letter_sent
from tests.school import SchoolAtWork


def asked(school: SchoolAtWork) -> Counter[str]:
    """What one idle sweep asks Graph, by path; signing in and the practice clock apart."""
    school.server.forget_recorded()
    school.works()
    signing_in = ("/oauth2/", "/.well-known/")
    entries = [
        entry for entry in school.server.recorded() if not any(part in entry["path"] for part in signing_in)
    ]
    carriers = [entry for entry in entries if entry["path"] == "/v1.0/$batch"]
    read = [entry for entry in entries if entry not in carriers]
    assert {entry["method"] for entry in read} == {"GET"}
    assert len(carriers) == 1, "what is watched is asked for in one request"
    return Counter(unquote(entry["path"]).removeprefix("/v1.0/") for entry in read)


def test_an_idle_sweep_asks_for_each_watched_thing_once(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    school.put_file(
        "policies", "Acceptable Use Policy.txt", b"Acceptable Use Policy\nNext review: March 2027\n"
    )
    school.works()
    school.staff_set(Parent="Mrs R Oakfield", ParentEmail="r.oakfield@parents.example", Target="school")
    for _ in range(3):
        school.works()

    requests = asked(school)

    drives, lists = school.places["drives"], school.places["lists"]
    site = f"sites/{school.places['site_id']}/lists"
    watched = {
        f"users/{school.address('reports')}/mailFolders/inbox/messages/delta",
        f"users/{school.address('headteacher')}/messages",
        f"{site}/{lists['cases']}/items/delta",
        f"{site}/{lists['policies']}/items/delta",
        f"drives/{drives['casework']}/root/delta",
        f"drives/{drives['drop']}/root/delta",
        f"drives/{drives['policies']}/root/delta",
    }
    assert requests.keys() == watched
    assert set(requests.values()) == {1}


@pytest.fixture
def on_the_line(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Whatever Casework asks Graph for while the test runs."""
    noted: list[str] = []
    send = HTTPAdapter.send

    def noting(self: HTTPAdapter, request: requests.PreparedRequest, **more: object) -> requests.Response:
        if "/v1.0/" in str(request.url) and str(request.headers.get("User-Agent", "")).startswith("NONISV"):
            noted.append(f"{request.method} {urlsplit(str(request.url)).path}")
        return send(self, request, **more)

    monkeypatch.setattr(HTTPAdapter, "send", noting)
    return noted


def test_the_look_after_something_was_done_asks_for_it_all_in_one_request_too(
    school: SchoolAtWork, on_the_line: list[str]
) -> None:
    for _ in range(3):
        school.works()
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    on_the_line.clear()

    school.works()

    assert len(school.rows()) == 1
    assert [one for one in on_the_line if one.endswith("/delta")] == []


def test_an_idle_sweep_is_one_request_on_the_line(school: SchoolAtWork, on_the_line: list[str]) -> None:
    for _ in range(3):
        school.works()
    on_the_line.clear()

    school.works()

    assert on_the_line == ["POST /v1.0/$batch"]


def test_what_is_looked_for_now_and_then_goes_with_that_request(
    school: SchoolAtWork, on_the_line: list[str]
) -> None:
    letter_sent(school)
    for _ in range(4):
        school.works()
    # a quarter of an hour: who is away, whether mailbox and libraries are whole; and has the letter come back?
    school.at("2026-11-23T09:20:00+00:00")
    on_the_line.clear()

    school.works()

    assert on_the_line == ["POST /v1.0/$batch"]


def test_without_a_letter_that_waits_no_approvers_mailbox_is_asked(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    for _ in range(3):
        school.works()

    requests = asked(school)

    assert not any("/messages" in path and "inbox" not in path for path in requests)


def test_a_new_process_asks_for_no_more_than_a_running_one(school: SchoolAtWork) -> None:
    for _ in range(2):
        school.works()
    running = asked(school)

    school.restart()

    assert asked(school) == running


def test_nothing_is_asked_once_more_after_a_timeline_that_only_people_read(school: SchoolAtWork) -> None:
    school.teacher_forwards("Seen on https://www.facebook.com/groups/tillbrook/posts/12")
    written: list[bool] = []

    schedule.run_once(
        school.office,
        told=lambda step: written.append(has_timeline(school)) if step == "open_cases" else None,
    )

    assert has_timeline(school)
    assert written == [False, False], "the round that wrote it was the last"


def has_timeline(school: SchoolAtWork) -> bool:
    return bool(school.files("casework", wanted=lambda path: path.endswith("Timeline.docx")))
