"""Recording that a letter went: the first record stands, whatever is found later and however often."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.cases import Decision
from casework.letters import DecidedHow, LetterState
from casework.ports import FoundMail, MailContent
from casework.school import Role
from connectors.journal import SqlJournal
from tests.invented import tillbrook
from tests.journals import MONDAY, case, letter, policy, sighting
from workflows.sent_letters import fingerprint_of, record_sent

LETTER = letter()
POLICY_SAYS = "Defamatory posts are against the law."
one_journal_for_all = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def content(
    subject: str = "Invitation",
    *,
    to: tuple[str, ...] = (LETTER.recipient,),
    text: str = "",
    files: tuple[tuple[str, str], ...] = (),
) -> MailContent:
    found = FoundMail(
        message_id="AAA=",
        key=LETTER.key,
        is_draft=False,
        internet_message_id="<1@tillbrook.example>",
        conversation_id="conversation-1",
        sent_at=MONDAY,
        discarded=False,
    )
    return MailContent(found=found, recipients=to, subject=subject, text=text, attachments=files)


CONTENTS = st.builds(
    content,
    st.sampled_from(["Invitation", "Invitation, with kind regards"]),
    text=st.sampled_from(["", "Dear Mrs Oakfield"]),
    files=st.sampled_from([(), (("letter.pdf", "01" * 32),), (("a.pdf", "02" * 32), ("b.pdf", "03" * 32))]),
)


@one_journal_for_all
@given(
    state=st.sampled_from(sorted(set(LetterState) - {LetterState.SENT, LetterState.RETURNED})),
    seen=st.lists(CONTENTS, min_size=2, max_size=4),
)
def test_twice_is_once(journal: SqlJournal, state: LetterState, seen: list[MailContent]) -> None:
    with journal.transaction() as transaction:
        transaction.cases.save(case())
        transaction.letters.save(letter(state=LetterState(state)))
        before = len(transaction.events.after(0))
        recorded = [record_sent(transaction, LETTER, each, school=tillbrook(), now=MONDAY) for each in seen]
        events = [event.what for event in transaction.events.after(0)][before:]
        kept = transaction.letters.get(LETTER.key)

    assert recorded == [recorded[0]] * len(seen)
    assert kept == recorded[0]
    assert events == ["letter.sent"]


@pytest.mark.parametrize("state", [LetterState.WAITING, LetterState.MISSING, LetterState.WITHDRAWN])
def test_what_nobody_had_approved_was_approved_by_pressing_send(
    journal: SqlJournal, state: LetterState
) -> None:
    with journal.transaction() as transaction:
        transaction.cases.save(case())
        transaction.letters.save(letter(state=state))
        sent = record_sent(transaction, LETTER, content(), school=tillbrook(), now=MONDAY)

    assert sent.decision is Decision.APPROVE
    assert sent.decided_how is DecidedHow.SENT_THE_DRAFT
    assert sent.decided_by == LETTER.approver


def test_what_was_approved_by_reply_stays_approved_by_reply(journal: SqlJournal) -> None:
    approved = letter(state=LetterState.APPROVED, decided_how=DecidedHow.REPLY, decided_by=LETTER.approver)
    with journal.transaction() as transaction:
        transaction.cases.save(case())
        transaction.letters.save(approved)
        sent = record_sent(transaction, approved, content(), school=tillbrook(), now=MONDAY)

    assert sent.decided_how is DecidedHow.REPLY


def test_a_letter_that_came_back_is_not_taken_for_sent_again(journal: SqlJournal) -> None:
    returned = letter(state=LetterState.RETURNED)
    with journal.transaction() as transaction:
        transaction.cases.save(case())
        transaction.letters.save(returned)
        kept = record_sent(transaction, returned, content(), school=tillbrook(), now=MONDAY)

    assert kept.state is LetterState.RETURNED


def told_of(journal: SqlJournal, sent: MailContent) -> list[tuple[object, str]]:
    """Who is told what, once this was found in Sent Items in place of the saved draft; seen twice, told once."""
    facts = {"people": [["Ms Wilma Thackeray", "wilma.thackeray@parents.example"]]}
    with journal.transaction() as transaction:
        transaction.cases.save(case())
        transaction.sightings.save(sighting(case=LETTER.case, facts=facts))
        transaction.policies.save(policy(extract=(POLICY_SAYS,)))
        transaction.letters.save(letter(fingerprint=fingerprint_of(content())))
        for _ in range(2):
            record_sent(transaction, LETTER, sent, school=tillbrook(), now=MONDAY)
        planned = transaction.outbox_view.unfinished()
        assert "Thackeray" not in str([event.fields for event in transaction.events.after(0)])
    return [(effect.payload["to"], str(effect.payload["fields"])) for effect in planned]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (content(text="As Ms Wilma Thackeray told us"), "It shows who reported"),
        (content("From wilma.thackeray@parents.example"), "It shows who reported"),
        (
            content(to=(LETTER.recipient, "Wilma.Thackeray@parents.example")),
            "It also went to somebody who reported",
        ),
        (content(text="Please stop your lies."), "It accuses"),
        (content(text="Dear {{ salutation }}"), "A tag of the template"),
    ],
)
def test_what_the_approver_made_wrong_before_sending_is_told_to_approver_and_office_without_its_words(
    journal: SqlJournal, sent: MailContent, said: str
) -> None:
    told = told_of(journal, sent)

    assert [to for to, _ in told] == [LETTER.approver, tillbrook().person(Role.OFFICE).address]
    assert all(said in fields for _, fields in told)
    assert not any(word in str(told) for word in ("Thackeray", "thackeray", "lies", "salutation"))


@pytest.mark.parametrize(
    "sent",
    [
        content(),
        content("With kind regards"),
        content(text=f"Our policy says: {POLICY_SAYS}"),
        content(text="Your lies", to=("office@tillbrook.example",)),
    ],
)
def test_what_was_not_changed_or_stayed_in_the_school_or_is_sound_bothers_nobody(
    journal: SqlJournal, sent: MailContent
) -> None:
    assert told_of(journal, sent) == []
