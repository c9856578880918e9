"""Which mailboxes a person may open, and the folders in them."""

from starlette.responses import Response

from practice_tenant.directory import User
from practice_tenant.errors import GraphError
from practice_tenant.page.graph import Json, at
from practice_tenant.page.visit import Visit

_PAGE = 50
_LIST = "id,subject,from,toRecipients,receivedDateTime,sentDateTime,isRead,isDraft,hasAttachments,categories,bodyPreview"
# As Outlook orders them; those that stay empty in practice come last or not at all.
_ORDER = ("Inbox", "Drafts", "Sent Items", "Deleted Items", "Archive", "Junk Email")
_HIDDEN = frozenset({"Outbox", "Conversation History"})


async def open_outlook(visit: Visit) -> Response:
    """GET /outlook: one's own Inbox."""
    return visit.go(f"/outlook/{visit.person.address}/inbox")


async def show_folder(visit: Visit) -> Response:
    """GET /outlook/{mailbox}/{folder}: the mails of a folder, newest first."""
    mailbox, wanted = visit.word("mailbox"), visit.word("folder")
    skip = int(visit.asked("skip")) if visit.asked("skip").isdigit() else 0
    folder = await visit.graph.get(at("users", mailbox, "mailFolders", wanted))
    where = at("users", mailbox, "mailFolders", folder["id"], "messages")
    page = await visit.graph.get(
        where, select=_LIST, orderby="receivedDateTime desc", top=str(_PAGE), skip=str(skip)
    )
    return visit.show(
        "outlook/folder.html",
        **await surroundings(visit, mailbox, folder["id"]),
        title=folder["displayName"],
        messages=[
            _line(message, outgoing=folder["displayName"] in {"Sent Items", "Drafts"})
            for message in page["value"]
        ],
        newer=max(skip - _PAGE, 0) if skip else None,
        older=skip + _PAGE if "@odata.nextLink" in page else None,
    )


async def surroundings(visit: Visit, mailbox: str, folder_id: str) -> Json:
    """What stands beside every mail: the mailboxes one may open and the folders of this one."""
    return {
        "mailbox": mailbox,
        "mailboxes": await mailboxes_of(visit),
        "folders": await folders_of(visit, mailbox),
        "folder_id": folder_id,
    }


async def mailboxes_of(visit: Visit) -> list[User]:
    """The own mailbox first, then those that others share with the person."""
    others = [user for user in visit.tenant.directory.users if user != visit.person]
    shared = [user for user in others if await _opens(visit, user)]
    return [visit.person, *shared]


async def folders_of(visit: Visit, mailbox: str) -> list[Json]:
    """The folders with what is below them, in Outlook's order."""
    top = await visit.graph.every(at("users", mailbox, "mailFolders"))
    shown = sorted(
        (folder for folder in top if folder["displayName"] not in _HIDDEN),
        key=lambda folder: (_rank(folder["displayName"]), folder["displayName"]),
    )
    listed: list[Json] = []
    for folder in shown:
        listed += await _with_children(visit, mailbox, folder, 0)
    return listed


async def categories_of(visit: Visit, mailbox: str) -> list[Json]:
    """The master list of a mailbox; empty where the person may use the mailbox and not its settings."""
    try:
        return await visit.graph.every(at("users", mailbox, "outlook", "masterCategories"))
    except GraphError:
        return []


async def _with_children(visit: Visit, mailbox: str, folder: Json, depth: int) -> list[Json]:
    listed = [folder | {"depth": depth}]
    if folder["childFolderCount"]:
        where = at("users", mailbox, "mailFolders", folder["id"], "childFolders")
        for child in await visit.graph.every(where):
            listed += await _with_children(visit, mailbox, child, depth + 1)
    return listed


async def _opens(visit: Visit, user: User) -> bool:
    try:
        await visit.graph.get(at("users", user.address, "mailFolders", "inbox"))
    except GraphError:
        return False
    return True


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _line(message: Json, *, outgoing: bool) -> Json:
    """One mail of the list: whom it is from, or whom it goes to."""
    people = message["toRecipients"] if outgoing else [message["from"]] if message.get("from") else []
    names = ", ".join(name_of(person) for person in people) or "(nobody yet)"
    return message | {"who": f"To {names}" if outgoing else names}


def name_of(person: Json) -> str:
    address = person["emailAddress"]
    return str(address.get("name") or address.get("address") or "")
