"""New mails, replies and forwards: each is made as a draft and then sent or kept."""

from urllib.parse import quote

from starlette.responses import Response

from practice_tenant.errors import GraphError
from practice_tenant.page.forms import read_form
from practice_tenant.page.graph import Json
from practice_tenant.page.outlook.mailboxes import surroundings
from practice_tenant.page.outlook.reading import message_address, message_path
from practice_tenant.page.outlook.shown_mail import ShownMail, mail_of_graph
from practice_tenant.page.outlook.written import (
    WrittenMail,
    attach,
    body_of,
    draft_path,
    recipients,
    send_or_tell,
    typed,
)
from practice_tenant.page.places import places_of
from practice_tenant.page.visit import Visit

_REPLIES = ("RE: ", ("re:",))
_PREFIXES = {"reply": _REPLIES, "reply-all": _REPLIES, "forward": ("FW: ", ("fw:", "fwd:"))}
_OPERATIONS = {"reply": "createReply", "reply-all": "createReplyAll", "forward": "createForward"}
_HEADINGS = {"reply": "Reply", "reply-all": "Reply to all", "forward": "Forward"}


async def show_new(visit: Visit) -> Response:
    """GET compose: an empty mail, or what a mailto button fills in."""
    mail = WrittenMail(
        to=visit.asked("to"),
        copied=visit.asked("cc"),
        subject=visit.asked("subject"),
        words=visit.asked("body"),
    )
    return await _show_form(
        visit, mail, heading="New mail", action=f"/outlook/{visit.word('mailbox')}/compose"
    )


async def write_new(visit: Visit) -> Response:
    """POST compose: send the mail, or keep it in Drafts."""
    mailbox, mail = visit.word("mailbox"), WrittenMail.from_form(await read_form(visit.request))
    draft = await visit.graph.post(
        f"/users/{quote(mailbox)}/messages",
        {
            "subject": mail.subject,
            "body": body_of(mail.words),
            "toRecipients": recipients(visit.tenant.directory, mail.to),
            "ccRecipients": recipients(visit.tenant.directory, mail.copied),
        },
    )
    await attach(visit.graph, draft_path(mailbox, draft["id"]), mail.files)
    return await finish(visit, mailbox, draft["id"], sends=mail.sends)


async def show_answer(visit: Visit) -> Response:
    """GET reply, reply-all or forward: the form, with the mail that it answers below."""
    kind, mailbox = _kind(visit), visit.word("mailbox")
    message = await visit.graph.get(message_path(visit))
    files = await visit.graph.every(f"{message_path(visit)}/attachments")
    here = message_address(mailbox, message["id"])
    places = await places_of(visit.graph, mailbox)
    original = mail_of_graph(
        message, files, lambda file: f"{here}/file/{quote(file, safe='')}", places.on_page
    )
    mail = WrittenMail(
        to=_answered(message) if kind != "forward" else "",
        copied=_others(message, mailbox) if kind == "reply-all" else "",
        subject=_subject(kind, message),
    )
    return await _show_form(
        visit,
        mail,
        heading=_HEADINGS[kind],
        action=f"{here}/{kind}",
        original=original,
        carried=[file["name"] for file in files] if kind == "forward" else [],
    )


async def write_answer(visit: Visit) -> Response:
    """POST reply, reply-all or forward, through Graph's createReply and its kin."""
    kind, mailbox = _kind(visit), visit.word("mailbox")
    mail = WrittenMail.from_form(await read_form(visit.request))
    draft = await visit.graph.post(f"{message_path(visit)}/{_OPERATIONS[kind]}", {"comment": mail.words})
    where = draft_path(mailbox, draft["id"])
    await visit.graph.patch(
        where,
        {
            "subject": mail.subject,
            "toRecipients": recipients(visit.tenant.directory, mail.to),
            "ccRecipients": recipients(visit.tenant.directory, mail.copied),
        },
    )
    await attach(visit.graph, where, mail.files)
    return await finish(visit, mailbox, draft["id"], sends=mail.sends)


async def finish(visit: Visit, mailbox: str, message_id: str, *, sends: bool) -> Response:
    """Send the draft, or leave it in Drafts; either way say so."""
    if not sends:
        return visit.go(message_address(mailbox, message_id), "Kept in Drafts.")
    problem = await send_or_tell(visit.graph, draft_path(mailbox, message_id))
    if problem:
        return visit.go(f"{message_address(mailbox, message_id)}/edit", problem)
    return visit.go(f"/outlook/{mailbox}/inbox", "Sent. A copy lies in Sent Items.")


async def _show_form(
    visit: Visit,
    mail: WrittenMail,
    *,
    heading: str,
    action: str,
    original: ShownMail | None = None,
    carried: list[str] | None = None,
) -> Response:
    mailbox = visit.word("mailbox")
    drafts = await visit.graph.get(f"/users/{quote(mailbox)}/mailFolders/drafts")
    return visit.show(
        "outlook/write.html",
        **await surroundings(visit, mailbox, drafts["id"]),
        written=mail,
        heading=heading,
        action=action,
        original=original,
        carried=carried or [],
        attached=[],
        reporting=visit.tenant.directory.by_role("reports").address,
    )


def _kind(visit: Visit) -> str:
    kind = visit.word("answer")
    if kind not in _OPERATIONS:
        raise GraphError(404, "itemNotFound", "A mail can be answered by reply, reply-all or forward.")
    return kind


def _answered(message: Json) -> str:
    author = [message["from"]] if message.get("from") else []
    return typed(message["replyTo"] or author)


def _others(message: Json, mailbox: str) -> str:
    """All who got the mail beside this mailbox and whom it asks to answer."""
    answered = {address.strip().lower() for address in _answered(message).split(",")}
    people = [*message["toRecipients"], *message["ccRecipients"]]
    known = answered | {mailbox.lower()}
    return typed([each for each in people if each["emailAddress"]["address"].lower() not in known])


def _subject(kind: str, message: Json) -> str:
    prefix, known = _PREFIXES[kind]
    subject = str(message["subject"])
    return subject if subject.lower().startswith(known) else prefix + subject
