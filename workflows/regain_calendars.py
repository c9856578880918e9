"""Find again which days of cases stand in people's calendars, so that they go on moving, and go with their deadline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from casework.cases import Case, CaseReference
from casework.errors import ConnectorError, NotPermittedError, NotThereError, SignInError
from casework.policy_ports import Calendars
from casework.ports import Journal
from casework.regaining import case_of_key
from casework.school import School
from workflows.case_calendar import IN_USE, kept_day

_UNREAD = (
    "{calendars} could not be read, so an entry of before may stay there when its deadline moves. "
    "Please delete such entries by hand."
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CalendarRegainer:
    """Reads the calendars of a school whose deadlines stand in them, and notes on each case what stands there."""

    calendars: Calendars
    journal: Journal
    school: School

    def regain(self, cases: Mapping[CaseReference, Case]) -> tuple[str, ...]:
        """Note the entries on the cases; the next look moves or takes away what is not right any more.

        Returns:
            a sentence if calendars could not be read.

        Raises:
            SignInError: Casework is not let in at all.
        """
        if not self.school.deadlines_in_outlook:
            return ()
        found: dict[CaseReference, set[tuple[str, str, str]]] = defaultdict(set)
        unread: set[str] = set()
        for address in self._owners(cases.values()):
            try:
                entries = self.calendars.of(address).ours()
            except SignInError:
                raise
            except (NotPermittedError, NotThereError):
                continue  # where Casework may not look it has entered nothing
            except ConnectorError:
                unread.add(address)
                continue
            for entry in entries:
                if case := case_of_key(entry.key, school=self.school.code):
                    found[case].add(kept_day(entry.key, address, entry.day, entry.subject))
        self._note(found, unread, cases)
        calendars = "1 calendar" if len(unread) == 1 else f"{len(unread)} calendars"
        return (_UNREAD.format(calendars=calendars),) if unread else ()

    def _owners(self, cases: Iterable[Case]) -> tuple[str, ...]:
        """In whose calendar a day may stand: the school's people, and who handles a case."""
        people = (person.address for person in self.school.people.values())
        handlers = (case.staff.handler for case in cases if case.staff.handler)
        return tuple(dict.fromkeys(one.casefold() for one in (*people, *handlers)))

    def _note(
        self,
        found: Mapping[CaseReference, set[tuple[str, str, str]]],
        unread: set[str],
        cases: Mapping[CaseReference, Case],
    ) -> None:
        with self.journal.transaction() as transaction:
            if found:
                transaction.cursors.put(IN_USE, "yes")
            for reference in cases:
                case = transaction.cases.get(reference)
                if case is None:
                    continue
                before = {one for one in case.in_calendar if one[1] in unread}
                stands = tuple(sorted(before | found.get(reference, set())))
                if stands != case.in_calendar:
                    transaction.cases.save(replace(case, in_calendar=stands))
