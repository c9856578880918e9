"""Addresses of the invented Microsoft 365, turned into addresses of the page."""

from dataclasses import dataclass, field
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from practice_tenant.page.graph import PageGraph, at
from practice_tenant.sites.provision import HOST, PERSONAL_HOST, SITE_PATH

_SITE_URL = f"https://{HOST}{SITE_PATH}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Places:
    """Where things of the tenant are found on the page.

    Attributes:
        mailbox: whose mailbox writes when a mailto link is followed.
        drives: web address and id of every drive that may be opened.
    """

    mailbox: str
    drives: tuple[tuple[str, str], ...] = field(default=())

    def on_page(self, url: str) -> str:
        """The page's address for a link, "" where it leads out of the practice tenant."""
        parts = urlsplit(url.strip())
        if parts.scheme.lower() == "mailto":
            return self._compose(url.strip())
        if parts.hostname not in {HOST, PERSONAL_HOST}:
            return ""
        plain = unquote(f"https://{parts.hostname}{parts.path}").rstrip("/")
        _, is_list, rest = plain.partition(f"{_SITE_URL}/Lists/")
        if is_list:
            name, _, item = rest.partition("/")
            number = item.partition("_")[0]
            return f"/lists/{quote(name)}" + (f"/{number}" if number.isdigit() else "")
        return self._file(plain, url.strip())

    def _compose(self, url: str) -> str:
        to, _, query = url[len("mailto:") :].partition("?")
        # In a mailto address a plus sign is a plus sign.
        asked = parse_qs(query.replace("+", "%2B"), keep_blank_values=True)
        given = {name.lower(): values[-1] for name, values in asked.items()}
        people = ", ".join(part for part in (unquote(to), given.get("to", "")) if part)
        fields: dict[str, str] = {"to": people}
        fields |= {name: given[name] for name in ("cc", "subject", "body") if name in given}
        return f"/outlook/{quote(self.mailbox)}/compose?{urlencode(fields, quote_via=quote)}"

    def _file(self, plain: str, url: str) -> str:
        for web_url, drive_id in self.drives:
            if plain == web_url or plain.startswith(f"{web_url}/"):
                path = plain[len(web_url) :].strip("/")
                return library_address(drive_id, path)
        # Of a drive that this person does not see: its page says who may.
        return f"/open?{urlencode({'address': url}, quote_via=quote)}"


def library_address(drive_id: str, path: str = "") -> str:
    """Where a file or folder is shown."""
    query = f"?{urlencode({'path': path}, quote_via=quote)}" if path else ""
    return f"/library/{quote(drive_id, safe='')}{query}"


async def places_of(graph: PageGraph, mailbox: str) -> Places:
    """The places that one person may open."""
    drives = await graph.every(at("drives"))
    return Places(mailbox=mailbox, drives=tuple((unquote(drive["webUrl"]), drive["id"]) for drive in drives))
