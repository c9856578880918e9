"""What happens at the school in a year, reckoned from nothing but the days: the same in every run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tests.policy_files import dated

FIRST = date(2026, 9, 2)
LAST = date(2027, 7, 20)
ONE_DAY = timedelta(days=1)
NAMES = ("Oakfield", "Thornley", "Ashdown", "Birtle", "Carrow", "Denholm", "Elsworth", "Farrow", "Garside")
PLACES = ("in a group of the village", "on a page of its own", "below a picture of the gate", "in a chat")


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """One thing that somebody does at 11 o'clock of a day.

    Attributes:
        case: number of the case in order of reporting, from 1; 0 if it is about none.
        what: a method of the hands, or a report.
        given: what that is handed beside the case.
    """

    day: date
    case: int
    what: str
    given: tuple[Any, ...] = ()


def parent(number: int) -> dict[str, Any]:
    """The columns that name an invented parent: nobody is the parent of two cases."""
    name = f"{NAMES[number % len(NAMES)]}-{number}"
    target = "headteacher" if is_about_head(number) else "school"
    return {"Parent": f"Mx {name}", "ParentEmail": f"parent{number}@homes.example", "Target": target}


def words(number: int) -> str:
    if is_about_head(number):
        return f"They say the headteacher lied about outing {number}. https://www.facebook.com/posts/{7000 + number}"
    where = PLACES[number % len(PLACES)]
    return f"Post number {number}, {where}: https://www.facebook.com/groups/tillbrook/posts/{9000 + number}"


class Story:
    """A case from its report on; each method is one way in which a case goes."""

    def __init__(self, number: int, reported: date) -> None:
        self._number = number
        self._reported = reported

    def _after(self, days: int, what: str, *given: Any) -> Deed:
        return Deed(day=self._reported + days * ONE_DAY, case=self._number, what=what, given=given)

    def _reports(self) -> Deed:
        return self._after(0, "report_by_mail", words(self._number))

    def _names(self, days: int) -> Deed:
        return self._after(days, "sets", parent(self._number))

    def _talks(self, days: int, outcome: str, **more: Any) -> Deed:
        held = f"{self._reported + (days - 1) * ONE_DAY}T12:00:00Z"
        return self._after(days, "sets", {"TalkedOn": held, "TalkOutcome": outcome, **more})

    def _closes(self, days: int) -> Deed:
        return self._after(days, "sets", {"Outcome": "The post was removed."})

    def dealt_with_at_once(self) -> Iterator[Deed]:
        yield self._reports()
        yield self._talks(1, "removed", **parent(self._number))
        yield self._closes(16)

    def invited_by_a_letter_sent_from_drafts(self) -> Iterator[Deed]:
        yield self._reports()
        yield self._names(1)
        yield self._after(2, "presses_send", "headteacher")
        yield self._talks(9, "removed")
        yield self._closes(22)

    def refused_and_requested_in_writing(self) -> Iterator[Deed]:
        yield self._reports()
        yield self._talks(1, "refused", Continues=True, **parent(self._number))
        yield self._after(3, "answers", "headteacher", "APPROVE")
        yield self._closes(40)

    def worded_otherwise(self) -> Iterator[Deed]:
        yield self._reports()
        yield self._names(1)
        yield self._after(2, "answers", "headteacher", "CHANGE please say the office hours")
        yield self._after(4, "answers_wish", "AS IT IS, because it is our policy's wording")
        yield self._after(6, "answers", "headteacher", "APPROVE")
        yield self._closes(30)

    def rejected(self) -> Iterator[Deed]:
        yield self._reports()
        yield self._names(2)
        yield self._after(3, "answers", "headteacher", "REJECT I shall telephone instead")
        yield self._talks(8, "removed")
        yield self._closes(25)

    def about_the_head(self) -> Iterator[Deed]:
        yield self._reports()
        yield self._names(1)
        yield self._after(4, "presses_send", "chair")
        yield self._closes(35)

    def forgotten(self) -> Iterator[Deed]:
        yield self._reports()
        yield self._closes(60)

    def decided_in_the_list(self) -> Iterator[Deed]:
        yield self._reports()
        yield self._names(1)
        yield self._after(2, "decides", "approve")
        yield self._talks(12, "no reply", Continues=True)
        yield self._closes(45)

    def dropped_as_a_file(self) -> Iterator[Deed]:
        yield self._after(0, "report_by_file", self._number)
        yield self._talks(1, "removed", **parent(self._number))
        yield self._closes(12)

    def reported_by_a_neighbour_and_taken_up_late(self) -> Iterator[Deed]:
        yield self._after(0, "report_from_outside", self._number, words(self._number))
        yield self._names(8)
        yield self._after(16, "presses_send", "headteacher")
        yield self._closes(50)


WAYS = (
    Story.dealt_with_at_once,
    Story.invited_by_a_letter_sent_from_drafts,
    Story.refused_and_requested_in_writing,
    Story.worded_otherwise,
    Story.rejected,
    Story.about_the_head,
    Story.forgotten,
    Story.decided_in_the_list,
    Story.dropped_as_a_file,
    Story.reported_by_a_neighbour_and_taken_up_late,
)


def is_about_head(number: int) -> bool:
    return WAYS[number % len(WAYS)] is Story.about_the_head


POLICIES = (
    (FIRST, "Behaviour", dated("Behaviour policy", last="October 2024", following="October 2026")),
    (FIRST, "Charging", dated("Charging policy", last="March 2025", following="March 2027", owner="Clerk")),
    (FIRST, "Lettings", dated("Lettings policy", last="May 2023", following="May 2028")),
    (
        date(2026, 11, 10),
        "Behaviour",
        dated("Behaviour policy", last="November 2026", following="November 2028"),
    ),
)
"""What is saved in the policies' folder: one review is done late, one never, one is not due."""


PAPERS: tuple[tuple[date, str, tuple[str, ...]], ...] = (
    (date(2027, 1, 5), "answers_about_paper", ("headteacher", "CHANGE please say more about the policies")),
    (date(2027, 1, 6), "answers_wish", ("governors' paper", "AS IT IS, the list of policies says it")),
    (date(2027, 1, 7), "sends_paper", ("headteacher",)),
    (date(2027, 4, 16), "answers_about_paper", ("deputy", "Happy with this, please send")),
    (LAST, "answers_about_paper", ("headteacher", "APPROVE")),
)
"""What becomes of the three governors' papers: worded anew and sent by hand, forgotten, approved."""


def of_the_school() -> Iterator[Deed]:
    """What is about no case."""
    for day, what, given in PAPERS:
        yield Deed(day=day, case=0, what=what, given=given)
    for day, name, content in POLICIES:
        yield Deed(day=day, case=0, what="saves_policy", given=(name, content))
    yield Deed(
        day=date(2026, 11, 16),
        case=0,
        what="is_away",
        given=("headteacher", date(2026, 11, 16), date(2026, 11, 26)),
    )
    yield Deed(day=date(2027, 1, 19), case=0, what="snows", given=(date(2027, 1, 20),))
    yield Deed(
        day=date(2027, 5, 10), case=0, what="is_away", given=("office", date(2027, 5, 10), date(2027, 5, 19))
    )


def the_year(cases: int, last: date = LAST) -> tuple[Deed, ...]:
    """Everything that people do until the last day, in the order of the days; reports come evenly over the year."""
    room = max((last - FIRST).days - 12, cases)
    deeds = [*of_the_school()]
    for number in range(1, cases + 1):
        reported = FIRST + number * room // cases * ONE_DAY
        deeds += WAYS[number % len(WAYS)](Story(number, reported))
    return tuple(sorted((one for one in deeds if one.day <= last), key=lambda one: one.day))
