"""Microsoft's own Python library works against the practice tenant, and knows everything that the tenant says."""

import asyncio
import os
import ssl
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.practice import PracticeServer

pytest.importorskip(
    "msgraph", reason="msgraph-sdk is not installed: uv run --group foreign pytest tests/foreign"
)

import httpx
from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from msgraph import GraphRequestAdapter, GraphServiceClient
from msgraph.generated.drives.item.items.item.create_upload_session.create_upload_session_post_request_body import (
    CreateUploadSessionPostRequestBody,
)
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.column_definition import ColumnDefinition
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.drive_item import DriveItem
from msgraph.generated.models.drive_item_uploadable_properties import DriveItemUploadableProperties
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.field_value_set import FieldValueSet
from msgraph.generated.models.file_attachment import FileAttachment
from msgraph.generated.models.folder import Folder
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.list_ import List_
from msgraph.generated.models.list_info import ListInfo
from msgraph.generated.models.list_item import ListItem
from msgraph.generated.models.message import Message
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.recipient import Recipient
from msgraph.generated.models.text_column import TextColumn
from msgraph_core import APIVersion, GraphClientFactory

pytestmark = pytest.mark.foreign

Act = Callable[[GraphServiceClient], Awaitable[Any]]


class _Token(AccessTokenProvider):
    def __init__(self, token: str) -> None:
        self._token = token

    async def get_authorization_token(self, uri: str, additional_authentication_context: Any = None) -> str:
        # As azure-identity does it: upload addresses are on another host, and the token stays away from there.
        return self._token if self.get_allowed_hosts_validator().is_url_host_valid(uri) else ""

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        return AllowedHostsValidator(["localhost"])


class Library:
    """Microsoft's library, pointed at the practice tenant, and what the tenant has."""

    def __init__(self, practice: PracticeServer) -> None:
        self.practice = practice
        self.drive = practice.facts["office_drive_id"]
        self.site = practice.facts["site_id"]
        self.head = practice.user("headteacher")

    def do(self, act: Act) -> Any:
        """Run one piece of work; every model that it gives back must be known through and through."""
        # In a thread of its own: the browser tests leave a loop of theirs running in this one.
        with ThreadPoolExecutor(1) as apart:
            result = apart.submit(asyncio.run, self._do(act)).result()
        strangers = sorted(set(_unknown(result, "")))
        assert not strangers, f"Microsoft's library does not know {strangers}"
        return result

    async def _do(self, act: Act) -> Any:
        trusted = ssl.create_default_context(cafile=self.practice.ca_file)
        async with httpx.AsyncClient(verify=trusted, timeout=60) as client:
            root = self.practice.facts["graph_root"].rstrip("/")
            http = GraphClientFactory.create_with_default_middleware(
                api_version=APIVersion.v1, client=client, host=root
            )
            provider = BaseBearerTokenAuthenticationProvider(_Token(self.practice.visitor_token()))
            adapter = GraphRequestAdapter(provider, http)
            adapter.base_url = f"{root}/v1.0"
            return await act(GraphServiceClient(request_adapter=adapter))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("practice")
    with PracticeServer(folder, now="2026-11-23T09:00:00Z", with_school=True) as running:
        yield Library(running)


def _unknown(value: Any, where: str, seen: set[int] | None = None) -> Iterator[str]:
    """The properties that ended in `additional_data`; annotations such as @odata.etag always do."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, list | tuple):
        for each in value:
            yield from _unknown(each, f"{where}[]", seen)
    elif hasattr(value, "get_field_deserializers"):
        properties = {name.lstrip("_"): held for name, held in vars(value).items()}
        store = getattr(value, "backing_store", None)
        properties |= dict(store.enumerate_()) if store else {}
        for name, held in properties.items():
            if name == "additional_data" and not isinstance(value, FieldValueSet):
                yield from (f"{where}.{extra}" for extra in held or () if "@" not in extra)
            elif name != "backing_store":
                yield from _unknown(held, f"{where}.{name}", seen)


def test_the_watcher_sees_a_property_that_the_library_does_not_know() -> None:
    stranger = Message(subject="Known", additional_data={"neverHeardOf": 1, "@odata.etag": "x"})
    assert list(_unknown([stranger], "message")) == ["message[].neverHeardOf"]


def _mail(library: Library) -> Message:
    office = EmailAddress(address=library.practice.user("office"))
    return Message(
        subject="An invented matter",
        body=ItemBody(content_type=BodyType.Html, content="<p>For the office.</p>"),
        to_recipients=[Recipient(email_address=office)],
    )


def test_a_mail_is_drafted_with_a_file_sent_and_found_by_delta(library: Library) -> None:
    async def act(graph: GraphServiceClient) -> Any:
        mailbox = graph.users.by_user_id(library.head)
        draft = await mailbox.messages.post(_mail(library))
        letter = FileAttachment(
            odata_type="#microsoft.graph.fileAttachment", name="letter.txt", content_bytes=b"aGVsbG8="
        )
        attached = await mailbox.messages.by_message_id(draft.id).attachments.post(letter)
        await mailbox.messages.by_message_id(draft.id).patch(Message(subject="Changed"))
        await mailbox.messages.by_message_id(draft.id).send.post()
        office = graph.users.by_user_id(library.practice.user("office"))
        arrived = await office.mail_folders.by_mail_folder_id("inbox").messages.delta.get()
        folders = await office.mail_folders.get()
        settings = await office.mailbox_settings.get()
        return draft, attached, arrived, folders, settings

    _, attached, arrived, _, _ = library.do(act)
    assert attached.name == "letter.txt"
    assert arrived.odata_delta_link
    assert any(message.subject == "Changed" and message.has_attachments for message in arrived.value)


async def _put_in_ranges(ca_file: str, address: str, content: bytes) -> None:
    """Its LargeFileUploadTask sends the last range twice (msgraph-sdk-python-core#718), so ranges are put here."""
    size = 4 * 320 * 1024
    async with httpx.AsyncClient(verify=ssl.create_default_context(cafile=ca_file), timeout=60) as client:
        for start in range(0, len(content), size):
            part = content[start : start + size]
            place = f"bytes {start}-{start + len(part) - 1}/{len(content)}"
            answer = await client.put(address, content=part, headers={"Content-Range": place})
            assert answer.status_code in {201, 202}, answer.text


def test_a_file_goes_up_in_parts_and_comes_down_the_same(library: Library) -> None:
    content = os.urandom(3_000_000)

    async def act(graph: GraphServiceClient) -> Any:
        items = graph.drives.by_drive_id(library.drive).items
        root = await graph.drives.by_drive_id(library.drive).root.get()
        folder = await items.by_drive_item_id(root.id).children.post(
            DriveItem(name="From the library", folder=Folder())
        )
        wish = DriveItemUploadableProperties(additional_data={"@microsoft.graph.conflictBehavior": "replace"})
        session = await items.by_drive_item_id(f"{folder.id}:/large.bin:").create_upload_session.post(
            CreateUploadSessionPostRequestBody(item=wish)
        )
        await _put_in_ranges(library.practice.ca_file, session.upload_url, content)
        large = await items.by_drive_item_id(f"{folder.id}:/large.bin:").get()
        small = await items.by_drive_item_id(f"{folder.id}:/small.txt:").content.put(b"small")
        changes = await items.by_drive_item_id("root").delta.get()
        children = await items.by_drive_item_id(folder.id).children.get()
        versions = await items.by_drive_item_id(small.id).versions.get()
        down = await items.by_drive_item_id(large.id).content.get()
        return down, folder, large, small, changes, children, versions, session

    down, _, large, _, changes, children, *_ = library.do(act)
    assert down == content
    assert large.size == len(content)
    assert {"large.bin", "small.txt"} == {child.name for child in children.value}
    assert {"large.bin", "small.txt"} <= {item.name for item in changes.value}


def test_a_list_is_made_filled_followed_and_emptied(library: Library) -> None:
    async def act(graph: GraphServiceClient) -> Any:
        lists = graph.sites.by_site_id(library.site).lists
        made = await lists.post(
            List_(
                display_name="Lost property",
                columns=[ColumnDefinition(name="Colour", text=TextColumn())],
                list_=ListInfo(template="genericList"),
            )
        )
        items = lists.by_list_id(made.id).items
        fields = FieldValueSet(additional_data={"Title": "Glove", "Colour": "Purple"})
        item = await items.post(ListItem(fields=fields))
        await items.by_list_item_id(item.id).fields.patch(FieldValueSet(additional_data={"Colour": "Red"}))
        first = await items.delta.get()
        columns = await lists.by_list_id(made.id).columns.get()
        await items.by_list_item_id(item.id).delete()
        second = await items.delta.with_url(first.odata_delta_link).get()
        return made, item, first, columns, second, await lists.get()

    made, item, first, columns, second, _ = library.do(act)
    assert made.display_name == "Lost property"
    assert [change.id for change in first.value] == [item.id]
    assert "Colour" in {column.name for column in columns.value}
    assert second.value[0].deleted is not None


def test_people_places_and_the_calendar_are_known(library: Library) -> None:
    async def act(graph: GraphServiceClient) -> Any:
        mailbox = graph.users.by_user_id(library.head)
        when = DateTimeTimeZone(date_time="2026-11-24T10:00:00", time_zone="Europe/London")
        event = await mailbox.events.post(
            Event(subject="A review is due", start=when, end=when, transaction_id="review-1")
        )
        return (
            event,
            await graph.users.get(),
            await mailbox.get(),
            await mailbox.drive.get(),
            await graph.sites.by_site_id(library.site).get(),
            await graph.sites.by_site_id(library.site).drives.get(),
            await mailbox.messages.get(),
        )

    event, users, person, *_ = library.do(act)
    assert event.transaction_id == "review-1"
    assert person.display_name in {user.display_name for user in users.value}


def test_a_refusal_says_what_microsoft_would_say(library: Library) -> None:
    async def act(graph: GraphServiceClient) -> Any:
        try:
            await graph.users.by_user_id("nobody@tillbrook.example").messages.get()
        except ODataError as error:
            return error.response_status_code, error.error
        return 200, None

    status, error = library.do(act)
    assert status == 404
    assert error.code == "Request_ResourceNotFound" or error.code.startswith("Error")
    assert error.message
    assert error.inner_error.request_id
