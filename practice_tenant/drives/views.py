"""Drives and items as Graph shows them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from practice_tenant.drives.links import Download, download_url
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, Item, Version
from practice_tenant.tenant import Tenant

Json = dict[str, Any]
# What a school's user has; the tenant never runs full by itself.
QUOTA = 1024**4


class DriveView:
    """Shows the items of one drive."""

    def __init__(self, tenant: Tenant, drive: Drive) -> None:
        self.tenant = tenant
        self.drive = drive
        self.store = DriveStore(tenant.database, tenant.clock)

    def whole_drive(self) -> Json:
        owner = self._owner()
        root = self.store.root(self.drive)
        used = self.store.size(root)
        return {
            "id": self.drive.id,
            "driveType": self.drive.kind,
            "name": self.drive.name,
            "description": "",
            "createdDateTime": self.drive.created_at,
            "lastModifiedDateTime": self.store.last_change(self.drive),
            "webUrl": self.drive.web_url,
            "owner": owner,
            "createdBy": owner,
            "lastModifiedBy": owner,
            "quota": {
                "deleted": 0,
                "remaining": QUOTA - used,
                "state": "normal",
                "total": QUOTA,
                "used": used,
            },
        }

    def item(self, item: Item, above: Sequence[Item] | None = None) -> Json:
        """An item with everything that Graph gives without being asked.

        Args:
            item: what to show.
            above: its ancestors from the parent up, where the caller has them already.
        """
        above = self.store.ancestors(item) if above is None else above
        shown = self._common(item, above)
        shown["cTag"] = item.c_tag
        if item.is_file:
            download = Download(drive_id=self.drive.id, item_id=item.id, version=item.content_version)
            shown["@microsoft.graph.downloadUrl"] = download_url(self.tenant, download)
        if item.parent_id is not None:
            shown["parentReference"] |= {"name": above[0].name, "path": self._path(above)}
        if item.description:
            shown["description"] = item.description
        return shown

    def change(self, item: Item) -> Json:
        """An item as delta shows it in OneDrive for Business: no cTag, no path, and little of what is gone."""
        if item.deleted:
            gone: Json = {"id": item.id, "deleted": {"state": "deleted"}}
            gone["file" if item.is_file else "folder"] = {}
            return gone | {"parentReference": self._reference(item), "size": item.size}
        return self._common(item, self.store.ancestors(item))

    def version(self, item: Item, version: Version) -> Json:
        shown: Json = {
            "id": version.label,
            "lastModifiedDateTime": version.modified_at,
            "lastModifiedBy": version.modified_by,
            "size": version.size,
        }
        if version.number != item.content_version:
            download = Download(drive_id=self.drive.id, item_id=item.id, version=version.number)
            shown["@microsoft.graph.downloadUrl"] = download_url(self.tenant, download)
        return shown

    def _common(self, item: Item, above: Sequence[Item]) -> Json:
        shown: Json = {
            "id": item.id,
            "name": item.name,
            "eTag": item.e_tag,
            "size": item.size if item.is_file else self.store.size(item),
            "createdDateTime": item.created_at,
            "lastModifiedDateTime": item.modified_at,
            "createdBy": item.created_by,
            "lastModifiedBy": item.modified_by,
            "webUrl": self._web_url(item, above),
            "parentReference": self._reference(item),
            "fileSystemInfo": {
                "createdDateTime": item.file_created_at,
                "lastModifiedDateTime": item.file_modified_at,
            },
        }
        if item.is_file:
            hashes = {"quickXorHash": item.quick_xor_hash}
            shown["file"] = {"mimeType": item.mime_type, "hashes": hashes}
        else:
            shown["folder"] = {"childCount": self.store.child_count(item)}
        if item.is_root:
            shown["root"] = {}
        scope = self.store.shared_scope(item)
        if scope:
            shown["shared"] = {"scope": scope}
        return shown

    def _reference(self, item: Item) -> Json:
        reference: Json = {"driveType": self.drive.kind, "driveId": self.drive.id}
        if item.parent_id is not None:
            reference["id"] = item.parent_id
        return reference | {"siteId": self.drive.site_id}

    def _path(self, above: Sequence[Item]) -> str:
        steps = [step.name for step in reversed(above) if not step.is_root]
        return "/".join([f"/drives/{self.drive.id}/root:", *steps])

    def _web_url(self, item: Item, above: Sequence[Item]) -> str:
        steps = [step.name for step in (*reversed(above), item) if not step.is_root]
        return "/".join([self.drive.web_url, *(quote(step) for step in steps)])

    def _owner(self) -> Json:
        user = self.tenant.directory.find(self.drive.owner_id or "")
        if user is None:
            return {"user": {"displayName": "System Account"}}
        return {"user": user.identity()}
