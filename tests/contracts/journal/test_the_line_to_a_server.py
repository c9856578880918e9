"""What goes to a trust's database crosses no network in the clear, once the settings say so."""

from __future__ import annotations

import psycopg
import pytest

from casework.errors import JournalError
from connectors.engine.trust import TrustEngine
from connectors.journal import can_be_listened_to, open_journal, open_turns
from tests.journals import CHAIN_KEY

TLS = "?sslmode=verify-full"
SERVER = "postgresql+psycopg://casework@database.trust.example/casework"


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        (SERVER, True),
        (f"{SERVER}?sslmode=prefer", True),
        ("postgresql+psycopg://casework@10.1.2.3/casework", True),
        ("postgresql+psycopg://casework@[fd00::1]/casework", True),
        (f"{SERVER}{TLS}&sslrootcert=/etc/casework/database-ca.pem", False),
        ("postgresql+psycopg://casework@127.0.0.1:5433/casework", False),
        ("postgresql+psycopg://casework@[::1]/casework", False),
        ("postgresql+psycopg://casework@database/casework", False),  # a container beside ours
        ("postgresql+psycopg:///casework?host=/var/run/postgresql", False),
        ("sqlite:////var/lib/casework/journal.sqlite", False),
        ("", False),
    ],
)
def test_an_address_that_lets_others_listen_is_known(address: str, bare: bool) -> None:
    assert can_be_listened_to(address) is bare


def test_a_server_without_tls_is_given_nothing_where_the_address_wants_tls(postgresql_url: str) -> None:
    """Neither by the journal, nor by the turns, nor by the engine: each signs in by itself."""
    with pytest.raises(JournalError):
        open_journal(postgresql_url + TLS, school="TIS", chain_key=CHAIN_KEY)
    with pytest.raises(JournalError):
        open_turns(postgresql_url + TLS)
    engine = TrustEngine(
        postgresql_url + TLS,
        due=lambda _: (),
        take_slot=lambda *_: False,
        sweep=lambda _: None,
        at_once=1,
    )
    with pytest.raises(psycopg.OperationalError, match="SSL"):
        psycopg.connect(engine._address)
