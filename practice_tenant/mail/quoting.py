"""How Outlook quotes the mail that is answered or forwarded."""

from datetime import UTC, datetime
from html import escape
from zoneinfo import ZoneInfo

from practice_tenant.mail.text import text_to_html
from practice_tenant.mail.values import MailContent, Person

_HERE = ZoneInfo("Europe/London")
_PREFIXES = {"FW: ": ("fw:", "fwd:"), "RE: ": ("re:",)}


def prefixed(subject: str, prefix: str) -> str:
    """A subject with "RE: " or "FW: " before it, once."""
    return subject if subject.lower().startswith(_PREFIXES[prefix]) else prefix + subject


def with_quotation(own: str, original: MailContent, sent_at: datetime) -> str:
    """Somebody's own words in HTML, and below them the original with its heading."""
    author = original.author
    lines = [
        ("From", f"{author.name} <{author.address}>" if author else ""),
        ("Sent", outlook_date(sent_at)),
        ("To", _names(original.recipients)),
        ("Cc", _names(original.copied)),
        ("Subject", original.subject),
    ]
    head = "<br>".join(f"<b>{name}:</b> {escape(value)}" for name, value in lines if value)
    quoted = original.body if original.body_type == "html" else text_to_html(original.body)
    rule = '<hr tabindex="-1" style="display:inline-block; width:98%">'
    before, closing, after = own.rpartition("</body>")
    quotation = f'{rule}<div id="divRplyFwdMsg" dir="ltr">{head}</div>{_inside(quoted)}'
    return f"{before}{quotation}{closing}{after}" if closing else own + quotation


def outlook_date(moment: datetime) -> str:
    """As an English Outlook writes it, by the clock of the place: 23 November 2026 09:00."""
    there = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_HERE)
    return f"{there.day:02d} {there:%B %Y %H:%M}"


def _names(people: tuple[Person, ...]) -> str:
    return "; ".join(
        f"{person.name} <{person.address}>" if person.name else person.address for person in people
    )


def _inside(html: str) -> str:
    """What stands between <body> and </body>."""
    lower = html.lower()
    start = lower.find("<body")
    start = html.find(">", start) + 1 if start >= 0 else 0
    end = lower.rfind("</body>")
    return html[start : end if end >= 0 else len(html)]
