"""Look at the lists, once a day before the digest: what people changed in their columns is told to the office."""

from __future__ import annotations

import json
from dataclasses import dataclass

from casework.errors import ConnectorError, SignInError
from casework.list_shape import ListShapes
from casework.ports import Journal

TOLD = "changes of lists told"


@dataclass(frozen=True, kw_only=True, slots=True)
class LookedAt:
    """What the digest says of the lists; problems are told where they could not be looked at."""

    lines: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def look_at_lists(*, lists: ListShapes, journal: Journal) -> LookedAt:
    """Compare the lists with what Casework needs there.

    What needs mending is told every day until it is mended, a change that does no harm on the first day only. A list
    that cannot be looked at keeps no digest back.
    """
    try:
        changes = lists.changes()
    except SignInError:
        raise
    except ConnectorError as error:
        return LookedAt(problems=(f"The columns of the lists could not be looked at: {error}",))
    with journal.transaction() as transaction:
        told = set(json.loads(transaction.cursors.get(TOLD) or "[]"))
        lines = tuple(change.line for change in changes if not (change.is_harmless and change.line in told))
        transaction.cursors.put(TOLD, json.dumps([change.line for change in changes]))
    return LookedAt(lines=lines)
