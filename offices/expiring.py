"""Until when Casework can sign in: from the certificate itself, or as the settings say of the secret."""

from __future__ import annotations

from datetime import date

from connectors.settings_file import Settings


def sign_in_until(settings: Settings) -> tuple[str, date] | None:
    """What Casework signs in with and its last day; None where nobody knows it, or the certificate cannot be read."""
    graph = settings.microsoft365
    if graph.certificate is None:
        return ("client secret", graph.secret_expires) if graph.secret_expires else None
    from cryptography import x509  # noqa: PLC0415 - costly to load, and only where there is a certificate

    try:
        pem = settings.path(graph.certificate).read_bytes()
        return "certificate", x509.load_pem_x509_certificate(
            pem[pem.find(b"-----BEGIN CERTIFICATE") :]
        ).not_valid_after_utc.date()
    except (OSError, ValueError):
        return None  # signing in says what is wrong with it
