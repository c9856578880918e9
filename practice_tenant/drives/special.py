"""The special folders of a drive, made when somebody first asks for them."""

from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Drive, Item
from practice_tenant.errors import GraphError
from practice_tenant.principals import Principal

_FOLDERS = {
    "documents": "Documents",
    "photos": "Pictures",
    "cameraroll": "Camera Roll",
    "music": "Music",
}


def special_folder(store: DriveStore, drive: Drive, word: str, principal: Principal) -> Item:
    """The folder of that word; "approot" is the application's own one under Apps.

    Raises:
        GraphError: 404 where Microsoft knows no such folder.
    """
    if word.lower() == "approot":
        apps = _folder(store, store.root(drive), "Apps", principal)
        return _folder(store, apps, principal.application_name or "Application", principal)
    if word.lower() not in _FOLDERS:
        raise GraphError(404, "itemNotFound", "The special folder could not be found.")
    return _folder(store, store.root(drive), _FOLDERS[word.lower()], principal)


def _folder(store: DriveStore, parent: Item, name: str, principal: Principal) -> Item:
    found = store.child_named(parent, name)
    if found is not None:
        return found
    with store.database.transaction():
        return store.add_folder(parent, name, principal.identity_set())
