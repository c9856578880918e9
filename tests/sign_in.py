"""The real connector, signed in to a running practice tenant as one of its applications."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from connectors.microsoft365.account import SchoolAccount, connect
from connectors.microsoft365.credentials import ClientSecret
from tests.practice import PracticeServer


def signed_in(practice: PracticeServer, application: str, **more: Any) -> SchoolAccount:
    """An account of that application.

    Args:
        practice: runs.
        application: `casework`, Casework's own and narrow one, or `visitor`, which may do everything.
        more: what `connect` takes beside, such as how it waits.
    """
    return connect(
        ClientSecret(value=practice.facts[application]["client_secret"]),
        tenant_id=practice.facts["tenant_id"],
        client_id=practice.facts[application]["client_id"],
        graph_root=practice.facts["graph_root"],
        login_root=practice.facts["login_root"],
        ca_file=Path(practice.ca_file),
        **more,
    )
