"""Lists and tasks over Graph."""

from practice_tenant.changes import changes_between, newest_change
from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.odata.model import check_query
from practice_tenant.odata.pages import collection_page, pick
from practice_tenant.odata.rounds import Round, open_round, round_answer
from practice_tenant.odata.types import TODO_TASK
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant
from practice_tenant.todo.reading import changed_task, new_task, refuse_unknown
from practice_tenant.todo.store import TodoStore
from practice_tenant.todo.values import Json, Task, TaskList
from practice_tenant.todo.views import shaped_task, show_list, show_task
from practice_tenant.users import find_user

READ, WRITE = "Tasks.Read", "Tasks.ReadWrite"
PAGE = 100
_OF_A_LIST = frozenset(
    {"id", "displayName", "isOwner", "isShared", "wellknownListName", "tasks", "extensions"}
)


async def list_lists(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, READ)
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[show_list(one) for one in store.lists()],
        default_size=PAGE,
        max_page_size=request.max_page_size,
        context=context_of(tenant, store.user, "todo/lists"),
    )
    return Answer.json(page)


async def create_list(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, WRITE)
    name = _name(request.json())
    with tenant.database.transaction():
        one = store.add_list(name)
    return Answer.json(_list_with_context(tenant, store, one), status=201)


async def get_list(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, READ)
    return Answer.json(pick(_list_with_context(tenant, store, open_list(store, request)), request.options))


async def update_list(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, WRITE)
    one = _own(open_list(store, request))
    with tenant.database.transaction():
        changed = store.rename_list(one, _name(request.json()))
    return Answer.json(_list_with_context(tenant, store, changed))


async def delete_list(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, WRITE)
    one = _own(open_list(store, request))
    with tenant.database.transaction():
        store.delete_list(one)
    return Answer.empty()


async def lists_delta(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../todo/lists/delta."""
    store = open_store(tenant, request, READ)
    walk = open_round(tenant, request, store.place, newest_change(tenant.database))
    known = {one.id: show_list(one) for one in store.lists()}
    return _delta_answer(tenant, request, walk, known, "todoTaskList")


async def list_tasks(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, READ)
    check_query(TODO_TASK, request.options)
    tasks = {task.id: task for task in store.tasks(open_list(store, request))}
    page = collection_page(
        url=request.url,
        options=request.options,
        entities=[show_task(task, request) for task in tasks.values()],
        default_size=PAGE,
        max_page_size=request.max_page_size,
        shape=lambda entity: shaped_task(store, tasks[entity["id"]], request, request.options),
        context=context_of(tenant, store.user, f"todo/lists('{request.parameter('list')}')/tasks"),
    )
    return Answer.json(page)


async def create_task(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, WRITE)
    one = open_list(store, request)
    with tenant.database.transaction():
        task = store.add_task(one, new_task(request.json(), tenant.clock))
    return Answer.json(_task_with_context(tenant, request, store, task), status=201)


async def get_task(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, READ)
    task = open_task(store, open_list(store, request), request)
    return Answer.json(_task_with_context(tenant, request, store, task))


async def update_task(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, WRITE)
    one = open_list(store, request)
    task = open_task(store, one, request)
    with tenant.database.transaction():
        changed = store.change_task(one, task, changed_task(task.content, request.json(), tenant.clock))
    return Answer.json(_task_with_context(tenant, request, store, changed))


async def delete_task(tenant: Tenant, request: GraphRequest) -> Answer:
    store = open_store(tenant, request, WRITE)
    one = open_list(store, request)
    with tenant.database.transaction():
        store.delete_task(one, open_task(store, one, request))
    return Answer.empty()


async def tasks_delta(tenant: Tenant, request: GraphRequest) -> Answer:
    """GET .../todo/lists/{list}/tasks/delta."""
    store = open_store(tenant, request, READ)
    one = open_list(store, request)
    walk = open_round(tenant, request, one.place, newest_change(tenant.database))
    options = walk.options(request)
    known = {task.id: shaped_task(store, task, request, options) for task in store.tasks(one)}
    return _delta_answer(tenant, request, walk, known, "todoTask")


def open_store(tenant: Tenant, request: GraphRequest, need: str) -> TodoStore:
    user = find_user(tenant, request.parameter("user"))
    tenant.permissions.require_mailbox(request.principal, user, need)
    return TodoStore(tenant.database, tenant.clock, user)


def open_list(store: TodoStore, request: GraphRequest) -> TaskList:
    """The list of the path.

    Raises:
        GraphError: 404 where there is none.
    """
    one = store.list_by_id(request.parameter("list"))
    if one is None:
        raise not_found()
    return one


def open_task(store: TodoStore, one: TaskList, request: GraphRequest) -> Task:
    task = store.task(one, request.parameter("task"))
    if task is None:
        raise not_found()
    return task


def not_found() -> GraphError:
    return GraphError(404, "itemNotFound", "The specified object was not found in the store.")


def context_of(tenant: Tenant, user: User, what: str) -> str:
    return f"{tenant.graph_root}v1.0/$metadata#users('{user.id}')/{what}"


def _delta_answer(
    tenant: Tenant, request: GraphRequest, walk: Round, known: dict[str, Json], kind: str
) -> Answer:
    """A page of a round: what is known by now, and of the rest that it went."""
    options = walk.options(request)
    size = request.max_page_size or options.top or PAGE
    found = changes_between(tenant.database, walk.place, walk.done, walk.until, size + 1)
    entries: list[Json] = []
    for change in found[:size]:
        if change.id in known:
            entries.append(pick(known[change.id], options))
        elif walk.since:
            entries.append({"id": change.id, "@removed": {"reason": "deleted"}})
    after = found[size - 1].number if len(found) > size else None
    context = f"{tenant.graph_root}v1.0/$metadata#Collection({kind})"
    return round_answer(tenant, request, walk, entries, context=context, next_after=after)


def _name(given: Json) -> str:
    refuse_unknown(given, _OF_A_LIST, "todoTaskList")
    name = str(given.get("displayName") or "").strip()
    if not name:
        raise GraphError(400, "invalidRequest", "A list needs a displayName.")
    return name


def _own(one: TaskList) -> TaskList:
    if one.well_known != "none":
        raise GraphError(400, "invalidRequest", "A well-known list can be neither renamed nor deleted.")
    return one


def _list_with_context(tenant: Tenant, store: TodoStore, one: TaskList) -> Json:
    return {"@odata.context": context_of(tenant, store.user, "todo/lists/$entity"), **show_list(one)}


def _task_with_context(tenant: Tenant, request: GraphRequest, store: TodoStore, task: Task) -> Json:
    context = context_of(tenant, store.user, f"todo/lists('{request.parameter('list')}')/tasks/$entity")
    return {"@odata.context": context, **shaped_task(store, task, request, request.options)}
