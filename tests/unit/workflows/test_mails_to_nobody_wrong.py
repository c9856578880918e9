"""No mail but a letter goes to the subject of a case; a mail goes once, and is logged once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.errors import PermanentConnectorError
from casework.intents import SendMail
from casework.mails import acknowledgement
from casework.ports import NewMail
from casework.records import OutboxState, PlannedEffect
from connectors.memory import MemoryMailService
from tests.invented import REPORTS
from tests.journals import CASE, case
from workflows.carry_out import Tools
from workflows.carry_out.mails import send_mail

PARENT = "r.oakfield@parents.example"
SPELLINGS = st.sampled_from([PARENT, PARENT.upper(), f" {PARENT} ", PARENT.title()])
one_journal_for_all = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def effect_of(intent: SendMail, *, attempts: int = 0) -> PlannedEffect:
    return PlannedEffect(
        key=intent.key,
        number=1,
        kind=intent.kind,
        payload={},
        case=intent.case,
        group=intent.key,
        state=OutboxState.CLAIMED,
        attempts=attempts,
    )


def thanks(tools: Tools, to: str) -> SendMail:
    return acknowledgement(
        CASE, to=to, key="TIS/acknowledgement/1", school=tools.school, tokens=tools.tokens, now=tools.now
    )


def plan_in_outbox(tools: Tools, intent: SendMail) -> None:
    with tools.journal.transaction() as transaction:
        transaction.outbox.plan(key=intent.key, kind=intent.kind, payload={}, case=intent.case, group="")


@one_journal_for_all
@given(to=SPELLINGS, column=SPELLINGS | SPELLINGS.map(lambda text: f"Mrs Oakfield <{text.strip()}>"))
def test_a_mail_to_the_subject_of_any_case_is_held(tools: Tools, to: str, column: str) -> None:
    about = case()
    with tools.journal.transaction() as transaction:
        transaction.cases.save(replace(about, staff=replace(about.staff, parent_email=column)))
    intent = replace(thanks(tools, PARENT), to=to)

    with pytest.raises(PermanentConnectorError, match="subject of a case"):
        send_mail(effect_of(intent), intent, tools)

    assert sent(tools) == []


def sent(tools: Tools) -> list[str]:
    assert isinstance(tools.mail, MemoryMailService)
    return [to for _, mail in tools.mail.sent_mails() for to in mail.to]


def test_a_mail_that_is_carried_out_again_and_again_goes_once(tools: Tools) -> None:
    intent = thanks(tools, "teacher@tillbrook.example")
    plan_in_outbox(tools, intent)

    for attempts in range(4):
        send_mail(effect_of(intent, attempts=attempts), intent, tools)

    assert sent(tools) == ["teacher@tillbrook.example"]
    assert isinstance(tools.mail, MemoryMailService)
    assert len(tools.mail.mailbox(REPORTS).ours()) == 1
    with tools.journal.transaction() as transaction:
        assert [event.what for event in transaction.events.after(0)].count("mail.sent") == 1


def test_a_draft_that_an_earlier_attempt_left_is_the_one_that_is_sent(tools: Tools) -> None:
    intent = thanks(tools, "teacher@tillbrook.example")
    plan_in_outbox(tools, intent)
    tools.mail.outgoing(REPORTS).save(
        NewMail(key=intent.key, to=(intent.to,), subject="We have your report", html="<p>Thank you.</p>")
    )

    send_mail(effect_of(intent, attempts=1), intent, tools)

    assert sent(tools) == ["teacher@tillbrook.example"]
    assert isinstance(tools.mail, MemoryMailService)
    assert len(tools.mail.mailbox(REPORTS).ours()) == 1
