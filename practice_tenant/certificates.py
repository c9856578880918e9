"""TLS on loopback: a certificate authority of the state folder's own, the same over restarts."""

import os
from dataclasses import dataclass
from pathlib import Path

import trustme

NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, kw_only=True, slots=True)
class Certificates:
    """Where the files lie: what clients trust, and what the server shows."""

    ca_file: Path
    server_file: Path


def prepare_certificates(state: Path) -> Certificates:
    """Make the authority and the server's certificate, unless the folder has them.

    Their life is by the machine's clock: the practice clock may be anywhere.
    """
    ca_file, server_file = state / "ca.pem", state / "server.pem"
    if not (ca_file.exists() and server_file.exists()):
        authority = trustme.CA(organization_name="Casework practice tenant")
        server = authority.issue_cert(*NAMES)
        _write_privately(server_file, server.private_key_and_cert_chain_pem.bytes())
        _write_privately(ca_file, authority.cert_pem.bytes())
    return Certificates(ca_file=ca_file.resolve(), server_file=server_file)


def _write_privately(path: Path, content: bytes) -> None:
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    unfinished.replace(path)
