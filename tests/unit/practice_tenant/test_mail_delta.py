"""Message delta: every change once, in pages, and told when the place is lost."""

import shutil
from typing import Any

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import IMMUTABLE, deliver, draft, raw_mail


def _round(practice: PracticeServer, link: str, page: int = 50) -> tuple[list[dict[str, Any]], str]:
    """All pages of one round, and the link for the next."""
    headers = {"Prefer": f"odata.maxpagesize={page}, {IMMUTABLE['Prefer']}"}
    entries: list[dict[str, Any]] = []
    while True:
        answer = practice.graph("GET", link, headers=headers, expect=200).json()
        entries += answer["value"]
        if "@odata.deltaLink" in answer:
            return entries, answer["@odata.deltaLink"]
        link = answer["@odata.nextLink"]


def _inbox_delta(practice: PracticeServer, spelling: str = "delta", query: str = "") -> str:
    return f"users/{practice.user('reports')}/mailFolders/Inbox/messages/{spelling}{query}"


def test_a_first_round_gives_all_mail_in_pages_and_the_next_only_what_is_new(
    practice: PracticeServer,
) -> None:
    for number in range(5):
        deliver(practice, raw_mail(subject=f"Post {number}"))
    entries, link = _round(practice, _inbox_delta(practice), page=2)
    assert sorted(entry["subject"] for entry in entries) == [f"Post {number}" for number in range(5)]
    assert _round(practice, link)[0] == []
    deliver(practice, raw_mail(subject="Post 5"))
    entries, _ = _round(practice, link)
    assert [entry["subject"] for entry in entries] == ["Post 5"]


def test_all_spellings_of_delta_are_the_same(practice: PracticeServer) -> None:
    deliver(practice)
    for spelling in ("delta", "delta()", "microsoft.graph.delta()"):
        entries, _ = _round(practice, _inbox_delta(practice, spelling))
        assert len(entries) == 1


def test_an_old_link_may_be_asked_again_and_says_the_same(practice: PracticeServer) -> None:
    _, link = _round(practice, _inbox_delta(practice))
    deliver(practice)
    assert _round(practice, link)[0] == _round(practice, link)[0] != []


def test_a_moved_mail_is_reported_as_gone_and_a_changed_one_as_it_stands(practice: PracticeServer) -> None:
    first, second = deliver(practice), deliver(practice, raw_mail(subject="Another"))
    entries, link = _round(practice, _inbox_delta(practice))
    ids = {entry["subject"]: entry["id"] for entry in entries}
    user = f"users/{practice.user('reports')}"
    practice.graph(
        "POST", f"{user}/messages/{first['id']}/move", json={"destinationId": "archive"}, expect=201
    )
    practice.graph("PATCH", f"{user}/messages/{second['id']}", json={"isRead": True}, expect=200)
    entries, _ = _round(practice, link)
    gone = [entry for entry in entries if "@removed" in entry]
    kept = [entry for entry in entries if "@removed" not in entry]
    assert [(entry["id"], entry["@removed"]) for entry in gone] == [(ids["A post"], {"reason": "changed"})]
    assert [(entry["id"], entry["isRead"]) for entry in kept] == [(ids["Another"], True)]


def test_a_mail_moved_away_and_back_is_present_unless_the_known_fault_is_switched_on(
    practice: PracticeServer,
) -> None:
    message = deliver(practice)
    _, link = _round(practice, _inbox_delta(practice))
    user = f"users/{practice.user('reports')}/messages"
    away = practice.graph(
        "POST", f"{user}/{message['id']}/move", json={"destinationId": "archive"}, expect=201
    )
    practice.graph("POST", f"{user}/{away.json()['id']}/move", json={"destinationId": "inbox"}, expect=201)
    entries, _ = _round(practice, link)
    assert ["@removed" in entry for entry in entries] == [False]
    practice.practice("PUT", "clients", json={"delta_trap": True})
    entries, _ = _round(practice, link)
    assert ["@removed" in entry for entry in entries] == [True]


def test_the_first_requests_options_are_remembered_by_the_links(practice: PracticeServer) -> None:
    _, link = _round(practice, _inbox_delta(practice, query="?$select=subject"))
    deliver(practice)
    (entry,), _ = _round(practice, link)
    assert set(entry) == {"@odata.etag", "id", "subject"}


def test_a_link_of_another_life_is_refused_with_a_fresh_start(practice: PracticeServer) -> None:
    deliver(practice)
    _, link = _round(practice, _inbox_delta(practice))
    practice.reset()
    refused = practice.graph("GET", link, expect=410)
    assert refused.json()["error"]["code"] == "syncStateNotFound"
    deliver(practice)
    assert len(_round(practice, refused.headers["Location"])[0]) == 1


def test_a_token_nobody_made_is_refused(practice: PracticeServer) -> None:
    answer = practice.graph("GET", _inbox_delta(practice, query="?$deltatoken=rubbish"), expect=400)
    assert answer.json()["error"]["code"] == "syncStateNotFound"


def test_only_new_mail_is_shown_to_who_asks_for_created(practice: PracticeServer) -> None:
    old = deliver(practice)
    _, link = _round(practice, _inbox_delta(practice, query="?changeType=created"))
    user = f"users/{practice.user('reports')}/messages"
    practice.graph("PATCH", f"{user}/{old['id']}", json={"isRead": True}, expect=200)
    deliver(practice, raw_mail(subject="New"))
    entries, _ = _round(practice, link)
    assert [entry["subject"] for entry in entries] == ["New"]


def test_a_sent_draft_leaves_the_drafts_and_comes_to_sent_items(practice: PracticeServer) -> None:
    user = f"users/{practice.user('headteacher')}"
    _, drafts = _round(practice, f"{user}/mailFolders/drafts/messages/delta")
    _, sent = _round(practice, f"{user}/mailFolders/sentitems/messages/delta")
    made = draft(practice)
    _, drafts = _round(practice, drafts)
    practice.graph("POST", f"{user}/messages/{made['id']}/send", expect=202)
    assert [entry["id"] for entry in _round(practice, drafts)[0] if "@removed" in entry] == [made["id"]]
    assert [entry["id"] for entry in _round(practice, sent)[0]] == [made["id"]]


def test_a_new_folder_is_seen_by_folder_delta(practice: PracticeServer) -> None:
    user = f"users/{practice.user('reports')}"
    entries, link = _round(practice, f"{user}/mailFolders/delta")
    assert "Inbox" in {entry["displayName"] for entry in entries}
    made = practice.graph("POST", f"{user}/mailFolders", json={"displayName": "Done"}, expect=201).json()
    entries, link = _round(practice, link)
    assert [entry["displayName"] for entry in entries] == ["Done"]
    practice.graph("POST", f"{user}/mailFolders/{made['id']}/permanentDelete", expect=204)
    entries, _ = _round(practice, link)
    assert [(entry["id"], "@removed" in entry) for entry in entries] == [(made["id"], True)]


def test_quirks_begin_a_round_with_an_empty_page_and_repeat_the_last_change(practice: PracticeServer) -> None:
    practice.practice("PUT", "clients", json={"delta_quirks": True})
    deliver(practice)
    first = practice.graph("GET", _inbox_delta(practice), expect=200).json()
    assert first["value"] == []
    entries, link = _round(practice, first["@odata.nextLink"])
    assert len(entries) == 1
    assert [entry["id"] for entry in _round(practice, link)[0]] == [entry["id"] for entry in entries]


def test_a_link_from_before_a_checkpoint_holds_after_the_reset_to_it(practice: PracticeServer) -> None:
    kept = practice.state / "checkpoint.kept"
    shutil.copy(practice.state / "checkpoint.sqlite", kept)
    deliver(practice)
    _, before = _round(practice, _inbox_delta(practice))
    try:
        practice.checkpoint()
        deliver(practice)
        _, after = _round(practice, before)
        practice.reset()
    finally:
        shutil.copy(kept, practice.state / "checkpoint.sqlite")

    practice.graph("GET", after, expect=410)
    deliver(practice)
    assert len(_round(practice, before)[0]) == 1
