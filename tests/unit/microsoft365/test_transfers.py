"""Uploading and downloading: whole, without the token, going on after a broken line."""

from __future__ import annotations

import json

import pytest

from casework.errors import AlreadyThereError, TemporaryConnectorError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.practice_clock import PracticeClock
from connectors.microsoft365.provisioning import Places
from tests.practice import PracticeServer

BIG = bytes(index % 253 for index in range(11 * 1024 * 1024 + 77))


@pytest.fixture
def library(casework: SchoolAccount, places: Places) -> GraphLibrary:
    return GraphLibrary(casework, places.casework_drive)


def transfers(practice: PracticeServer, method: str) -> int:
    return sum(
        1 for one in practice.recorded() if one["path"].startswith("/transfer") and one["method"] == method
    )


def test_a_big_file_goes_in_ranges_to_the_other_host(practice: PracticeServer, library: GraphLibrary) -> None:
    practice.forget_recorded()
    file = library.write("film.mp4", BIG)
    assert transfers(practice, "PUT") == 3
    assert library.read(file.file_id) == BIG
    assert not [one for one in practice.recorded() if one["status"] == 401]


def test_a_redirect_is_not_followed_with_the_token(
    library: GraphLibrary, casework: SchoolAccount, places: Places
) -> None:
    file = library.write("x.txt", b"x")
    url = f"{casework.protocol.service_url}drives/{places.casework_drive}/items/{file.file_id}/content"
    assert casework.con.get(url).status_code == 302


@pytest.mark.parametrize("fault", ["reset", "lost", "500"])
def test_an_upload_goes_on_where_the_line_broke(
    practice: PracticeServer, library: GraphLibrary, fault: str
) -> None:
    practice.set_faults({"method": "PUT", "path": "/transfer/*", "fault": fault, "times": 2})
    file = library.write("film.mp4", BIG)
    practice.set_faults()
    assert library.read(file.file_id) == BIG


def test_an_upload_that_keeps_breaking_goes_back_to_the_job(
    practice: PracticeServer, library: GraphLibrary
) -> None:
    practice.set_faults({"method": "PUT", "path": "/transfer/*", "fault": "reset"})
    with pytest.raises(TemporaryConnectorError):
        library.write("film.mp4", BIG)
    practice.set_faults()
    library.write("film.mp4", BIG)


def test_a_lost_last_range_is_an_unknown_outcome_and_the_file_is_there(
    practice: PracticeServer, library: GraphLibrary
) -> None:
    small_enough_for_one_range = BIG[: 5 * 1024 * 1024]
    practice.set_faults({"method": "PUT", "path": "/transfer/*", "fault": "lost", "times": 1})
    with pytest.raises(TemporaryConnectorError) as caught:
        library.write("film.mp4", small_enough_for_one_range)
    assert caught.value.outcome_unknown
    found = library.find("film.mp4")
    assert found is not None
    assert library.read(found.file_id) == small_enough_for_one_range


def test_a_lost_answer_to_a_small_file_is_an_unknown_outcome_not_a_name_that_is_taken(
    practice: PracticeServer, library: GraphLibrary
) -> None:
    practice.set_faults({"method": "PUT", "path": "*/content", "fault": "lost", "times": 1})
    with pytest.raises(TemporaryConnectorError) as caught:
        library.write("seal.json", b"{}")
    assert caught.value.outcome_unknown
    found = library.find("seal.json")
    assert found is not None
    assert library.read(found.file_id) == b"{}"


def test_a_file_that_may_be_replaced_is_simply_stored_again(
    practice: PracticeServer, library: GraphLibrary
) -> None:
    practice.set_faults({"method": "PUT", "path": "*/content", "fault": "lost", "times": 1})
    file = library.write("status.json", b"{}", replace=True)
    assert library.read(file.file_id) == b"{}"


def test_a_name_that_is_taken_meanwhile_shows_at_the_last_range(
    practice: PracticeServer, library: GraphLibrary, casework: SchoolAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    naive = casework.con.naive_request
    begun = []

    def somebody_is_quicker(url: str, method: str, **more: object) -> object:
        if method == "put" and not begun:
            begun.append(True)
            library.write("film.mp4", b"quick")
        return naive(url, method, **more)

    monkeypatch.setattr(casework.con, "naive_request", somebody_is_quicker)
    with pytest.raises(AlreadyThereError):
        library.write("film.mp4", BIG)
    found = library.find("film.mp4")
    assert found is not None
    assert library.read(found.file_id) == b"quick"


def test_downloads_are_repeated_when_the_line_breaks(practice: PracticeServer, library: GraphLibrary) -> None:
    file = library.write("x.bin", BIG[:100_000])
    practice.set_faults({"method": "GET", "path": "/transfer/*", "fault": "truncated", "times": 2})
    assert library.read(file.file_id) == BIG[:100_000]


def test_the_practice_clock_is_read_without_signing_in(
    practice: PracticeServer, casework: SchoolAccount
) -> None:
    practice.set_clock("2026-12-24T16:30:00+00:00")
    practice.forget_recorded()
    clock = PracticeClock(casework, practice.facts["graph_root"] + "practice/clock")
    assert clock.now().isoformat().startswith("2026-12-24T16:30")
    assert "token" not in json.dumps(practice.recorded())


PATHS = [f"TIS-2026-0001/{number}.txt" for number in range(6)]


@pytest.fixture
def kept(library: GraphLibrary) -> GraphLibrary:
    for path in PATHS:
        library.write(path, path.encode())
    return library


def read_in_turn(library: GraphLibrary) -> list[bytes | None]:
    return list(library.contents_at(PATHS))


def test_where_files_lie_is_asked_once_for_those_read_in_turn(
    practice: PracticeServer, kept: GraphLibrary
) -> None:
    practice.forget_recorded()

    held = read_in_turn(kept)

    assert held == [path.encode() for path in PATHS]
    assert transfers(practice, "GET") == len(PATHS)
    assert not [one for one in practice.recorded() if one["path"].endswith("/content")]


@pytest.mark.parametrize("fault", ["500", "lost", "429"])
def test_files_are_read_one_by_one_where_nothing_can_be_asked_together(
    practice: PracticeServer, kept: GraphLibrary, fault: str
) -> None:
    practice.set_faults({"method": "POST", "path": "*/$batch", "fault": fault})
    practice.forget_recorded()

    assert read_in_turn(kept) == [path.encode() for path in PATHS]
    assert [one for one in practice.recorded() if one["path"].endswith("/content")]


def test_what_somebody_deletes_while_files_are_read_is_missed(
    practice: PracticeServer, kept: GraphLibrary, casework: SchoolAccount, places: Places
) -> None:
    other = GraphLibrary(casework, places.casework_drive)
    reading = kept.contents_at(PATHS)
    first = next(reading)
    gone = other.find(PATHS[1])
    assert gone is not None

    casework.con.delete(f"{casework.protocol.service_url}drives/{places.casework_drive}/items/{gone.file_id}")

    assert first == PATHS[0].encode()
    assert next(reading) is None
    assert next(reading) == PATHS[2].encode()
