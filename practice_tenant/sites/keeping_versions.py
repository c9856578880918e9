"""Lists that keep no versions, as a site owner may set them: PUT /practice/versioning."""

import json

from practice_tenant.errors import bad_request
from practice_tenant.requests import Answer, GraphRequest
from practice_tenant.tenant import Tenant

_FACT = "lists without versions"


def keeps_versions(tenant: Tenant, list_id: str) -> bool:
    """Lists keep versions unless somebody switched it off in their settings."""
    return list_id not in _without(tenant)


async def put_versioning(tenant: Tenant, request: GraphRequest) -> Answer:
    """PUT {"list": its id, "versions": false}: what the list's settings say; Graph itself does not tell."""
    wishes = request.json()
    list_id, keeps = wishes.get("list"), wishes.get("versions")
    known = tenant.database.one("SELECT 1 FROM lists WHERE id = ?", (str(list_id),))
    if known is None or not isinstance(keeps, bool):
        raise bad_request(
            'Give {"list": "the id of a list", "versions": false}; tenant.json names the lists.'
        )
    without = _without(tenant) - {str(list_id)} if keeps else _without(tenant) | {str(list_id)}
    tenant.database.set_fact(_FACT, json.dumps(sorted(without)))
    return Answer.json({"list": list_id, "versions": keeps})


def _without(tenant: Tenant) -> set[str]:
    return set(json.loads(tenant.database.fact(_FACT) or "[]"))
