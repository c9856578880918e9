"""What the permissions of a document say of who can open it, in the forms that Graph gives them."""

from typing import Any

import pytest

from casework.document_readers import DocumentReaders
from connectors.microsoft365.sharing import readers_of

GROUPS = ("Staff", "Governors")


def link(scope: str, kind: str = "view", **more: Any) -> dict[str, Any]:
    return {"id": "1", "roles": ["read"], "link": {"type": kind, "scope": scope}, **more}


def site_user(name: str, login: str) -> dict[str, Any]:
    return {
        "id": "2",
        "roles": ["read"],
        "grantedToV2": {"siteUser": {"displayName": name, "loginName": login}},
    }


@pytest.mark.parametrize(
    ("permission", "cannot"),
    [
        (link("organization"), ("Governors",)),
        (link("organization", "edit"), ("Governors",)),
        (link("organization", "blocksDownload"), ("Governors",)),
        (link("organization", "embed"), GROUPS),
        (link("organization", hasPassword=True), GROUPS),
        (link("anonymous"), ()),
        (link("anonymous", hasPassword=True), GROUPS),
        (link("users"), GROUPS),
        (link("users", grantedToIdentitiesV2=[{"group": {"displayName": "Governors"}}]), ("Staff",)),
        (link("existingAccess"), GROUPS),
        (
            site_user("Jeder, außer externen Benutzern", "c:0-.f|rolemanager|spo-grid-all-users/1f0a"),
            ("Governors",),
        ),
        (site_user("Everyone", "c:0(.s|true"), ("Governors",)),
        ({"id": "3", "roles": ["read"], "invitation": {"email": "someone@home.example"}}, GROUPS),
    ],
)
def test_a_document_is_open_to_whom_its_permissions_let_in(
    permission: dict[str, Any], cannot: tuple[str, ...]
) -> None:
    assert readers_of([permission]).cannot_open(GROUPS) == cannot


def test_a_document_that_nobody_shared_is_closed_to_all() -> None:
    assert DocumentReaders().cannot_open(GROUPS) == GROUPS
