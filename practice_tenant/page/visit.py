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
from practice_tenant.errors import GraphError
from practice_tenant.page.graph import PageGraph
from practice_tenant.page.rendering import render
from practice_tenant.tenant import Tenant

LONDON = ZoneInfo("Europe/London")
_PLAYED, _NOTICE = "practice_person", "practice_notice"
_FIRST_PERSON = "teacher"
# What a refusal means to somebody who plays: a heading and the way on.
_REFUSALS = {
    403: ("Not for the person you play", "Choose another person at the top of the page and try again."),
    404: ("No longer there", "It was moved or removed. Go back and look at the list again."),
    412: ("Changed meanwhile", "Somebody changed it while you were looking. Go back and look again."),
    423: ("Open elsewhere", "The document is open in Word. Close it there and try again."),
}
_OUR_FAULT = GraphError(
    500, "InternalServerError", "The practice page failed; practice.log in the state folder tells where."
)
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
        page = render(
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
        )
        response = HTMLResponse(page, status_code=status)
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


Handler = Callable[[Visit], Awaitable[Response]]


def endpoint(tenant: Tenant, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """The Starlette endpoint of a handler; a refusal of Graph becomes a page that says what to do."""

    async def answer(request: Request) -> Response:
        visit = Visit(tenant=tenant, request=request, person=_person(tenant, request.cookies))
        try:
            return await handler(visit)
        except GraphError as error:
            return refused(visit, error)
        except Exception as fault:  # noqa: BLE001 - one bad page must not silence the tenant
            _tell_fault(fault)
            return refused(visit, _OUR_FAULT)

    return answer


def refused(visit: Visit, error: GraphError) -> Response:
    """The page for a refusal."""
    heading, advice = _REFUSALS.get(error.status, _OTHER_REFUSAL)
    return visit.show("refused.html", status=error.status, heading=heading, advice=advice, error=error)


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
