"""What a client may set on a task, a step or a link, and in which form it is kept."""

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any

from practice_tenant.calendar.moments import moment_in, read_moment
from practice_tenant.calendar.zones import zone_of
from practice_tenant.clock import PracticeClock
from practice_tenant.errors import GraphError
from practice_tenant.todo.values import Json

_STATUSES = ("notStarted", "inProgress", "completed", "waitingOnOthers", "deferred")
_IMPORTANCES = ("low", "normal", "high")
_MOMENTS = ("dueDateTime", "startDateTime", "reminderDateTime", "completedDateTime")
_DEFAULTS: Json = {
    "title": "",
    "status": "notStarted",
    "importance": "normal",
    "isReminderOn": False,
    "categories": [],
    "body": {"contentType": "text", "content": ""},
    "recurrence": None,
    **dict.fromkeys(_MOMENTS),
}
# What Graph shows of a task and takes back silently, since clients send whole tasks.
_SHOWN = frozenset(
    {
        "id",
        "createdDateTime",
        "lastModifiedDateTime",
        "bodyLastModifiedDateTime",
        "hasAttachments",
        "attachments",
        "attachmentSessions",
        "checklistItems",
        "linkedResources",
        "extensions",
    }
)
_LINK = ("applicationName", "displayName", "externalId", "webUrl")


def new_task(given: Json, clock: PracticeClock) -> Json:
    """A new task from a client's object.

    Raises:
        GraphError: 400 naming what is wrong.
    """
    return changed_task(_DEFAULTS, given, clock)


def changed_task(before: Json, given: Json, clock: PracticeClock) -> Json:
    """The task after a change; a finished one has the moment when it was finished."""
    refuse_unknown(given, frozenset(_DEFAULTS) | _SHOWN, "todoTask")
    task = dict(before)
    for name, value in given.items():
        reader = _READERS.get(name)
        if reader is not None:
            task[name] = reader(value)
    if task["dueDateTime"]:
        task["dueDateTime"] = _day_only(task["dueDateTime"])
    if task["status"] != "completed":
        task["completedDateTime"] = None
    elif before["status"] != "completed" and not given.get("completedDateTime"):
        task["completedDateTime"] = {"at": clock.now().replace(microsecond=0).isoformat(), "zone": "UTC"}
    return task


def step_content(before: Json, given: Json, clock: PracticeClock) -> Json:
    """A checklistItem: its words, and whether and since when it is ticked."""
    allowed = frozenset({"id", "displayName", "isChecked", "checkedDateTime", "createdDateTime"})
    refuse_unknown(given, allowed, "checklistItem")
    step = {"createdDateTime": given.get("createdDateTime") or clock.stamp(), **before}
    step["displayName"] = str(given.get("displayName", before.get("displayName")) or "")
    ticked = bool(given.get("isChecked", before.get("isChecked", False)))
    if ticked and not before.get("isChecked"):
        step["checkedDateTime"] = given.get("checkedDateTime") or clock.stamp()
    if not ticked:
        step.pop("checkedDateTime", None)
    return {**step, "isChecked": ticked}


def link_content(before: Json, given: Json, clock: PracticeClock) -> Json:  # noqa: ARG001 - the form of both readers
    """A linkedResource: where the task came from."""
    refuse_unknown(given, frozenset({"id", *_LINK}), "linkedResource")
    return {name: given.get(name, before.get(name)) for name in _LINK}


def refuse_unknown(given: Mapping[str, Any], known: frozenset[str], kind: str) -> None:
    """Refuse properties that the type does not have.

    Raises:
        GraphError: 400 in Microsoft's words for it.
    """
    for name in given:
        if name not in known and "@" not in name:
            raise GraphError(
                400,
                "invalidRequest",
                f"Invalid request payload: The property '{name}' does not exist on type 'microsoft.graph.{kind}'. "
                "Make sure to only use property names that are defined by the type.",
            )


def _day_only(kept: Json) -> Json:
    """To Do keeps the day of dueDateTime and drops its time, in the client's own zone."""
    from_midnight = moment_in(kept).astimezone(zone_of(kept["zone"])).replace(hour=0, minute=0, second=0)
    return {"at": from_midnight.astimezone(UTC).isoformat(), "zone": kept["zone"]}


def _one_of(words: tuple[str, ...]) -> Callable[[Any], str]:
    def read(given: object) -> str:
        for word in words:
            if str(given).lower() == word.lower():
                return word
        raise GraphError(400, "invalidRequest", f"Requested value '{given}' was not found.")

    return read


def _body(given: Json | None) -> Json:
    body = given or {}
    kind = _one_of(("text", "html"))(body.get("contentType") or "text")
    return {"contentType": kind, "content": str(body.get("content") or "")}


def _recurrence(given: Json | None) -> Json | None:
    if given and not all(isinstance(given.get(part), dict) for part in ("pattern", "range")):
        raise GraphError(400, "invalidRequest", "A recurrence needs its pattern and its range.")
    return {part: given[part] for part in ("pattern", "range")} if given else None


def _moment(given: Json | None) -> Json | None:
    return read_moment(given) if given else None


_READERS: dict[str, Callable[[Any], Any]] = {
    "title": lambda value: str(value or ""),
    "status": _one_of(_STATUSES),
    "importance": _one_of(_IMPORTANCES),
    "isReminderOn": bool,
    "categories": lambda value: [str(each) for each in value or ()],
    "body": _body,
    "recurrence": _recurrence,
    **dict.fromkeys(_MOMENTS, _moment),
}
