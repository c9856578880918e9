"""What visitors have looked at, for the steps that ask them to see something."""

import json

from practice_tenant.page.visit import Visit

_FACT = "page seen"


def seen(visit: Visit) -> set[str]:
    return set(json.loads(visit.tenant.database.fact(_FACT) or "[]"))


def note_seen(visit: Visit, what: str) -> None:
    """Remember it; a reset of the tenant forgets it."""
    before = seen(visit)
    if what not in before:
        visit.tenant.database.set_fact(_FACT, json.dumps(sorted({*before, what})))
