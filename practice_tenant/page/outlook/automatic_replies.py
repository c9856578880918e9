"""Automatic replies of a mailbox: off, on, or on between two moments, with words for inside and outside."""

from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from practice_tenant.mail.text import html_to_text, text_to_html
from practice_tenant.page.forms import Form, read_form
from practice_tenant.page.graph import Json, at
from practice_tenant.page.outlook.mailboxes import surroundings
from practice_tenant.page.rendering import moment_in_words
from practice_tenant.page.visit import LONDON, Visit
from practice_tenant.times import parse_moment

_CHOICES = ("disabled", "alwaysEnabled", "scheduled")
_AUDIENCES = ("all", "contactsOnly", "none")
_BOUNDS = ("scheduledStartDateTime", "scheduledEndDateTime")


async def show_replies(visit: Visit) -> Response:
    """GET /outlook/{mailbox}/automatic-replies."""
    setting = (await visit.graph.get(_path(visit)))["automaticRepliesSetting"]
    return await _show(visit, _as_typed(setting))


async def save_replies(visit: Visit) -> Response:
    """POST /outlook/{mailbox}/automatic-replies."""
    form = await read_form(visit.request)
    typed = {name: form.text(name) for name in ("status", "audience", "start", "end", "internal", "external")}
    problem = _problem(form)
    if problem:
        return await _show(visit, typed, problem=problem)
    await visit.graph.patch(_path(visit), {"automaticRepliesSetting": _for_graph(form)})
    return visit.go(visit.request.url.path, _said(form))


def _path(visit: Visit) -> str:
    return at("users", visit.word("mailbox"), "mailboxSettings")


async def _show(visit: Visit, typed: dict[str, str], problem: str = "") -> Response:
    mailbox = visit.word("mailbox")
    return visit.show(
        "outlook/automatic_replies.html",
        status=400 if problem else 200,
        **await surroundings(visit, mailbox, ""),
        typed=typed,
        problem=problem,
    )


def _as_typed(setting: Json) -> dict[str, str]:
    start, end = (_local(setting[bound]) for bound in _BOUNDS)
    return {
        "status": setting["status"],
        "audience": setting["externalAudience"],
        "start": start,
        "end": end,
        "internal": html_to_text(setting["internalReplyMessage"] or "").strip(),
        "external": html_to_text(setting["externalReplyMessage"] or "").strip(),
    }


def _for_graph(form: Form) -> dict[str, Any]:
    setting: dict[str, Any] = {
        "status": form.text("status"),
        "externalAudience": form.text("audience"),
        "internalReplyMessage": _html(form.text("internal")),
        "externalReplyMessage": _html(form.text("external")),
    }
    if form.text("status") == "scheduled":
        for bound, name in zip(_BOUNDS, ("start", "end"), strict=True):
            setting[bound] = {
                "dateTime": _moment(form.text(name)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.0000000"),
                "timeZone": "UTC",
            }
    return setting


def _problem(form: Form) -> str:
    if form.text("status") not in _CHOICES or form.text("audience") not in _AUDIENCES:
        return "Choose whether replies are off, on, or on between two moments."
    if form.text("status") == "disabled":
        return ""
    if not form.text("internal").strip() and not form.text("external").strip():
        return "Write what the reply says, at least for one of the two."
    if form.text("status") != "scheduled":
        return ""
    try:
        is_in_order = _moment(form.text("start")) < _moment(form.text("end"))
    except ValueError:
        return "Give both moments, with day and time."
    return "" if is_in_order else "The end lies before the beginning; set a later one."


def _said(form: Form) -> str:
    if form.text("status") == "disabled":
        return "Automatic replies are off."
    if form.text("status") == "alwaysEnabled":
        return "Automatic replies are on."
    return (
        f"Automatic replies go out from {moment_in_words(_moment(form.text('start')))} "
        f"to {moment_in_words(_moment(form.text('end')))}."
    )


def _moment(typed: str) -> datetime:
    return datetime.fromisoformat(typed).replace(tzinfo=LONDON)


def _local(bound: Json) -> str:
    """As a browser's field for day and time holds it."""
    return parse_moment(str(bound["dateTime"])).astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")


def _html(words: str) -> str:
    return text_to_html(words.strip()) if words.strip() else ""
