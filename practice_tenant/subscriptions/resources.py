"""From the resource of a subscription to what is watched, with the right to read it."""

from collections.abc import Callable
from urllib.parse import quote

from practice_tenant.drives.addressing import open_drive
from practice_tenant.errors import GraphError
from practice_tenant.mail.access import READ as READ_MAIL
from practice_tenant.mail.access import folder_of, mailbox_of
from practice_tenant.paths import read_path
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Route, Router
from practice_tenant.sites.addressing import open_list
from practice_tenant.subscriptions.watches import Watch
from practice_tenant.tenant import Tenant
from practice_tenant.todo.requests import READ as READ_TASKS
from practice_tenant.todo.requests import open_list as open_tasks
from practice_tenant.todo.requests import open_store
from practice_tenant.users import find_user

_Reader = Callable[[Tenant, GraphRequest], Watch]


def watch_of(tenant: Tenant, request: GraphRequest, resource: str) -> Watch:
    """What a resource such as "users/{id}/mailFolders('Inbox')/messages" means.

    Raises:
        GraphError: 400 where nothing of the kind can be watched, 403 or 404 as for reading it.
    """
    path = resource.partition("?")[0].strip().removeprefix(tenant.graph_root).lstrip("/")
    path = path.removeprefix("v1.0/").removeprefix("beta/")
    if path.lower().startswith("me/"):
        if request.principal.user is None:
            raise _unknown(resource)
        path = f"users/{request.principal.user.id}{path[2:]}"
    found = _ROUTER.find("GET", read_path(quote(path, safe="/:()'=,!%")))
    if found is None:
        raise _unknown(resource)
    return _READERS[found[0].pattern](tenant, request.with_parameters(found[1]))


def _mail(tenant: Tenant, request: GraphRequest) -> Watch:
    mailbox = mailbox_of(tenant, request, READ_MAIL)
    folder = folder_of(tenant, request, mailbox)
    place = str(folder["id"]) if folder is not None else ""
    return Watch(kind="messages", user=mailbox.id, place=place, immutable=request.immutable_ids)


def _events(tenant: Tenant, request: GraphRequest) -> Watch:
    user = find_user(tenant, request.parameter("user"))
    tenant.permissions.require_mailbox(request.principal, user, "Calendars.Read")
    return Watch(kind="events", user=user.id, place=request.parameters.get("calendar", ""))


def _tasks(tenant: Tenant, request: GraphRequest) -> Watch:
    store = open_store(tenant, request, READ_TASKS)
    return Watch(kind="tasks", user=store.user.id, place=open_tasks(store, request).id)


def _drive(tenant: Tenant, request: GraphRequest) -> Watch:
    return Watch(kind="drive", place=open_drive(tenant, request).id)


def _list(tenant: Tenant, request: GraphRequest) -> Watch:
    site, one = open_list(tenant, request)
    return Watch(kind="list", user=site.id, place=one.id)


async def _is_no_address(tenant: Tenant, request: GraphRequest) -> Answer:
    raise NotImplementedError("Resources are watched, not asked.")


def _unknown(resource: str) -> GraphError:
    return GraphError(
        400, "ExtensionError", f"Operation: Create; Exception: [Resource '{resource}' is not supported.]"
    )


_READERS: dict[str, _Reader] = {
    "/users/{user}/messages": _mail,
    "/users/{user}/mailFolders/{folder}/messages": _mail,
    "/users/{user}/events": _events,
    "/users/{user}/calendar/events": _events,
    "/users/{user}/calendars/{calendar}/events": _events,
    "/users/{user}/todo/lists/{list}/tasks": _tasks,
    "/users/{user}/drive/root": _drive,
    "/drives/{drive}/root": _drive,
    "/sites/{site}/drive/root": _drive,
    "/sites/{site}/lists/{list}": _list,
    "/sites/{site}:/{site_path}:/lists/{list}": _list,
}
_ROUTER = Router(Route(method="GET", pattern=pattern, handler=_is_no_address) for pattern in _READERS)
