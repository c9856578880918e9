"""Which permissions to grant, what power they give, and the PowerShell lines that narrow them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SCOPE_NAME = "Casework mailboxes"
CALENDAR_SCOPE = "Casework calendars"
"""A scope of its own: whoever has an entry in their calendar does not open their mail to Casework by that."""
MAIL_ROLES = {
    "Application Mail.ReadWrite": "make drafts and find again what became of them",
    "Application Mail.Send": "send what was approved, and Casework's own notes",
    "Application MailboxSettings.ReadWrite": "see an automatic reply, and make Casework's mail categories",
}
CALENDAR_ROLE = {
    "Application Calendars.ReadWrite": "make entries in calendars: the second alarm ([alarm]), reviews, deadlines",
}
ABSENCE_SCOPE = "Casework absences"
"""A scope of its own: to know that somebody is away needs no right to their mail."""
ABSENCE_ROLE = {
    "Application MailboxSettings.Read": "see when others who have reminders are away, and nothing of their mail",
}
SITE_PERMISSION = "Sites.Selected"
DIRECTORY_PERMISSION = "User.Read.All"
"""Tells whether an account is switched off; User.ReadBasic.All does not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PermissionAdvice:
    """What an administrator should read and run.

    Attributes:
        grant: each permission with what it is for.
        power: in one sentence, what power that gives over the headteacher's mailbox.
        exchange, sharepoint: lines of PowerShell, filled with this school's addresses.
        warning: what would undo the narrowing.
    """

    grant: tuple[tuple[str, str], ...]
    power: str
    exchange: str
    sharepoint: str
    warning: str


def permission_advice(
    *,
    client_id: str,
    mailboxes: tuple[str, ...],
    site: str,
    drive_owners: tuple[str, ...] = (),
    calendars: tuple[str, ...] = (),
    absences: tuple[str, ...] = (),
    directory: bool = False,
) -> PermissionAdvice:
    """Return the advice for one school.

    Args:
        client_id: of Casework's application.
        mailboxes: the reporting mailbox first, then each approver's.
        site: the site's id, or host and path.
        drive_owners: people whose OneDrive Casework watches.
        calendars: mailboxes in whose calendars Casework makes entries.
        absences: more mailboxes, of which Casework sees whether they answer by themselves, and nothing else.
        directory: Casework looks whether the owners of policies still have an account.
    """
    addresses = _once(mailboxes)
    away = tuple(address for address in _once(absences) if address not in addresses)
    roles = MAIL_ROLES | (CALENDAR_ROLE if calendars else {}) | (ABSENCE_ROLE if away else {})
    of_directory = (
        f"{DIRECTORY_PERMISSION} (Microsoft Graph, application)",
        "see whether the owner of a policy still has an account, because [policies] check_directory asks for it",
    )
    return PermissionAdvice(
        grant=(
            (
                f"{SITE_PERMISSION} (Microsoft Graph, application)",
                "use the one site named below, and no other",
            ),
            *((of_directory,) if directory else ()),
            *((f"{role} (Exchange role, scoped)", why) for role, why in roles.items()),
        ),
        power=(
            f"With this, Casework can read, change, delete and send any mail in {_listed(addresses)}, the "
            "headteacher's own mail included, because Microsoft has no narrower right; Casework looks only at "
            "mail that it made itself, at Sent Items for letters that it drafted, and for 14 days at what mail systems "
            "answered to a letter, and at no other mailbox."
        ),
        exchange=_exchange(client_id, addresses, calendars=_once(calendars), away=away),
        sharepoint=_sharepoint(client_id, site, drive_owners),
        warning=(
            "Grant no Mail permission to the application in Entra: such a grant reaches every mailbox of the "
            "tenant and is added to the narrow one, whatever the scope says."
        ),
    )


def _once(addresses: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address.lower() for address in addresses))


def _exchange(
    client_id: str, addresses: tuple[str, ...], *, calendars: tuple[str, ...], away: tuple[str, ...]
) -> str:
    scoped = _scoped(client_id, SCOPE_NAME, addresses, MAIL_ROLES)
    if calendars:
        scoped += "\n" + _scoped(client_id, CALENDAR_SCOPE, calendars, CALENDAR_ROLE)
    if away:
        scoped += "\n" + _scoped(client_id, ABSENCE_SCOPE, away, ABSENCE_ROLE)
    tests = "\n".join(
        f"Test-ServicePrincipalAuthorization -Identity {client_id} -Resource {address}"
        for address in dict.fromkeys((*addresses, *calendars, *away))
    )
    return f"""\
Connect-ExchangeOnline
Connect-MgGraph -Scopes Application.Read.All
$app = Get-MgServicePrincipal -Filter "appId eq '{client_id}'"
New-ServicePrincipal -AppId {client_id} -ObjectId $app.Id -DisplayName Casework
{scoped}
{tests}
"""


def _scoped(client_id: str, scope: str, addresses: Iterable[str], roles: Iterable[str]) -> str:
    condition = " -or ".join(f"PrimarySmtpAddress -eq '{_quoted(address)}'" for address in addresses)
    assigned = "\n".join(
        f'New-ManagementRoleAssignment -App {client_id} -Role "{role}" -CustomResourceScope "{scope}"'
        for role in roles
    )
    return f'New-ManagementScope -Name "{scope}" -RecipientRestrictionFilter "{condition}"\n{assigned}'


def _sharepoint(client_id: str, site: str, drive_owners: tuple[str, ...]) -> str:
    grants = [_site_grant(client_id, f"'{_quoted(site)}'", role="fullcontrol")]
    for owner in drive_owners:
        place = f"(Get-MgUserDefaultDrive -UserId {owner} -Property SharePointIds).SharePointIds.SiteId"
        grants.append(_site_grant(client_id, place, role="write"))
    made = "\n".join(grants)
    return f"""\
Connect-MgGraph -Scopes Sites.FullControl.All
{made}
# Only if people are to close the folders of cases by hand: after casework setup "write" is enough. With
# "fullcontrol" Casework closes each case's folder itself.
Get-MgSitePermission -SiteId '{_quoted(site)}' -ExpandProperty grantedToIdentitiesV2 |
  Where-Object {{ $_.GrantedToIdentitiesV2.Application.Id -contains '{client_id}' }} | ForEach-Object {{
  Update-MgSitePermission -SiteId '{_quoted(site)}' -PermissionId $_.Id -BodyParameter @{{ roles = @("write") }} }}
"""


def _site_grant(client_id: str, site: str, *, role: str) -> str:
    identity = f'@{{ application = @{{ id = "{client_id}"; displayName = "Casework" }} }}'
    return (
        f"New-MgSitePermission -SiteId {site} -BodyParameter "
        f'@{{ roles = @("{role}"); grantedToIdentities = @({identity}) }}'
    )


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _listed(addresses: tuple[str, ...]) -> str:
    *first, last = addresses
    return f"{', '.join(first)} and {last}" if first else last
