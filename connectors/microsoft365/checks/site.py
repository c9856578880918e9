"""Whether lists, columns, libraries and folders are as Casework needs them."""

from __future__ import annotations

from collections.abc import Iterator

from casework.errors import ConnectorError, NotPermittedError
from casework.register_lists import CASES_LIST, POLICIES_LIST
from connectors.microsoft365.checks.values import Check
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.provisioning.libraries import shut_out, strangers
from connectors.microsoft365.provisioning.places import SitePlaces
from connectors.microsoft365.provisioning.shapes import changes_of
from connectors.microsoft365.provisioning.site_lists import columns_of
from connectors.microsoft365.provisioning.values import Wishes

_SETUP = "Run casework setup."


def check_lists(site: SitePlaces, wishes: Wishes) -> Iterator[Check]:
    for definition, wanted in ((CASES_LIST, wishes.cases_list), (POLICIES_LIST, wishes.policies_list)):
        name = f"List {wanted}"
        try:
            columns = columns_of(site, site.list_id(wanted))
        except ConnectorError as error:
            yield Check(name=name, ok=False, finding=str(error), next_step=_SETUP)
            continue
        changes = tuple(changes_of(definition, columns, wanted))
        if all(change.is_harmless for change in changes):
            yield Check(name=name, ok=True, finding=f"All {len(definition.columns)} columns are there.")
        for change in changes:
            yield Check(
                name=f"{name}, column {change.column}",
                ok=change.is_harmless,
                finding=change.finding,
                next_step=change.next_step,
            )


def check_drives(site: SitePlaces, wishes: Wishes) -> Iterator[Check]:
    for name, drive, folder in (
        (f"Library {wishes.casework_drive}", wishes.casework_drive, ""),
        (f"Library {wishes.sealed_drive}", wishes.sealed_drive, ""),
        *(
            [(f"Folder {wishes.drop_folder}", wishes.drop_drive, wishes.drop_folder)]
            if wishes.drop_drive
            else []
        ),
        (f"Folder {wishes.policies_folder or 'for policies'}", wishes.policies_drive, wishes.policies_folder),
    ):
        try:
            found = GraphLibrary(site.account, site.drive_id(drive)).find(folder)
        except NotPermittedError:
            yield Check(
                name=name,
                ok=False,
                finding="Casework may not open it: its application has no grant there.",
                next_step="Run the SharePoint lines that casework setup shows, those for this OneDrive or site.",
            )
            continue
        except ConnectorError as error:
            yield Check(name=name, ok=False, finding=str(error), next_step=_SETUP)
            continue
        if found is None:
            yield Check(name=name, ok=False, finding="It is missing.", next_step=_SETUP)
        else:
            yield Check(name=name, ok=True, finding="It can be opened.")


def check_sealed(site: SitePlaces, wishes: Wishes) -> Iterator[Check]:
    name = f"Library {wishes.sealed_drive}, who may open it"
    try:
        drive = site.drive_id(wishes.sealed_drive)
        others = strangers(site.account, drive, wishes.sealed_readers)
        without = shut_out(site.account, drive, wishes.sealed_readers)
    except ConnectorError as error:
        yield Check(name=name, ok=False, finding=str(error), next_step=_SETUP)
        return
    if others:
        yield Check(
            name=name,
            ok=False,
            finding=f"{others} other person(s), group(s) or link(s) may open the sealed originals.",
            next_step="Run casework setup, or take their permission away in the library's settings.",
        )
    elif without:
        yield Check(
            name=name,
            ok=False,
            finding=f"{without} of the people of the safeguarding role may not open the sealed originals.",
            next_step="Run casework setup, or give them permission in the library's settings.",
        )
    else:
        yield Check(name=name, ok=True, finding="Only the people of the safeguarding role.")
