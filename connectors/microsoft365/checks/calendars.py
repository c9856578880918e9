"""Whether entries can be made in the calendars that the settings ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.errors import ConnectorError, NotPermittedError
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.calls import GraphCalls, segment
from connectors.microsoft365.checks.values import Check


def check_calendars(account: SchoolAccount, calendars: Mapping[str, str]) -> Iterator[Check]:
    """Open each calendar; nothing is entered."""
    calls = GraphCalls(account)
    for role, address in calendars.items():
        name = f"Calendar of {role}"
        try:
            calls.get(f"users/{segment(address)}/calendar", params={"$select": "id"})
        except NotPermittedError:
            yield Check(
                name=name,
                ok=False,
                finding="The Exchange role Application Calendars.ReadWrite does not reach this mailbox.",
                next_step=(
                    "Run the Exchange lines that casework setup shows, or switch off in the settings what makes the "
                    'entries: [alarm] in_outlook = false, [term_dates] in_outlook = false, [policies] calendar = "off".'
                ),
            )
        except ConnectorError as error:
            yield Check(
                name=name, ok=False, finding=str(error), next_step="Check the address in the settings."
            )
        else:
            yield Check(name=name, ok=True, finding="Entries can be made.")
