"""A running case keeps its procedure until a person moves it, and a decision about oneself does not count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.actions import Action, ActionDecision, ActionEntry, YesNo
from casework.cases import Case, StaffColumns
from casework.mails.cases import urgent_again
from casework.procedures import Procedure, Procedures
from casework.records import JournalTransaction
from casework.school import Role
from casework.step_columns import StepColumns
from connectors.journal import SqlJournal
from connectors.procedure_files import procedure_from_text
from tests.procedure_rows import BOTH, MONDAY, PROCEDURE, SCHOOL, a_case
from workflows.sync_register.beginning import begin_procedures, kept_texts, move_to_newest
from workflows.sync_register.deciding import Decider
from workflows.who_wrote import Wrote

NEWER = procedure_from_text(
    PROCEDURE.text.replace("amount = 10", "amount = 12"), name="posts-by-parents.toml"
)
HEAD = SCHOOL.people[Role.HEADTEACHER].address


def begun(journal: SqlJournal, case: Case, current: Procedure) -> Case:
    """The case after a sweep in which that is the school's procedure."""
    with journal.transaction() as transaction:
        transaction.cases.save(case)
        begin_procedures(transaction, Procedures(current=(current,)), now=MONDAY)
        return the_case(transaction, case)


def the_case(transaction: JournalTransaction, case: Case) -> Case:
    found = transaction.cases.get(case.reference)
    assert found
    return found


def test_a_case_in_which_nothing_has_happened_goes_by_the_newest(journal: SqlJournal) -> None:
    first = begun(journal, a_case(), PROCEDURE)

    assert first.procedure == PROCEDURE.fingerprint
    assert begun(journal, first, NEWER).procedure == NEWER.fingerprint


def test_a_case_under_way_keeps_its_version_with_its_text(journal: SqlJournal) -> None:
    first = begun(journal, a_case(**BOTH), PROCEDURE)

    assert begun(journal, first, NEWER).procedure == PROCEDURE.fingerprint
    with journal.transaction() as transaction:
        texts = kept_texts(transaction)
    kept = {key: procedure_from_text(text, name="kept") for key, text in texts.items()}
    assert Procedures(current=(NEWER,), kept=kept).of(first).steps == PROCEDURE.steps


def test_a_tick_moves_a_case_to_the_newest_and_is_taken_back(journal: SqlJournal) -> None:
    first = begun(journal, a_case(**BOTH), PROCEDURE)
    ticked = replace(first, staff=replace(first.staff, steps=StepColumns(new_procedure=True)))

    moved = begun(journal, ticked, NEWER)

    assert moved.procedure == NEWER.fingerprint
    assert not moved.staff.steps.new_procedure
    assert ("NewProcedure", "yes", "") in moved.to_set
    with journal.transaction() as transaction:
        assert not move_to_newest(transaction, moved, Procedures(current=(NEWER,)), now=MONDAY)


@pytest.mark.parametrize(
    ("about", "by", "counts"),
    [
        ("", HEAD, True),
        (HEAD, HEAD, False),
        (HEAD, "deputy@tillbrook.example", True),
        ("", "r.oakfield@parents.example", False),
    ],
)
def test_whom_a_case_is_about_decides_nothing_in_it(
    journal: SqlJournal, about: str, by: str, *, counts: bool
) -> None:
    case = a_case(**BOTH, steps=StepColumns(target_address=about))
    entered = ActionDecision(
        action=Action.HOST, answer=YesNo.YES, why="It names a child of ours.", on=MONDAY.date(), by=by
    )
    decider = Decider(school=SCHOOL, procedures=Procedures(current=(PROCEDURE,)), now=MONDAY)

    with journal.transaction() as transaction:
        transaction.cases.save(case)
        refused = decider.take(transaction, case.reference, entered)
        decided = the_case(transaction, case).decision_on(Action.HOST)

    assert (decided is not None) is counts
    assert bool(refused) is not counts


def test_a_decision_in_the_list_counts_once_both_of_its_columns_are_filled(journal: SqlJournal) -> None:
    decider = Decider(school=SCHOOL, procedures=Procedures(current=(PROCEDURE,)), now=MONDAY)
    half = StepColumns(host=ActionEntry(answer=YesNo.YES))
    whole = StepColumns(host=ActionEntry(answer=YesNo.YES, why="It names a child of ours."))
    with journal.transaction() as transaction:
        for before, steps in ((StepColumns(), half), (half, whole), (whole, whole)):
            case = a_case(**BOTH, steps=steps)
            known = transaction.cases.get(case.reference)
            transaction.cases.save(replace(case, decisions=known.decisions if known else ()))
            decider.take_columns(
                transaction,
                case.reference,
                StaffColumns(steps=before),
                who_wrote=lambda *_: Wrote(by=HEAD, at=MONDAY),
            )
            kept = the_case(transaction, case).decisions
            assert len(kept) == (steps is whole)
        decided = [
            event for event in transaction.events.of_case(case.reference) if event.what == "action.decided"
        ]

    assert [(event.fields["who"], event.fields["answer"]) for event in decided] == [
        ("the headteacher", "yes")
    ]


@pytest.mark.parametrize("about_head", [False, True])
def test_the_third_person_told_of_a_threat_is_neither_told_before_nor_whom_it_is_about(
    *, about_head: bool
) -> None:
    case = a_case(parent="", facts={"threat": True, "about_head": about_head})

    mail = urgent_again(case, school=SCHOOL)

    assert mail is not None
    assert mail.to not in {HEAD, "deputy@tillbrook.example"}
    assert not (about_head and mail.to == "chair@tillbrook.example")
