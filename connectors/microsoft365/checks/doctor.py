"""The order of the checks: what rests on something broken is not looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from casework.errors import (
    ConnectorError,
    NotPermittedError,
    PermanentConnectorError,
    TemporaryConnectorError,
)
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.checks.calendars import check_calendars
from connectors.microsoft365.checks.categories import check_categories
from connectors.microsoft365.checks.consents import check_consents
from connectors.microsoft365.checks.mailboxes import check_mailbox, check_narrow, check_reporting_folders
from connectors.microsoft365.checks.site import check_drives, check_lists, check_sealed
from connectors.microsoft365.checks.values import Check, Patients
from connectors.microsoft365.checks.versions import check_versions
from connectors.microsoft365.checks.writing import check_writing
from connectors.microsoft365.provisioning.places import SitePlaces

ALLOWED_SKEW_SECONDS = 120  # tokens are refused from about five minutes on


def run_checks(
    account: SchoolAccount, patients: Patients, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Check]:
    """Look at everything that Casework needs in the tenant; nothing is left behind there."""
    for step in (_reachable(account, now), _signed_in(account)):
        yield from step
        if not step[-1].ok:
            return
    yield from check_consents(account, directory=patients.directory)
    unread: set[str] = set()
    for role, address in patients.mailboxes.items():
        first, *others = check_mailbox(account, role, address, tries_out=patients.tries_out)
        yield from (first, *others)
        unread |= set() if first.ok else {address}
    yield from check_calendars(account, patients.calendars)
    if (reporting := patients.wishes.reporting_mailbox) not in unread:
        yield from check_reporting_folders(account, reporting)
        yield from check_categories(account, reporting, tries_out=patients.tries_out)
    yield from check_narrow(account, patients.outsiders)
    try:
        site = SitePlaces(account, patients.wishes.site)
    except NotPermittedError:
        yield Check(
            name="SharePoint site",
            ok=False,
            finding="Casework may not open the site: its application has no grant on it.",
            next_step="Run the SharePoint lines that casework setup shows, for the site named in the settings.",
        )
        return
    except ConnectorError as error:
        yield Check(
            name="SharePoint site",
            ok=False,
            finding=str(error),
            next_step="Check site in the settings, and the Sites.Selected grant that casework setup shows.",
        )
        return
    yield Check(name="SharePoint site", ok=True, finding="The site can be opened.")
    yield from check_lists(site, patients.wishes)
    yield from check_drives(site, patients.wishes)
    yield from check_sealed(site, patients.wishes)
    if patients.tries_out:
        yield from check_writing(site, patients.wishes)
    yield from check_versions(site, patients.wishes)


def _reachable(account: SchoolAccount, now: Callable[[], datetime]) -> tuple[Check, ...]:
    host = urlsplit(account.con.graph_root).netloc
    try:
        answer = account.con.answer_of_host()
    except TemporaryConnectorError as error:
        return (
            Check(
                name="Connection",
                ok=False,
                finding=str(error),
                next_step="Mend the network, the proxy or the address; everything else rests on it.",
            ),
        )
    reached = Check(name="Connection", ok=True, finding=f"{host} answers.")
    return (_clock(answer.headers.get("Date", ""), now), reached)


def _clock(server_date: str, now: Callable[[], datetime]) -> Check:
    try:
        skew = abs((now() - parsedate_to_datetime(server_date)).total_seconds())
    except (TypeError, ValueError):
        return Check(name="Clock", ok=True, finding="The service did not say what time it is.")
    if skew <= ALLOWED_SKEW_SECONDS:
        return Check(name="Clock", ok=True, finding="This PC's clock is right.")
    return Check(
        name="Clock",
        ok=False,
        finding=f"This PC's clock is {skew / 60:.0f} minutes off the service's.",
        next_step="Let Windows set the time by itself (Settings, Time & language), or sign-in will fail.",
    )


def _signed_in(account: SchoolAccount) -> tuple[Check, ...]:
    try:
        account.con.refresh_token()
    except PermanentConnectorError as error:
        step = "Mend the entry that the finding names, in the settings or in Entra."
        return (Check(name="Sign-in", ok=False, finding=str(error), next_step=step),)
    except ConnectorError as error:
        step = "Check login_root and the network, then run casework doctor again."
        return (Check(name="Sign-in", ok=False, finding=str(error), next_step=step),)
    return (Check(name="Sign-in", ok=True, finding="The tenant accepts Casework's credentials."),)
