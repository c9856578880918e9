"""A journey and its steps, as the page shows them."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One thing to do or to see.

    Attributes:
        address: where it is done.
        who: the role to play for it, "" where anybody may look.
        hint: what helps with it, "" where nothing is needed.
    """

    words: str
    address: str
    is_done: bool
    who: str = ""
    hint: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Journey:
    title: str
    about: str
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.steps)
