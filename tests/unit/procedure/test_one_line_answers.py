"""Staff tell Casework things in one line, as they speak; what is not clear is asked back, and never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.actions import Action, SkipReason, YesNo
from casework.orders import Order, OrderKind, read_order
from casework.spoken_days import days_said

THURSDAY = date(2026, 11, 26)


def order(text: str) -> Order | None:
    return read_order(text, said_on=THURSDAY, school="TIS")


@pytest.mark.parametrize(
    ("said", "day", "outcome"),
    [
        ("TALKED 12 Nov removed", date(2026, 11, 12), "removed"),
        ("talked 12 nov removed", date(2026, 11, 12), "removed"),
        ("Talked 12/11 - refused", date(2026, 11, 12), "refused"),
        ("TALKED 12.11.2026 no reply", date(2026, 11, 12), "no reply"),
        ("talked to her yesterday, she took it down", date(2026, 11, 25), "removed"),
        ("Spoke to mum on Monday and she refused to take it down", date(2026, 11, 23), "refused"),
        ("We spoke with her this morning. She won't remove it.", date(2026, 11, 26), "refused"),
        ("I rang him on Tuesday 24 November, no answer", date(2026, 11, 24), "no reply"),
        ("Met Mrs Oakfield on 20th November 2026; the post is now gone", date(2026, 11, 20), "removed"),
        ("Hi, phoned dad yesterday - he didn't pick up", date(2026, 11, 25), "no reply"),
        ("TIS-2026-0007 TALKED 2 Nov refused", date(2026, 11, 2), "refused"),
        ("Please: talked Nov 12, deleted it", date(2026, 11, 12), "removed"),
        ("talked 2026-11-12 she said no", date(2026, 11, 12), "refused"),
        ("Spoke yesterday, she declined and will not delete it", date(2026, 11, 25), "refused"),
        ("TALKED 28 Dec refused", date(2025, 12, 28), "refused"),
    ],
)
def test_a_talk_is_understood_however_it_is_put(said: str, day: date, outcome: str) -> None:
    found = order(said)

    assert found is not None
    assert found.kind is OrderKind.TALK
    assert dict(found.columns) == {"TalkedOn": day, "TalkOutcome": outcome}


@pytest.mark.parametrize(
    "said",
    [
        "TALKED",
        "talked removed",
        "TALKED 12 Nov",
        "talked to her yesterday",
        "talked to her yesterday, she will take it down",
        "talked yesterday, she promised to remove it",
        "talked yesterday, she has not removed it",
        "talked yesterday, I think she removed it",
        "talked on 12 Nov and 13 Nov, refused",
        "talked 12 Nov, removed? not sure",
        "talked 31 Nov removed",
        "talked tomorrow, removed",
        "spoke 12 Nov, she agreed to take it down tomorrow",
        "talked 12 Nov: he removed one and refused the other",
        "POLICE",
        "police maybe",
        "POLICE yes",
        "HOST no because",
        "BLOCK?",
        "SKIP",
        "skip it",
        "WAIVE",
        "waive ok",
        "SAFEGUARDING",
        "safeguarding I think no",
        "CLOSE",
        "WAIT",
        "wait for?",
        "posted again on Facebook",
        "posted on 3 Nov or 4 Nov",
        "continues? not sure",
    ],
)
def test_what_is_not_clear_is_asked_back(said: str) -> None:
    found = order(said)

    assert found is not None
    assert found.kind is OrderKind.UNCLEAR
    assert found.missing.endswith((".", "?"))
    assert not found.columns


@pytest.mark.parametrize(
    ("said", "columns"),
    [
        ("REFUSED", {"TalkOutcome": "refused"}),
        ("she refuses", {"TalkOutcome": "refused"}),
        ("Refused on 24 Nov", {"TalkOutcome": "refused", "TalkedOn": date(2026, 11, 24)}),
        ("removed", {"TalkOutcome": "removed"}),
        ("No reply", {"TalkOutcome": "no reply"}),
        ("CONTINUES", {"Continues": True}),
        ("it goes on", {"Continues": True}),
        ("POSTED", {"ServedOn": THURSDAY}),
        ("posted yesterday", {"ServedOn": date(2026, 11, 25)}),
        ("Posted the letter first class on Tuesday", {"ServedOn": date(2026, 11, 24)}),
        ("handed over 23 Nov", {"ServedOn": date(2026, 11, 23)}),
        ("WAIVE she wishes for none", {"SupportGiven": "Not needed: she wishes for none"}),
        ("Support: met her twice, offered the helpline", {"SupportGiven": "met her twice, offered the helpline"}),
        ("SAFEGUARDING no", {"ChildHarmed": "no"}),
        ("safeguarding: yes", {"ChildHarmed": "yes"}),
        ("LADO told 23 Nov", {"LadoToldOn": date(2026, 11, 23)}),
        ("told the LADO today", {"LadoToldOn": THURSDAY}),
        ("Police told yesterday", {"PoliceToldOn": date(2026, 11, 25)}),
        ("HOST ASKED 23/11", {"HostToldOn": date(2026, 11, 23)}),
        ("host removed", {"HostAnswer": "removed"}),
        ("host no answer", {"HostAnswer": "no answer"}),
        ("Complaint taken up 24 Nov", {"ComplaintOn": date(2026, 11, 24)}),
        ("complaint answered today", {"ComplaintAnsweredOn": THURSDAY}),
        ("CLOSE resolved informally", {"Outcome": "resolved informally"}),
        ("PROCEDURE new", {"NewProcedure": True}),
        ("WAIT for the police", {"WaitingFor": "the police"}),
        ("We are still waiting for the parent, who is in hospital", {"WaitingFor": "the parent, who is in hospital"}),
        ("waiting until the police have rung", {"WaitingFor": "until the police have rung"}),
        ("WAIT over", {"WaitingFor": ""}),
        ("The wait is over", {"WaitingFor": ""}),
    ],
)  # fmt: skip
def test_each_thing_that_staff_tell_fills_its_columns(said: str, columns: dict[str, Any]) -> None:
    found = order(said)

    assert found is not None
    assert found.kind is not OrderKind.UNCLEAR
    assert dict(found.columns) == columns


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("SKIP threat of violence", SkipReason.THREAT),
        ("skip: the police advised us not to", SkipReason.POLICE_ADVICE),
        ("SKIP we don't know who posted it", SkipReason.UNKNOWN),
        ("skip, contact would endanger the child", SkipReason.ENDANGERS),
        ("Skip because it is the same case as in May", SkipReason.SAME_BEFORE),
        ("SKIP the family moved abroad in July", SkipReason.OTHER),
    ],
)
def test_a_reason_for_no_conversation_is_found_in_the_list_or_kept_in_words(
    said: str, reason: SkipReason
) -> None:
    found = order(said)

    assert found is not None
    assert found.columns["SkipReason"] == reason.value
    assert found.columns["SkipNote"]


@pytest.mark.parametrize(
    ("said", "action", "answer"),
    [
        ("POLICE no because the parent apologised at once", Action.POLICE, YesNo.NO),
        ("police yes, she named the class teacher's street", Action.POLICE, YesNo.YES),
        ("Legal advice: yes because it calls her a thief", Action.LEGAL_ADVICE, YesNo.YES),
        ("LEGAL ACTION no - out of proportion to the harm", Action.LEGAL_ACTION, YesNo.NO),
        ("other legal action no, advice was against it", Action.OTHER_LEGAL, YesNo.NO),
        ("block yes since he insults others in our forum", Action.BLOCK, YesNo.YES),
        ("HOST yes, it names a child", Action.HOST, YesNo.YES),
        ("Write no, it was settled at the gate", Action.WRITING, YesNo.NO),
    ],
)
def test_a_decision_says_yes_or_no_and_why(said: str, action: Action, answer: YesNo) -> None:
    found = order(said)

    assert found is not None
    assert (found.kind, found.action, found.answer) == (OrderKind.DECISION, action, answer)
    assert found.why


@pytest.mark.parametrize(
    "said",
    [
        "",
        "GONE",
        "Here is another picture of it.",
        "Thank you for this.",
        "There is a new post, see below",
        "Who is this?",
        "Wait, is that the right parent?",
        "Waited all day and nothing came",
    ],
)
def test_what_is_no_order_is_left_to_others(said: str) -> None:
    assert order(said) is None


def test_a_line_may_name_its_case() -> None:
    found = order("tis 2026/7 TALKED 12 Nov refused")

    assert found is not None
    assert found.case == "TIS-2026-0007"


@given(
    st.dates(min_value=date(2025, 12, 1), max_value=THURSDAY),
    st.sampled_from(["%d %B %Y", "%d/%m/%Y", "%Y-%m-%d", "%d %b %Y", "%B %d, %Y"]),
)
def test_a_day_is_read_back_in_every_form_in_which_people_write_it(day: date, form: str) -> None:
    assert days_said(f"talked {day.strftime(form)} refused", today=THURSDAY) == (day,)


@given(st.text(max_size=200))
def test_whatever_is_written_no_day_to_come_is_ever_entered(text: str) -> None:
    found = order(f"TALKED {text}")

    assert found is not None
    for value in found.columns.values():
        assert not isinstance(value, date) or value <= THURSDAY
