"""What is done with a mail that lies there: moved, deleted, marked as unread, given categories."""

from starlette.responses import Response

from practice_tenant.page.forms import Form, read_form
from practice_tenant.page.graph import at
from practice_tenant.page.outlook.reading import message_address, message_path
from practice_tenant.page.visit import Visit

_DELETED = "deleteditems"


async def move(visit: Visit) -> Response:
    """POST move: into the folder that was chosen."""
    form = await read_form(visit.request)
    mailbox, folder = visit.word("mailbox"), form.text("folder")
    came_from = await _folder_address(visit)
    await visit.graph.post(f"{message_path(visit)}/move", {"destinationId": folder})
    target = await visit.graph.get(at("users", mailbox, "mailFolders", folder))
    return visit.go(came_from, f"Moved to {target['displayName']}.")


async def delete(visit: Visit) -> Response:
    """POST delete: into Deleted Items; what lies there already is gone for good, as in Outlook."""
    mailbox, came_from = visit.word("mailbox"), await _folder_address(visit)
    message = await visit.graph.get(message_path(visit), select="id,parentFolderId")
    bin_folder = await visit.graph.get(at("users", mailbox, "mailFolders", _DELETED))
    if message["parentFolderId"] == bin_folder["id"]:
        await visit.graph.post(f"{message_path(visit)}/permanentDelete")
        return visit.go(came_from, "Deleted for good.")
    await visit.graph.post(f"{message_path(visit)}/move", {"destinationId": _DELETED})
    return visit.go(came_from, "Deleted. It lies in Deleted Items.")


async def mark_unread(visit: Visit) -> Response:
    """POST unread: as if nobody had looked at it."""
    came_from = await _folder_address(visit)
    await visit.graph.patch(message_path(visit), {"isRead": False})
    return visit.go(came_from, "Marked as unread.")


async def categorise(visit: Visit) -> Response:
    """POST categories: those that were ticked, and a new one where its name was typed."""
    form, mailbox = await read_form(visit.request), visit.word("mailbox")
    chosen = _chosen(form)
    await visit.graph.patch(message_path(visit), {"categories": chosen})
    words = f"Categories: {', '.join(chosen)}." if chosen else "It has no category any more."
    return visit.go(message_address(mailbox, visit.word("message")), words)


def _chosen(form: Form) -> list[str]:
    typed = form.text("new").strip()
    return list(dict.fromkeys([*form.many("category"), *([typed] if typed else [])]))


async def _folder_address(visit: Visit) -> str:
    """The page of the folder where the mail lies."""
    message = await visit.graph.get(message_path(visit), select="id,parentFolderId")
    return at("outlook", visit.word("mailbox"), message["parentFolderId"])
