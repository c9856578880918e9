"""Published copies are fetched from public pages alone: a list that staff edit opens no door into the school."""

from __future__ import annotations

import pytest

from casework.errors import NotThereError, PermanentConnectorError
from connectors.website import PublicWebsite


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "ftp://www.tillbrook.example/policy.pdf",
        "see the website",
        "https://someone:secret@127.0.0.1/policy.pdf",
        "http://127.0.0.1:9/policy.pdf",
        "https://[::1]/policy.pdf",
        "https://10.0.0.5/policy.pdf",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "http://192.0.2.1/plain",
    ],
)
def test_what_is_no_public_page_is_never_asked(address: str) -> None:
    with pytest.raises((PermanentConnectorError, NotThereError)):
        PublicWebsite().fetch(address)


def test_in_practice_this_machine_may_be_asked_and_nothing_else_inside() -> None:
    with pytest.raises(PermanentConnectorError):
        PublicWebsite(on_this_machine=True).fetch("https://10.0.0.5/policy.pdf")
