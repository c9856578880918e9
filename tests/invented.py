"""An invented school, and any case and letters that staff could bring about, for tests of rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

import connectors.calendar_files
import templates
from casework.cases import Case, Decision, Relation, StaffColumns, TalkOutcome, Target
from casework.letter_columns import ON_REQUEST, LetterColumns
from casework.letters import DecidedHow, Delivery, Letter, LetterKind, LetterState, letter_key
from casework.procedures import Procedure, Procedures
from casework.school import Person, Role, School
from connectors.calendar_files import read_term_dates
from connectors.documents.host_packs import read_host_packs
from connectors.documents.letter_rules import read_letter_rules
from connectors.procedure_files import read_procedure
from tests.journals import CASE, MONDAY

REPORTS = "reports@tillbrook.example"
PEOPLE = {
    Role.HEADTEACHER: "Mrs A Hartwell",
    Role.DEPUTY: "Mr S Penrose",
    Role.OFFICE: "Mrs J Lindley",
    Role.CHAIR: "Dr M Castellan",
}


def tillbrook() -> School:
    """The school, with the practice calendar of 2026/27."""
    calendar = Path(connectors.calendar_files.__file__).parent / "practice-term-dates.toml"
    return School(
        code="TIS",
        name="Tillbrook Infant School",
        zone=ZoneInfo("Europe/London"),
        people={
            role: Person(role=role, name=name, address=f"{role}@tillbrook.example")
            for role, name in PEOPLE.items()
        },
        calendar=read_term_dates(calendar),
        reporting_mailbox=REPORTS,
        own_domains=frozenset({"tillbrook.example"}),
        head_called=("Mrs A Hartwell", "Mrs Hartwell"),
        phone="01632 960 101",
        email="office@tillbrook.example",
        website="www.tillbrook.example",
        letters=read_letter_rules(Path(templates.__file__).parent / "letters"),
        hosts=read_host_packs(Path(templates.__file__).parent / "platforms.toml"),
    )


def procedures() -> Procedures:
    return Procedures(current=(posts_by_parents(),))


def posts_by_parents() -> Procedure:
    return read_procedure(Path(templates.__file__).parent / "procedures" / "posts-by-parents.toml")


DAYS = st.dates(min_value=date(2026, 9, 1), max_value=date(2028, 1, 31))
MOMENTS = st.integers(0, 430 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
ADDRESSES = st.sampled_from(
    [
        "",
        "r.oakfield@parents.example",
        " T.Ashdown@Parents.Example ",
        "one@x.example; two@y.example",
        "no address",
    ]
)


def staff_columns() -> st.SearchStrategy[StaffColumns]:
    """Whatever staff may have typed or chosen."""
    return st.builds(
        StaffColumns,
        parent=st.sampled_from(["", "Mrs R Oakfield", "Mr T Ashdown"]),
        parent_email=ADDRESSES,
        parent_address=st.sampled_from(["", "14 Weir Street, Tillbrook"]),
        relation=st.none() | st.sampled_from(Relation),
        target=st.none() | st.sampled_from(Target),
        talked_on=st.none() | DAYS,
        talk_outcome=st.none() | st.sampled_from(TalkOutcome),
        continues=st.booleans(),
        papers=st.builds(
            LetterColumns,
            wanted=st.lists(st.sampled_from(sorted(ON_REQUEST)), max_size=2, unique=True).map(tuple),
            block_site=st.sampled_from(["", "the class forum"]),
        ),
        decision=st.none() | st.sampled_from(Decision),
        handler=st.sampled_from(
            ["", "deputy@tillbrook.example", "somebody@elsewhere.example", "Mrs Lindley"]
        ),
        outcome=st.sampled_from(["", "", "", "removed by the parent"]),
    )


def cases() -> st.SearchStrategy[Case]:
    return st.builds(
        lambda staff, closed, head, at: Case(
            reference=CASE,
            reported_at=at,
            title="Facebook post, reported 23 November 2026",
            staff=staff,
            about_head=head,
            closed_at=at + timedelta(days=30) if closed else None,
        ),
        staff_columns(),
        st.sampled_from([False, False, False, True]),
        st.booleans(),
        MOMENTS,
    )


def letters_of_a_case() -> st.SearchStrategy[tuple[Letter, ...]]:
    """Versions in any states and with any gaps, also such as should not come about."""
    return st.lists(st.tuples(st.sampled_from(LetterKind), _letter()), max_size=4).map(_numbered)


def a_letter(kind: LetterKind = LetterKind.INVITATION, version: int = 1, **facts: object) -> Letter:
    plain = Letter(
        key=letter_key("TIS", CASE, kind, version),
        case=CASE,
        kind=kind,
        version=version,
        state=LetterState.WAITING,
        token="k3f9",
        subject_token="m2pq",
        approver="headteacher@tillbrook.example",
        recipient="r.oakfield@parents.example",
        requested_at=MONDAY,
    )
    return replace(plain, **facts)  # type: ignore[arg-type]  # any field of a letter


def _letter() -> st.SearchStrategy[Letter]:
    return st.builds(
        a_letter,
        state=st.sampled_from(LetterState),
        delivery=st.sampled_from(Delivery),
        requested_at=st.none() | MOMENTS,
        sent_at=st.none() | MOMENTS,
        decision=st.none() | st.sampled_from(Decision),
        decided_how=st.none() | st.sampled_from(DecidedHow),
        draft_id=st.sampled_from(["", "AAA="]),
        facts=st.sampled_from(["", "0123456789abcdef"]),
    )


def _numbered(drawn: list[tuple[LetterKind, Letter]]) -> tuple[Letter, ...]:
    counted: dict[LetterKind, int] = {}
    letters = []
    for kind, letter in drawn:
        counted[kind] = counted.get(kind, 0) + 1
        key = letter_key("TIS", CASE, kind, counted[kind])
        letters.append(replace(letter, kind=kind, version=counted[kind], key=key))
    return tuple(letters)
