"""The type of what JSON may hold: text, numbers, lists, objects, checked where it is read."""

from typing import Any, TypeAlias

Json: TypeAlias = Any
