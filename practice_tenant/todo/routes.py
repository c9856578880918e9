"""Every address of To Do."""

from collections.abc import Iterator

from practice_tenant.routes import Route, route
from practice_tenant.todo import requests
from practice_tenant.todo.part_requests import part_handlers
from practice_tenant.todo.values import CHECKLIST, LINKS

_LISTS = "/users/{user}/todo/lists"
_TASKS = f"{_LISTS}/{{list}}/tasks"
_TASK = f"{_TASKS}/{{task}}"


def _routes() -> Iterator[Route]:
    yield route("GET", _LISTS, requests.list_lists)
    yield route("POST", _LISTS, requests.create_list)
    yield route("GET", f"{_LISTS}/delta", requests.lists_delta)
    yield route("GET", f"{_LISTS}/{{list}}", requests.get_list)
    yield route("PATCH", f"{_LISTS}/{{list}}", requests.update_list)
    yield route("DELETE", f"{_LISTS}/{{list}}", requests.delete_list)
    yield route("GET", _TASKS, requests.list_tasks)
    yield route("POST", _TASKS, requests.create_task)
    yield route("GET", f"{_TASKS}/delta", requests.tasks_delta)
    yield route("GET", _TASK, requests.get_task)
    yield route("PATCH", _TASK, requests.update_task)
    yield route("DELETE", _TASK, requests.delete_task)
    for kind in (CHECKLIST, LINKS):
        for method, ending, handler in part_handlers(kind):
            yield route(method, f"{_TASK}/{kind}{ending}", handler)


ROUTES: tuple[Route, ...] = tuple(_routes())
