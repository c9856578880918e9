"""The first page, and becoming somebody else."""

from starlette.responses import Response

from practice_tenant.page.forms import read_form
from practice_tenant.page.guide.journeys import journeys
from practice_tenant.page.rendering import page_script, style_sheet
from practice_tenant.page.visit import Visit


async def show_home(visit: Visit) -> Response:
    """GET /: what this is and the three journeys."""
    return visit.show("home.html", journeys=await journeys(visit))


async def play(visit: Visit) -> Response:
    """POST /play: become another person and stay where one is, or go where a step leads."""
    form = await read_form(visit.request)
    roles = {user.role for user in visit.tenant.directory.users}
    role, back = form.text("role"), form.text("back")
    # Only an address of the page itself; two slashes would be another host.
    back = back if back.startswith("/") and not back.startswith("//") else "/"
    if role not in roles:
        return visit.go(back, "Nobody at the school has that role. Choose somebody from the list.")
    return visit.play(role, back)


async def send_style(_visit: Visit) -> Response:
    return Response(style_sheet(), media_type="text/css")


async def send_script(_visit: Visit) -> Response:
    """GET /page.js: what the page gains where script is allowed; everything works without it."""
    return Response(page_script(), media_type="text/javascript")
