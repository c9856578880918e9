"""Errors as Microsoft shows them, and faults of our own as an operator needs them."""

import json
import sys
import traceback
from collections.abc import Mapping
from typing import Any

from practice_tenant.errors import GraphError
from practice_tenant.requests import Answer
from practice_tenant.tenant import Tenant


def render_error(error: GraphError, request_id: str, headers: Mapping[str, str], tenant: Tenant) -> Answer:
    """Microsoft's error body."""
    inner: dict[str, Any] = {
        "date": tenant.clock.stamp().removesuffix("Z"),
        "request-id": request_id,
        "client-request-id": headers.get("client-request-id", request_id),
    }
    content = {"error": {"code": error.code, "message": error.message, "innerError": inner}}
    return Answer.raw(
        json.dumps(content).encode(), "application/json", status=error.status, headers=error.headers
    )


def tell_fault(error: Exception) -> None:
    """Where the tenant itself failed; not the message, which may quote a mail."""
    places = "".join(traceback.format_tb(error.__traceback__))
    sys.stderr.write(f"The practice tenant failed with {type(error).__name__}:\n{places}")
