"""A task of Windows that starts with the machine: the XML that schtasks reads."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from connectors.operating_system.systemd import ServiceWanted

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "AllowHardTerminate": "true",
    "StartWhenAvailable": "true",
    "RunOnlyIfNetworkAvailable": "false",
    "Enabled": "true",
    "Hidden": "true",
    "WakeToRun": "false",
    # without this Windows ends every task after three days
    "ExecutionTimeLimit": "PT0S",
    "Priority": "7",
}


def task_xml(wanted: ServiceWanted) -> str:
    """The task: begins when the machine does, without a window or a signed-in person, and again when it failed."""
    task = ET.Element("Task", {"version": "1.3", "xmlns": _NAMESPACE})
    about = ET.SubElement(task, "RegistrationInfo")
    _add(about, "Description", "Casework: a school's paperwork over email and Microsoft 365")
    trigger = ET.SubElement(ET.SubElement(task, "Triggers"), "BootTrigger")
    _add(trigger, "Enabled", "true")
    _add(trigger, "Delay", "PT30S")
    principal = ET.SubElement(ET.SubElement(task, "Principals"), "Principal", {"id": "Author"})
    _add(principal, "UserId", wanted.account)
    _add(principal, "LogonType", "S4U")
    _add(principal, "RunLevel", "LeastPrivilege")
    settings = ET.SubElement(task, "Settings")
    for name, value in _SETTINGS.items():
        _add(settings, name, value)
    again = ET.SubElement(settings, "RestartOnFailure")
    _add(again, "Interval", "PT1M")
    _add(again, "Count", "999")
    actions = ET.SubElement(task, "Actions", {"Context": "Author"})
    run = ET.SubElement(actions, "Exec")
    _add(run, "Command", wanted.command[0])
    _add(run, "Arguments", " ".join(_quoted(word) for word in wanted.command[1:]))
    _add(run, "WorkingDirectory", str(wanted.folder))
    ET.indent(task)
    return '<?xml version="1.0" encoding="UTF-16"?>\n' + ET.tostring(task, encoding="unicode") + "\n"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word or not word else word
