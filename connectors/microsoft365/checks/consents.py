"""Whether Entra gives the application what it needs, and no power over the whole tenant beside that."""

from __future__ import annotations

from collections.abc import Iterator

from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.checks.values import Check
from connectors.microsoft365.permissions import SITE_PERMISSION
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


def check_consents(account: SchoolAccount) -> Iterator[Check]:
    """Name each consent that reaches too far, and the one that is missing."""
    consents = consents_in_token(account)
    if consents is None:
        return
    wide = sorted(each for each in consents if not each.lower().endswith(_NARROW))
    for each in wide:
        yield Check(
            name=f"Permission {each} in Entra",
            ok=False,
            finding=f"{each} {_reach(each)}",
            next_step=f"In Entra, under API permissions of Casework's application, remove {each}. {_enough(each)}",
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
    elif not wide:
        yield Check(
            name="Permissions in Entra",
            ok=True,
            finding=f"{' and '.join(sorted(consents))}, and nothing that reaches the whole tenant.",
        )


def _reach(consent: str) -> str:
    if consent.lower().startswith(_OF_MAILBOXES):
        return "reaches every mailbox of the tenant: it is added to the Exchange roles, whatever their scope says."
    if consent.lower().startswith(_OF_SITES):
        return "reaches every SharePoint site and every OneDrive of the tenant."
    return "is nothing that Casework needs."


def _enough(consent: str) -> str:
    if consent.lower().startswith(_OF_MAILBOXES):
        return "The Exchange roles, scoped to the mailboxes named in the settings, are enough."
    if consent.lower().startswith(_OF_SITES):
        return f"{SITE_PERMISSION}, with the grant on the one site, is enough."
    return "Casework works without it."
