"""The mail that left the school, as those who receive it see it."""

import json

from starlette.responses import Response

from practice_tenant.errors import GraphError
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.page.files import download, file_response
from practice_tenant.page.graph import Json
from practice_tenant.page.guide.seen import note_seen
from practice_tenant.page.outlook.shown_mail import mail_of_mime
from practice_tenant.page.places import Places
from practice_tenant.page.visit import Visit


async def show_outbox(visit: Visit) -> Response:
    """GET /outside: the newest first."""
    entries = await _entries(visit)
    mails = []
    for number, entry in reversed(list(enumerate(entries))):
        mails.append({"number": number, "entry": entry, "mail": read_mime(_raw(entry))})
    return visit.show("outside/outbox.html", mails=mails)


async def show_outside_mail(visit: Visit) -> Response:
    """GET /outside/{number}."""
    entry = await _entry(visit)
    number = visit.word("number")
    if str(entry["from"]).lower() == visit.tenant.directory.by_role("headteacher").address:
        note_seen(visit, "letter that left")
    places = Places(mailbox=visit.person.address)
    mail = mail_of_mime(_raw(entry), lambda place: f"/outside/{number}/file/{place}", places.on_page)
    return visit.show("outside/mail.html", entry=entry, mail=mail)


async def send_outside_file(visit: Visit) -> Response:
    """GET /outside/{number}/file/{place}."""
    content = read_mime(_raw(await _entry(visit)))
    place = visit.word("place")
    if not place.isdigit() or int(place) >= len(content.attachments):
        raise GraphError(404, "itemNotFound", "The mail has no such attachment.")
    attachment = content.attachments[int(place)]
    if attachment.kind == "item":
        return download(f"{attachment.name}.eml", attachment.content)
    return file_response(visit, attachment.name, attachment.content)


async def _entries(visit: Visit) -> list[Json]:
    found: list[Json] = json.loads((await visit.graph.control("GET", "/outbox")).body)
    return found


async def _entry(visit: Visit) -> Json:
    entries, number = await _entries(visit), visit.word("number")
    if not number.isdigit() or int(number) >= len(entries):
        raise GraphError(404, "itemNotFound", "No such mail has left the school.")
    return entries[int(number)]


def _raw(entry: Json) -> bytes:
    return str(entry["raw"]).encode("utf-8")
