"""One document: what is in it, its versions, and new versions by upload or by changing its words."""

from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from starlette.responses import Response

from practice_tenant.drives.conversion import can_convert
from practice_tenant.errors import GraphError
from practice_tenant.page.forms import read_form
from practice_tenant.page.graph import Json, at, who
from practice_tenant.page.library.word_words import replace_words
from practice_tenant.page.lists.tables import list_path
from practice_tenant.page.places import library_address
from practice_tenant.page.previews import opens_in_browser, preview_of
from practice_tenant.page.visit import Visit

_WORD = ".docx"
_READ = dict.fromkeys(("Owner", "NextReviewText", "Status"), "")
"""What the page tells of a policy, of which a row leaves out what is empty."""


async def show_document(visit: Visit, where: str, known: Json) -> Response:
    """The page of a file at Graph's path `where`."""
    item, drive = known["item"], known["drive"]
    name, path = str(item["name"]), known["path"]
    file = await visit.graph.content(f"{where}/content")
    shelf, query = f"/library/{quote(drive.id, safe='')}", urlencode({"path": path}, quote_via=quote)
    return visit.show(
        "library/file.html",
        **known,
        by=who(item["lastModifiedBy"]),
        preview=preview_of(name, file.content),
        versions=[
            version | {"by": who(version["lastModifiedBy"])}
            for version in await visit.graph.every(f"{where}/versions")
        ],
        address=f"{shelf}/file?{query}",
        actions={name: f"{shelf}/{name}?{query}" for name in ("words", "replace", "restore")},
        opens=bool(opens_in_browser(name)),
        converts=can_convert(name, "pdf"),
        is_word=PurePosixPath(name).suffix.lower() == _WORD,
        policy=await _policy_of(visit, path),
    )


async def replace_document(visit: Visit) -> Response:
    """POST /library/{drive}/replace?path=...: the file that was chosen becomes the newest version."""
    form = await read_form(visit.request)
    here, name = _here(visit)
    if not form.files:
        return visit.go(here, "Choose the new version first, then press Replace.")
    given = form.files[0]
    if PurePosixPath(given.name).suffix.lower() != PurePosixPath(name).suffix.lower():
        return visit.go(here, f"Not replaced: {given.name} is another kind of file. Choose one like {name}.")
    await visit.graph.put_file(f"{_where(visit)}/content", given.content)
    return visit.go(here, f"{name} has a new version. Casework reads it within seconds.")


async def change_words(visit: Visit) -> Response:
    """POST /library/{drive}/words?path=...: as if somebody had opened the document in Word and saved it."""
    form = await read_form(visit.request)
    here, name = _here(visit)
    old, new = form.text("old").strip(), form.text("new").strip()
    if not old or not new:
        return visit.go(here, "Type the words that stand there now, and those that shall stand there.")
    content = (await visit.graph.content(f"{_where(visit)}/content")).content
    try:
        changed, places = replace_words(content, old, new)
    except ValueError:
        return visit.go(here, "The document cannot be read, so nothing was changed.")
    if not places:
        return visit.go(here, f"“{old}” stands nowhere in the document, so nothing was changed.")
    await visit.graph.put_file(f"{_where(visit)}/content", changed)
    times = "once" if places == 1 else f"{places} times"
    return visit.go(here, f"Saved {name}: “{old}” was changed to “{new}” {times}.")


async def restore_version(visit: Visit) -> Response:
    """POST /library/{drive}/restore?path=...: an older version becomes the newest again."""
    form = await read_form(visit.request)
    here, name = _here(visit)
    await visit.graph.post(f"{_where(visit)}{at('versions', form.text('version'))}/restoreVersion")
    return visit.go(here, f"{name} is again as it was in version {form.text('version')}.")


def _where(visit: Visit) -> str:
    path = visit.asked("path").strip("/")
    return f"{at('drives', visit.word('drive'), 'root')}:/{quote(path)}:"


def _here(visit: Visit) -> tuple[str, str]:
    path = visit.asked("path").strip("/")
    return library_address(visit.word("drive"), path), path.rpartition("/")[2]


async def _policy_of(visit: Visit, path: str) -> Json | None:
    """What the Policies list says of the document, where it is a policy that Casework has read."""
    try:
        rows = await visit.as_role("office").every(f"{list_path('Policies')}/items", expand="fields")
    except GraphError:
        return None
    row = next((row for row in rows if str(row["fields"].get("Document") or "").strip("/") == path), None)
    return _READ | row["fields"] | {"address": f"/lists/Policies/{row['id']}"} if row else None
