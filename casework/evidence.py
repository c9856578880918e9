"""Evidence: where sealed originals lie, what their manifest says."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from casework.cases import CaseReference
from casework.messages import Attachment

LONGEST_NAME = 80
"""Characters of a stored file's name; SharePoint allows 400 for a whole path."""

LONGEST_ENDING = 8
_FORBIDDEN = re.compile(r'["*:<>?/\\|#%~&{}\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')


_REFUSED = re.compile(r"_vti_", re.IGNORECASE)
"""SharePoint refuses names with this in them: it is its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SealedFile:
    """One file of the manifest."""

    path: str
    original_name: str
    content_type: str
    size: int
    sha256: str
    inline: bool = False
    depth: int = 0


def sealed_folder(received_at: datetime, sha256: str) -> str:
    """The folder of one sealed original; the same bytes always lie in the same place."""
    return f"{received_at:%Y}/{received_at:%Y-%m-%d}-{sha256[:16]}"


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def stored_name(name: str, number: int) -> str:
    """A name that SharePoint and Windows accept, numbered so that none replaces another; the ending is kept."""
    cleaned = _REFUSED.sub("vti", _FORBIDDEN.sub("_", name)).strip(" .") or "file"
    stem, dot, ending = cleaned.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem, ending = cleaned, ""
    short = stem[: LONGEST_NAME - len(ending)].strip(" .") or "file"
    return f"{number:02}-{short}.{ending}" if ending else f"{number:02}-{short}"


_OFFICE = (".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".pptx", ".doc", ".xls", ".ppt")


def is_office_name(name: str) -> bool:
    """True for files into which SharePoint writes properties when they are stored."""
    return name.casefold().endswith(_OFFICE)


def sealed_name(name: str, number: int) -> str:
    """A name under which SharePoint leaves the bytes alone: into Office files that it knows it writes properties."""
    stored = stored_name(name, number)
    return f"{stored}.sealed" if stored.casefold().endswith(_OFFICE) else stored


def sealed_file(attachment: Attachment, number: int) -> SealedFile:
    return SealedFile(
        path=f"attachments/{sealed_name(attachment.name, number)}",
        original_name=attachment.original_name or attachment.name,
        content_type=attachment.content_type,
        size=attachment.size,
        sha256=attachment.sha256,
        inline=attachment.inline,
        depth=attachment.depth,
    )


def manifest(
    *, received_at: datetime, source: str, files: Iterable[SealedFile], people: Mapping[str, object]
) -> bytes:
    """The manifest of one sealed original: the same input gives the same bytes.

    Args:
        received_at: when it reached the mailbox or the drop folder.
        source: "mail" or "drop folder".
        files: the original itself first, then what it carried.
        people: the forwarder and the original author, kept apart. The sealed library is for the safeguarding role only.
    """
    entries = [
        {
            "path": file.path,
            "original name": file.original_name,
            "content type": file.content_type,
            "size": file.size,
            "sha256": file.sha256,
            "inline": file.inline,
            "depth": file.depth,
        }
        for file in files
    ]
    content = {"received at": received_at.isoformat(), "source": source, "people": people, "files": entries}
    return json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True).encode()


def vault_path(case: CaseReference) -> str:
    """Where the sealed library keeps who reported a case whose reporter is not to be named."""
    return f"Vault/{case}.txt"


def pointer(case: CaseReference, sealed_at: str) -> bytes:
    """Ties a sealed original to its case, beside the manifest."""
    return json.dumps({"case": case, "sealed at": sealed_at}, indent=2, sort_keys=True).encode()


def is_by_product(name: str) -> bool:
    """True for what programs leave in a folder by themselves and nobody meant to report."""
    return _BY_PRODUCT.match(name.casefold()) is not None


_BY_PRODUCT = re.compile(
    r"~\$.*|\.~lock\..*|\._.*|\.ds_store$|thumbs\.db$|desktop\.ini$|~.*\.tmp$|.*\.(?:part|crdownload)$"
)
"""Lock files of Office and LibreOffice, what Windows and macOS keep beside files, downloads that are not done."""
