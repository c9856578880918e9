"""What may stop a change: another version, an open document, a name that is taken."""

from practice_tenant.drives.names import check_name, check_path_length, numbered
from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Item
from practice_tenant.errors import GraphError
from practice_tenant.requests import GraphRequest
from practice_tenant.sites.etags import names_tag

BEHAVIOURS = ("fail", "replace", "rename")
CONFLICT_BEHAVIOUR = "@microsoft.graph.conflictBehavior"


def check_if_match(request: GraphRequest, item: Item) -> None:
    """Raise 412 where If-Match names another eTag or cTag, or If-None-Match names this one."""
    wanted = request.headers.get("if-match")
    if wanted is not None and not names_tag(wanted, (item.e_tag, item.c_tag)):
        raise _modified()
    unwanted = request.headers.get("if-none-match")
    if unwanted is not None and names_tag(unwanted, (item.e_tag, item.c_tag)):
        raise _modified()


def check_not_locked(store: DriveStore, item: Item) -> None:
    """Raise 423 while somebody has the document open in Word."""
    if store.database.one("SELECT held_by FROM drive_locks WHERE item_id = ?", (item.id,)):
        raise GraphError(423, "resourceLocked", "The resource you are attempting to access is locked.")


def conflict_behaviour(
    request: GraphRequest, default: str, properties: dict[str, object] | None = None
) -> str:
    """What to do about a taken name, from the body, the query or the default.

    Raises:
        GraphError: 400 for a word that Microsoft does not know.
    """
    given = (properties or {}).get(CONFLICT_BEHAVIOUR)
    given = given or request.options.other.get(CONFLICT_BEHAVIOUR) or default
    behaviour = str(given).lower()
    if behaviour not in BEHAVIOURS:
        raise GraphError(400, "invalidRequest", "The value of conflictBehavior is not supported.")
    return behaviour


def already_exists() -> GraphError:
    return GraphError(409, "nameAlreadyExists", "An item with the same name already exists under the parent.")


def check_new_name(store: DriveStore, parent: Item, name: str) -> None:
    """Raise 400 where the name, or the whole path with it, is more than Microsoft keeps."""
    check_name(name, at_library_root=parent.is_root)
    steps = [step.name for step in store.ancestors(parent)[:-1]]
    check_path_length("/".join([*reversed(steps), parent.name, name]))


def free_name(store: DriveStore, parent: Item, name: str) -> str:
    """The name itself, or the first numbered one that nothing has."""
    number, candidate = 1, name
    while store.child_named(parent, candidate) is not None:
        candidate, number = numbered(name, number), number + 1
    return candidate


def _modified() -> GraphError:
    return GraphError(412, "resourceModified", "ETag does not match current item's value")
