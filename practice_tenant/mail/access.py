"""Whose mailbox a request is about, and whether it may."""

import sqlite3

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.mail.folders import find_folder, folder_not_found
from practice_tenant.mail.identifiers import change_key, etag
from practice_tenant.mail.store import find_message
from practice_tenant.requests import GraphRequest
from practice_tenant.tenant import Tenant

READ, WRITE, SEND = "Mail.Read", "Mail.ReadWrite", "Mail.Send"


def mailbox_of(tenant: Tenant, request: GraphRequest, need: str) -> User:
    """The mailbox of the path, once the asker is known to have the right.

    Raises:
        GraphError: 404 ErrorInvalidUser or 403 ErrorAccessDenied.
    """
    wanted = request.parameter("user")
    user = tenant.directory.find(wanted)
    if user is None:
        raise GraphError(404, "ErrorInvalidUser", f"The requested user '{wanted}' is invalid.")
    tenant.permissions.require_mailbox(request.principal, user, need)
    return user


def folder_of(tenant: Tenant, request: GraphRequest, mailbox: User) -> sqlite3.Row | None:
    """The folder of the path, the inner one of .../childFolders/{child}; None where the path has none."""
    wanted = request.parameters.get("child") or request.parameters.get("folder")
    if wanted is None:
        return None
    folder = find_folder(tenant, mailbox.id, wanted)
    if "child" in request.parameters:
        parent = find_folder(tenant, mailbox.id, request.parameter("folder"))
        if folder["parent_id"] != parent["id"]:
            raise folder_not_found()
    return folder


def message_of(tenant: Tenant, request: GraphRequest, need: str) -> sqlite3.Row:
    """The mail of the path; where the path names a folder, the mail must lie in it."""
    mailbox = mailbox_of(tenant, request, need)
    message = find_message(tenant, mailbox.id, request.parameter("message"))
    folder = folder_of(tenant, request, mailbox)
    if folder is not None and message["folder_id"] != folder["id"]:
        raise GraphError(404, "ErrorItemNotFound", "The specified object was not found in the store.")
    return message


def check_version(request: GraphRequest, message: sqlite3.Row) -> None:
    """Refuse a change that was made for another version.

    Raises:
        GraphError: 412 ErrorIrresolvableConflict.
    """
    wanted = request.headers.get("if-match", "*").strip()
    known = {"*", "", etag(message["number"]), change_key(message["number"])}
    if wanted not in known and wanted.removeprefix("W/").strip('"') not in known:
        raise GraphError(
            412,
            "ErrorIrresolvableConflict",
            "The send or update operation could not be performed because the change key passed in the request "
            "does not match the current change key for the item.",
        )
