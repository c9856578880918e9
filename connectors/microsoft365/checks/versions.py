"""Whether the list of cases keeps versions: they prove who set a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.errors import ConnectorError
from connectors.microsoft365.calls import segment
from connectors.microsoft365.checks.values import Check
from connectors.microsoft365.provisioning.places import SitePlaces
from connectors.microsoft365.provisioning.values import Wishes

_ROWS = 200
_CHANGES = re.compile(r",(\d+)\"*$")


def check_versions(site: SitePlaces, wishes: Wishes) -> Iterator[Check]:
    """Look at a row that was changed: Graph does not tell the list's setting itself."""
    name = f"List {wishes.cases_list}, versions"
    try:
        rows = f"{site.path}/lists/{segment(site.list_id(wishes.cases_list))}/items"
        found = site.calls.get(rows, params={"$top": str(_ROWS), "$select": "id,eTag"}).get("value", [])
        changed = next((row for row in found if _was_changed(str(row.get("eTag", "")))), None)
        if changed is None:
            finding = "No row was changed yet; they are looked at once one was."
            yield Check(name=name, ok=True, finding=finding)
            return
        versions = site.calls.get(f"{rows}/{segment(str(changed['id']))}/versions").get("value", [])
    except ConnectorError:
        # the checks of the list itself tell it better
        return
    if len(versions) > 1:
        yield Check(name=name, ok=True, finding="They are kept, so a decision can be proved.")
        return
    yield Check(
        name=name,
        ok=False,
        finding="The list keeps no versions, so nobody can prove who set a Decision, and none counts.",
        next_step="In the list's settings, under Versioning settings, create a version each time an item is edited; "
        "then have the Decision set again.",
    )


def _was_changed(etag: str) -> bool:
    match = _CHANGES.search(etag)
    return match is not None and int(match[1]) > 1
