"""If-Match and If-None-Match as SharePoint reads them."""

import re
from collections.abc import Iterable

# A tag holds a comma itself: "{GUID},3". Clients send them quoted or not, weak or not.
_TAG = re.compile(r"(?:c:)?\{?[0-9a-fA-F-]{36}\}?,\d+")


def names_tag(header: str, tags: Iterable[str]) -> bool:
    """Whether the header names one of the tags, or anything at all by a star."""
    if header.strip() == "*":
        return True
    named = set(_TAG.findall(header))
    return any(found in named for tag in tags for found in _TAG.findall(tag))
