"""The page's addresses, behind its guard."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from practice_tenant.errors import GraphError
from practice_tenant.page import home, live, outside, time_travel, work_done
from practice_tenant.page.guard import Guard
from practice_tenant.page.guide.journeys import next_step
from practice_tenant.page.library import browsing, documents, shelves
from practice_tenant.page.lists import rows, tables
from practice_tenant.page.outlook import automatic_replies, drafts, mailboxes, reading, tidying, writing
from practice_tenant.page.playing import TermPlay
from practice_tenant.page.visit import Handler, Visit, endpoint
from practice_tenant.tenant import Tenant

_MAIL = "/outlook/{mailbox}/mail/{message}"
_ADDRESSES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/", home.show_home),
    ("POST", "/play", home.play),
    ("GET", "/page.css", home.send_style),
    ("GET", "/page.js", home.send_script),
    ("GET", "/live", live.tell_news),
    ("GET", "/casework", work_done.show_work),
    ("GET", "/casework/procedures", work_done.show_procedures),
    ("GET", "/casework/procedures/{number}.svg", work_done.send_picture),
    ("GET", "/open", shelves.open_link),
    ("GET", "/outlook", mailboxes.open_outlook),
    ("GET", "/outlook/{mailbox}/compose", writing.show_new),
    ("POST", "/outlook/{mailbox}/compose", writing.write_new),
    ("GET", "/outlook/{mailbox}/automatic-replies", automatic_replies.show_replies),
    ("POST", "/outlook/{mailbox}/automatic-replies", automatic_replies.save_replies),
    ("GET", _MAIL, reading.show_message),
    ("GET", f"{_MAIL}/file/{{file}}", reading.show_attachment),
    ("GET", f"{_MAIL}/file/{{file}}/part/{{place}}", reading.show_file_of_attached_mail),
    ("GET", f"{_MAIL}/edit", drafts.show_edit),
    ("POST", f"{_MAIL}/edit", drafts.save_edit),
    ("POST", f"{_MAIL}/send", drafts.send),
    ("POST", f"{_MAIL}/move", tidying.move),
    ("POST", f"{_MAIL}/delete", tidying.delete),
    ("POST", f"{_MAIL}/unread", tidying.mark_unread),
    ("POST", f"{_MAIL}/categories", tidying.categorise),
    ("GET", f"{_MAIL}/{{answer}}", writing.show_answer),
    ("POST", f"{_MAIL}/{{answer}}", writing.write_answer),
    ("GET", "/outlook/{mailbox}/{folder}", mailboxes.show_folder),
    ("GET", "/lists/{list}", tables.show_list),
    ("GET", "/lists/{list}/{row}", rows.show_row),
    ("POST", "/lists/{list}/{row}", rows.save_row),
    ("GET", "/library", browsing.show_drives),
    ("GET", "/library/{drive}", browsing.show_item),
    ("POST", "/library/{drive}", browsing.upload),
    ("GET", "/library/{drive}/file", browsing.send_file),
    ("POST", "/library/{drive}/replace", documents.replace_document),
    ("POST", "/library/{drive}/words", documents.change_words),
    ("POST", "/library/{drive}/restore", documents.restore_version),
    ("GET", "/outside", outside.show_outbox),
    ("GET", "/outside/{number}", outside.show_outside_mail),
    ("GET", "/outside/{number}/file/{place}", outside.send_outside_file),
    ("GET", "/clock", time_travel.show_clock),
    ("POST", "/clock", time_travel.move_clock),
    ("POST", "/clock/play", time_travel.play_term),
    ("POST", "/clock/stop", time_travel.stop_playing),
)


def build_page(tenant: Tenant, port: int) -> Starlette:
    """The page of one tenant, for the port where it listens."""
    routes = [
        Route(address, endpoint(tenant, handler, next_step), methods=[method])
        for method, address, handler in _ADDRESSES
    ]

    async def not_found(_visit: Visit) -> Response:
        raise GraphError(404, "itemNotFound", "There is nothing at this address.")

    async def nothing_here(request: Request, _error: Exception) -> Response:
        return await endpoint(tenant, not_found, next_step)(request)

    page = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, port=port)],
        exception_handlers={404: nothing_here, 405: nothing_here},
    )
    page.state.term_play = TermPlay(tenant)
    return page
