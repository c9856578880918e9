"""Looking at files: everybody's OneDrive and the site's libraries, as far as the person may open them."""

from urllib.parse import quote

from starlette.responses import Response

from practice_tenant.drives.values import Drive
from practice_tenant.errors import GraphError
from practice_tenant.page.files import file_response
from practice_tenant.page.forms import read_form
from practice_tenant.page.graph import Json, at, who
from practice_tenant.page.library.documents import show_document
from practice_tenant.page.library.shelves import Shelf, drive_of, owner_of, shared_shelves, shelf_name
from practice_tenant.page.places import library_address
from practice_tenant.page.visit import Visit


async def show_drives(visit: Visit) -> Response:
    """GET /library: the drives that the person may open, the own one first, and what was shared with them."""
    drives = await visit.graph.every(at("drives"))
    own = visit.person.display_name
    drives.sort(key=lambda drive: (_owner(drive) != own, _owner(drive), drive["name"]))
    shelves = [
        Shelf(
            called=f"{_owner(drive)}: OneDrive" if drive["driveType"] == "business" else drive["name"],
            about="Own files" if drive["driveType"] == "business" else "Library of the Casework site",
            address=library_address(drive["id"]),
        )
        for drive in drives
    ]
    return visit.show("library/drives.html", shelves=[*shelves, *shared_shelves(visit)])


async def show_item(visit: Visit) -> Response:
    """GET /library/{drive}?path=...: what lies in a folder, or a file with what can be shown of it."""
    drive, path = drive_of(visit), visit.asked("path").strip("/")
    where = item_path(drive.id, path)
    item = await visit.graph.get(where)
    known: Json = {"drive": drive, "item": item, "path": path, "trail": await _trail(visit, drive, path)}
    if "file" in item:
        return await show_document(visit, where, known)
    children = await visit.graph.every(f"{where}/children")
    children.sort(key=lambda child: ("file" in child, child["name"].casefold()))
    return visit.show(
        "library/folder.html",
        **known,
        children=[
            child
            | {
                "address": library_address(drive.id, f"{path}/{child['name']}".strip("/")),
                "by": who(child["lastModifiedBy"]),
            }
            for child in children
        ],
    )


async def send_file(visit: Visit) -> Response:
    """GET /library/{drive}/file?path=...: the file itself, its PDF with `&pdf`, an older one with `&version=`."""
    path = visit.asked("path")
    item = item_path(visit.word("drive"), path)
    name = path.rpartition("/")[2]
    if "pdf" in visit.request.query_params:
        content = await visit.graph.content(f"{item}/content", format="pdf")
        return file_response(visit, f"{name}.pdf", content.content)
    version = visit.asked("version")
    where = f"{item}{at('versions', version)}/content" if version else f"{item}/content"
    return file_response(visit, name, (await visit.graph.content(where)).content)


async def upload(visit: Visit) -> Response:
    """POST /library/{drive}?path=...: files into a folder; one of the same name gets a new version."""
    form = await read_form(visit.request)
    drive, path = visit.word("drive"), visit.asked("path").strip("/")
    for file in form.files:
        where = item_path(drive, f"{path}/{file.name}".strip("/"))
        await visit.graph.put_file(f"{where}/content", file.content)
    names = ", ".join(file.name for file in form.files)
    notice = f"Uploaded: {names}." if names else "Choose a file first, then press Upload."
    return visit.go(library_address(drive, path), notice)


def item_path(drive: str, path: str) -> str:
    """Graph's path of a file or folder."""
    root = at("drives", drive, "root")
    return f"{root}:/{quote(path.strip('/'))}:" if path.strip("/") else root


async def _trail(visit: Visit, drive: Drive, path: str) -> list[tuple[str, str]]:
    """The way to the item, from the drive down; what the person may not open has no address."""
    steps = [step for step in path.split("/") if step]
    trail = [(shelf_name(visit.tenant, drive), library_address(drive.id))]
    trail += [
        (step, library_address(drive.id, "/".join(steps[: depth + 1]))) for depth, step in enumerate(steps)
    ]
    owner = owner_of(visit.tenant, drive)
    if owner is None or owner == visit.person:
        return trail
    return [
        (name, address if await _opens(visit, item_path(drive.id, "/".join(steps[:depth]))) else "")
        for depth, (name, address) in enumerate(trail)
    ]


async def _opens(visit: Visit, where: str) -> bool:
    try:
        await visit.graph.get(where, select="id")
    except GraphError:
        return False
    return True


def _owner(drive: Json) -> str:
    owner = drive.get("owner") or {}
    return str((owner.get("user") or owner.get("group") or {}).get("displayName") or "")
