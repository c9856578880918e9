"""Whether Casework may change lists and libraries, asked so that nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator

from casework.errors import ConnectorError, NotPermittedError, PermanentConnectorError
from connectors.microsoft365.calls import segment
from connectors.microsoft365.checks.values import Check
from connectors.microsoft365.provisioning.places import SitePlaces
from connectors.microsoft365.provisioning.values import Wishes

_GRANT = "Run the SharePoint lines that casework setup shows; the grant must say write."
_NO_COLUMN = "CaseworkDoctorLooks"
_NO_FILE = "casework-doctor.tmp"


def check_writing(site: SitePlaces, wishes: Wishes) -> Iterator[Check]:
    """Ask to write into each list and library; what is not there yet is told by the other checks."""
    for wanted in (wishes.cases_list, wishes.policies_list):
        yield from _list_check(site, wanted)
    for name, drive in (
        (f"Library {wishes.casework_drive}", wishes.casework_drive),
        (f"Library {wishes.sealed_drive}", wishes.sealed_drive),
        *([(f"Folder {wishes.drop_folder}", wishes.drop_drive)] if wishes.drop_drive else []),
    ):
        yield from _drive_check(site, name, drive)
    yield from _role_note(site)


def _list_check(site: SitePlaces, wanted: str) -> Iterator[Check]:
    name = f"List {wanted}: write"
    try:
        path = f"{site.path}/lists/{segment(site.list_id(wanted))}/items"
        # a column that no list has: refused for that, once the right to add rows is there
        made = site.calls.post(path, {"fields": {_NO_COLUMN: "x"}})
    except NotPermittedError:
        yield Check(
            name=name, ok=False, finding="Casework may read this list but not change it.", next_step=_GRANT
        )
    except PermanentConnectorError:
        yield Check(name=name, ok=True, finding="Rows can be added.")
    except ConnectorError as error:
        yield Check(name=name, ok=False, finding=str(error), next_step="Run casework doctor again later.")
    else:
        site.calls.delete(f"{path}/{segment(str(made['id']))}")
        yield Check(name=name, ok=True, finding="Rows can be added.")


def _drive_check(site: SitePlaces, name: str, wanted: str) -> Iterator[Check]:
    try:
        drive = site.drive_id(wanted)
    except ConnectorError:
        return
    try:
        session = site.calls.post(f"drives/{segment(drive)}/root:/{_NO_FILE}:/createUploadSession", {})
        site.account.con.naive_request(str(session["uploadUrl"]), "delete")
    except NotPermittedError:
        finding = "Casework may read what lies here but save nothing."
        yield Check(name=f"{name}: write", ok=False, finding=finding, next_step=_GRANT)
    except ConnectorError as error:
        step = "Run casework doctor again later."
        yield Check(name=f"{name}: write", ok=False, finding=str(error), next_step=step)
    else:
        yield Check(name=f"{name}: write", ok=True, finding="Files can be saved.")


def _role_note(site: SitePlaces) -> Iterator[Check]:
    """Tell whether the site's grant is still as wide as setup needs it."""
    name = "SharePoint site: role"
    try:
        # a list without a name: refused for that, once the right to make lists is there
        site.calls.post(f"{site.path}/lists", {"displayName": ""})
    except NotPermittedError:
        yield Check(name=name, ok=True, finding="Casework makes no lists here, which only setup needs.")
    except PermanentConnectorError:
        finding = (
            "Casework may still make lists here, which only setup needs; from now on the role write is enough "
            "(the last SharePoint line that casework setup shows)."
        )
        yield Check(name=name, ok=True, finding=finding)
    except ConnectorError:
        return
