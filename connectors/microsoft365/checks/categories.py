"""Whether the mail categories of the reporting mailbox are there and can be made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from casework.errors import AlreadyThereError, ConnectorError, NotPermittedError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, segment
from connectors.microsoft365.checks.values import Check
from connectors.microsoft365.provisioning.mailbox import CATEGORIES

_NAME = "Mail categories"
_ROLE = "Application MailboxSettings.ReadWrite"


def check_categories(account: SchoolAccount, address: str, *, tries_out: bool = True) -> Iterator[Check]:
    """Read them, and ask to make one that is there already, which changes nothing; or read alone."""
    calls, path = GraphCalls(account), f"users/{segment(address)}/outlook/masterCategories"
    try:
        present = {str(each["displayName"]) for each in calls.pages(path)}
        missing = [name for name in CATEGORIES if name not in present]
        if tries_out and not missing:
            _ask_to_make_again(calls, path)
    except NotPermittedError:
        yield Check(
            name=_NAME,
            ok=False,
            finding=f"The Exchange role {_ROLE} does not reach the reporting mailbox.",
            next_step="Run the Exchange lines that casework setup shows; a new grant may need an hour.",
        )
    except ConnectorError as error:
        yield Check(name=_NAME, ok=False, finding=str(error), next_step="Run casework doctor again later.")
    else:
        if missing:
            finding = f"Missing: {', '.join(missing)}."
            yield Check(name=_NAME, ok=False, finding=finding, next_step="Run casework setup.")
        else:
            yield Check(name=_NAME, ok=True, finding="They are there.")


def _ask_to_make_again(calls: GraphCalls, path: str) -> None:
    name, colour = next(iter(CATEGORIES.items()))
    with suppress(AlreadyThereError):
        calls.post(path, {"displayName": name, "color": colour})
