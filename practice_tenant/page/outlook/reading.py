"""Reading a mail, its attachments, and the mails attached to it."""

from urllib.parse import quote

from starlette.responses import Response

from practice_tenant.errors import GraphError
from practice_tenant.mail.mime_reading import read_mime
from practice_tenant.mail.values import Attachment
from practice_tenant.page.files import download, file_response
from practice_tenant.page.graph import Json, at
from practice_tenant.page.guide.seen import note_seen
from practice_tenant.page.outlook.mailboxes import categories_of, surroundings
from practice_tenant.page.outlook.shown_mail import mail_of_graph, mail_of_mime
from practice_tenant.page.places import places_of
from practice_tenant.page.visit import Visit


def message_path(visit: Visit) -> str:
    """Graph's path of the mail that the address names."""
    return at("users", visit.word("mailbox"), "messages", visit.word("message"))


def message_address(mailbox: str, message_id: str) -> str:
    """The page's address of a mail."""
    return f"/outlook/{quote(mailbox)}/mail/{quote(message_id, safe='')}"


async def show_message(visit: Visit) -> Response:
    """GET a mail; looking at it marks it as read, as in Outlook."""
    mailbox, where = visit.word("mailbox"), message_path(visit)
    message = await visit.graph.get(where)
    if not message["isRead"]:
        await visit.graph.patch(where, {"isRead": True})
    if message["isDraft"] and message["hasAttachments"] and visit.person.role == "headteacher":
        note_seen(visit, "draft")
    here = message_address(mailbox, message["id"])
    files = await visit.graph.every(f"{where}/attachments")
    places = await places_of(visit.graph, mailbox)
    return visit.show(
        "outlook/message.html",
        **await surroundings(visit, mailbox, message["parentFolderId"]),
        message=message,
        categories=await categories_of(visit, mailbox),
        address=here,
        mail=mail_of_graph(
            message, files, lambda file: f"{here}/file/{quote(file, safe='')}", places.on_page
        ),
    )


async def show_attachment(visit: Visit) -> Response:
    """GET an attachment: a file as it is, an attached mail opened."""
    where = f"{message_path(visit)}{at('attachments', visit.word('file'))}"
    file = await visit.graph.get(where, select="id,name,contentType,size,isInline")
    content = (await visit.graph.content(f"{where}/$value")).content
    if not file["@odata.type"].endswith("itemAttachment"):
        return file_response(visit, file["name"], content)
    return await _show_attached_mail(visit, content)


async def show_file_of_attached_mail(visit: Visit) -> Response:
    """GET an attachment of an attached mail, by its place."""
    where = f"{message_path(visit)}{at('attachments', visit.word('file'))}"
    content = (await visit.graph.content(f"{where}/$value")).content
    attachment = _attachment_at(visit, content)
    if attachment.kind == "item":
        return download(f"{attachment.name}.eml", attachment.content)
    return file_response(visit, attachment.name, attachment.content)


async def _show_attached_mail(visit: Visit, raw: bytes) -> Response:
    mailbox = visit.word("mailbox")
    here = f"{message_address(mailbox, visit.word('message'))}/file/{quote(visit.word('file'), safe='')}"
    places = await places_of(visit.graph, mailbox)
    mail = mail_of_mime(raw, lambda place: f"{here}/part/{place}", places.on_page)
    outer: Json = await visit.graph.get(message_path(visit), select="id,subject,parentFolderId")
    return visit.show(
        "outlook/attached.html",
        **await surroundings(visit, mailbox, outer["parentFolderId"]),
        mail=mail,
        outer=outer,
        outer_address=message_address(mailbox, outer["id"]),
    )


def _attachment_at(visit: Visit, raw: bytes) -> Attachment:
    content = read_mime(raw)
    place = visit.word("place")
    if not place.isdigit() or int(place) >= len(content.attachments):
        raise GraphError(404, "ErrorItemNotFound", "The mail has no such attachment.")
    return content.attachments[int(place)]
