"""The files: everybody's OneDrive and the site's libraries, as far as the person may open them."""

from urllib.parse import quote, urlencode

from starlette.responses import Response

from practice_tenant.drives.conversion import can_convert
from practice_tenant.page.files import file_response
from practice_tenant.page.forms import read_form
from practice_tenant.page.graph import Json, at, who
from practice_tenant.page.places import library_address
from practice_tenant.page.previews import opens_in_browser, preview_of
from practice_tenant.page.visit import Visit


async def show_drives(visit: Visit) -> Response:
    """GET /library: the drives that the person may open, the own one first."""
    drives = await visit.graph.every(at("drives"))
    own = visit.person.display_name
    drives.sort(key=lambda drive: (_owner(drive) != own, _owner(drive), drive["name"]))
    return visit.show("library/drives.html", drives=[_named(drive) for drive in drives])


async def show_item(visit: Visit) -> Response:
    """GET /library/{drive}?path=...: what lies in a folder, or a file with what can be shown of it."""
    drive = await visit.graph.get(at("drives", visit.word("drive")))
    path = visit.asked("path").strip("/")
    where = item_path(drive["id"], path)
    item = await visit.graph.get(where)
    known: Json = {"drive": _named(drive), "item": item, "path": path, "trail": _trail(drive["id"], path)}
    if "file" in item:
        return await _show_file(visit, where, known)
    children = await visit.graph.every(f"{where}/children")
    children.sort(key=lambda child: ("file" in child, child["name"].casefold()))
    return visit.show(
        "library/folder.html",
        **known,
        children=[
            child
            | {
                "address": library_address(drive["id"], f"{path}/{child['name']}".strip("/")),
                "by": who(child["lastModifiedBy"]),
            }
            for child in children
        ],
    )


async def send_file(visit: Visit) -> Response:
    """GET /library/{drive}/file?path=...: the file itself, or its PDF with `&pdf`."""
    path = visit.asked("path")
    where = f"{item_path(visit.word('drive'), path)}/content"
    name = path.rpartition("/")[2]
    if "pdf" in visit.request.query_params:
        return file_response(visit, f"{name}.pdf", (await visit.graph.content(where, format="pdf")).content)
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


async def _show_file(visit: Visit, where: str, known: Json) -> Response:
    item, drive_id = known["item"], known["drive"]["id"]
    file = await visit.graph.content(f"{where}/content")
    address = (
        f"/library/{quote(drive_id, safe='')}/file?{urlencode({'path': known['path']}, quote_via=quote)}"
    )
    return visit.show(
        "library/file.html",
        **known,
        by=who(item["lastModifiedBy"]),
        preview=preview_of(item["name"], file.content),
        versions=await visit.graph.every(f"{where}/versions"),
        address=address,
        opens=bool(opens_in_browser(item["name"])),
        converts=can_convert(item["name"], "pdf"),
    )


def _named(drive: Json) -> Json:
    """A drive under the name that people know it by."""
    is_personal = drive["driveType"] == "business"
    name = f"{_owner(drive)}: OneDrive" if is_personal else drive["name"]
    return drive | {"called": name, "is_personal": is_personal, "address": library_address(drive["id"])}


def _owner(drive: Json) -> str:
    owner = drive.get("owner") or {}
    return str((owner.get("user") or owner.get("group") or {}).get("displayName") or "")


def _trail(drive_id: str, path: str) -> list[tuple[str, str]]:
    steps = [step for step in path.split("/") if step]
    return [
        (step, library_address(drive_id, "/".join(steps[: depth + 1]))) for depth, step in enumerate(steps)
    ]
