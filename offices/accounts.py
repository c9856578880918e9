"""Signing in to Microsoft 365: a trust's schools that sign in alike share one account, its token and its connection."""

from __future__ import annotations

import threading
from weakref import WeakValueDictionary

from connectors.microsoft365.account import SchoolAccount, connect
from connectors.microsoft365.credentials import Certificate, ClientSecret
from connectors.settings_file import Settings, resolve_secret
from offices.certificate_file import pem_of
from offices.tenants import gate_of

_lock = threading.Lock()
_shared: WeakValueDictionary[object, SchoolAccount] = WeakValueDictionary()


def account_of(settings: Settings) -> SchoolAccount:
    """The school's account; of a trust's schools in one tenant all have the same, as long as one of them uses it.

    Raises:
        SettingsError: the secret cannot be had.
        SignInError: the certificate's text is incomplete.
    """
    credentials = _credentials(settings)
    if not settings.journal.url:
        return _connected(settings, credentials)
    graph = settings.microsoft365
    # all that makes a difference to the connection: a changed secret makes another account
    alike = (
        settings.journal.url,
        credentials,
        graph.tenant_id,
        graph.client_id,
        graph.graph_root,
        graph.login_root,
        settings.path(graph.ca_file) if graph.ca_file else None,
        settings.school.timezone,
        graph.sharepoint_units,
    )
    with _lock:
        account = _shared.get(alike)
        if account is None:
            account = _shared[alike] = _connected(settings, credentials)
        return account


def reading_account_of(settings: Settings) -> SchoolAccount:
    """An account of the dry run's own, which refuses to write; a trust's hosts are not asked for a turn at the tenant.

    Raises:
        SettingsError: the secret cannot be had.
        SignInError: the certificate's text is incomplete.
    """
    return _connected(settings, _credentials(settings), only_reading=True)


def _connected(
    settings: Settings, credentials: ClientSecret | Certificate, *, only_reading: bool = False
) -> SchoolAccount:
    graph = settings.microsoft365
    return connect(
        credentials,
        tenant_id=graph.tenant_id,
        client_id=graph.client_id,
        graph_root=graph.graph_root,
        login_root=graph.login_root,
        ca_file=settings.path(graph.ca_file) if graph.ca_file else None,
        timezone=settings.school.timezone,
        gate=None if only_reading else gate_of(settings),
        file_units=graph.sharepoint_units,
        only_reading=only_reading,
    )


def _credentials(settings: Settings) -> ClientSecret | Certificate:
    graph = settings.microsoft365
    if graph.certificate is not None:
        return Certificate(pem=pem_of(settings.path(graph.certificate), settings.file.name))
    if graph.secret is None:
        raise ValueError("The settings name neither a secret nor a certificate.")
    return ClientSecret(value=resolve_secret(graph.secret, beside=settings.file))
