"""A task of Windows that starts with the machine: the XML that schtasks reads."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from connectors.operating_system.systemd import ServiceWanted

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_LOOK_EVERY = "PT10M"
"""Without a Duration beside it, a repetition goes on for ever."""
_LONG_PAST = "2026-01-01T00:00:00"
_MOST_TRIES = 255
"""The schema's type is a byte; Windows refuses a task with more ([MS-TSCH] 2.5.4.2)."""
LOCAL_SERVICE = "S-1-5-19"
"""The account of Windows for services of this machine, by its number because its name is another in every language."""
_SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "AllowHardTerminate": "true",
    "StartWhenAvailable": "true",
    "RunOnlyIfNetworkAvailable": "false",
    "Enabled": "true",
    "Hidden": "false",
    "WakeToRun": "false",
    # without this Windows ends every task after three days
    "ExecutionTimeLimit": "PT0S",
    "Priority": "7",
}


def task_xml(wanted: ServiceWanted) -> str:
    """The task: begins when the machine does, without a window or a signed-in person, and again whenever it ended.

    Args:
        wanted: its account is LOCAL_SERVICE, or one whose password Windows is told as the task is registered.
    """
    task = ET.Element("Task", {"version": "1.3", "xmlns": _NAMESPACE})
    about = ET.SubElement(task, "RegistrationInfo")
    _add(about, "Description", "Casework: a school's paperwork over email and Microsoft 365")
    _begin(ET.SubElement(task, "Triggers"))
    principal = ET.SubElement(ET.SubElement(task, "Principals"), "Principal", {"id": "Author"})
    _add(principal, "UserId", wanted.account)
    if wanted.account != LOCAL_SERVICE:  # which has no password, and no type of logon in the schema
        # S4U needs no password either, but has neither the account's key store nor its way through a proxy
        _add(principal, "LogonType", "Password")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = ET.SubElement(task, "Settings")
    for name, value in _SETTINGS.items():
        _add(settings, name, value)
    again = ET.SubElement(settings, "RestartOnFailure")
    _add(again, "Interval", "PT1M")
    _add(again, "Count", str(_MOST_TRIES))
    actions = ET.SubElement(task, "Actions", {"Context": "Author"})
    run = ET.SubElement(actions, "Exec")
    _add(run, "Command", wanted.command[0])
    _add(run, "Arguments", " ".join(_quoted(word) for word in wanted.command[1:]))
    _add(run, "WorkingDirectory", str(wanted.folder))
    ET.indent(task)
    return '<?xml version="1.0" encoding="UTF-16"?>\n' + ET.tostring(task, encoding="unicode") + "\n"


def _begin(triggers: ET.Element) -> None:
    """When the machine starts; and every few minutes, which does nothing while the task runs.

    RestartOnFailure covers a program that could not be begun, and none that crashed; and a PC that Windows wakes from its
    "fast startup" does not count as started.
    """
    boot = ET.SubElement(triggers, "BootTrigger")
    _add(boot, "Enabled", "true")
    _add(boot, "Delay", "PT30S")
    ever = ET.SubElement(triggers, "TimeTrigger")
    _add(ever, "Enabled", "true")
    _add(ever, "StartBoundary", _LONG_PAST)
    again = ET.SubElement(ever, "Repetition")
    _add(again, "Interval", _LOOK_EVERY)
    _add(again, "StopAtDurationEnd", "false")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word or not word else word
