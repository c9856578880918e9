"""Drafts: changed, or sent as they are."""

from starlette.responses import Response

from practice_tenant.page.forms import read_form
from practice_tenant.page.graph import Json
from practice_tenant.page.outlook.mailboxes import surroundings
from practice_tenant.page.outlook.reading import message_address, message_path
from practice_tenant.page.outlook.writing import finish
from practice_tenant.page.outlook.written import (
    WrittenMail,
    attach,
    body_of,
    own_words,
    recipients,
    typed,
)
from practice_tenant.page.visit import Visit


async def show_edit(visit: Visit) -> Response:
    """GET the form of a draft."""
    message = await visit.graph.get(message_path(visit))
    files = await visit.graph.every(f"{message_path(visit)}/attachments", select="id,name,size,isInline")
    mailbox, mail = visit.word("mailbox"), _as_written(message)
    return visit.show(
        "outlook/write.html",
        **await surroundings(visit, mailbox, message["parentFolderId"]),
        written=mail,
        heading="Change the draft",
        action=f"{message_address(mailbox, message['id'])}/edit",
        original=None,
        carried=[],
        attached=[file for file in files if not file["isInline"]],
        reporting=visit.tenant.directory.by_role("reports").address,
    )


async def save_edit(visit: Visit) -> Response:
    """POST the form of a draft; what was not touched stays as it is, the words' look included."""
    where, mailbox = message_path(visit), visit.word("mailbox")
    mail = WrittenMail.from_form(await read_form(visit.request))
    message = await visit.graph.get(where)
    changes = _changes(visit, message, mail)
    if changes:
        await visit.graph.patch(where, changes)
    for file in mail.removed:
        await visit.graph.delete(f"{where}/attachments/{file}")
    await attach(visit.graph, where, mail.files)
    return await finish(visit, mailbox, message["id"], sends=mail.sends)


async def send(visit: Visit) -> Response:
    """POST send: the draft goes as it lies there."""
    return await finish(visit, visit.word("mailbox"), visit.word("message"), sends=True)


def _as_written(message: Json) -> WrittenMail:
    words, _ = own_words(message["body"])
    return WrittenMail(
        to=typed(message["toRecipients"]),
        copied=typed(message["ccRecipients"]),
        subject=message["subject"],
        words=words,
    )


def _changes(visit: Visit, message: Json, mail: WrittenMail) -> Json:
    before, directory = _as_written(message), visit.tenant.directory
    changes: Json = {}
    if mail.subject != before.subject:
        changes["subject"] = mail.subject
    if mail.to != before.to:
        changes["toRecipients"] = recipients(directory, mail.to)
    if mail.copied != before.copied:
        changes["ccRecipients"] = recipients(directory, mail.copied)
    if mail.words.strip() != before.words.strip():
        changes["body"] = body_of(mail.words, own_words(message["body"])[1])
    return changes
