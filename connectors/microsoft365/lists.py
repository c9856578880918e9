"""A SharePoint list as a register: delta, unique columns, and writes that never overwrite an unseen edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, tzinfo
from http import HTTPStatus
from typing import Any, TypeVar

from casework.errors import ChangedMeanwhileError, NotThereError, PermanentConnectorError, TurnLostError
from casework.ports import RegisterChanges, RegisterRow
from casework.register_lists import ListDefinition
from casework.values import FieldValue
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.asked_ahead import AskedAhead
from connectors.microsoft365.calls import GraphCalls, JsonObject, literal, segment
from connectors.microsoft365.list_columns import columns_by_name
from connectors.microsoft365.list_values import from_graph, to_graph
from connectors.microsoft365.mail_fields import moment

_PAGE = "200"

_Answer = TypeVar("_Answer")


def list_address(account: SchoolAccount, site_id: str, list_id: str) -> str:
    """The address at which people open the list in a browser."""
    place = f"sites/{segment(site_id)}/lists/{segment(list_id)}"
    found = GraphCalls(account).get(place, params={"$select": "webUrl"})
    return str(found.get("webUrl", ""))


class GraphRegister:
    """One list of the site. Rows hold every column of the definition, None where it is empty."""

    def __init__(
        self,
        account: SchoolAccount,
        *,
        site_id: str,
        list_id: str,
        definition: ListDefinition,
        zone: tzinfo = UTC,
        ahead: AskedAhead | None = None,
    ) -> None:
        self._calls = GraphCalls(account, ahead=ahead)
        self._site = f"sites/{segment(site_id)}"
        self._list_id = list_id
        self._items = f"{self._site}/lists/{segment(list_id)}/items"
        self._definition = definition
        self._zone = zone

    def changes(self, cursor: str | None) -> RegisterChanges:
        answered = self._calls.delta(
            f"{self._items}/delta", cursor, params={"$expand": "fields", "$top": _PAGE}
        )
        rows: dict[str, RegisterRow] = {}
        removed: dict[str, None] = {}
        for item in answered.items:
            item_id = str(item["id"])
            row = None if "deleted" in item else self._row_of_change(item)
            # the last word on an item counts, whichever page it stands on
            rows.pop(item_id, None)
            removed.pop(item_id, None)
            if row is None:
                removed[item_id] = None
            else:
                rows[item_id] = row
        return RegisterChanges(rows=tuple(rows.values()), removed=tuple(removed), cursor=answered.cursor)

    def find(self, column: str, value: str) -> RegisterRow | None:
        found = self._calls.pages(
            self._items,
            params={"$filter": f"fields/{column} eq {literal(value)}", "$expand": "fields", "$top": "2"},
        )
        return next((self._row(item) for item in found), None)

    def read(self, item_id: str) -> RegisterRow:
        return self._row(self._calls.get(self._item(item_id), params={"$expand": "fields"}))

    def add(
        self, fields: Mapping[str, FieldValue], *, settled: Callable[[], None] = lambda: None
    ) -> RegisterRow:
        made = self._written(
            fields, lambda known: self._calls.post(self._items, {"fields": to_graph(known, self._definition)})
        )
        try:
            settled()
        except TurnLostError:
            if etag := str(made.get("eTag") or ""):
                with suppress(ChangedMeanwhileError, NotThereError):
                    self._calls.delete(self._item(str(made["id"])), etag=etag)
            raise
        # the answer need not hold what SharePoint filled in by itself
        return self._row(made) if "eTag" in made and "fields" in made else self.read(str(made["id"]))

    def update(self, item_id: str, fields: Mapping[str, FieldValue], *, etag: str) -> str:
        place = f"{self._item(item_id)}/fields"
        answer = self._written(
            fields, lambda known: self._calls.patch(place, to_graph(known, self._definition), etag=etag)
        )
        return str(answer.get("@odata.etag") or "")

    def history(self, item_id: str) -> tuple[RegisterRow, ...]:
        versions = self._calls.pages(f"{self._item(item_id)}/versions", params={"$expand": "fields"})
        newest_first = sorted(versions, key=_version_number, reverse=True)
        return tuple(self._row({**version, "id": item_id}) for version in newest_first)

    def missing_columns(self) -> frozenset[str]:
        there = columns_by_name(self._calls, self._site, self._list_id)
        return frozenset(column.name for column in self._definition.columns if column.name not in there)

    def _written(
        self, fields: Mapping[str, FieldValue], write: Callable[[Mapping[str, FieldValue]], _Answer]
    ) -> _Answer:
        """Write the fields; once more without those whose column is gone, if that is why they were refused."""
        try:
            return write(fields)
        except PermanentConnectorError as error:
            missing = self.missing_columns() if error.status == HTTPStatus.BAD_REQUEST else frozenset()
            if not missing & fields.keys():
                raise
        return write({name: value for name, value in fields.items() if name not in missing})

    def _row_of_change(self, item: JsonObject) -> RegisterRow | None:
        if "fields" in item:
            return self._row(item)
        try:
            return self.read(str(item["id"]))
        except NotThereError:
            return None

    def _row(self, item: JsonObject) -> RegisterRow:
        return RegisterRow(
            item_id=str(item["id"]),
            etag=str(item.get("eTag") or item.get("@odata.etag") or ""),
            fields=from_graph(item.get("fields") or {}, self._definition, zone=self._zone),
            modified_by=person(item.get("lastModifiedBy")),
            modified_at=moment(item.get("lastModifiedDateTime")),
            web_url=str(item.get("webUrl") or ""),
        )

    def _item(self, item_id: str) -> str:
        return f"{self._items}/{segment(item_id)}"


def person(identity: Any) -> str:  # noqa: ANN401 - JSON
    """Return the address of the person in Graph's identity set; empty for an application."""
    user = (identity or {}).get("user") or {}
    return str(user.get("email") or user.get("userPrincipalName") or "").lower()


def _version_number(version: JsonObject) -> tuple[int, ...]:
    return tuple(int(part) for part in str(version["id"]).split(".") if part.isdigit())
