"""The columns that every list and every library has from the beginning, with SharePoint's own ids."""

from typing import Any

from practice_tenant.sites.columns import ColumnStore

Json = dict[str, Any]
_TEXT: Json = {"text": {"allowMultipleLines": False, "maxLength": 255}}
_MOMENT: Json = {"dateTime": {"displayAs": "default", "format": "dateTime"}}
_PERSON: Json = {"personOrGroup": {"allowMultipleSelection": False, "chooseFromType": "peopleAndGroups"}}
_NUMBER: Json = {"number": {"decimalPlaces": "none", "displayAs": "number"}}
_TITLE = ("Title", "Title", "fa564e0f-0c70-4ab9-b863-0177e6ddd247", _TEXT)
_FILE_NAME = ("FileLeafRef", "Name", "8553196d-ec8d-4564-9861-3dbe931050c8", _TEXT)
# internal name, display name, id, type; nobody writes to these.
_READ_ONLY = (
    ("ID", "ID", "1d22ea11-1e32-424e-89ab-9fedbadb6ce1", _NUMBER),
    ("ContentType", "Content Type", "c042a256-787d-4a6f-8a8a-cf6ab767f12d", _TEXT),
    ("Modified", "Modified", "28cf69c5-fa48-462a-b5cd-27b6f9d2bd5f", _MOMENT),
    ("Created", "Created", "8c06beca-0777-48f7-91da-6da68bc07b69", _MOMENT),
    ("Author", "Created By", "1df5e554-ec7e-46a6-901d-d85a3881cb18", _PERSON),
    ("Editor", "Modified By", "d31655d1-1d5b-4511-95a1-7a09e9b75bf2", _PERSON),
    ("_UIVersionString", "Version", "dce8262a-3ae9-45aa-aab4-83bd75fb738a", _TEXT),
)


def add_base_columns(columns: ColumnStore, *, is_library: bool) -> None:
    writable = (_TITLE, _FILE_NAME) if is_library else (_TITLE,)
    for name, display_name, column_id, kind in writable:
        columns.add(name, _definition(display_name, kind, read_only=name == "FileLeafRef"), column_id)
    for name, display_name, column_id, kind in _READ_ONLY:
        columns.add(name, _definition(display_name, kind, read_only=True), column_id)


def _definition(display_name: str, kind: Json, *, read_only: bool) -> Json:
    return {
        "displayName": display_name,
        "description": "",
        "columnGroup": "_Hidden" if read_only else "Custom Columns",
        "enforceUniqueValues": False,
        "hidden": False,
        "indexed": False,
        "readOnly": read_only,
        "required": False,
        **kind,
    }
