"""Whether mailboxes can be read, written and sent from, and no others can."""

from __future__ import annotations

from collections.abc import Iterator

from casework.errors import (
    ConnectorError,
    NotPermittedError,
    NotThereError,
    PermanentConnectorError,
    TemporaryConnectorError,
)
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, segment
from connectors.microsoft365.checks.values import Check
from connectors.microsoft365.mail_folders import OUR_FOLDERS, MailFolders

_READ_WRITE, _SEND = "Application Mail.ReadWrite", "Application Mail.Send"
REPORTING = "reporting mailbox"
"""What the mailbox is called that is nobody's own."""
_SUBJECT = "Casework: a check that deletes itself"


def check_mailbox(
    account: SchoolAccount, role: str, address: str, *, tries_out: bool = True
) -> Iterator[Check]:
    """Read the inbox, make a draft, try to send it to nobody, and delete it; or read alone."""
    calls, mailbox = GraphCalls(account), f"users/{segment(address)}"
    name = role.capitalize() if role == REPORTING else f"Mailbox of {role}"
    try:
        calls.get(f"{mailbox}/mailFolders/inbox", params={"$select": "id"})
    except ConnectorError as error:
        yield _failed(f"{name}: read", error, _READ_WRITE)
        return
    yield Check(name=f"{name}: read", ok=True, finding="The inbox can be opened.")
    if not tries_out:
        return
    try:
        draft = str(calls.post(f"{mailbox}/messages", {"subject": _SUBJECT})["id"])
    except ConnectorError as error:
        yield _failed(f"{name}: drafts", error, _READ_WRITE)
        return
    yield Check(name=f"{name}: drafts", ok=True, finding="Drafts can be made.")
    path = f"{mailbox}/messages/{segment(draft)}"
    yield _sending(calls, path, f"{name}: send")
    yield from _removed(calls, path, f"{name}: drafts")


def check_narrow(account: SchoolAccount, outsiders: tuple[str, ...]) -> Iterator[Check]:
    """See that mailboxes which are none of Casework's business cannot be opened."""
    name = "Other mailboxes"
    if not outsiders:
        return
    try:
        open_ones = sum(1 for address in outsiders if _opens(GraphCalls(account), address))
    except ConnectorError as error:
        yield _failed(name, error)
        return
    if not open_ones:
        yield Check(name=name, ok=True, finding="Casework cannot open them.")
        return
    yield Check(
        name=name,
        ok=False,
        finding=f"Casework could open {open_ones} mailbox(es) that are none of its business.",
        next_step="Take every Mail permission from the application in Entra; the Exchange roles are enough.",
    )


def check_reporting_folders(account: SchoolAccount, address: str) -> Iterator[Check]:
    folders = MailFolders(account, address)
    for path in OUR_FOLDERS:
        try:
            folders.find(path)
        except ConnectorError as error:
            yield Check(
                name=f"Mail folder {path}", ok=False, finding=str(error), next_step="Run casework setup."
            )
        else:
            yield Check(name=f"Mail folder {path}", ok=True, finding="It is there.")


def _sending(calls: GraphCalls, draft: str, name: str) -> Check:
    try:
        calls.post(f"{draft}/send")
    except NotPermittedError as error:
        return _failed(name, error, _SEND)
    except PermanentConnectorError:
        # refused for want of a recipient, which comes after the question of permission
        return Check(name=name, ok=True, finding="Sending is permitted.")
    except ConnectorError as error:
        return _failed(name, error)
    return Check(name=name, ok=True, finding="Sending is permitted.")


def _removed(calls: GraphCalls, draft: str, name: str) -> Iterator[Check]:
    """Delete the draft for good: what goes to Deleted Items would puzzle the mailbox's owner."""
    try:
        calls.post(f"{draft}/permanentDelete", repeatable=True)
    except NotThereError:
        return
    except ConnectorError as error:
        finding = f'The draft "{_SUBJECT}" could not be deleted. {error}'
        yield Check(name=name, ok=False, finding=finding, next_step="Delete that draft by hand.")


def _failed(name: str, error: ConnectorError, role: str = "") -> Check:
    """What went wrong; where a permission is missing, the Exchange role that would give it."""
    finding = str(error)
    if isinstance(error, NotPermittedError):
        finding = f"The Exchange role {role} does not reach this mailbox." if role else finding
        step = "Run the Exchange lines that casework setup shows; a new grant may need an hour."
    elif isinstance(error, TemporaryConnectorError):
        step = "Run casework doctor again later."
    else:
        step = "Check the address in the settings."
    return Check(name=name, ok=False, finding=finding, next_step=step)


def _opens(calls: GraphCalls, address: str) -> bool:
    try:
        calls.get(f"users/{segment(address)}/mailFolders/inbox", params={"$select": "id"})
    except (NotPermittedError, NotThereError):
        return False
    return True
