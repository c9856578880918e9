"""The steps of a task, and what it is linked with, over Graph."""

from collections.abc import Callable
from dataclasses import dataclass

from practice_tenant.clock import PracticeClock
from practice_tenant.odata.pages import collection_page
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.routes import Handler
from practice_tenant.tenant import Tenant
from practice_tenant.todo.reading import link_content, step_content
from practice_tenant.todo.requests import (
    PAGE,
    READ,
    WRITE,
    context_of,
    not_found,
    open_list,
    open_store,
    open_task,
)
from practice_tenant.todo.store import TodoStore, new_part_id
from practice_tenant.todo.values import CHECKLIST, LINKS, Json, Part, Task, TaskList
from practice_tenant.todo.views import show_part

_READERS: dict[str, Callable[[Json, Json, PracticeClock], Json]] = {
    CHECKLIST: step_content,
    LINKS: link_content,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Opened:
    store: TodoStore
    one: TaskList
    task: Task
    kind: str

    def part(self, request: GraphRequest) -> Part:
        for part in self.store.parts(self.task, self.kind):
            if part.id == request.parameter("part"):
                return part
        raise not_found()

    def context(self, tenant: Tenant, ending: str = "") -> str:
        path = f"todo/lists('{self.one.id}')/tasks('{self.task.id}')/{self.kind}{ending}"
        return context_of(tenant, self.store.user, path)


def part_handlers(kind: str) -> tuple[tuple[str, str, Handler], ...]:
    """The handlers of a task's checklistItems or linkedResources, by method and ending."""
    return (
        ("GET", "", _lists(kind)),
        ("POST", "", _creates(kind)),
        ("GET", "/{part}", _gets(kind)),
        ("PATCH", "/{part}", _changes(kind)),
        ("DELETE", "/{part}", _deletes(kind)),
    )


def _open(tenant: Tenant, request: GraphRequest, kind: str, need: str) -> _Opened:
    store = open_store(tenant, request, need)
    one = open_list(store, request)
    return _Opened(store=store, one=one, task=open_task(store, one, request), kind=kind)


def _lists(kind: str) -> Handler:
    async def handle(tenant: Tenant, request: GraphRequest) -> Answer:
        opened = _open(tenant, request, kind, READ)
        page = collection_page(
            url=request.url,
            options=request.options,
            entities=[show_part(part) for part in opened.store.parts(opened.task, kind)],
            default_size=PAGE,
            context=opened.context(tenant),
        )
        return Answer.json(page)

    return handle


def _creates(kind: str) -> Handler:
    async def handle(tenant: Tenant, request: GraphRequest) -> Answer:
        opened = _open(tenant, request, kind, WRITE)
        content = _READERS[kind]({}, request.json(), tenant.clock)
        part = Part(id=new_part_id(), task_id=opened.task.id, kind=kind, content=content)
        return _kept(tenant, opened, part, 201)

    return handle


def _gets(kind: str) -> Handler:
    async def handle(tenant: Tenant, request: GraphRequest) -> Answer:
        opened = _open(tenant, request, kind, READ)
        shown = show_part(opened.part(request))
        return Answer.json({"@odata.context": opened.context(tenant, "/$entity"), **shown})

    return handle


def _changes(kind: str) -> Handler:
    async def handle(tenant: Tenant, request: GraphRequest) -> Answer:
        opened = _open(tenant, request, kind, WRITE)
        before = opened.part(request)
        content = _READERS[kind](before.content, request.json(), tenant.clock)
        part = Part(id=before.id, task_id=opened.task.id, kind=kind, content=content)
        return _kept(tenant, opened, part, 200)

    return handle


def _deletes(kind: str) -> Handler:
    async def handle(tenant: Tenant, request: GraphRequest) -> Answer:
        opened = _open(tenant, request, kind, WRITE)
        part = opened.part(request)
        with tenant.database.transaction():
            opened.store.delete_part(opened.one, part)
        return Answer.empty()

    return handle


def _kept(tenant: Tenant, opened: _Opened, part: Part, status: int) -> Answer:
    with tenant.database.transaction():
        opened.store.keep_part(opened.one, part)
    shown = {"@odata.context": opened.context(tenant, "/$entity"), **show_part(part)}
    return Answer.json(shown, status=status)
