"""What can be watched, and which changes there have been since a number."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from practice_tenant.calendar.store import CalendarStore
from practice_tenant.changes import changes_between, newest_change
from practice_tenant.mail.identifiers import etag
from practice_tenant.tenant import Tenant

CREATED, UPDATED, DELETED = "created", "updated", "deleted"
ALL_TYPES = (CREATED, UPDATED, DELETED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Watch:
    """One resource.

    Attributes:
        kind: one of KINDS.
        user: whose mailbox, calendar or tasks.
        place: the folder, drive or list; "" for a whole mailbox or all calendars.
        immutable: whether ids are told in their immutable form.
    """

    kind: str
    user: str = ""
    place: str = ""
    immutable: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Noticed:
    """One change: its type, the resource's path and what is told of it."""

    change_type: str
    resource: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What holds for all resources of one kind.

    Attributes:
        change_types: which a client may ask for.
        longest: minutes that a subscription may last.
        newest: the number of the last change.
        noticed: the changes after one number up to another.
    """

    change_types: tuple[str, ...]
    longest: int
    newest: Callable[[Tenant, Watch], int]
    noticed: Callable[[Tenant, Watch, int, int], Iterable[Noticed]]


def _newest_mail(tenant: Tenant, watch: Watch) -> int:  # noqa: ARG001 - the form of all kinds
    return tenant.database.last_number("mail change")


def _mails(tenant: Tenant, watch: Watch, since: int, until: int) -> Iterable[Noticed]:
    rows = tenant.database.rows(
        "SELECT message_change.* FROM message_change LEFT JOIN mail_folder ON mail_folder.id = folder_id "
        "WHERE message_change.number > ? AND message_change.number <= ? "
        "AND (folder_id = ? OR (? = '' AND mailbox = ?)) ORDER BY message_change.number",
        (since, until, watch.place, watch.place, watch.user),
    )
    for row in rows:
        message_id = row["immutable_id"] if watch.immutable else row["default_id"]
        change_type = DELETED if row["removed"] else CREATED if row["arrived"] > since else UPDATED
        path = f"Users/{watch.user}/Messages/{message_id}"
        data = {"@odata.type": "#Microsoft.Graph.Message", "@odata.id": path, "id": message_id}
        yield Noticed(
            change_type=change_type, resource=path, data={**data, "@odata.etag": etag(row["number"])}
        )


def _newest_entity(tenant: Tenant, watch: Watch) -> int:  # noqa: ARG001 - the form of all kinds
    return newest_change(tenant.database)


def _events(tenant: Tenant, watch: Watch, since: int, until: int) -> Iterable[Noticed]:
    user = tenant.directory.find(watch.user)
    calendars = CalendarStore(tenant.database, tenant.clock, user).calendars() if user else []
    for calendar in calendars:
        if watch.place in {"", calendar.id}:
            yield from _entities(tenant, calendar.place, since, until, f"Users/{watch.user}/Events", "Event")


def _tasks(tenant: Tenant, watch: Watch, since: int, until: int) -> Iterable[Noticed]:
    path = f"Users/{watch.user}/todo/lists/{watch.place}/tasks"
    yield from _entities(tenant, f"tasks of {watch.place}", since, until, path, "todoTask")


def _entities(tenant: Tenant, place: str, since: int, until: int, path: str, name: str) -> Iterable[Noticed]:
    for change in changes_between(tenant.database, place, since, until):
        change_type = DELETED if change.removed else CREATED if change.created > since else UPDATED
        whole = f"{path}/{change.id}"
        data = {"@odata.type": f"#Microsoft.Graph.{name}", "@odata.id": whole, "id": change.id}
        yield Noticed(change_type=change_type, resource=whole, data=data)


def _newest_in_drive(tenant: Tenant, watch: Watch) -> int:
    row = tenant.database.one("SELECT sequence FROM drives WHERE id = ?", (watch.place,))
    return int(row["sequence"]) if row else 0


def _newest_in_list(tenant: Tenant, watch: Watch) -> int:
    row = tenant.database.one("SELECT sequence FROM lists WHERE id = ?", (watch.place,))
    drive = tenant.database.one("SELECT sequence FROM drives WHERE list_id = ?", (watch.place,))
    return (int(row["sequence"]) if row else 0) + (int(drive["sequence"]) if drive else 0)


def _of_a_whole(kind: str, path: str) -> Callable[[Tenant, Watch, int, int], Iterable[Noticed]]:
    """Drives and lists tell only that something changed; what it was, delta tells."""

    def noticed(tenant: Tenant, watch: Watch, since: int, until: int) -> Iterable[Noticed]:  # noqa: ARG001 - the form of all kinds
        if until > since:
            yield Noticed(
                change_type=UPDATED,
                resource=path.format(user=watch.user, place=watch.place),
                data={"@odata.type": f"#Microsoft.Graph.{kind}"},
            )

    return noticed


# includes/change-notifications-subscription-lifetime.md of Microsoft's documentation.
KINDS: dict[str, Kind] = {
    "messages": Kind(change_types=ALL_TYPES, longest=10_080, newest=_newest_mail, noticed=_mails),
    "events": Kind(change_types=ALL_TYPES, longest=10_080, newest=_newest_entity, noticed=_events),
    "tasks": Kind(change_types=ALL_TYPES, longest=4_230, newest=_newest_entity, noticed=_tasks),
    "drive": Kind(
        change_types=(UPDATED,),
        longest=42_300,
        newest=_newest_in_drive,
        noticed=_of_a_whole("driveItem", "drives/{place}/root"),
    ),
    "list": Kind(
        change_types=(UPDATED,),
        longest=42_300,
        newest=_newest_in_list,
        noticed=_of_a_whole("listItem", "sites/{user}/lists/{place}"),
    ),
}
