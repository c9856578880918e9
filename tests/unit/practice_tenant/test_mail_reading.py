"""Reading mail: lists, ids, headers, filters, and the very bytes."""

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import (
    IMMUTABLE,
    KEY_PROPERTY,
    deliver,
    draft,
    get,
    listed,
    raw_mail,
)


def _headers(practice: PracticeServer, message_id: str) -> list[tuple[str, str]]:
    shown = get(practice, "reports", message_id, "?$select=internetMessageHeaders")
    return [(each["name"], each["value"]) for each in shown["internetMessageHeaders"]]


@pytest.mark.parametrize("newline", [b"\r\n", b"\n"])
def test_a_mail_is_given_back_byte_for_byte_below_the_transports_own_headers(
    practice: PracticeServer, newline: bytes
) -> None:
    raw = (raw_mail(body="Line\r\n\r\nFrom the end  ") + b"\xff\xfe broken bytes\r\n").replace(
        b"\r\n", newline
    )
    message = deliver(practice, raw)
    path = f"users/{practice.user('reports')}/messages/{message['id']}/$value"
    assert practice.graph("GET", path, expect=200).content.endswith(raw)


def test_headers_are_shown_only_to_who_asks_for_them(practice: PracticeServer) -> None:
    message = deliver(practice)
    assert "internetMessageHeaders" not in message
    assert ("Subject", "A post") in _headers(practice, message["id"])


def test_mail_from_the_senders_own_domain_passes_all_checks(practice: PracticeServer) -> None:
    results = dict(_headers(practice, deliver(practice)["id"]))["Authentication-Results"]
    assert "spf=pass" in results
    assert "dkim=pass" in results
    assert "dmarc=pass" in results
    assert "compauth=pass" in results


@pytest.mark.parametrize(
    ("sender", "reason"), [("Head <head@tillbrook.example>", "601"), ("Ann <ann@example.net>", "000")]
)
def test_a_forged_from_fails_and_is_never_internal(
    practice: PracticeServer, sender: str, reason: str
) -> None:
    headers = dict(_headers(practice, deliver(practice, raw_mail(sender=sender))["id"]))
    assert "dmarc=fail" in headers["Authentication-Results"]
    assert f"compauth=fail reason={reason}" in headers["Authentication-Results"]
    assert headers["X-MS-Exchange-Organization-AuthAs"] == "Anonymous"


def test_the_own_domain_fails_even_with_a_matching_envelope(practice: PracticeServer) -> None:
    raw = raw_mail(sender="Head <head@tillbrook.example>")
    practice.deliver(raw, sender="head@tillbrook.example", to=practice.user("reports"))
    (message,) = listed(practice, "reports", "inbox")
    assert "dmarc=fail" in dict(_headers(practice, message["id"]))["Authentication-Results"]


def test_headers_that_only_exchange_may_write_do_not_come_in_from_outside(practice: PracticeServer) -> None:
    forged = (
        "X-MS-Exchange-Organization-AuthAs: Internal\r\nAuthentication-Results: dmarc=pass\r\n"
        " folded=pass\r\nx-ms-exchange-organization-scl:\r\n -1\r\n"
    )
    headers = _headers(practice, deliver(practice, raw_mail(more=forged))["id"])
    assert [value for name, value in headers if name.lower() == "x-ms-exchange-organization-authas"] == [
        "Anonymous"
    ]
    assert len([name for name, _ in headers if name.lower() == "authentication-results"]) == 1
    assert ("Authentication-Results-Original", "dmarc=pass folded=pass") in headers
    assert len([name for name, _ in headers if name.lower() == "x-ms-exchange-organization-scl"]) == 1


def test_two_from_headers_never_pass(practice: PracticeServer) -> None:
    raw = raw_mail(more="From: head@tillbrook.example\r\n")
    assert "dmarc=fail" in dict(_headers(practice, deliver(practice, raw)["id"]))["Authentication-Results"]


def test_mail_for_nobody_at_the_school_is_refused_at_the_door(practice: PracticeServer) -> None:
    with pytest.raises(AssertionError, match="404"):
        practice.deliver(raw_mail(), sender="ann@example.org", to="nobody@tillbrook.example")


def test_an_immutable_id_survives_a_move_and_a_default_id_does_not(practice: PracticeServer) -> None:
    message = deliver(practice)
    user = f"users/{practice.user('reports')}/messages"
    constant = practice.graph("GET", f"{user}/{message['id']}", headers=IMMUTABLE, expect=200).json()["id"]
    moved = practice.graph(
        "POST", f"{user}/{message['id']}/move", json={"destinationId": "Archive"}, expect=201
    ).json()
    assert moved["id"] not in {message["id"], constant}
    practice.graph("GET", f"{user}/{message['id']}", expect=404)
    assert get(practice, "reports", constant)["parentFolderId"] == moved["parentFolderId"]


def test_ids_are_case_sensitive(practice: PracticeServer) -> None:
    message = deliver(practice)
    path = f"users/{practice.user('reports')}/messages/{message['id'].swapcase()}"
    practice.graph("GET", path, expect=404)


def test_a_list_comes_newest_first_in_pages_of_ten(practice: PracticeServer) -> None:
    for number in range(12):
        practice.set_clock(f"2026-11-23T10:{number:02}:00Z")
        deliver(practice, raw_mail(subject=f"{number}"))
    path = f"users/{practice.user('reports')}/messages?$select=subject&$count=true"
    first = practice.graph("GET", path, expect=200).json()
    second = practice.graph("GET", first["@odata.nextLink"], expect=200).json()
    assert first["@odata.count"] == 12
    subjects = [each["subject"] for each in first["value"] + second["value"]]
    assert subjects == [str(number) for number in reversed(range(12))]
    assert "@odata.nextLink" not in second


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("from/emailAddress/address eq 'ANN@example.org'", {"A post", "It's here"}),
        ("startswith(subject,'a p')", {"A post"}),
        ("subject eq 'It''s here'", {"It's here"}),
        ("contains(subject,'here') and isRead eq false", {"It's here"}),
        ("not startswith(subject,'A') or isDraft eq true", {"It's here"}),
        ("receivedDateTime ge 2026-11-23T09:30:00Z", {"It's here"}),
        ("receivedDateTime lt 2026-11-23T09:30:00+00:00", {"A post"}),
        ("hasAttachments eq true", set()),
    ],
)
def test_a_filter_finds_what_it_says(practice: PracticeServer, condition: str, expected: set[str]) -> None:
    deliver(practice)
    practice.set_clock("2026-11-23T10:00:00Z")
    deliver(practice, raw_mail(subject="It's here"))
    answer = practice.graph(
        "GET", f"users/{practice.user('reports')}/messages", params={"$filter": condition}, expect=200
    )
    assert {each["subject"] for each in answer.json()["value"]} == expected


def test_our_drafts_are_found_by_their_key_in_any_folder_and_nothing_else_is(
    practice: PracticeServer,
) -> None:
    made = draft(practice, singleValueExtendedProperties=[{"id": KEY_PROPERTY, "value": "case 7"}])
    draft(practice, singleValueExtendedProperties=[{"id": KEY_PROPERTY, "value": "case 8"}])
    draft(practice)
    condition = f"singleValueExtendedProperties/any(ep:ep/id eq '{KEY_PROPERTY}' and ep/value eq 'case 7')"
    answer = practice.graph(
        "GET",
        f"users/{practice.user('headteacher')}/messages",
        params={"$filter": condition},
        headers=IMMUTABLE,
        expect=200,
    )
    assert [each["id"] for each in answer.json()["value"]] == [made["id"]]


def test_a_filter_that_is_none_is_refused_in_microsofts_words(practice: PracticeServer) -> None:
    path = f"users/{practice.user('reports')}/messages?$filter=subject%20eq"
    assert "Invalid filter clause" in practice.graph("GET", path, expect=400).json()["error"]["message"]


def test_the_body_comes_as_text_or_html_as_preferred(practice: PracticeServer) -> None:
    made = draft(practice, body={"contentType": "html", "content": "<p>One</p><p>Two &amp; three</p>"})
    path = f"users/{practice.user('headteacher')}/messages/{made['id']}"
    prefer = f'outlook.body-content-type="text", {IMMUTABLE["Prefer"]}'
    body = practice.graph("GET", path, headers={"Prefer": prefer}, expect=200).json()["body"]
    assert body["contentType"] == "text"
    assert body["content"].split() == ["One", "Two", "&", "three"]


def test_a_reply_from_a_parent_joins_the_conversation_of_the_letter(practice: PracticeServer) -> None:
    made = draft(practice)
    practice.graph("POST", f"users/{practice.user('headteacher')}/messages/{made['id']}/send", expect=202)
    answer = raw_mail(sender="parent@example.net", more=f"In-Reply-To: {made['internetMessageId']}\r\n")
    practice.deliver(answer, sender="parent@example.net", to=practice.user("headteacher"))
    (arrived,) = listed(practice, "headteacher", "inbox")
    assert arrived["conversationId"] == made["conversationId"]
    (found,) = practice.graph(
        "GET",
        f"users/{practice.user('headteacher')}/mailFolders/inbox/messages",
        params={"$filter": f"conversationId eq '{made['conversationId']}'"},
        expect=200,
    ).json()["value"]
    assert found["subject"] == "A post"


def test_mails_are_counted_with_and_without_a_filter(practice: PracticeServer) -> None:
    deliver(practice)
    deliver(practice, raw_mail(subject="Other"))
    path = f"users/{practice.user('reports')}/mailFolders/inbox/messages/$count"
    assert practice.graph("GET", path, expect=200).text == "2"
    assert practice.graph("GET", path, params={"$filter": "subject eq 'Other'"}, expect=200).text == "1"


def test_a_search_looks_into_subject_words_and_people(practice: PracticeServer) -> None:
    deliver(practice, raw_mail(subject="About the playground"))
    deliver(practice, raw_mail(body="On the Playground wall"))
    deliver(practice)
    path = f"users/{practice.user('reports')}/messages"
    found = practice.graph("GET", path, params={"$search": '"playground"'}, expect=200).json()["value"]
    assert len(found) == 2
