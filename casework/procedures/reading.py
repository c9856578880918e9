"""Everything that a procedure says of one case, read at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casework.cases import Case
from casework.letters import Letter
from casework.procedures.duties import OpenDuty, duties_of
from casework.procedures.options import Option, OptionState, options_of
from casework.procedures.standing import Standing, standing_of
from casework.procedures.values import Procedure
from casework.school import School


@dataclass(frozen=True, kw_only=True, slots=True)
class ProcedureReading:
    """What a procedure says of a case.

    Attributes:
        version: of the procedure, as people see it.
    """

    standing: Standing
    options: tuple[Option, ...] = ()
    duties: tuple[OpenDuty, ...] = ()
    version: str = ""

    @property
    def options_to_show(self) -> tuple[Option, ...]:
        """All of them once one is open or decided; none in a case that has not come so far."""
        begun = any(one.state is not OptionState.NOT_YET for one in self.options)
        return self.options if begun else ()


def read_by(
    procedure: Procedure, case: Case, letters: Iterable[Letter], *, school: School
) -> ProcedureReading:
    """Read the case by a procedure."""
    versions = tuple(letters)
    return ProcedureReading(
        standing=standing_of(case, versions, school=school, procedure=procedure),
        options=options_of(case, versions, school=school, procedure=procedure),
        duties=duties_of(case, versions, school=school, procedure=procedure),
        version=procedure.version,
    )
