"""To Do as Graph shows it."""

from practice_tenant.calendar.moments import show_moment
from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import pick
from practice_tenant.requests import GraphRequest
from practice_tenant.todo.store import TodoStore
from practice_tenant.todo.values import CHECKLIST, LINKS, Json, Part, Task, TaskList


def show_list(one: TaskList) -> Json:
    return {
        "@odata.etag": f'W/"{one.change_key}"',
        "displayName": one.name,
        "isOwner": True,
        "isShared": False,
        "wellknownListName": one.well_known,
        "id": one.id,
    }


def show_task(task: Task, request: GraphRequest) -> Json:
    """A task, its moments in the zone of the Prefer header, else in UTC; what is not set is left out."""
    zone = request.preferences.get("outlook.timezone") or "UTC"
    shown: Json = {
        "@odata.etag": f'W/"{task.change_key}"',
        "createdDateTime": task.created_at,
        "lastModifiedDateTime": task.modified_at,
        "bodyLastModifiedDateTime": task.body_modified_at,
        "hasAttachments": False,
        "id": task.id,
    }
    for name, value in task.content.items():
        if value is None:
            continue
        shown[name] = show_moment(value, zone) if name.endswith("DateTime") else value
    return shown


def show_part(part: Part) -> Json:
    return {**part.content, "id": part.id}


def shaped_task(store: TodoStore, task: Task, request: GraphRequest, options: QueryOptions) -> Json:
    """What $select and $expand leave of a task; To Do shows its links without being asked."""
    shown = show_task(task, request)
    links = [show_part(part) for part in store.parts(task, LINKS)]
    if links or options.expansion(LINKS) is not None:
        shown[LINKS] = links
    steps = [show_part(part) for part in store.parts(task, CHECKLIST)]
    if steps or options.expansion(CHECKLIST) is not None:
        shown[CHECKLIST] = steps
    return pick(shown, options)
