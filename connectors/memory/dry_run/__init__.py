"""The outside world as a dry run leaves it: what is there is read, what would be written is kept in memory alone.

Each answers as if it had been done, so that what follows from it can be shown, too. `tell` hears of every writing.
"""

from connectors.memory.dry_run.calendars import DryAlarmCalendars, DryCalendars
from connectors.memory.dry_run.folder_access import DryFolderAccess
from connectors.memory.dry_run.inbox import DryInbox
from connectors.memory.dry_run.library import DryLibrary
from connectors.memory.dry_run.mail import DryMailService, DryOutgoing
from connectors.memory.dry_run.register import DryRegister

__all__ = [
    "DryAlarmCalendars",
    "DryCalendars",
    "DryFolderAccess",
    "DryInbox",
    "DryLibrary",
    "DryMailService",
    "DryOutgoing",
    "DryRegister",
]
