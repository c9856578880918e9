"""What requests count for at Microsoft."""

from __future__ import annotations

import pytest

from connectors.microsoft365.prices import file_budgets, toll_of

GRAPH = "https://graph.microsoft.com/"


@pytest.mark.parametrize(
    ("method", "path", "purse", "units"),
    [
        ("GET", "users/reports@tillbrook.example/mailFolders/inbox/messages/delta", "mail", 1),
        ("POST", "users/reports@tillbrook.example/sendMail", "mail", 1),
        ("GET", "sites/a,b,c/lists/9/items/delta?token=xyz", "files", 1),
        ("GET", "drives/b!1/root/delta", "files", 2),
        ("GET", "drives/b!1/root/delta(token='xyz')", "files", 1),
        ("GET", "drives/b!1/root:/Policies:/children", "files", 2),
        ("GET", "drives/b!1/items/01ABC", "files", 1),
        ("PATCH", "sites/a,b,c/lists/9/items/4/fields", "files", 2),
        ("POST", "drives/b!1/items/01ABC/invite", "files", 5),
        ("GET", "drives/b!1/items/01ABC?$expand=permissions", "files", 5),
        ("GET", "users/head@tillbrook.example/drive/root", "files", 1),
        ("GET", "users/head@tillbrook.example", "other", 0),
    ],
)
def test_a_request_costs_what_microsoft_asks_for_it(method: str, path: str, purse: str, units: int) -> None:
    toll = toll_of(f"{GRAPH}v1.0/{path}", method, graph_root=GRAPH, files=file_budgets(1250))

    assert (toll.purse.split()[0], toll.units) == (purse, units)


def test_downloads_from_the_other_host_come_out_of_the_purse_for_files() -> None:
    url = "https://tillbrook.sharepoint.com/_layouts/download.aspx?tempauth=x"

    toll = toll_of(url, "get", graph_root=GRAPH, files=file_budgets(1250))

    assert (toll.purse, toll.units) == ("files", 1)
    assert [(one.units, one.seconds) for one in toll.budgets] == [(1250, 60), (1_200_000, 86_400)]


def test_a_mailbox_has_a_purse_of_its_own_that_does_not_tell_whose_it_is() -> None:
    one, same, other = (
        toll_of(f"{GRAPH}v1.0/users/{who}/messages", "GET", graph_root=GRAPH, files=())
        for who in ("head@tillbrook.example", "HEAD%40tillbrook.example", "deputy@tillbrook.example")
    )

    assert one.purse == same.purse != other.purse
    assert "head" not in one.purse
    assert "tillbrook" not in one.purse
