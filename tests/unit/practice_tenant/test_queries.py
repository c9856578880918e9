"""Queries that Graph refuses are refused in its words, and legal ones are taken in any spelling."""

from typing import Any

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import deliver, raw_mail


def _address(practice: PracticeServer, path: str) -> str:
    facts = practice.facts
    return path.format(
        user=f"users/{practice.user('reports')}",
        drive=f"drives/{facts['office_drive_id']}",
        site=f"sites/{facts['site_id']}",
    )


def _refused(practice: PracticeServer, path: str) -> dict[str, Any]:
    error: dict[str, Any] = practice.graph("GET", _address(practice, path), expect=400).json()["error"]
    return error


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        ("{user}/messages?$select=colour", "BadRequest", "'colour' on type 'microsoft.graph.message'"),
        ("{user}/mailFolders?$select=isRead", "BadRequest", "'isRead' on type 'microsoft.graph.mailFolder'"),
        ("{user}/messages?$filter=isJunk ne true", "RequestBroker--ParseUri", "'isJunk'"),
        ("{user}/messages?$orderby=age", "RequestBroker--ParseUri", "'age'"),
        ("{user}/messages?$filter=isRead eq 'true'", "RequestBroker--ParseUri", "incompatible types"),
        ("{user}/messages?$filter=subject eq 7", "RequestBroker--ParseUri", "'Edm.Int32'"),
        ("{user}/messages?$filter=not x/any(a:a/b eq 'c')", "RequestBroker--ParseUri", "'x'"),
        ("{user}/messages?$expand=subject", "BadRequest", "is not a navigation property"),
        ("{user}/messages?$expand=friends", "BadRequest", "'friends'"),
        ("{user}/messages?$top=1001", "BadRequest", "The limit of '1000'"),
        ("{user}/messages?$top=many", "BadRequest", "$top"),
        ("{user}/messages?$filter=subject eq", "BadRequest", "Invalid filter clause"),
        ("{user}/events?$filter=isBig eq true", "RequestBroker--ParseUri", "microsoft.graph.event"),
        ("{drive}/root/children?$select=colour", "BadRequest", "microsoft.graph.driveItem"),
        ("{drive}/root?$expand=name", "BadRequest", "navigation"),
        ("{site}/lists?$select=colour", "BadRequest", "microsoft.graph.list"),
    ],
)
def test_what_a_type_does_not_have_is_refused(
    practice: PracticeServer, path: str, code: str, words: str
) -> None:
    error = _refused(practice, path)
    assert error["code"] == code
    assert words in error["message"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("$filter=isRead eq false&$orderby=receivedDateTime desc", "InefficientFilter"),
        (
            "$filter=isRead eq false and receivedDateTime ge 2026-01-01&$orderby=receivedDateTime",
            "InefficientFilter",
        ),
        ('$search="post"&$filter=isRead eq false', "SearchWithFilter"),
        ('$search="post"&$orderby=subject', "SearchWithOrderBy"),
        ('$search="post"&$count=true', "SearchWithCount"),
    ],
)
def test_options_that_exchange_does_not_take_together_are_refused(
    practice: PracticeServer, query: str, code: str
) -> None:
    assert _refused(practice, "{user}/messages?" + query)["code"] == code


@pytest.mark.parametrize(
    "query",
    [
        "$search=post",
        "$filter=isRead eq false",
        "$orderby=subject",
        "$skip=1",
        "$filter=receivedDateTime lt 2026-01-01",
    ],
)
def test_delta_of_mail_takes_little(practice: PracticeServer, query: str) -> None:
    error = _refused(practice, "{user}/mailFolders/inbox/messages/delta?" + query)
    assert error["code"] == "ErrorInvalidUrlQuery"


def test_delta_of_mail_takes_the_day_of_reception(practice: PracticeServer) -> None:
    deliver(practice)
    query = "$filter=receivedDateTime ge 2026-11-23T00:00:00Z&$orderby=receivedDateTime desc&$select=subject"
    found = practice.graph(
        "GET", _address(practice, "{user}/mailFolders/inbox/messages/delta?" + query), expect=200
    )
    assert [each["subject"] for each in found.json()["value"]] == ["A post"]


@pytest.mark.parametrize(
    "query",
    [
        "$filter=ISREAD eq false",
        "filter=From/EmailAddress/Address eq 'ann@example.org'",
        "$filter=receivedDateTime ge 2026-11-23T00:00:00Z and isRead eq false&$orderby=receivedDateTime desc",
        "$SELECT=Subject,id&$Filter=startswith(subject,'A p')",
        "$filter=contains(subject,'post')",
        "$filter=flag/flagStatus eq 'notFlagged'",
        "$filter=categories/any(c:c eq 'None') eq false",
        "$filter=sender/emailAddress/name ne null",
        "$filter=(hasAttachments eq false) and (importance eq 'normal')",
        "$filter=subject in ('A post', 'another')",
        "$top=1000&$count=true&$skip=0",
    ],
)
def test_legal_spellings_are_understood(practice: PracticeServer, query: str) -> None:
    deliver(practice)
    found = practice.graph("GET", _address(practice, "{user}/messages?" + query), expect=200).json()
    assert [each["subject"] for each in found["value"]] == ["A post"]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ('"threat"', {"One"}),
        ('"THREAT OR playground"', {"One", "Two"}),
        ('"subject:two"', {"Two"}),
        ('"subject:tw"', set()),
        ('"subject:tw*"', {"Two"}),
        ('"from:ben"', {"Two"}),
        ('"from:ben@example.org"', {"Two"}),
        ('"to:reports"', {"One", "Two"}),
        ('"participants:ann AND threat"', {"One"}),
        ('"NOT threat"', {"Two"}),
        ('"-threat"', {"Two"}),
        ('"body:\\"the playground\\""', {"Two"}),
        ('"body:\\"playground the\\""', set()),
        ('"(threat OR playground) AND from:ann"', {"One"}),
        ('"received:2026-11-23"', {"One", "Two"}),
        ('"received>=2026-11-24"', set()),
        ('"received:2026-11-01..2026-11-30"', {"One", "Two"}),
        ('"received:today"', {"One", "Two"}),
        ('"hasAttachments:true"', set()),
        ('"hasAttachments:false"', {"One", "Two"}),
        ('"importance:normal"', {"One", "Two"}),
        ('"size>1000000"', set()),
        ("threat", {"One"}),
    ],
)
def test_mails_are_found_by_microsofts_query_language(
    practice: PracticeServer, search: str, found: set[str]
) -> None:
    deliver(practice, raw_mail(subject="One", body="A threat was posted."))
    deliver(practice, raw_mail(subject="Two", sender="Ben <ben@example.org>", body="About the playground."))
    answer = practice.graph(
        "GET", _address(practice, "{user}/messages"), params={"$search": search}, expect=200
    ).json()
    assert {each["subject"] for each in answer["value"]} == found


@pytest.mark.parametrize("search", ["subject:two", '"(threat"', '"AND"x', '"received:soon"', '"size:big"'])
def test_a_search_that_cannot_be_read_is_refused(practice: PracticeServer, search: str) -> None:
    deliver(practice)
    answer = practice.graph(
        "GET", _address(practice, "{user}/messages"), params={"$search": search}, expect=400
    )
    assert "yntax error" in answer.json()["error"]["message"] or "is no" in answer.json()["error"]["message"]
