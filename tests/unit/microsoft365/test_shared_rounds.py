"""Two folders of one drive are watched with one request; neither library misses anything."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from connectors.microsoft365.calls import DeltaRound
from connectors.microsoft365.shared_rounds import SharedRounds


@dataclass(slots=True)
class Drive:
    """Tells what changed since a link, as Graph does: each answer has a link of its own."""

    changes: list[int] = field(default_factory=list)
    requests: int = 0

    def since(self, link: str | None) -> DeltaRound:
        self.requests += 1
        begin = int(link.partition(" ")[0]) if link else 0
        items = tuple({"id": str(number)} for number in self.changes[begin:])
        return DeltaRound(items=items, cursor=f"{len(self.changes)} asked {self.requests}")


@dataclass(slots=True)
class Library:
    drive: Drive
    rounds: SharedRounds
    link: str | None = None
    seen: set[str] = field(default_factory=set)

    def asks(self, *, saves: bool = True) -> None:
        answer = self.rounds.ask("b!1", self.link, asker=self, request=lambda: self.drive.since(self.link))
        if saves:
            self.seen |= {item["id"] for item in answer.items}
            self.link = answer.cursor


def two_on_one_drive() -> tuple[Drive, SharedRounds, Library, Library]:
    drive, rounds = Drive(), SharedRounds()
    return drive, rounds, Library(drive, rounds), Library(drive, rounds)


def test_two_that_are_in_step_need_one_request_a_sweep() -> None:
    drive, rounds, drop, policies = two_on_one_drive()

    for sweep in range(5):
        drive.changes.append(sweep)
        rounds.forget()
        drop.asks()
        policies.asks()

    assert drive.requests == 5
    assert drop.seen == policies.seen == {"0", "1", "2", "3", "4"}


def test_one_that_lags_is_in_step_again_after_one_sweep() -> None:
    drive, rounds, drop, policies = two_on_one_drive()
    for sweep in range(3):
        drive.changes.append(sweep)
        rounds.forget()
        drop.asks()
    rounds.forget()
    drop.asks()
    policies.asks()
    drive.requests = 0

    rounds.forget()
    drop.asks()
    policies.asks()

    assert drive.requests == 1
    assert policies.seen == {"0", "1", "2"}


def test_asking_again_is_a_new_request() -> None:
    drive, _, drop, _ = two_on_one_drive()
    drop.asks(saves=False)
    drive.changes.append(0)

    drop.asks()

    assert drop.seen == {"0"}
    assert drive.requests == 2


@given(
    steps=st.lists(
        st.sampled_from(["change", "sweep begins", "drop", "policies", "drop in vain", "policies in vain"]),
        max_size=60,
    )
)
def test_nothing_is_missed_in_any_order(steps: list[str]) -> None:
    drive, rounds, drop, policies = two_on_one_drive()
    libraries = {"drop": drop, "policies": policies}
    for step in steps:
        name, _, in_vain = step.partition(" ")
        if step == "change":
            drive.changes.append(len(drive.changes))
        elif step == "sweep begins":
            rounds.forget()
        else:
            libraries[name].asks(saves=not in_vain)

    rounds.forget()
    drop.asks()
    policies.asks()

    assert drop.seen == policies.seen == {str(number) for number in drive.changes}
