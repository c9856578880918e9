"""What of a file can be searched: its name, its properties, and the words of texts and Word documents."""

import re
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from practice_tenant.drives.store import DriveStore
from practice_tenant.drives.values import Item
from practice_tenant.odata.keyword_query import Searchable
from practice_tenant.times import parse_moment

_PLAIN = frozenset({".txt", ".md", ".csv", ".htm", ".html", ".eml"})
_TAGS = re.compile(r"<[^>]*>")
_PARAGRAPH = re.compile(r"</w:p>")
# Longer ones are not read through at each search; Microsoft's own index stops at some length too.
_LONGEST = 4 * 1024 * 1024


def searchable(store: DriveStore, item: Item) -> Searchable:
    """An item for a search: learn.microsoft.com, "Keyword Query Language (KQL) syntax reference"."""
    ending = PurePosixPath(item.name).suffix.lower()
    author = next(iter(item.created_by.values()), {}).get("displayName", "")
    texts = {
        "filename": item.name,
        "title": item.name,
        "filetype": ending.lstrip("."),
        "fileextension": ending.lstrip("."),
        "author": author,
    }
    return Searchable(
        default=(item.name, PurePosixPath(item.name).stem, _words(store, item, ending)),
        texts=texts,
        truths={"isdocument": item.is_file, "iscontainer": not item.is_file},
        moments={
            "created": parse_moment(item.created_at),
            "lastmodifiedtime": parse_moment(item.modified_at),
        },
        sizes={"size": item.size},
    )


def _words(store: DriveStore, item: Item, ending: str) -> str:
    if not item.is_file or item.size > _LONGEST:
        return ""
    if ending in _PLAIN:
        return (store.content(item) or b"").decode("utf-8", "replace")
    return _words_of_word(store.content(item) or b"") if ending == ".docx" else ""


def _words_of_word(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as parts:
            xml = parts.read("word/document.xml").decode("utf-8", "replace")
    except (BadZipFile, KeyError, OSError):
        return ""
    return _TAGS.sub("", _PARAGRAPH.sub("\n", xml))
