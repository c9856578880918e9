"""The page's addresses, behind its guard."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice_tenant.errors import GraphError
from practice_tenant.page import home, library, outside, time_travel
from practice_tenant.page.guard import Guard
from practice_tenant.page.lists import rows, tables
from practice_tenant.page.outlook import drafts, mailboxes, reading, writing
from practice_tenant.page.visit import Handler, Visit, endpoint, refused
from practice_tenant.tenant import Tenant

_MAIL = "/outlook/{mailbox}/mail/{message}"
_ADDRESSES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/", home.show_home),
    ("POST", "/play", home.play),
    ("GET", "/page.css", home.send_style),
    ("GET", "/outlook", mailboxes.open_outlook),
    ("GET", "/outlook/{mailbox}/compose", writing.show_new),
    ("POST", "/outlook/{mailbox}/compose", writing.write_new),
    ("GET", _MAIL, reading.show_message),
    ("GET", f"{_MAIL}/file/{{file}}", reading.show_attachment),
    ("GET", f"{_MAIL}/file/{{file}}/part/{{place}}", reading.show_file_of_attached_mail),
    ("GET", f"{_MAIL}/edit", drafts.show_edit),
    ("POST", f"{_MAIL}/edit", drafts.save_edit),
    ("POST", f"{_MAIL}/send", drafts.send),
    ("POST", f"{_MAIL}/move", drafts.move),
    ("GET", f"{_MAIL}/{{answer}}", writing.show_answer),
    ("POST", f"{_MAIL}/{{answer}}", writing.write_answer),
    ("GET", "/outlook/{mailbox}/{folder}", mailboxes.show_folder),
    ("GET", "/lists/{list}", tables.show_list),
    ("GET", "/lists/{list}/{row}", rows.show_row),
    ("POST", "/lists/{list}/{row}", rows.save_row),
    ("GET", "/library", library.show_drives),
    ("GET", "/library/{drive}", library.show_item),
    ("POST", "/library/{drive}", library.upload),
    ("GET", "/library/{drive}/file", library.send_file),
    ("GET", "/outside", outside.show_outbox),
    ("GET", "/outside/{number}", outside.show_outside_mail),
    ("GET", "/outside/{number}/file/{place}", outside.send_outside_file),
    ("GET", "/clock", time_travel.show_clock),
    ("POST", "/clock", time_travel.move_clock),
)


def build_page(tenant: Tenant, port: int) -> Starlette:
    """The page of one tenant, for the port where it listens."""
    routes = [
        Route(address, endpoint(tenant, handler), methods=[method]) for method, address, handler in _ADDRESSES
    ]

    async def nothing_here(request: Request, _error: Exception) -> Response:
        visit = Visit(tenant=tenant, request=request, person=tenant.directory.by_role("teacher"))
        return refused(visit, GraphError(404, "itemNotFound", "There is nothing at this address."))

    return Starlette(
        routes=routes,
        middleware=[Middleware(Guard, port=port)],
        exception_handlers={404: nothing_here, 405: nothing_here},
    )
