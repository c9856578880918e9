"""The order in which a tenant is set up."""

from __future__ import annotations

from casework.register_lists import CASES_LIST, POLICIES_LIST
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.provisioning.libraries import close_library, ensure_folder, ensure_library
from connectors.microsoft365.provisioning.mailbox import ensure_mailbox
from connectors.microsoft365.provisioning.places import SitePlaces
from connectors.microsoft365.provisioning.site_lists import ensure_list
from connectors.microsoft365.provisioning.values import Places, Provisioned, Wishes


def provision(account: SchoolAccount, wishes: Wishes) -> Provisioned:
    """Make everything that Casework works in; what is there stays, what is damaged is mended.

    An account that only reads makes nothing: then each step says what would be made or mended.

    Raises:
        NotThereError: the site, or a drive that the settings name by id or address, does not exist.
        NotPermittedError: the application lacks a permission.
    """
    site = SitePlaces(account, wishes.site)
    cases_list, steps = ensure_list(site, CASES_LIST, wishes.cases_list)
    policies_list, more = ensure_list(site, POLICIES_LIST, wishes.policies_list)
    casework_drive, casework_step = ensure_library(site, wishes.casework_drive)
    sealed_drive, sealed_step = ensure_library(site, wishes.sealed_drive)
    closed = close_library(account, sealed_drive, wishes.sealed_readers, wishes.sealed_drive)
    places = Places(
        site_id=site.site_id,
        cases_list=cases_list,
        policies_list=policies_list,
        casework_drive=casework_drive,
        sealed_drive=sealed_drive,
        drop_drive=site.drive_id(wishes.drop_drive),
        policies_drive=site.drive_id(wishes.policies_drive),
    )
    drop = ensure_folder(account, places.drop_drive, wishes.drop_folder, f"Folder {wishes.drop_folder}")
    policies = ensure_folder(
        account,
        places.policies_drive,
        wishes.policies_folder,
        f"Folder {wishes.policies_folder or 'for policies'}",
    )
    mail = ensure_mailbox(account, wishes.reporting_mailbox)
    return Provisioned(
        places=places,
        steps=(*steps, *more, casework_step, sealed_step, closed, drop, policies, *mail),
    )
