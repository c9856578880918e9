"""One connection for a school: renewed tokens, checked hosts, time-outs, retries, three requests at a time."""

from __future__ import annotations

import functools
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import requests
from msal import ConfidentialClientApplication, PublicClientApplication
from msal.exceptions import MsalError
from O365 import Connection

from casework.budgets import Toll
from casework.errors import ConnectorError, PermanentConnectorError, SignInError, TemporaryConnectorError
from casework.ports.tolls import Gate
from connectors.microsoft365 import sign_in
from connectors.microsoft365.batches import JsonObject, Part, answers_in, body_of
from connectors.microsoft365.credentials import DeviceCode
from connectors.microsoft365.environment import Unprinted, looked_up_once
from connectors.microsoft365.failures import TOO_MANY, failure_of_line, failure_of_response
from connectors.microsoft365.light_session import LightSession
from connectors.microsoft365.prices import file_budgets, toll_of
from connectors.microsoft365.retries import RetryRule
from connectors.microsoft365.writings import Writings

LOGIN_ROOT = "https://login.microsoftonline.com"
AT_ONCE = 3  # Outlook allows four requests at a time for one application, whatever the mailbox
MSAL_EVERY = 60.0
"""Seconds for which MSAL is not asked for an application's token again: it looks through all that it keeps each time."""
AS_WRITTEN = "application/json; charset=utf-8"
"""Of a body that is written already: by its name without the charset, O365 would write it once more."""
PAUSE = 5.0
"""Seconds for which nobody asks where the service is too busy and does not say for how long."""
_REPEATABLE = frozenset({"get", "put", "delete"})
_READING = frozenset({"get", "head"})


class SchoolConnection(Connection):  # type: ignore[misc]  # O365 carries no types
    """Carries every request to Microsoft 365."""

    session: Any
    naive_session: Any
    _msal_client: Any

    def __init__(
        self,
        credentials: tuple[Any, ...],
        *,
        graph_root: str,
        login_root: str,
        device_code: DeviceCode | None,
        retry: RetryRule,
        sleep: Callable[[float], None],
        gate: Gate | None,
        file_units: int,
        **o365: Any,  # noqa: ANN401 - handed on to O365 as it is
    ) -> None:
        super().__init__(credentials, **o365)
        self.graph_root = graph_root
        self._version_root = f"{graph_root}v1.0/"
        self.login_root = login_root.rstrip("/")
        self._msal_authority = f"{self.login_root}/{self.tenant_id}"
        self._device_code = device_code
        self._retry = retry
        self._sleep = sleep
        self._renewing = threading.Lock()
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._gate = gate
        self._same_token_until = 0.0
        self._file_budgets = file_budgets(file_units)
        self.only_reading = False
        """True: every request that would write is refused before it leaves this machine."""
        self.writings = Writings()
        self.asked = 0
        """How many requests have been made of Microsoft 365, each counted once however often it is tried."""

    def get_session(self, load_token: bool = False) -> requests.Session:
        """O365's session, which looks proxies up once and goes the short way."""
        return looked_up_once(LightSession(super().get_session(load_token=load_token)))

    def get_naive_session(self) -> requests.Session:
        """The same without our token."""
        return looked_up_once(LightSession(super().get_naive_session()))

    @property
    def msal_client(self) -> Any:  # noqa: ANN401 - MSAL carries no types
        """MSAL with our time-outs and certificate, as O365 hands them over environment variables win."""
        if self._msal_client is None:
            http = requests.Session()
            http.proxies = self.proxy
            # verify per request: with REQUESTS_CA_BUNDLE set, a session's own verify is ignored
            http.request = functools.partial(http.request, timeout=self.timeout, verify=self.verify_ssl)  # type: ignore[method-assign]  # MSAL calls request() only
            facts: dict[str, Any] = {
                "client_id": self.auth[0],
                "authority": self._msal_authority,
                "token_cache": self.token_backend,
                "http_client": http,
                # only Microsoft's own host can vouch for itself; any other is named in the settings
                "instance_discovery": None if self.login_root == LOGIN_ROOT else False,
            }
            if self._device_code is None:
                self._msal_client = ConfidentialClientApplication(client_credential=self.auth[1], **facts)
            else:
                self._msal_client = PublicClientApplication(**facts)
        return self._msal_client

    def refresh_token(self, *, forget: bool = False) -> bool:
        """Put a valid token into the session.

        O365's own renewal fails for applications once the token has expired (python-o365#1195).

        Raises:
            SignInError: the tenant does not accept our credentials.
            TemporaryConnectorError: the sign-in service cannot be reached.
        """
        if not forget and time.monotonic() < self._same_token_until:
            return True
        with self._renewing:
            if self.session is None:
                self.session = self.get_session(load_token=True)
            try:
                token, seconds = self._renewed_token(forget=forget)
            except ConnectorError:
                raise
            except (requests.RequestException, MsalError, ValueError, RuntimeError, KeyError) as error:
                raise sign_in.trouble(error, login_root=self.login_root) from None
            except TypeError as error:
                # MSAL keeps the last failures for its telemetry and stumbles at each call over one it cannot print
                self._msal_client = None
                raise sign_in.trouble(error, login_root=self.login_root) from None
            self.update_session_auth_header(access_token=token)
            self.token_backend.save_token()
            self._same_token_until = time.monotonic() + min(seconds, MSAL_EVERY)
        return True

    def oauth_request(self, url: str, method: str, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - O365's form
        """Send a request with our token, to Graph's own host only.

        A redirect is handed back, not followed: its target is another host, which must not see the token.

        Raises:
            ConnectorError: the kind names the remedy.
        """
        self._refuse_foreign(url)
        kwargs.setdefault("allow_redirects", False)
        self.refresh_token()
        try:
            return self._internal_request(self.session, url, method, **kwargs)
        except SignInError:
            # revoked though not expired: once with a new one
            self.refresh_token(forget=True)
            return self._internal_request(self.session, url, method, **kwargs)

    def carries(self, url: str) -> bool:
        """True if the address may be asked for together with others."""
        return url.startswith(self._version_root)

    def ask_together(self, parts: Sequence[Part]) -> dict[Part, JsonObject | TemporaryConnectorError]:
        """Ask for several things in one request: no two of them at once, each counted as if it were asked by itself.

        Returns:
            The answers, and the refusals of those that are to wait; all else is left out.

        Raises:
            ConnectorError: the request that carries them failed; it is made once.
        """
        asked = tuple(parts)
        answer = self.oauth_request(
            f"{self._version_root}$batch",
            "post",
            data=body_of(asked, root=self._version_root, prefer=self.default_headers["Prefer"]),
            headers={"Content-type": AS_WRITTEN},
            parts=asked,
        )
        answers = answers_in(answer, parts)
        for part, found in answers.items():
            if isinstance(found, TemporaryConnectorError):
                self._pause(found, (self._toll(part.url, "get"),))
        return answers

    def naive_request(self, url: str, method: str, **kwargs: Any) -> requests.Response:  # noqa: ANN401 - O365's form
        """Send a request without our token: uploads, downloads, the practice clock.

        Raises:
            ConnectorError: the kind names the remedy.
        """
        if urlsplit(url).scheme != "https":
            raise PermanentConnectorError(
                "An address for up- or downloading is not https. Run casework doctor."
            )
        # a range sent twice is refused (416), so a lost answer to one must be looked into
        has_range = any(name.lower() == "content-range" for name in kwargs.get("headers") or {})
        kwargs.setdefault("repeatable", method.lower() in _REPEATABLE and not has_range)
        answer: requests.Response = super().naive_request(url, method, **kwargs)
        return answer

    def answer_of_host(self) -> requests.Response:
        """Return what Graph's host says to a stranger; a refusal is an answer too.

        Raises:
            TemporaryConnectorError: there is no answer.
        """
        if self.naive_session is None:
            self.naive_session = self.get_naive_session()
        url = self._version_root
        try:
            answer = super()._internal_request(self.naive_session, url, "get", verify=self.verify_ssl)
        except requests.HTTPError as error:
            answer = error.response
        except requests.RequestException as error:
            raise failure_of_line(error, url=url, repeatable=True) from None
        found: requests.Response = answer
        return found

    def is_ours(self, url: str) -> bool:
        """True if the address lies on Graph's own host."""
        asked, own = urlsplit(url), urlsplit(self.graph_root)
        return (asked.scheme, asked.netloc.lower()) == (own.scheme, own.netloc.lower())

    def _internal_request(
        self,
        session_obj: requests.Session,
        url: str,
        method: str,
        ignore40x: bool = False,  # noqa: ARG002 - O365 passes it; renewal is ours
        **kwargs: Any,  # noqa: ANN401 - O365's form
    ) -> requests.Response:
        if self.only_reading and method.lower() not in _READING:
            raise PermanentConnectorError(
                "This is a dry run: nothing is written to Microsoft 365, so the request was not sent."
            )
        repeatable = bool(kwargs.pop("repeatable", method.lower() in _REPEATABLE))
        parts: Sequence[Part] = kwargs.pop("parts", ())
        refused: list[TemporaryConnectorError] = [kwargs.pop("refused")] if "refused" in kwargs else []
        kwargs.setdefault("verify", self.verify_ssl)
        kwargs.setdefault("headers", {})
        if not _is_practice(url):
            self.asked += 1
            if not (parts or method.lower() in _READING):
                self.writings.count(url)

        def attempt() -> requests.Response:
            if refused:
                raise refused.pop()
            # O365 adds to the headers in place, so that each attempt needs its own
            own = {**kwargs, "headers": {**kwargs["headers"], "client-request-id": str(uuid.uuid4())}}
            if isinstance(own.get("data"), bytes):
                own["data"] = Unprinted(own["data"])
            with self._turns, self._passing(url, method, parts):
                return self._sent(session_obj, url, method, repeatable=repeatable, **own)

        rule = replace(self._retry, attempts=1) if parts else self._retry
        return rule.carry_out(attempt, sleep=self._sleep)

    @contextmanager
    def _passing(self, url: str, method: str, parts: Sequence[Part]) -> Iterator[None]:
        """Where other hosts ask the same tenant, wait for a turn among them, and tell them of a pause."""
        if self._gate is None or _is_practice(url):
            yield
            return
        # what a request carries is counted, and not the request itself
        tolls = tuple(self._toll(part.url, "get") for part in parts) or (self._toll(url, method),)
        with self._gate.passing(*tolls):
            try:
                yield
            except TemporaryConnectorError as error:
                self._pause(error, tolls)
                raise

    def _toll(self, url: str, method: str) -> Toll:
        return toll_of(url, method, graph_root=self.graph_root, files=self._file_budgets)

    def _pause(self, error: TemporaryConnectorError, tolls: Sequence[Toll]) -> None:
        if self._gate is not None and (error.status == TOO_MANY or error.retry_after):
            for toll in {toll.purse: toll for toll in tolls}.values():
                self._gate.pause(toll, error.retry_after or PAUSE)

    def _sent(
        self,
        session: requests.Session,
        url: str,
        method: str,
        *,
        repeatable: bool,
        **kwargs: Any,  # noqa: ANN401 - O365's form
    ) -> requests.Response:
        try:
            answer: requests.Response = super()._internal_request(session, url, method, **kwargs)
        except requests.HTTPError as error:
            raise failure_of_response(error.response, repeatable=repeatable) from None
        except requests.RequestException as error:
            # from None: requests' own text holds the URL, and with it mail addresses
            raise failure_of_line(error, url=url, repeatable=repeatable) from None
        return answer

    def _renewed_token(self, *, forget: bool) -> tuple[str, float]:
        """A token, and for how many seconds there is no need to ask for it again."""
        if self._device_code is not None:
            return sign_in.person_token(self.msal_client, self._device_code, force=forget), 0.0
        if forget:
            self.msal_client.remove_tokens_for_client()
        return sign_in.application_token(self.msal_client)

    def _refuse_foreign(self, url: str) -> None:
        if not self.is_ours(url):
            raise PermanentConnectorError(
                "A link leads away from Microsoft Graph, so Casework does not follow it with its token. "
                "Check graph_root in the settings, then run casework doctor."
            )


def _is_practice(url: str) -> bool:
    """The practice tenant's clock and page are no service of Microsoft's, and nothing is counted there."""
    return urlsplit(url).path.startswith("/practice/")
