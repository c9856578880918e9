"""A long list or calendar is searched for one key without showing all of it, and what is found stays the same."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_tenant.odata.filters import parse_filter
from practice_tenant.odata.matching import matches
from practice_tenant.odata.narrowing import needed_text, searchable
from tests.checked_graph import CheckedGraph
from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import KEY_PROPERTY, deliver, draft, listed, raw_mail

KEY = ("fields", "Key")
VALUES = st.sampled_from(["TIS/2026/1", "tis/2026/1", "TIS/2026/10", "it's", 'a "b"', "Zoë", "", "ab"])


def _comparison(name: str, sign: str, value: str) -> str:
    quoted = value.replace("'", "''")
    return f"fields/{name} {sign} '{quoted}'"


def _joined(left: str, word: str, right: str) -> str:
    return f"({left} {word} {right})"


CONDITIONS = st.recursive(
    st.builds(_comparison, st.sampled_from(["Key", "Other"]), st.sampled_from(["eq", "ne"]), VALUES),
    lambda inner: (
        st.builds(_joined, inner, st.sampled_from(["and", "or"]), inner) | st.builds("not ({})".format, inner)
    ),
    max_leaves=4,
)


@given(condition=CONDITIONS, key=VALUES, other=VALUES)
def test_whatever_a_filter_finds_holds_the_text_that_is_looked_for(
    condition: str, key: str, other: str
) -> None:
    fields = {"Key": key, "Other": other}
    expression = parse_filter(condition)

    text = needed_text(expression, KEY.__eq__)

    if matches(expression, {"fields": fields}):
        assert text in json.dumps(fields).lower()


def test_an_event_is_looked_for_by_its_key() -> None:
    condition = (
        "singleValueExtendedProperties/any(ep: ep/id eq 'String {x} Name Key' and ep/value eq 'TIS/due/1')"
    )
    stored = ("singleValueExtendedProperties", "value")

    assert needed_text(parse_filter(condition), stored.__eq__) == "tis/due/1"


@pytest.mark.parametrize("value", ['a "b"', "Zoë", "a\\b", "line\nend"])
def test_what_json_may_write_otherwise_is_not_looked_for(value: str) -> None:
    assert searchable(value) == ""


def test_one_row_among_many_is_found_in_any_letter_case(graph: CheckedGraph) -> None:
    rows = graph.new_list({"name": "Key", "text": {}, "indexed": True, "enforceUniqueValues": True})
    for number in range(12):
        graph.add(rows, Title=f"Row {number}", Key=f"TIS/due/{number}")

    found = graph.json("GET", f"{rows}/items?$filter=fields/Key eq 'tis/DUE/1'&$expand=fields")["value"]
    taken = graph.error("POST", f"{rows}/items", json={"fields": {"Key": "tis/due/11"}})

    assert [row["fields"]["Title"] for row in found] == ["Row 1"]
    assert taken == (400, "invalidRequest")


MAILS = ("tis/due/1", "TIS/DUE/1", "TIS/due/10", "\N{KELVIN SIGN}ey", "key", "Zoë", "ZOË")


@pytest.mark.parametrize("value", ["TIS/due/1", "tis/due/10", "key", "zoë", "nothing"])
def test_mails_are_found_by_a_property_as_letter_case_has_it(practice: PracticeServer, value: str) -> None:
    for carried in MAILS:
        draft(practice, singleValueExtendedProperties=[{"id": KEY_PROPERTY, "value": carried}])
    condition = f"singleValueExtendedProperties/any(ep: ep/id eq '{KEY_PROPERTY}' and ep/value eq '{value}')"

    shown = f"$expand=singleValueExtendedProperties($filter=id eq '{KEY_PROPERTY}')&$top=50"
    found = listed(practice, "headteacher", "drafts", f"?$filter={condition}&{shown}")

    carried = [mail["singleValueExtendedProperties"][0]["value"] for mail in found]
    assert sorted(carried) == sorted(one for one in MAILS if one.casefold() == value.casefold())


def test_a_mail_is_no_draft_any_more_once_it_was_sent(practice: PracticeServer) -> None:
    carried = [{"id": KEY_PROPERTY, "value": "TIS/due/1"}]
    first = draft(practice, subject="first", singleValueExtendedProperties=carried)
    draft(practice, subject="second", singleValueExtendedProperties=carried)
    draft(practice, subject="of another key")
    found = f"singleValueExtendedProperties/any(ep: ep/id eq '{KEY_PROPERTY}' and ep/value eq 'tis/DUE/1')"
    own = f"users/{practice.user('headteacher')}/messages"

    practice.graph("POST", f"{own}/{first['id']}/send", expect=202)

    asked = {
        condition: {
            mail["subject"] for mail in practice.graph("GET", f"{own}?$filter={condition}").json()["value"]
        }
        for condition in (f"isDraft eq true and {found}", f"{found} and isDraft eq false", found)
    }
    assert [*asked.values()] == [{"second"}, {"first"}, {"first", "second"}]


def test_what_only_one_side_of_an_or_narrows_is_not_narrowed(practice: PracticeServer) -> None:
    carried = [{"id": KEY_PROPERTY, "value": "TIS/due/1"}]
    draft(practice, subject="by its property", singleValueExtendedProperties=carried)
    draft(practice, subject="by its subject")
    condition = (
        "subject eq 'by its subject' or singleValueExtendedProperties/any(ep: ep/value eq 'TIS/due/1')"
    )

    found = listed(practice, "headteacher", "drafts", f"?$filter={condition}")

    assert {mail["subject"] for mail in found} == {"by its property", "by its subject"}


@pytest.mark.parametrize(("said", "there"), [("2026-11-23T09:00:00Z", True), ("2026-11-23T09:30:00Z", False)])
def test_mails_are_found_by_when_they_came_and_by_what_they_answer(
    practice: PracticeServer, said: str, there: bool
) -> None:
    first = deliver(practice, raw_mail(more="Message-ID: <Post-1@example.org>\r\n"))
    deliver(practice, raw_mail(subject="Again", more="In-Reply-To: <Post-1@example.org>\r\n"))
    deliver(practice, raw_mail(subject="Another"))
    same, own = f"conversationId eq '{first['conversationId']}'", "<post-1@EXAMPLE.org>"

    asked = {
        condition: {mail["subject"] for mail in listed(practice, "reports", "inbox", f"?$filter={condition}")}
        for condition in (same, f"receivedDateTime ge {said} and {same}", f"internetMessageId eq '{own}'")
    }

    both = {"A post", "Again"}
    assert [*asked.values()] == [both, both if there else set(), {"A post"}]
