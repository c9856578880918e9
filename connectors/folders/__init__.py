"""A mailbox and a library as plain folders of a disk: for a server's maildrop, for trying things out, for measuring."""

from connectors.folders.inbox import FolderInbox
from connectors.folders.library import FolderLibrary

__all__ = ["FolderInbox", "FolderLibrary"]
