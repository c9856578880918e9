"""O365 pointed at a practice tenant, in the fewest lines that its documentation and source allow."""

import functools
from typing import Any

import requests
from msal import ConfidentialClientApplication
from O365 import Account, Connection, MSGraphProtocol
from O365.utils.token import MemoryTokenBackend

from tests.practice import PracticeServer


def o365_account(practice: PracticeServer, which: str = "visitor") -> Any:
    """An authenticated account of one of the two applications."""
    facts = practice.facts

    class PracticeProtocol(MSGraphProtocol):
        def __init__(self, **more: Any) -> None:
            self._protocol_url = facts["graph_root"]
            super().__init__(**more)

    class PracticeConnection(Connection):
        @property
        def msal_client(self) -> Any:
            if self._msal_client is None:
                session = requests.Session()
                session.request = functools.partial(session.request, verify=facts["ca_file"])  # type: ignore[method-assign]  # as MSAL's documentation has it
                self._msal_client = ConfidentialClientApplication(
                    self.auth[0],
                    client_credential=self.auth[1],
                    authority=f"{facts['login_root']}/{facts['tenant_id']}",
                    instance_discovery=False,
                    token_cache=self.token_backend,
                    http_client=session,
                )
            return self._msal_client

        def _internal_request(
            self, session_obj: Any, url: str, method: str, ignore40x: bool = False, **more: Any
        ) -> Any:
            more.setdefault("verify", facts["ca_file"])
            return super()._internal_request(session_obj, url, method, ignore40x=ignore40x, **more)

    class PracticeAccount(Account):
        connection_constructor = PracticeConnection

    account = PracticeAccount(
        (facts[which]["client_id"], facts[which]["client_secret"]),
        protocol=PracticeProtocol(timezone="Europe/London"),
        tenant_id=facts["tenant_id"],
        auth_flow_type="credentials",
        token_backend=MemoryTokenBackend(),
        requests_delay=0,
        timeout=(5, 30),
        default_headers={"Prefer": 'IdType="ImmutableId"'},
    )
    assert account.authenticate()
    return account
