"""The outside world in memory, under the same contracts as the real one: for tests of jobs."""

from connectors.memory.alarms import MemoryAlarmCalendar, MemoryAlarmCalendars
from connectors.memory.calendar import MemoryCalendars, MemoryReviewCalendar
from connectors.memory.clock import MemoryClock
from connectors.memory.folder_access import MemoryFolderAccess
from connectors.memory.inbox import MemoryInbox
from connectors.memory.library import MemoryLibrary
from connectors.memory.list_shapes import MemoryListShapes
from connectors.memory.mail import MemoryMailService, MemoryOutgoing
from connectors.memory.register import MemoryRegister

__all__ = [
    "MemoryAlarmCalendar",
    "MemoryAlarmCalendars",
    "MemoryCalendars",
    "MemoryClock",
    "MemoryFolderAccess",
    "MemoryInbox",
    "MemoryLibrary",
    "MemoryListShapes",
    "MemoryMailService",
    "MemoryOutgoing",
    "MemoryRegister",
    "MemoryReviewCalendar",
]
