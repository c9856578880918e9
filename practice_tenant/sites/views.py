"""Sites, lists and items as Graph shows them."""

from typing import Any
from urllib.parse import quote

from practice_tenant.odata.options import QueryOptions
from practice_tenant.odata.pages import pick
from practice_tenant.sites.people import lookup_id
from practice_tenant.sites.values import (
    Fields,
    Identity,
    ItemVersion,
    ListItem,
    SharePointList,
    Site,
    content_type_info,
)
from practice_tenant.tenant import Tenant

Json = dict[str, Any]


def show_site(site: Site) -> Json:
    shown: Json = {
        "id": site.id,
        "name": site.name,
        "displayName": site.display_name,
        "description": "",
        "createdDateTime": site.created_at,
        "lastModifiedDateTime": site.created_at,
        "webUrl": site.web_url,
        "isPersonalSite": site.owner_id is not None,
        "siteCollection": {"hostname": site.host},
    }
    return shown if site.path else shown | {"root": {}}


def list_url(site: Site, one: SharePointList) -> str:
    folder = "" if one.is_library else "Lists/"
    return f"{site.web_url}/{folder}{quote(one.name)}"


def show_list(site: Site, one: SharePointList) -> Json:
    shown: Json = {
        "id": one.id,
        "name": one.name,
        "displayName": one.display_name,
        "description": one.description,
        "eTag": one.e_tag,
        "createdDateTime": one.created_at,
        "lastModifiedDateTime": one.modified_at,
        "createdBy": one.created_by,
        "webUrl": list_url(site, one),
        "parentReference": {"siteId": site.id},
        "list": {"contentTypesEnabled": False, "hidden": one.hidden, "template": one.kind},
    }
    return shown | {"system": {}} if one.hidden else shown


class ItemView:
    """Shows the items of one list."""

    def __init__(self, tenant: Tenant, site: Site, one: SharePointList) -> None:
        self.tenant = tenant
        self.site = site
        self.one = one

    def item(self, item: ListItem) -> Json:
        """An item with its fields, so that filters reach them; `shaped` leaves out what was not asked for."""
        return {
            "@odata.etag": item.e_tag,
            "id": str(item.number),
            "eTag": item.e_tag,
            "createdDateTime": item.created_at,
            "lastModifiedDateTime": item.modified_at,
            "createdBy": item.created_by,
            "lastModifiedBy": item.modified_by,
            "webUrl": f"{list_url(self.site, self.one)}/{item.number}_.000",
            "parentReference": {"id": self.one.id, "siteId": self.site.id},
            "contentType": content_type_info(self.one.id, "Item"),
            "sharepointIds": {
                "listId": self.one.id,
                "listItemId": str(item.number),
                "listItemUniqueId": item.guid,
                "siteId": self.site.collection_id,
                "siteUrl": self.site.web_url,
                "tenantId": self.tenant.tenant_id,
                "webId": self.site.web_id,
            },
            "fields": self.fields(item),
        }

    def fields(self, item: ListItem) -> Fields:
        return self._fields(
            item, item.fields, label=f"{item.version}.0", at=item.modified_at, editor=item.modified_by
        )

    def gone(self, item: ListItem) -> Json:
        """An item that is no more, as delta tells it."""
        return {
            "id": str(item.number),
            "deleted": {"state": "deleted"},
            "parentReference": {"id": self.one.id, "siteId": self.site.id},
        }

    def version(self, item: ListItem, version: ItemVersion, options: QueryOptions) -> Json:
        shown: Json = {
            "id": version.label,
            "lastModifiedDateTime": version.modified_at,
            "lastModifiedBy": version.modified_by,
            "publication": {"level": "published", "versionId": version.label},
        }
        fields = options.expansion("fields")
        if fields is not None:
            shown["fields"] = pick(self.version_fields(item, version), fields)
        return pick(shown, options)

    def version_fields(self, item: ListItem, version: ItemVersion) -> Fields:
        return self._fields(
            item, version.fields, label=version.label, at=version.modified_at, editor=version.modified_by
        )

    def _fields(self, item: ListItem, values: Fields, *, label: str, at: str, editor: Identity) -> Fields:
        title = values.get("Title")
        linked = {"LinkTitleNoMenu": title, "LinkTitle": title} if title else {}
        return {
            "@odata.etag": item.e_tag,
            **values,
            **linked,
            "id": str(item.number),
            "ContentType": "Item",
            "Modified": at,
            "Created": item.created_at,
            "AuthorLookupId": lookup_id(self.tenant, self.site, item.created_by),
            "EditorLookupId": lookup_id(self.tenant, self.site, editor),
            "_UIVersionString": label,
            "Attachments": False,
            "Edit": "",
            "ItemChildCount": "0",
            "FolderChildCount": "0",
        }


def shaped(entity: Json, options: QueryOptions) -> Json:
    """What $select and $expand leave of an item."""
    fields = options.expansion("fields")
    kept = {name: value for name, value in entity.items() if name not in {"fields", "sharepointIds"}}
    if options.selects("sharepointIds"):
        kept["sharepointIds"] = entity["sharepointIds"]
    if fields is not None:
        kept["fields"] = pick(entity["fields"], fields)
    return pick(kept, options)
