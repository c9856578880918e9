"""As a look begins, what it asks first is asked in one request; an answer is used once, what fails is asked again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
import requests
from requests.adapters import HTTPAdapter

from casework.budgets import Toll
from casework.errors import CursorExpiredError, TemporaryConnectorError
from casework.ports import NewMail
from casework.register_lists import CASES_LIST
from connectors.microsoft365 import first_requests
from connectors.microsoft365.account import SchoolAccount
from connectors.microsoft365.asked_ahead import GOOD_FOR, LEFT_ALONE, AskedAhead
from connectors.microsoft365.files import GraphLibrary
from connectors.microsoft365.inbox import GraphInbox
from connectors.microsoft365.lists import GraphRegister
from connectors.microsoft365.outgoing import GraphOutgoing
from connectors.microsoft365.provisioning import Places
from connectors.microsoft365.retries import RetryRule
from tests.practice import PracticeServer
from tests.sign_in import signed_in

BATCH = "*/$batch"
WHOLE = ("reset", "lost", "truncated", "429", "500", "503", "504", "401")


class Steady:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Look:
    """What a school's look watches: the inbox, a list, a library and the drafts in a mailbox, all read up to now."""

    def __init__(self, practice: PracticeServer, places: Places, account: SchoolAccount) -> None:
        self.practice, self.account = practice, account
        self.clock = Steady()
        self.ahead = AskedAhead(clock=self.clock)
        self.inbox = GraphInbox(account, practice.user("reports"), ahead=self.ahead)
        self.register = GraphRegister(
            account,
            site_id=places.site_id,
            list_id=places.cases_list,
            definition=CASES_LIST,
            ahead=self.ahead,
        )
        self.library = GraphLibrary(account, places.casework_drive, ahead=self.ahead)
        self.head = GraphOutgoing(account, practice.user("headteacher"), ahead=self.ahead)
        self.mail = self.inbox.changes(None).cursor
        self.rows = self.register.changes(None).cursor
        self.files = self.library.changes(None).cursor

    def begins(self) -> None:
        library = first_requests.of_library(self.files)
        assert library is not None
        wanted = (
            first_requests.of_inbox(self.mail),
            first_requests.of_list(self.rows),
            library,
            first_requests.of_drafts(self.account, self.practice.user("headteacher")),
        )
        self.ahead.ask(self.account.con, wanted)

    def everything(self) -> tuple[int, int, int, int]:
        """How much is new in each of them."""
        return (
            len(self.inbox.changes(self.mail).messages),
            len(self.register.changes(self.rows).rows),
            len(self.library.changes(self.files).files),
            len(self.head.ours(only_drafts=True)),
        )

    def something_is_new_everywhere(self) -> None:
        self.a_mail_comes()
        self.register.add({"Title": "x", "Reference": "TIS-2026-0009"})
        self.library.write("note.txt", b"note")
        self.head.save(
            NewMail(key="TIS/1", to=("a@example.org",), subject="x", html="x", reply_to="", attachments=())
        )

    def a_mail_comes(self) -> None:
        self.practice.deliver(
            b"Subject: x\r\n\r\nx", sender="x@example.org", to=self.practice.user("reports")
        )


@pytest.fixture
def look(practice: PracticeServer, places: Places, account: SchoolAccount) -> Look:
    return Look(practice, places, account)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[requests.PreparedRequest]:
    """Whatever goes over Casework's line while the test runs, except for signing in."""
    noted: list[requests.PreparedRequest] = []
    send = HTTPAdapter.send

    def noting(self: HTTPAdapter, request: requests.PreparedRequest, **more: object) -> requests.Response:
        if str(request.headers.get("User-Agent", "")).startswith("NONISV"):
            noted.append(request)
        return send(self, request, **more)

    monkeypatch.setattr(HTTPAdapter, "send", noting)
    return noted


def test_a_look_with_nothing_new_is_one_request(look: Look, sent: list[requests.PreparedRequest]) -> None:
    sent.clear()

    look.begins()
    found = look.everything()

    assert found == (0, 0, 0, 0)
    assert [(one.method, str(one.url).rpartition("/")[2]) for one in sent] == [("POST", "$batch")]


def test_what_came_before_the_look_is_seen_by_it(look: Look, sent: list[requests.PreparedRequest]) -> None:
    look.something_is_new_everywhere()
    look.everything()  # which folder holds what was thrown away is looked up once
    sent.clear()

    look.begins()
    found = look.everything()

    assert found == (1, 1, 1, 1)
    assert len(sent) == 1


def test_no_two_of_them_run_at_once(look: Look, sent: list[requests.PreparedRequest]) -> None:
    """A mailbox takes four requests at a time, whoever asks: these are asked one after the other."""
    sent.clear()
    look.begins()

    steps = json.loads(sent[0].body or b"")["requests"]

    assert [step.get("dependsOn") for step in steps] == [None, ["0"], ["1"], ["2"]]
    assert all('IdType="ImmutableId"' in step["headers"]["Prefer"] for step in steps)


def test_each_answer_is_used_once(look: Look) -> None:
    look.begins()
    assert look.inbox.changes(look.mail).messages == ()

    look.a_mail_comes()

    assert len(look.inbox.changes(look.mail).messages) == 1


def test_nothing_is_left_over_for_the_next_look(look: Look) -> None:
    look.begins()
    look.a_mail_comes()

    look.ahead.forget()

    assert len(look.inbox.changes(look.mail).messages) == 1


def test_once_anything_was_written_what_was_seen_is_asked_anew(look: Look) -> None:
    look.begins()

    look.something_is_new_everywhere()

    assert look.everything()[3] == 1


def test_what_is_written_meanwhile_comes_with_the_next_changes(look: Look) -> None:
    look.begins()
    look.something_is_new_everywhere()

    mail, rows, files = (
        look.inbox.changes(look.mail),
        look.register.changes(look.rows),
        look.library.changes(look.files),
    )

    assert (mail.messages, rows.rows, files.files) == ((), (), ())
    look.mail, look.rows, look.files = mail.cursor, rows.cursor, files.cursor
    assert look.everything()[:3] == (1, 1, 1)


def test_an_answer_that_has_waited_long_is_asked_for_anew(look: Look) -> None:
    look.begins()
    look.a_mail_comes()

    look.clock.seconds += GOOD_FOR + 1

    assert len(look.inbox.changes(look.mail).messages) == 1


@pytest.mark.parametrize("fault", ["401", "403", "423", "500", "502", "503", "504"])
@pytest.mark.parametrize("path", ["*/mailFolders/inbox/*", "*/items/delta", "*root/delta"])
def test_what_fails_among_them_is_asked_for_by_itself(look: Look, fault: str, path: str) -> None:
    look.something_is_new_everywhere()
    look.practice.set_faults({"method": "GET", "path": path, "fault": fault, "times": 1})

    look.begins()

    assert look.everything() == (1, 1, 1, 1)


def test_one_that_is_to_wait_waits_before_it_is_asked_again(look: Look, waits: list[float]) -> None:
    busy = {"path": "*/items/delta", "fault": "429", "retry_after": 7, "times": 1}
    look.practice.set_faults(busy)

    look.begins()
    assert waits == []
    look.inbox.changes(look.mail)
    assert waits == []  # it was not meant
    look.register.changes(look.rows)

    assert waits == [7]


def test_a_link_that_is_no_longer_valid_is_told_as_ever(look: Look, places: Places) -> None:
    look.practice.practice("POST", "resync", json={"list": places.cases_list})

    look.begins()

    with pytest.raises(CursorExpiredError):
        look.register.changes(look.rows)


@pytest.mark.parametrize("fault", WHOLE)
def test_when_the_one_request_fails_each_is_asked_for_by_itself(look: Look, fault: str) -> None:
    look.something_is_new_everywhere()
    look.practice.set_faults({"method": "POST", "path": BATCH, "fault": fault, "times": 2})

    look.begins()

    assert look.everything() == (1, 1, 1, 1)


@pytest.mark.parametrize("fault", ["reset", "lost", "truncated"])
def test_when_the_line_breaks_in_one_of_them_each_is_asked_for_by_itself(look: Look, fault: str) -> None:
    look.something_is_new_everywhere()
    look.practice.set_faults({"method": "GET", "path": "*/items/delta", "fault": fault, "times": 1})

    look.begins()

    assert look.everything() == (1, 1, 1, 1)


def test_a_service_that_is_busy_as_a_whole_is_given_its_time(look: Look, waits: list[float]) -> None:
    look.practice.set_faults({"path": BATCH, "fault": "429", "retry_after": 3, "times": 1})

    look.begins()
    look.everything()

    assert waits == [3, 3, 3, 3]


def test_a_service_that_takes_none_together_is_asked_one_by_one_for_an_hour(
    look: Look, sent: list[requests.PreparedRequest]
) -> None:
    look.practice.set_faults({"method": "POST", "path": BATCH, "fault": "403", "times": 1})
    look.begins()
    sent.clear()

    look.begins()
    assert look.everything() == (0, 0, 0, 0)
    assert {one.method for one in sent} == {"GET"}
    look.clock.seconds += LEFT_ALONE
    sent.clear()
    look.begins()

    assert [one.method for one in sent] == ["POST"]


def test_what_stood_behind_one_that_failed_goes_together_all_the_same(
    look: Look, sent: list[requests.PreparedRequest]
) -> None:
    look.something_is_new_everywhere()
    look.everything()  # which folder holds what was thrown away is looked up once
    look.practice.set_faults({"method": "GET", "path": "*/mailFolders/inbox/*", "fault": "403", "times": 1})
    sent.clear()

    look.begins()

    assert look.everything() == (1, 1, 1, 1)
    assert [one.method for one in sent] == ["POST", "POST", "GET"]


def test_more_than_one_request_carries_goes_in_several(
    look: Look, sent: list[requests.PreparedRequest]
) -> None:
    conversations = [
        first_requests.of_conversation(look.account, look.practice.user("headteacher"), f"C{number}")
        for number in range(30)
    ]
    sent.clear()

    look.ahead.ask(look.account.con, conversations)

    answers = [look.ahead.take(look.account.con, part) for part in conversations]
    assert [answer["value"] for answer in answers if isinstance(answer, dict)] == [[]] * 30
    assert len(sent) == 2
    assert look.ahead.nothing_new is False, "none of them has led to nothing yet"


def test_a_single_thing_is_asked_for_as_ever(look: Look, sent: list[requests.PreparedRequest]) -> None:
    sent.clear()

    look.ahead.ask(look.account.con, [first_requests.of_inbox(look.mail)])

    assert sent == []


def test_a_link_that_leads_elsewhere_never_goes_out(look: Look, sent: list[requests.PreparedRequest]) -> None:
    sent.clear()
    links = ("https://elsewhere.example/v1.0/a", "https://elsewhere.example/v1.0/b")

    look.ahead.ask(look.account.con, [first_requests.of_list(link) for link in links])

    assert sent == []


def test_who_may_only_read_sends_nothing_but_single_requests(
    practice: PracticeServer, places: Places, sent: list[requests.PreparedRequest]
) -> None:
    look = Look(practice, places, signed_in(practice, "visitor", only_reading=True))
    sent.clear()

    look.begins()
    look.everything()

    assert {one.method for one in sent} == {"GET"}


class NotingGate:
    """Lets everything pass, and notes what it was told."""

    def __init__(self) -> None:
        self.passed: list[Sequence[Toll]] = []
        self.pauses: list[tuple[str, float]] = []

    @contextmanager
    def passing(self, *tolls: Toll) -> Iterator[None]:
        self.passed.append(tolls)
        yield

    def pause(self, toll: Toll, seconds: float) -> None:
        self.pauses.append((toll.purse.split()[0], seconds))


def test_among_hosts_each_of_them_counts_and_a_refusal_pauses_its_own_purse(
    practice: PracticeServer, places: Places
) -> None:
    gate = NotingGate()
    once = RetryRule(attempts=1)
    look = Look(practice, places, signed_in(practice, "visitor", gate=gate, retry=once))
    practice.set_faults({"path": "*root/delta", "fault": "429", "retry_after": 9, "times": 1})
    gate.passed.clear()

    look.begins()

    assert [(toll.purse.split()[0], toll.units) for toll in gate.passed[0]] == [
        ("mail", 1),
        ("files", 1),
        ("files", 1),
        ("mail", 1),
    ]
    assert gate.pauses == [("files", 9)]
    with pytest.raises(TemporaryConnectorError) as refused:
        look.library.changes(look.files)
    assert refused.value.retry_after == 9


def test_drafts_are_told_without_what_was_sent(look: Look) -> None:
    """However many letters a headteacher has sent, the answer that each look asks for stays small."""
    for number in range(3):
        mail = NewMail(key=f"TIS/{number}", to=("a@example.org",), subject="x", html="x", reply_to="")
        saved = look.head.save(mail)
        if number:
            look.head.send(saved.message_id)

    found = look.head.ours(only_drafts=True)

    assert [(mail.key, mail.is_draft, mail.discarded) for mail in found] == [("TIS/0", True, False)]
    assert {mail.key for mail in look.head.ours()} == {"TIS/0", "TIS/1", "TIS/2"}
