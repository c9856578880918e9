"""A drive, or one folder of it, as a library of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace as replaced
from datetime import UTC, datetime

from casework.errors import AlreadyThereError, NotThereError, PermanentConnectorError
from casework.evidence import is_office_name
from casework.ports import LibraryChanges, LibraryFile
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.asked_ahead import AskedAhead
from connectors.microsoft365.batches import MOST
from connectors.microsoft365.calls import DeltaRound, GraphCalls, JsonObject, path_segments, segment
from connectors.microsoft365.drive_rounds import DriveCursor, DriveRound, within
from connectors.microsoft365.lists import person
from connectors.microsoft365.mail_fields import moment
from connectors.microsoft365.quick_xor_hash import quick_xor_hash
from connectors.microsoft365.shared_rounds import SharedRounds
from connectors.microsoft365.uploads import SMALL, upload

_PAGE = "200"
_CONFLICT = "@microsoft.graph.conflictBehavior"
_NOT_CONVERTIBLE = frozenset({400, 406, 415, 501})


class GraphLibrary:
    """Files below one folder of a drive. Paths begin at that folder.

    Args:
        account: the school's.
        drive_id: the drive's.
        folder: the path of the folder; the whole drive if empty.
        rounds: shared with the other libraries of a sweep, so that a drive is asked once for all its folders.
        ahead: answers that the look has in hand already.
    """

    def __init__(
        self,
        account: SchoolAccount,
        drive_id: str,
        folder: str = "",
        *,
        rounds: SharedRounds | None = None,
        ahead: AskedAhead | None = None,
    ) -> None:
        self._connection = account.con
        self._calls = GraphCalls(account, ahead=ahead)
        self._rounds = rounds
        self._drive = f"drives/{segment(drive_id)}"
        self._folder = folder.strip("/")

    def changes(self, cursor: str | None) -> LibraryChanges:
        """Files new or changed below the folder; an idle sweep is one request.

        After a folder was renamed or moved all files in it are reported, since each has another path.
        """
        before = DriveCursor.from_text(cursor) if cursor is not None else None
        answered = self._round(before.link if before else None)
        if before and not answered.items:
            return LibraryChanges(
                files=(),
                removed=(),
                cursor=DriveCursor(
                    link=answered.cursor, watched=before.watched, folders=before.folders
                ).as_text(),
            )
        seen = DriveRound(answered.items, folder=self._folder, before=before, look_up=self._look_up)
        after = seen.cursor(answered.cursor)
        files: dict[str, LibraryFile] = {}
        removed = dict.fromkeys(seen.deleted() if before else ())
        for item, path in self._files_of(seen):
            inner = within(path, self._folder)
            if inner is not None:
                files[str(item["id"])] = library_file(item, inner)
            elif before:
                removed[str(item["id"])] = None
        return LibraryChanges(files=tuple(files.values()), removed=tuple(removed), cursor=after.as_text())

    def _round(self, link: str | None) -> DeltaRound:
        def request() -> DeltaRound:
            return self._calls.delta(f"{self._drive}/root/delta", link, params={"$top": _PAGE})

        if self._rounds is None:
            return request()
        return self._rounds.ask(self._drive, link, asker=self, request=request)

    def find(self, path: str) -> LibraryFile | None:
        try:
            item = self._calls.get(self._by_path(path))
        except NotThereError:
            return None
        above = path.strip("/").rpartition("/")[0]
        name = str(item.get("name") or "") if path.strip("/") else ""
        return library_file(item, f"{above}/{name}" if above else name)

    def read(self, file_id: str) -> bytes:
        return self._calls.content(f"{self._item(file_id)}/content")

    def content_at(self, path: str) -> bytes | None:
        try:
            return self._calls.content(f"{self._by_path(path)}/content")
        except NotThereError:
            return None
        except PermanentConnectorError:
            found = self.find(path)
            if found is None or found.is_folder:  # a folder has no content
                return None
            raise

    def contents_at(self, paths: Sequence[str]) -> Iterator[bytes | None]:
        for first in range(0, len(paths), MOST):
            portion = paths[first : first + MOST]
            places = self._calls.together([self._by_path(path) for path in portion])
            for path, place in zip(portion, places, strict=True):
                content = self._calls.downloaded(place) if place else None
                yield self.content_at(path) if content is None else content

    def write(self, path: str, content: bytes, *, replace: bool = False, over: str = "") -> LibraryFile:
        behaviour = "replace" if replace else "fail"
        if len(content) > SMALL:
            self.ensure_folder(path.rpartition("/")[0])
            session = self._calls.post(
                f"{self._by_path(path)}/createUploadSession",
                {"item": {_CONFLICT: behaviour}},
                etag=over,
                repeatable=True,
            )
            item = upload(self._connection, str(session["uploadUrl"]), content)
        else:
            # sent twice, a file that must not replace another would stand in its own way
            item = self._calls.put(
                f"{self._by_path(path)}/content",
                content,
                params={_CONFLICT: behaviour},
                etag=over,
                repeatable=replace,
            )
        return replaced(library_file(item, path), as_sent=_is_as_sent(item, path, content))

    def move(self, file_id: str, path: str) -> None:
        above, _, name = path.rpartition("/")
        parent = self.ensure_folder(above)
        item = self._calls.get(self._item(file_id), params={"$select": "id,name,parentReference"})
        if item.get("name") == name and (item.get("parentReference") or {}).get("id") == parent:
            return
        self._calls.patch(
            self._item(file_id), {"name": name, "parentReference": {"id": parent}}, repeatable=True
        )

    def as_pdf(self, file_id: str) -> bytes | None:
        try:
            return self._calls.content(f"{self._item(file_id)}/content", params={"format": "pdf"})
        except NotThereError:
            raise
        except PermanentConnectorError as error:
            if error.status in _NOT_CONVERTIBLE:
                return None
            raise

    def ensure_folder(self, path: str) -> str:
        """Return the id of a folder below ours, made where it is missing, with those above it."""
        try:
            return str(self._calls.get(self._by_path(path), params={"$select": "id"})["id"])
        except NotThereError:
            if not path:
                raise
        above, _, name = path.rpartition("/")
        parent = self.ensure_folder(above)
        try:
            made = self._add_folder(self._item(parent), name)
        except AlreadyThereError:
            made = self._calls.get(self._by_path(path), params={"$select": "id"})
        return str(made["id"])

    def make_folder(self, path: str) -> LibraryFile | None:
        """Make a folder, with those above it; None if it is there. One that is mostly new is not looked for first."""
        above, _, name = path.rpartition("/")
        try:
            return library_file(self._add_folder(self._by_path(above), name), path)
        except AlreadyThereError:
            return None
        except NotThereError:
            if not above:
                raise
        parent = self._item(self.ensure_folder(above))
        try:
            return library_file(self._add_folder(parent, name), path)
        except AlreadyThereError:
            return None

    def _add_folder(self, parent: str, name: str) -> JsonObject:
        return self._calls.post(
            f"{parent}/children", {"name": name, "folder": {}, _CONFLICT: "fail"}, repeatable=True
        )

    def _files_of(self, seen: DriveRound) -> Iterator[tuple[JsonObject, str]]:
        """Yield files with their paths from the root; the round's own come last, being the latest."""
        for folder in seen.moved_folders():
            yield from self._all_below(folder, seen.path(folder))
        for item in seen.present():
            if "file" in item:
                yield item, seen.path(item)

    def _all_below(self, folder: JsonObject, path: str) -> Iterator[tuple[JsonObject, str]]:
        try:
            children = list(
                self._calls.pages(f"{self._item(str(folder['id']))}/children", params={"$top": _PAGE})
            )
        except NotThereError:
            return  # deleted since: the next round says so
        for child in children:
            inner = f"{path}/{child['name']}"
            if "folder" in child:
                yield from self._all_below(child, inner)
            elif "file" in child:
                yield child, inner

    def _look_up(self, file_id: str) -> JsonObject:
        return self._calls.get(self._item(file_id), params={"$select": "id,name,parentReference,root"})

    def _item(self, file_id: str) -> str:
        return f"{self._drive}/items/{segment(file_id)}"

    def _by_path(self, path: str) -> str:
        return _below(self._drive, "/".join(part for part in (self._folder, path.strip("/")) if part))


def path_of(drive_id: str, path: str) -> str:
    """Of what lies at a path of a whole drive, as Graph is asked for it."""
    return _below(f"drives/{segment(drive_id)}", path.strip("/"))


def _below(drive: str, whole: str) -> str:
    return f"{drive}/root:/{path_segments(whole)}:" if whole else f"{drive}/root"


def _is_as_sent(item: JsonObject, path: str, content: bytes) -> bool:
    """True if the answer's own hash is that of what was sent; only of Office files is there any doubt."""
    if not is_office_name(path):
        return True
    told = ((item.get("file") or {}).get("hashes") or {}).get("quickXorHash")
    return item.get("size") == len(content) and told == quick_xor_hash(content)


def library_file(item: JsonObject, path: str) -> LibraryFile:
    """Return Graph's drive item as a file at that path."""
    hashes = (item.get("file") or {}).get("hashes") or {}
    return LibraryFile(
        file_id=str(item["id"]),
        path=path,
        etag=str(item.get("eTag") or ""),
        size=int(item.get("size") or 0),
        modified_at=moment(item.get("lastModifiedDateTime")) or datetime.fromtimestamp(0, UTC),
        modified_by=person(item.get("lastModifiedBy")),
        # OneDrive for Business leaves cTag out of delta; the hash is there in every answer
        content_tag=str(hashes.get("quickXorHash") or item.get("cTag") or ""),
        web_url=str(item.get("webUrl") or ""),
        is_folder="folder" in item,
    )
