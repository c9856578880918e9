"""Whether Entra gives the application what it needs, and no power over the whole tenant beside that."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.checks.values import Check
from connectors.microsoft365.permissions import DIRECTORY_PERMISSION, SITE_PERMISSION
from connectors.microsoft365.token_claims import consents_in_token

_OF_MAILBOXES = (
    "mail.",
    "mailboxsettings.",
    "calendars.",
    "contacts.",
    "tasks.",
    "imap.",
    "pop.",
    "smtp.",
    "full_access",
)
_OF_SITES = ("sites.", "files.", "lists.", "listitems.")
_NARROW = ".selected"


def check_consents(account: SchoolAccount, *, directory: bool = False) -> Iterator[Check]:
    """Name each consent that reaches too far, and those that are missing.

    Args:
        account: of the application.
        directory: whether the settings have it look at who still has an account.
    """
    consents = consents_in_token(account)
    if consents is None:
        return
    wanted = {DIRECTORY_PERMISSION} if directory else set()
    wide = sorted(each for each in consents - wanted if not each.lower().endswith(_NARROW))
    for each in wide:
        yield Check(
            name=f"Permission {each} in Entra",
            ok=False,
            finding=f"{each} {_reach(each)}",
            next_step=f"In Entra, under API permissions of Casework's application, remove {each}. {_enough(each)}",
        )
    if not wanted <= consents:
        yield Check(
            name=f"Permission {DIRECTORY_PERMISSION} in Entra",
            ok=False,
            finding=f"[policies] check_directory is true, but nobody has consented to {DIRECTORY_PERMISSION}, so it "
            "cannot be seen whether the owner of a policy has left.",
            next_step=f"In Entra, under API permissions, add {DIRECTORY_PERMISSION} (Microsoft Graph, application "
            "permission), then grant admin consent; or set check_directory to false.",
        )
    if SITE_PERMISSION not in consents:
        yield Check(
            name=f"Permission {SITE_PERMISSION} in Entra",
            ok=False,
            finding=f"Nobody has consented to {SITE_PERMISSION} for Casework's application, "
            "so no grant on a site counts.",
            next_step=f"In Entra, under API permissions, add {SITE_PERMISSION} (Microsoft Graph, application "
            "permission), then grant admin consent.",
        )
    elif not wide and wanted <= consents:
        yield Check(
            name="Permissions in Entra",
            ok=True,
            finding=f"{' and '.join(sorted(consents))}, and nothing beyond what the settings ask for.",
        )


def _reach(consent: str) -> str:
    if consent.lower().startswith(_OF_MAILBOXES):
        return "reaches every mailbox of the tenant: it is added to the Exchange roles, whatever their scope says."
    if consent.lower().startswith(_OF_SITES):
        return "reaches every SharePoint site and every OneDrive of the tenant."
    if consent == DIRECTORY_PERMISSION:
        return "reads every account, and the settings ask for no such look: check_directory is false."
    return "is nothing that Casework needs."


def _enough(consent: str) -> str:
    if consent.lower().startswith(_OF_MAILBOXES):
        return "The Exchange roles, scoped to the mailboxes named in the settings, are enough."
    if consent.lower().startswith(_OF_SITES):
        return f"{SITE_PERMISSION}, with the grant on the one site, is enough."
    return "Casework works without it."
