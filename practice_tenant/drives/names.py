"""Which names OneDrive and SharePoint accept for a file or folder, and which they refuse."""

import re
from pathlib import PurePosixPath

from practice_tenant.errors import GraphError

# support.microsoft.com, "Restrictions and limitations in OneDrive and SharePoint".
FORBIDDEN_CHARACTERS = frozenset('"*:<>?/\\|')
FORBIDDEN_NAMES = re.compile(r"\.lock|con|prn|aux|nul|com[0-9]|lpt[0-9]|desktop\.ini", re.IGNORECASE)
LONGEST_NAME = 255
LONGEST_PATH = 400


def check_name(name: str, *, at_library_root: bool = False) -> None:
    """Raise the 400 that Microsoft answers for a name it does not keep."""
    if not name:
        raise _refusal("The name of an item may not be empty")
    if any(character in FORBIDDEN_CHARACTERS or ord(character) < 32 for character in name):
        raise _refusal("The provided name contains characters that are not allowed")
    if name != name.strip() or name.endswith("."):
        raise _refusal("The provided name may not begin or end with a space, nor end with a full stop")
    if len(name) > LONGEST_NAME:
        raise _refusal(f"The provided name is longer than {LONGEST_NAME} characters")
    if _is_reserved(name, at_library_root=at_library_root):
        raise _refusal("The provided name is reserved")


def check_path_length(path: str) -> None:
    """Raise where the decoded path, file name included, is longer than Microsoft's 400 characters."""
    if len(path) > LONGEST_PATH:
        raise _refusal(f"The path is longer than {LONGEST_PATH} characters (pathIsTooLong)")


def key_of(name: str) -> str:
    """The form in which two names are the same: SharePoint keeps the case but does not tell it apart."""
    return name.casefold()


def numbered(name: str, number: int) -> str:
    """The name that conflictBehavior "rename" tries next: "letter.docx" becomes "letter 1.docx"."""
    path = PurePosixPath(name)
    return f"{path.stem} {number}{path.suffix}"


def _is_reserved(name: str, *, at_library_root: bool) -> bool:
    return bool(
        FORBIDDEN_NAMES.fullmatch(name)
        or "_vti_" in name.casefold()
        or name.startswith("~$")
        or (at_library_root and name.casefold() == "forms")
    )


def _refusal(sentence: str) -> GraphError:
    return GraphError(400, "invalidRequest", f"{sentence}.")
