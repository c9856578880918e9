"""The shape of lists in memory: as they were made, until somebody changes them."""

from __future__ import annotations

from casework.list_shape import ListChange


class MemoryListShapes:
    """`changed` is what people did to the lists."""

    def __init__(self) -> None:
        self.changed: list[ListChange] = []

    def changes(self) -> tuple[ListChange, ...]:
        return tuple(self.changed)
