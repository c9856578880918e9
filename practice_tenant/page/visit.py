"""One request of a visitor: who is played, what was said last, and the ways to answer."""

import sys
import traceback
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from practice_tenant.directory import User
from practice_tenant.drives.store import DriveStore
from practice_tenant.errors import GraphError
from practice_tenant.page.graph import PageGraph
from practice_tenant.page.rendering import render
from practice_tenant.tenant import Tenant

LONDON = ZoneInfo("Europe/London")
_PLAYED, _NOTICE = "practice_person", "practice_notice"
_FIRST_PERSON = "teacher"
# What a refusal means to somebody who plays: a heading and the way on.
_REFUSALS = {
    403: ("Not for the person you play", "Only those it belongs to, or is shared with, may open it."),
    404: ("Nothing is here", "It was moved or removed, or the address has a slip in it."),
    412: ("Changed meanwhile", "Somebody changed it while you were looking. Go back and look again."),
    405: ("Nothing is here", "This address takes no such request. Go to the first page and use the forms."),
    423: ("Open elsewhere", "The document is open in Word. Close it there and try again."),
    500: (
        "The page stumbled",
        "That is a fault of the practice page, not yours. Go back and try another way.",
    ),
}
_OUR_FAULT = GraphError(
    500, "InternalServerError", "practice.log in the state folder tells where it happened."
)
_NOT_ALLOWED = 403
_OTHER_REFUSAL = ("That did not work", "Go back, change what you entered and try again.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """What every part of the page works with."""

    tenant: Tenant
    request: Request
    person: User

    @property
    def graph(self) -> PageGraph:
        return PageGraph(self.tenant, self.person)

    def as_role(self, role: str) -> PageGraph:
        """Graph as somebody else, for the checklist that looks over all shoulders."""
        return PageGraph(self.tenant, self.tenant.directory.by_role(role))

    def word(self, name: str) -> str:
        """What stood at a {name} of the address."""
        return str(self.request.path_params[name])

    def asked(self, name: str) -> str:
        """A value of the query, "" where absent."""
        return self.request.query_params.get(name, "")

    def now(self) -> datetime:
        """The practice clock in London."""
        return self.tenant.clock.now().astimezone(LONDON)

    def show(self, template: str, *, status: int = 200, **values: Any) -> Response:  # noqa: ANN401 - whatever the page shows
        """A page, with what all pages say; a notice is said once."""
        notice = unquote(self.request.cookies.get(_NOTICE, ""))
        response = Shown(
            template,
            values
            | {
                "person": self.person,
                "people": self.tenant.directory.users,
                "now": self.now(),
                "notice": notice,
                "here": self.request.url.path,
                "back_here": _local_address(self.request),
            },
            status=status,
        )
        if notice:
            response.delete_cookie(_NOTICE, path="/")
        return response

    def go(self, address: str, notice: str = "") -> Response:
        """On to another page after something was done."""
        response = RedirectResponse(address, status_code=303)
        if notice:
            _set_cookie(response, _NOTICE, quote(notice))
        return response

    def play(self, role: str, address: str) -> Response:
        """From now on another person."""
        user = self.tenant.directory.by_role(role)
        response = self.go(address, f"You are now {user.display_name}, {user.job_title.lower()}.")
        _set_cookie(response, _PLAYED, role)
        return response


class Shown(HTMLResponse):
    """A page that is written out when all else is done, so that its guide and its mark are those of that moment."""

    def __init__(self, template: str, values: Mapping[str, Any], *, status: int) -> None:
        super().__init__("", status_code=status)
        self._template = template
        self._values = values

    def write_out(self, **values: Any) -> None:  # noqa: ANN401 - whatever the page shows
        self.body = self.render(render(self._template, {**self._values, **values}))
        self.headers["content-length"] = str(len(self.body))


def mark_of(tenant: Tenant) -> str:
    """Another one whenever something was written into the tenant: the page's script looks at it."""
    return str(tenant.database.changes)


Handler = Callable[[Visit], Awaitable[Response]]
Guide = Callable[[Visit], Awaitable[object]]


def endpoint(tenant: Tenant, handler: Handler, guide: Guide) -> Callable[[Request], Awaitable[Response]]:
    """The Starlette endpoint of a handler; a refusal of Graph becomes a page that says what to do.

    Args:
        tenant: whose page it is.
        handler: what answers.
        guide: tells what to do next; each page shows it.
    """

    async def answer(request: Request) -> Response:
        visit = Visit(tenant=tenant, request=request, person=_person(tenant, request.cookies))
        response = await _answer(visit, handler)
        try:
            return await _written_out(visit, response, guide)
        except Exception as fault:  # noqa: BLE001 - see below
            _tell_fault(fault)
            return await _written_out(visit, refused(visit, _OUR_FAULT), _no_guide)

    return answer


async def _written_out(visit: Visit, response: Response, guide: Guide) -> Response:
    if isinstance(response, Shown):
        response.write_out(guide=await guide(visit), mark=mark_of(visit.tenant))
    return response


async def _no_guide(_visit: Visit) -> None:
    """What the page of a fault shows at its top: nothing that could fail again."""


async def _answer(visit: Visit, handler: Handler) -> Response:
    try:
        return await handler(visit)
    except GraphError as error:
        return refused(visit, error)
    except Exception as fault:  # noqa: BLE001 - one bad page must not silence the tenant
        _tell_fault(fault)
        return refused(visit, _OUR_FAULT)


def refused(visit: Visit, error: GraphError) -> Response:
    """The page for a refusal; where another person may do it, it offers to become them."""
    heading, advice = _REFUSALS.get(error.status, _OTHER_REFUSAL)
    other = _who_may(visit) if error.status == _NOT_ALLOWED else None
    return visit.show(
        "refused.html", status=error.status, heading=heading, advice=advice, error=error, other=other
    )


def _who_may(visit: Visit) -> User | None:
    """Whose mailbox or OneDrive the address names; the office looks after what belongs to nobody."""
    directory, given = visit.tenant.directory, visit.request.path_params
    office = directory.by_role("office")
    owner = directory.find(str(given.get("mailbox", "")))
    if "drive" in given:
        drive = DriveStore(visit.tenant.database, visit.tenant.clock).drive(str(given["drive"]))
        owner = directory.find(drive.owner_id or "") if drive else None
    owner = office if owner is None or owner.role == "reports" else owner
    return owner if owner != visit.person else None


def _tell_fault(fault: Exception) -> None:
    """Where the page failed; not the message, which may quote a mail."""
    places = "".join(traceback.format_tb(fault.__traceback__))
    sys.stderr.write(f"The practice page failed with {type(fault).__name__}:\n{places}")


def _person(tenant: Tenant, cookies: Mapping[str, str]) -> User:
    played = cookies.get(_PLAYED, _FIRST_PERSON)
    roles = {user.role for user in tenant.directory.users}
    return tenant.directory.by_role(played if played in roles else _FIRST_PERSON)


def _local_address(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def _set_cookie(response: Response, name: str, value: str) -> None:
    # Lax, not strict: a link in a mail's sandboxed frame comes from no origin at all.
    response.set_cookie(name, value, path="/", httponly=True, samesite="lax")
