"""List items: values, uniqueness, filters, versions of the row and who changed it."""

from typing import Any

import pytest

from tests.checked_graph import CheckedGraph

COLUMNS: tuple[dict[str, Any], ...] = (
    {"name": "Reference", "text": {}, "indexed": True, "enforceUniqueValues": True},
    {"name": "Stage", "choice": {"choices": ["new", "talk"]}, "indexed": True},
    {"name": "Categories", "choice": {"choices": ["insult", "threat"], "displayAs": "checkBoxes"}},
    {"name": "Due", "dateTime": {"format": "dateOnly"}, "indexed": True},
    {"name": "ReportedAt", "dateTime": {"format": "dateTime"}},
    {"name": "Continues", "boolean": {}},
    {"name": "Count", "number": {}},
    {"name": "Notes", "text": {"allowMultipleLines": True}},
    {"name": "Helper", "personOrGroup": {}},
    {"name": "Link", "hyperlinkOrPicture": {}},
)
MANY = "Collection(Edm.String)"
ALLOW = {"Prefer": "HonorNonIndexedQueriesWarningMayFailRandomly"}


@pytest.fixture
def cases(graph: CheckedGraph) -> str:
    """The address of a list with a column of every kind."""
    return graph.new_list(*COLUMNS)


def test_values_of_every_kind_come_back(graph: CheckedGraph, cases: str) -> None:
    given: dict[str, Any] = {
        "Title": "Facebook post, reported 23 November 2026",
        "Reference": "TIS-2026-0001",
        "Stage": "talk",
        "Categories@odata.type": MANY,
        "Categories": ["insult", "threat"],
        "Due": "2026-11-30",
        "ReportedAt": "2026-11-23T09:05:00+00:00",
        "Continues": False,
        "Count": 3,
        "Notes": "first line\nsecond line",
        "HelperLookupId": "2",
    }
    made = graph.add(cases, **given)
    fields = graph.json("GET", f"{cases}/items/{made['id']}/fields")
    expected = {name: value for name, value in given.items() if "@" not in name}
    expected |= {"Due": "2026-11-30T00:00:00Z", "ReportedAt": "2026-11-23T09:05:00Z"}
    assert {name: fields[name] for name in expected} == expected
    assert fields["_UIVersionString"] == "1.0"


@pytest.mark.parametrize("moment", ["2026-11-30T12:00:00Z", "2026-11-30", "2026-11-30T23:59:59Z"])
def test_a_date_without_a_time_is_the_day_at_the_site(graph: CheckedGraph, cases: str, moment: str) -> None:
    assert graph.add(cases, Due=moment)["fields"]["Due"] == "2026-11-30T00:00:00Z"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2026-06-15T12:00:00Z", "2026-06-14T23:00:00Z"),
        ("2026-06-15T23:30:00Z", "2026-06-15T23:00:00Z"),
        ("2026-11-30T12:00:00Z", "2026-11-30T00:00:00Z"),
    ],
)
def test_a_site_on_british_time_begins_its_days_an_hour_earlier_in_summer(
    graph: CheckedGraph, cases: str, given: str, kept: str
) -> None:
    graph.practice.practice("PUT", "site", json={"time_zone": "Europe/London"})
    assert graph.add(cases, Due=given)["fields"]["Due"] == kept


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"Unheard": "x"}, "Field 'Unheard' is not recognized"),
        ({"reference": "x"}, "Field 'reference' is not recognized"),
        ({"Modified": "2026-11-23T09:00:00Z"}, "read-only"),
        ({"Title": "x" * 256}, "255"),
        ({"Reference": 7}, "takes text"),
        ({"Categories": ["insult"]}, "Invalid request"),
        ({"Categories@odata.type": MANY, "Categories": "insult"}, "Invalid request"),
        ({"Due": "next week"}, "takes a date"),
        ({"Continues": "yes"}, "true or false"),
        ({"Count": "three"}, "takes a number"),
        ({"Link": "https://tillbrook.example"}, "cannot be set"),
        ({"Helper": "Greta Lindholme"}, "HelperLookupId"),
        ({"HelperLookupId": "99"}, "nobody"),
    ],
)
def test_values_that_sharepoint_does_not_take_are_refused_by_name(
    graph: CheckedGraph, cases: str, fields: dict[str, Any], message: str
) -> None:
    answer = graph("POST", f"{cases}/items", json={"fields": fields}, expect=400)
    assert answer.json()["error"]["code"] == "invalidRequest"
    assert message in answer.json()["error"]["message"]
    assert graph.json("GET", f"{cases}/items")["value"] == []


def test_a_choice_outside_the_list_is_taken_as_sharepoints_interface_takes_it(
    graph: CheckedGraph, cases: str
) -> None:
    assert graph.add(cases, Stage="something else")["fields"]["Stage"] == "something else"


def test_empty_values_vanish(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases, Reference="1", Notes="words", Count=0, Continues=False)
    fields = graph.json("PATCH", f"{cases}/items/1/fields", json={"Reference": None, "Notes": ""})
    assert not {"Reference", "Notes"} & set(fields)
    assert (fields["Count"], fields["Continues"]) == (0, False)


def test_a_reference_is_given_once_in_any_letter_case(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases, Reference="TIS-2026-0001")
    second = graph.add(cases, Reference="TIS-2026-0002")
    for body in ({"Reference": "TIS-2026-0001"}, {"Reference": "tis-2026-0001"}):
        answer = graph("POST", f"{cases}/items", json={"fields": body}, expect=400)
        assert "unique constraints" in answer.json()["error"]["message"]
        answer = graph("PATCH", f"{cases}/items/{second['id']}/fields", json=body, expect=400)
    graph("PATCH", f"{cases}/items/1/fields", json={"Reference": "TIS-2026-0001"}, expect=200)
    graph("DELETE", f"{cases}/items/1", expect=204)
    graph.add(cases, Reference="TIS-2026-0001")


def test_several_items_may_leave_a_unique_column_empty(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases, Title="a")
    graph.add(cases, Title="b")


def test_numbers_of_items_are_never_used_again(graph: CheckedGraph, cases: str) -> None:
    graph.add(cases)
    graph("DELETE", f"{cases}/items/1", expect=204)
    assert graph.add(cases)["id"] == "2"
    assert graph.error("GET", f"{cases}/items/1") == (404, "itemNotFound")
    assert graph.error("GET", f"{cases}/items/first") == (404, "itemNotFound")


def test_indexed_columns_can_be_filtered_and_ordered(graph: CheckedGraph, cases: str) -> None:
    for number, due in enumerate(("2026-12-03", "2026-12-01", "2026-12-02"), start=1):
        graph.add(cases, Reference=f"TIS-2026-000{number}", Due=due)
    by_reference = f"{cases}/items?$filter=fields/Reference eq 'tis-2026-0002'&$expand=fields($select=Due)"
    (found,) = graph.json("GET", by_reference)["value"]
    assert found["fields"]["Due"] == "2026-12-01T00:00:00Z"
    assert "Reference" not in found["fields"]
    late = graph.json("GET", f"{cases}/items?$filter=fields/Due ge '2026-12-02T00:00:00Z'")["value"]
    assert {item["id"] for item in late} == {"1", "3"}
    ordered = graph.json("GET", f"{cases}/items?$orderby=fields/Due desc")["value"]
    assert [item["id"] for item in ordered] == ["1", "3", "2"]


def test_other_columns_are_filtered_only_for_whoever_accepts_the_risk(
    graph: CheckedGraph, cases: str
) -> None:
    graph.add(cases, Title="one", Count=1)
    graph.add(cases, Title="two", Count=2)
    address = f"{cases}/items?$filter=fields/Title eq 'two' and fields/Count gt 1"
    answer = graph("GET", address, expect=400)
    assert "HonorNonIndexedQueriesWarningMayFailRandomly" in answer.json()["error"]["message"]
    assert [item["id"] for item in graph.json("GET", address, headers=ALLOW)["value"]] == ["2"]
    unknown = f"{cases}/items?$filter=fields/Unheard eq 'x'"
    assert graph.error("GET", unknown, headers=ALLOW) == (400, "invalidRequest")


def test_items_come_in_pages_without_fields_unless_asked(graph: CheckedGraph, cases: str) -> None:
    for number in range(5):
        graph.add(cases, Reference=str(number))
    page = graph.json("GET", f"{cases}/items?$top=2")
    assert not any("fields" in item for item in page["value"])
    ids = [item["id"] for item in page["value"]]
    while "@odata.nextLink" in page:
        page = graph.json("GET", page["@odata.nextLink"])
        ids += [item["id"] for item in page["value"]]
    assert ids == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("suffix", ["", "/fields"])
def test_a_change_to_an_older_version_is_refused(graph: CheckedGraph, cases: str, suffix: str) -> None:
    first = graph.add(cases, Title="a")
    change = {"Title": "b"} if suffix else {"fields": {"Title": "b"}}
    address = f"{cases}/items/1{suffix}"
    graph("PATCH", address, json=change, headers={"If-Match": first["eTag"]}, expect=200)
    stale = {"If-Match": first["@odata.etag"]}
    assert graph.error("PATCH", address, json=change, headers=stale) == (412, "resourceModified")
    assert graph.error("DELETE", f"{cases}/items/1", headers=stale) == (412, "resourceModified")
    graph("PATCH", address, json=change, headers={"If-Match": "*"}, expect=200)


def test_eleven_changes_do_not_pass_for_one(graph: CheckedGraph, cases: str) -> None:
    first = graph.add(cases, Title="0")
    for number in range(10):
        graph("PATCH", f"{cases}/items/1/fields", json={"Title": str(number)}, expect=200)
    stale = {"If-Match": first["eTag"]}
    assert graph("PATCH", f"{cases}/items/1/fields", json={"Title": "x"}, headers=stale).status_code == 412


def test_an_edit_by_staff_bears_their_name_and_the_applications_bears_its_own(
    graph: CheckedGraph, cases: str
) -> None:
    graph("POST", f"{cases}/items", json={"fields": {"Title": "a"}}, person="casework", expect=201)
    made = graph.json("GET", f"{cases}/items/1")
    assert made["createdBy"]["application"]["displayName"] == "Casework"
    assert "user" not in made["lastModifiedBy"]
    graph("PATCH", f"{cases}/items/1/fields", json={"Stage": "talk"}, person="headteacher", expect=200)
    edited = graph.json("GET", f"{cases}/items/1?$expand=fields")
    assert edited["lastModifiedBy"]["user"]["email"] == graph.practice.user("headteacher")
    assert "user" not in edited["createdBy"]
    people = graph.json(
        "GET", f"sites/{graph.site}/lists/User Information List/items?$expand=fields($select=EMail)"
    )["value"]
    addresses = {person["id"]: person["fields"]["EMail"] for person in people}
    assert addresses[edited["fields"]["EditorLookupId"]] == graph.practice.user("headteacher")


def test_defaults_and_required_columns(graph: CheckedGraph) -> None:
    address = graph.new_list(
        {"name": "Stage", "choice": {"choices": ["new"]}, "defaultValue": {"value": "new"}},
        {"name": "Urgent", "boolean": {}, "defaultValue": {"value": "1"}},
        {"name": "Reference", "text": {}, "required": True},
    )
    assert graph.error("POST", f"{address}/items", json={"fields": {}}) == (400, "invalidRequest")
    fields = graph.add(address, Reference="1")["fields"]
    assert (fields["Stage"], fields["Urgent"]) == ("new", True)
    assert graph.error("PATCH", f"{address}/items/1/fields", json={"Reference": None})[0] == 400


def test_a_library_takes_files_and_no_items(graph: CheckedGraph) -> None:
    drive = graph.new_library("Casework")
    library = f"sites/{graph.site}/lists/Casework"
    assert graph.error("POST", f"{library}/items", json={"fields": {"Title": "a"}}) == (400, "invalidRequest")
    graph("POST", f"{library}/columns", json={"name": "Case", "text": {}}, expect=201)
    made = graph.json("PUT", f"drives/{drive}/root:/a.txt:/content", data=b"x")
    address = f"drives/{drive}/items/{made['id']}"
    graph("PATCH", f"{address}/listItem/fields", json={"Case": "TIS-2026-0001"}, expect=200)
    assert graph.json("GET", f"{address}/listItem/fields")["Case"] == "TIS-2026-0001"
    shown = graph.json("GET", f"{address}?$expand=listItem($expand=fields)")
    assert shown["listItem"]["fields"]["Case"] == "TIS-2026-0001"


def test_a_deleted_row_is_gone_and_the_recycle_bin_is_not_for_programs(
    graph: CheckedGraph, cases: str
) -> None:
    made = graph.add(cases, Title="x")
    graph("DELETE", f"{cases}/items/{made['id']}", expect=204)
    assert graph.error("GET", f"{cases}/items/{made['id']}") == (404, "itemNotFound")
    assert graph.error("DELETE", f"{cases}/items/{made['id']}") == (404, "itemNotFound")
    # Microsoft has the site's recycle bin under /beta alone
    site = cases.partition("/lists/")[0]
    for path in ("recycleBin", "recycleBin/items"):
        assert graph.error("GET", f"{site}/{path}") == (400, "BadRequest")
    assert graph.add(cases, Title="x")["id"] != made["id"]
