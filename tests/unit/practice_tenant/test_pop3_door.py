"""A mail program of somebody in the world fetches what left the school for that address."""

from __future__ import annotations

import poplib
from collections.abc import Iterator

import pytest

from tests.practice import PracticeServer
from tests.unit.practice_tenant.mail_builders import draft, listed, person
from tests.unit.practice_tenant.smtp_builders import PASSWORD, letter, mail_program

PARENT = "parent@example.net"


@pytest.fixture
def letters(practice: PracticeServer) -> PracticeServer:
    """Two letters to the parent and one to somebody else have left."""
    for to, subject in ((PARENT, "First"), ("Other@Example.org", "Not yours"), (PARENT.upper(), "Second")):
        body = {"contentType": "text", "content": "Dear parent\n.a line with a dot\n"}
        made = draft(practice, toRecipients=[person(to)], subject=subject, body=body)
        path = f"users/{practice.user('headteacher')}/messages/{made['id']}/send"
        practice.graph("POST", path, expect=202)
    return practice


@pytest.fixture
def program(letters: PracticeServer) -> Iterator[poplib.POP3]:
    signed_in = _sign_in(letters)
    yield signed_in
    signed_in.close()


def _sign_in(practice: PracticeServer, account: str = PARENT, password: str = PASSWORD) -> poplib.POP3:
    program = poplib.POP3("127.0.0.1", practice.facts["pop3_port"], timeout=60)
    program.user(account)
    program.pass_(password)
    return program


def test_a_parent_fetches_the_letters_and_nobody_elses(program: poplib.POP3) -> None:
    assert program.stat()[0] == 2
    _, lines, _ = program.retr(1)
    assert b"Subject: First" in lines
    assert b".a line with a dot" in lines
    _, listing, _ = program.list()
    sizes = [int(line.split()[1]) for line in listing]
    assert sum(sizes) == program.stat()[1]
    _, top, _ = program.top(2, 0)
    assert b"Subject: Second" in top
    assert b"Dear parent" not in top
    assert len(set(program.uidl()[1])) == 2


def test_what_is_deleted_is_gone_for_the_parent_and_stays_in_the_outbox(
    letters: PracticeServer, program: poplib.POP3
) -> None:
    program.dele(1)
    program.rset()
    program.dele(2)
    with pytest.raises(poplib.error_proto):
        program.retr(2)
    program.quit()
    again = _sign_in(letters)
    assert b"Subject: First" in again.retr(1)[1]
    assert again.stat()[0] == 1
    again.quit()
    assert len(letters.outbox()) == 3


def test_whoever_leaves_without_saying_so_has_deleted_nothing(
    letters: PracticeServer, program: poplib.POP3
) -> None:
    program.dele(1)
    program.close()
    again = _sign_in(letters)
    assert again.stat()[0] == 2
    again.quit()


@pytest.mark.parametrize(
    ("account", "password"),
    [(PARENT, "guess"), ("head@tillbrook.example", "practice"), ("nobody", "practice")],
)
def test_a_wrong_password_or_an_address_of_the_school_opens_nothing(
    practice: PracticeServer, account: str, password: str
) -> None:
    with pytest.raises(poplib.error_proto, match="Logon failure"):
        _sign_in(practice, account, password)


@pytest.mark.parametrize("line", ["STAT", "RETR 1", "FROB", ""])
def test_nothing_is_told_before_somebody_signed_in(practice: PracticeServer, line: str) -> None:
    program = poplib.POP3("127.0.0.1", practice.facts["pop3_port"], timeout=60)
    with pytest.raises(poplib.error_proto, match="not valid in this state"):
        program._shortcmd(line)  # type: ignore[attr-defined]  # any line at all
    assert program.capa()
    program.quit()


@pytest.mark.parametrize("line", ["RETR 9", "RETR x", "RETR", "TOP 1", "DELE 0", "LIST 7"])
def test_a_message_that_is_not_there_is_answered_with_an_error(program: poplib.POP3, line: str) -> None:
    with pytest.raises(poplib.error_proto, match="no such message"):
        program._shortcmd(line)  # type: ignore[attr-defined]  # any line at all
    program.noop()


def test_a_parent_and_the_school_write_to_each_other_with_two_mail_programs(practice: PracticeServer) -> None:
    head = practice.user("headteacher")
    with mail_program(practice, "headteacher") as school:
        school.sendmail(head, [PARENT], letter(head, PARENT, "An invitation").as_bytes())
    parent = _sign_in(practice)
    assert b"Subject: An invitation" in parent.retr(1)[1]
    parent.quit()
    with mail_program(practice) as world:
        world.sendmail(PARENT, [head], letter(PARENT, head, "Re: An invitation").as_bytes())
    assert [each["subject"] for each in listed(practice, "headteacher", "inbox")] == ["Re: An invitation"]
