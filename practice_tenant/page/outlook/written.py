"""What somebody wrote in the form of a mail, and how it is handed to Graph."""

import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr

from practice_tenant.directory import Directory
from practice_tenant.errors import GraphError
from practice_tenant.mail.attachments import LARGEST_SMALL
from practice_tenant.mail.text import html_to_text, text_to_html
from practice_tenant.page.forms import Form, SentFile
from practice_tenant.page.graph import Json, PageGraph, at

# Where Outlook sets the mail that is answered apart from the new words.
_QUOTATION = '<hr tabindex="-1"'
# Commas, semicolons and line ends, but not those within a quoted name.
_PARTED = re.compile(r'[;,\n](?=(?:[^"]*"[^"]*")*[^"]*$)')


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenMail:
    """The fields of the form.

    Attributes:
        removed: ids of attachments to take out of a draft.
        sends: whether the button was Send, else the mail stays a draft.
    """

    to: str = ""
    copied: str = ""
    subject: str = ""
    words: str = ""
    files: tuple[SentFile, ...] = ()
    removed: tuple[str, ...] = ()
    sends: bool = False

    @classmethod
    def from_form(cls, form: Form) -> "WrittenMail":
        return cls(
            to=form.text("to"),
            copied=form.text("cc"),
            subject=form.text("subject"),
            words=form.text("body"),
            files=form.files,
            removed=tuple(form.many("remove")),
            sends=form.text("action") == "send",
        )


def recipients(directory: Directory, text: str) -> list[Json]:
    """Typed recipients as Graph's; a colleague's name is as good as the address."""
    by_name = {user.display_name.lower(): user.address for user in directory.users}
    found = []
    for part in _PARTED.split(text):
        name, address = parseaddr(part) if "@" in part else (part.strip(), part.strip())
        if address:
            known = by_name.get(address.lower(), address)
            found.append({"emailAddress": {"name": name, "address": known}})
    return found


def typed(people: Sequence[Json]) -> str:
    """Graph's recipients as somebody types them."""
    return ", ".join(person["emailAddress"]["address"] for person in people)


def body_of(words: str, quotation: str = "") -> Json:
    """A mail's body from plain words, with the quotation of the mail that it answers."""
    html = text_to_html(words)
    before, closing, after = html.rpartition("</body>")
    return {"contentType": "html", "content": f"{before}{quotation}{closing}{after}"}


def own_words(body: Json) -> tuple[str, str]:
    """What the writer of a draft wrote, as words, and the quotation below it, as HTML."""
    content = str(body["content"])
    if body["contentType"].lower() != "html":
        return content, ""
    own, mark, quoted = content.partition(_QUOTATION)
    quotation = f"{mark}{quoted}".replace("</body>", "").replace("</html>", "")
    return html_to_text(own), quotation if mark else ""


async def attach(graph: PageGraph, message: str, files: Sequence[SentFile]) -> None:
    """Attach files to the draft at a path: small ones at once, larger ones in parts."""
    for file in files:
        if len(file.content) < LARGEST_SMALL:
            await graph.post(
                f"{message}/attachments",
                {
                    "@odata.type": "#microsoft.graph.fileAttachment",
                    "name": file.name,
                    "contentType": file.media_type,
                    "contentBytes": b64encode(file.content).decode(),
                },
            )
        else:
            item = {
                "attachmentType": "file",
                "name": file.name,
                "contentType": file.media_type,
                "size": len(file.content),
            }
            session = await graph.post(f"{message}/attachments/createUploadSession", {"AttachmentItem": item})
            await graph.upload(session["uploadUrl"], file.content)


async def send_or_tell(graph: PageGraph, message: str) -> str:
    """Send the draft at a path; gives the reason where it cannot be sent yet."""
    try:
        await graph.post(f"{message}/send")
    except GraphError as error:
        return f"Not sent, kept in Drafts: {error.message}"
    return ""


def draft_path(mailbox: str, message_id: str) -> str:
    return at("users", mailbox, "messages", message_id)
