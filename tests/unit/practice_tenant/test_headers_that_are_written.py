"""What is written of a header without its grammar, or from memory, is what the grammar would have written."""

from email.policy import EmailPolicy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice_tenant.mail.header_folding import MAIL, MailPolicy

IDENTIFIERS = ("Message-ID", "In-Reply-To", "References", "Thread-Index", "X-MS-Exchange-Parent-Message-Id")
OTHERS = ("From", "To", "Subject", "Thread-Topic", "Importance", "Reply-To", "X-Custom")
WORDS = (
    "Sam Parent <sam@parents.example>",
    '"Parent, Sam" <sam@parents.example>, office@tillbrook.example',
    "Zoë Ångström <zoe@parents.example>",
    "=?utf-8?q?Zo=C3=AB?= <zoe@parents.example>",
    "Please approve: [TIS-2026-0007-k3f9] " + "a word and " * 12,
    "high",
)


def _by_the_grammar(name: str, value: str) -> bytes:
    _, read = EmailPolicy.header_store_parse(MAIL, name, value)
    if name in IDENTIFIERS:
        return MAIL.fold_binary(name, read)
    return EmailPolicy.fold_binary(MAIL, name, read)


@given(
    name=st.sampled_from(IDENTIFIERS),
    value=st.from_regex(r"<[-\w.+$%!]+@[-\w.]+>|[A-Za-z0-9+/=]{1,90}", fullmatch=True)
    | st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), min_size=1).map(str.strip),
)
def test_an_identifier_keeps_its_letters_whether_anybody_read_it_or_not(name: str, value: str) -> None:
    stored = MAIL.header_store_parse(name, value)[1]

    assert MAIL.fold_binary(name, stored) == _by_the_grammar(name, value)


@pytest.mark.parametrize("value", WORDS)
@pytest.mark.parametrize("name", OTHERS)
def test_a_header_looks_in_the_second_mail_as_in_the_first(name: str, value: str) -> None:
    first = MAIL.fold_binary(name, MAIL.header_store_parse(name, value)[1])
    second = MAIL.fold_binary(name, MAIL.header_store_parse(name, value)[1])

    assert first == second == _by_the_grammar(name, value)


@pytest.mark.parametrize("name", [*IDENTIFIERS, *OTHERS, "Date", "MIME-Version", "Content-Type"])
def test_a_header_may_stand_as_often_as_the_grammar_lets_it(name: str) -> None:
    assert MailPolicy().header_max_count(name) == EmailPolicy().header_max_count(name)
