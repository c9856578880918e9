"""The folders of a mailbox: the well-known ones and those that people add."""

import sqlite3
from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.mail.identifiers import new_folder_id
from practice_tenant.tenant import Tenant

ROOT = "msgfolderroot"
# well-known name -> what a person sees
WELL_KNOWN = {
    "inbox": "Inbox",
    "drafts": "Drafts",
    "sentitems": "Sent Items",
    "deleteditems": "Deleted Items",
    "outbox": "Outbox",
    "junkemail": "Junk Email",
    "archive": "Archive",
    "conversationhistory": "Conversation History",
}


def provision_folders(tenant: Tenant) -> None:
    """Give every mailbox its well-known folders."""
    for user in tenant.directory.users:
        root = _insert(tenant, mailbox=user.id, parent=None, name="Top of Information Store", well_known=ROOT)
        for well_known, name in WELL_KNOWN.items():
            _insert(tenant, mailbox=user.id, parent=root, name=name, well_known=well_known)


def find_folder(tenant: Tenant, mailbox: str, id_or_name: str) -> sqlite3.Row:
    """A folder by id, or by well-known name in any letter case.

    Raises:
        GraphError: 404 ErrorItemNotFound, or 400 for what can be neither.
    """
    row = tenant.database.kept(
        "mail_folder", ("folder", mailbox, id_or_name), lambda: _read(tenant, mailbox, id_or_name)
    )
    if row is None and len(id_or_name) < 40:
        raise GraphError(400, "ErrorInvalidIdMalformed", "Id is malformed.")
    if row is None:
        raise folder_not_found()
    return row


def well_known_id(tenant: Tenant, mailbox: str, well_known: str) -> str:
    return str(find_folder(tenant, mailbox, well_known)["id"])


def folder_not_found() -> GraphError:
    return GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")


def child_folders(tenant: Tenant, mailbox: str, parent: str) -> list[sqlite3.Row]:
    return tenant.database.rows(
        "SELECT * FROM mail_folder WHERE mailbox = ? AND parent_id = ? ORDER BY name", (mailbox, parent)
    )


def shown_folders(
    tenant: Tenant, mailbox: str, parent: str, *, with_hidden: bool = False
) -> list[sqlite3.Row]:
    """The folders below one that a list gives; hidden ones only where they were asked for."""
    children = child_folders(tenant, mailbox, parent)
    return [row for row in children if with_hidden or not _is_hidden(tenant, row)]


def create_folder(
    tenant: Tenant, mailbox: str, parent: str, name: str, *, hidden: bool = False
) -> sqlite3.Row:
    """Add a folder below another.

    Raises:
        GraphError: 400 without a name, 409 ErrorFolderExists where the name is taken.
    """
    if not name.strip():
        raise GraphError(400, "ErrorInvalidRequest", "A folder needs a displayName.")
    _refuse_taken(tenant, mailbox, parent, name)
    with tenant.database.transaction():
        folder_id = _insert(tenant, mailbox=mailbox, parent=parent, name=name, well_known=None)
        if hidden:
            tenant.database.execute("INSERT INTO mail_folder_hidden (id) VALUES (?)", (folder_id,))
    return find_folder(tenant, mailbox, folder_id)


def rename_folder(tenant: Tenant, folder: sqlite3.Row, name: str) -> sqlite3.Row:
    _refuse_well_known(folder)
    _refuse_taken(tenant, folder["mailbox"], folder["parent_id"], name, apart_from=folder["id"])
    tenant.database.execute(
        "UPDATE mail_folder SET name = ?, number = ? WHERE id = ?",
        (name, tenant.database.next_number("mail folder"), folder["id"]),
    )
    return find_folder(tenant, folder["mailbox"], folder["id"])


def move_folder(tenant: Tenant, folder: sqlite3.Row, parent: sqlite3.Row) -> sqlite3.Row:
    """Put a folder with all that is in it below another; ids of folders never change.

    Raises:
        GraphError: 400 into itself, 403 for a well-known one, 409 where the name is taken there.
    """
    _refuse_well_known(folder)
    if folder["id"] in _way_up(tenant, parent):
        raise GraphError(400, "ErrorMoveCopyFailed", "The move or copy operation failed.")
    _refuse_taken(tenant, folder["mailbox"], parent["id"], folder["name"], apart_from=folder["id"])
    tenant.database.execute(
        "UPDATE mail_folder SET parent_id = ?, number = ? WHERE id = ?",
        (parent["id"], tenant.database.next_number("mail folder"), folder["id"]),
    )
    return find_folder(tenant, folder["mailbox"], folder["id"])


def lies_deleted(tenant: Tenant, folder: sqlite3.Row) -> bool:
    """Whether a folder lies in Deleted Items, at any depth."""
    return well_known_id(tenant, folder["mailbox"], "deleteditems") in _way_up(tenant, folder)


def free_folder_name(tenant: Tenant, mailbox: str, parent: str, name: str) -> str:
    """The name itself or, as Outlook does it in Deleted Items, the first numbered one that is free."""
    taken = {row["name"].casefold() for row in child_folders(tenant, mailbox, parent)}
    number, candidate = 1, name
    while candidate.casefold() in taken:
        candidate, number = f"{name}{number}", number + 1
    return candidate


def remove_folder(tenant: Tenant, folder: sqlite3.Row) -> None:
    """Remove a folder, the folders in it and their mails for good."""
    _refuse_well_known(folder)
    with tenant.database.transaction():
        for child in child_folders(tenant, folder["mailbox"], folder["id"]):
            remove_folder(tenant, child)
        tenant.database.execute("DELETE FROM message WHERE folder_id = ?", (folder["id"],))
        tenant.database.execute("DELETE FROM mail_folder WHERE id = ?", (folder["id"],))
        tenant.database.execute("DELETE FROM mail_folder_hidden WHERE id = ?", (folder["id"],))
        tenant.database.execute(
            "INSERT INTO mail_folder_removed (id, mailbox, number) VALUES (?, ?, ?)",
            (folder["id"], folder["mailbox"], tenant.database.next_number("mail folder")),
        )


def folder_as_graph(tenant: Tenant, folder: sqlite3.Row) -> dict[str, Any]:
    counts = tenant.database.one(
        "SELECT COUNT(*) AS total, COALESCE(SUM(is_read = 0), 0) AS unread FROM message WHERE folder_id = ?",
        (folder["id"],),
    )
    children = tenant.database.one(
        "SELECT COUNT(*) AS total FROM mail_folder WHERE parent_id = ?", (folder["id"],)
    )
    return {
        "id": folder["id"],
        "displayName": folder["name"],
        "parentFolderId": folder["parent_id"],
        "childFolderCount": children["total"] if children else 0,
        "unreadItemCount": counts["unread"] if counts else 0,
        "totalItemCount": counts["total"] if counts else 0,
        "isHidden": _is_hidden(tenant, folder),
    }


def _read(tenant: Tenant, mailbox: str, id_or_name: str) -> sqlite3.Row | None:
    return tenant.database.one(
        "SELECT * FROM mail_folder WHERE mailbox = ? AND (id = ? OR well_known = ?)",
        (mailbox, id_or_name, id_or_name.lower()),
    )


def _is_hidden(tenant: Tenant, folder: sqlite3.Row) -> bool:
    return tenant.database.one("SELECT 1 FROM mail_folder_hidden WHERE id = ?", (folder["id"],)) is not None


def _way_up(tenant: Tenant, folder: sqlite3.Row) -> list[str]:
    """The ids of a folder and of those above it."""
    ids: list[str] = []
    here: sqlite3.Row | None = folder
    while here is not None:
        ids.append(here["id"])
        here = tenant.database.one("SELECT * FROM mail_folder WHERE id = ?", (here["parent_id"],))
    return ids


def _refuse_taken(tenant: Tenant, mailbox: str, parent: str, name: str, apart_from: str = "") -> None:
    siblings = child_folders(tenant, mailbox, parent)
    if any(row["name"].casefold() == name.casefold() and row["id"] != apart_from for row in siblings):
        raise GraphError(409, "ErrorFolderExists", "A folder with the specified name already exists.")


def _refuse_well_known(folder: sqlite3.Row) -> None:
    if folder["well_known"]:
        raise GraphError(403, "ErrorDeleteDistinguishedFolder", "A well-known folder cannot be changed.")


def _insert(tenant: Tenant, *, mailbox: str, parent: str | None, name: str, well_known: str | None) -> str:
    folder_id = new_folder_id()
    tenant.database.execute(
        "INSERT INTO mail_folder (id, mailbox, parent_id, name, well_known, number) VALUES (?, ?, ?, ?, ?, ?)",
        (folder_id, mailbox, parent, name, well_known, tenant.database.next_number("mail folder")),
    )
    return folder_id
