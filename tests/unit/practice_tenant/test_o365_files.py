"""O365's own classes for drives, sites and calendars work against the practice tenant over HTTPS."""

import functools
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import requests
from msal import ConfidentialClientApplication
from O365 import Account, Connection, MSGraphProtocol
from O365.utils.token import MemoryTokenBackend

from tests.practice import PracticeServer

LONDON = ZoneInfo("Europe/London")


class _Protocol(MSGraphProtocol):  # type: ignore[misc]  # O365 has no types
    def __init__(self, graph_root: str) -> None:
        self._protocol_url = graph_root
        super().__init__(timezone="Europe/London")


class _Connection(Connection):  # type: ignore[misc]  # O365 has no types
    """A connection whose sign-in and requests trust the tenant's own certificate authority."""

    practice: PracticeServer

    @property
    def msal_client(self) -> ConfidentialClientApplication:
        if self._msal_client is None:
            session = requests.Session()
            session.request = functools.partial(session.request, verify=self.practice.ca_file)  # type: ignore[method-assign]
            facts = self.practice.facts
            self._msal_client = ConfidentialClientApplication(
                self.auth[0],
                client_credential=self.auth[1],
                authority=f"{facts['login_root']}/{facts['tenant_id']}",
                instance_discovery=False,
                token_cache=self.token_backend,
                http_client=session,
            )
        return self._msal_client

    def _internal_request(self, session_obj: Any, url: str, method: str, *args: Any, **more: Any) -> Any:
        more.setdefault("verify", self.practice.ca_file)
        return super()._internal_request(session_obj, url, method, *args, **more)


@pytest.fixture
def account(practice: PracticeServer) -> Iterator[Account]:
    """Casework's own application, signed in through O365."""

    class Bound(_Connection):
        pass

    class School(Account):  # type: ignore[misc]  # O365 has no types
        connection_constructor = Bound

    Bound.practice = practice
    application = practice.facts["casework"]
    school = School(
        (application["client_id"], application["client_secret"]),
        protocol=_Protocol(practice.facts["graph_root"]),
        tenant_id=practice.facts["tenant_id"],
        auth_flow_type="credentials",
        token_backend=MemoryTokenBackend(),
        requests_delay=0,
        request_retries=0,
    )
    assert school.authenticate()
    yield school
    school.con.session.close()


def test_folders_files_versions_and_sharing(account: Account, practice: PracticeServer) -> None:
    drive = account.storage(resource=practice.user("office")).get_default_drive()
    folder = drive.get_root_folder().create_child_folder("Policies", description="of the school")
    small = folder.upload_file(None, "policy.docx", stream=BytesIO(b"first"), stream_size=5)
    folder.upload_file(None, "policy.docx", stream=BytesIO(b"second"), stream_size=6)
    assert [item.name for item in folder.get_items()] == ["policy.docx"]
    found = drive.get_item_by_path("/Policies/policy.docx")
    content = BytesIO()
    assert found.download(output=content)
    assert (found.object_id, content.getvalue()) == (small.object_id, b"second")
    assert [version.object_id for version in found.get_versions()] == ["2.0", "1.0"]
    assert found.share_with_link(share_type="view", share_scope="organization").share_link
    copied = found.copy(folder, name="copy.docx")
    list(copied.check_status())
    assert copied.get_item().name == "copy.docx"
    assert [item.name for item in folder.search("copy")] == ["copy.docx"]
    assert found.update(name="renamed.docx")
    assert found.delete()


def test_a_large_file_in_chunks(account: Account, practice: PracticeServer) -> None:
    content = bytes(range(256)) * 4096
    root = account.storage(resource=practice.user("office")).get_default_drive().get_root_folder()
    made = root.upload_file(
        None, "scan.pdf", stream=BytesIO(content), stream_size=len(content), chunk_size=320 * 1024,
        upload_in_chunks=True, conflict_handling="fail",
    )  # fmt: skip
    assert made.size == len(content)


def test_sites_lists_and_libraries(account: Account, practice: PracticeServer) -> None:
    host, _, path = practice.facts["site_path"].partition(":")
    site = account.sharepoint().get_site(host, path)
    assert site.object_id == practice.facts["site_id"]
    columns = [{"name": "Reference", "text": {}, "indexed": True, "enforceUniqueValues": True}]
    made = site.create_list({"displayName": "Cases", "list": {"template": "genericList"}, "columns": columns})
    cases = site.get_list_by_name("Cases")
    assert cases.object_id == made.object_id
    assert "Reference" in cases.column_name_cw
    item = cases.create_list_item({"Title": "a", "Reference": "TIS-2026-0001"})
    item.update_fields({"Title": "b"})
    assert item.save_updates()
    (read,) = cases.get_items(expand_fields=["Title", "Reference"])
    assert (read.fields["Title"], read.fields["Reference"]) == ("b", "TIS-2026-0001")
    assert cases.get_item_by_id(1, expand_fields=True).fields["Title"] == "b"
    assert cases.delete_list_item(1)
    assert "Documents" in [library.name for library in site.list_document_libraries()]
    assert site.get_default_document_library(request_drive=True).name == "Documents"


def test_an_event_with_a_transaction(account: Account, practice: PracticeServer) -> None:
    calendar = account.schedule(resource=practice.user("office")).get_default_calendar()
    event = calendar.new_event(subject="Removal is due")
    event.start = datetime(2026, 11, 30, 9, 0, tzinfo=LONDON)
    event.end = datetime(2026, 11, 30, 9, 30, tzinfo=LONDON)
    event.remind_before_minutes = 60
    event.transaction_id = "TIS/case/2026-0001"
    assert event.save()
    (read,) = calendar.get_events(include_recurring=False)
    assert (read.subject, read.start, read.remind_before_minutes) == ("Removal is due", event.start, 60)
    read.subject = "Removal was due"
    assert read.save()
    found = list(
        calendar.get_events(
            include_recurring=True,
            start_recurring=datetime(2026, 11, 30, tzinfo=LONDON),
            end_recurring=datetime(2026, 12, 1, tzinfo=LONDON),
        )
    )
    assert [each.subject for each in found] == ["Removal was due"]
    assert read.delete()
