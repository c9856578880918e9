"""A port: who may open a folder of a library."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class FolderAccess(Protocol):
    """Who may open a folder of the casework library. The site's owners and Casework itself always may."""

    def people(self, path: str) -> frozenset[str] | None:
        """The addresses that may open it, in lower case; None where it opens to everybody of the site.

        Raises:
            NotThereError: there is no such folder.
        """

    def let_only(self, path: str, people: Iterable[str]) -> str:
        """Let these open and change it and nobody else; the folder is made if need be. Twice does it once.

        Returns:
            The address at which people open the folder, if it was made; empty if it was there.

        Raises:
            NotPermittedError: the tenant lets Casework change no permissions.
        """
