"""Every program in every language: thirty-one languages by a dozen shapes, read to the minute."""

from datetime import datetime

import pytest

from casework.forwards import find_forwards
from tests.unit.reading.forward_forms import BODY, LANGUAGES, PROGRAMS, SUBJECT, WITHOUT_RECIPIENTS


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_forward_is_read_whole(language: str, program: str) -> None:
    words = LANGUAGES[language]
    text = f"Please see below.\n\n{PROGRAMS[program](words)}"
    (forward,) = find_forwards(text, subject=f"{words.prefix}: {SUBJECT}")
    assert (forward.from_name, forward.from_address) == ("Rosa Vale", "rosa@tillbrook.example")
    assert forward.date is not None
    assert forward.date.replace(tzinfo=None) == datetime(2021, 10, 25, 11, 17)  # noqa: DTZ001 - most give no zone
    assert bool(forward.date.utcoffset()) == (program == "Yahoo")
    assert (forward.above, forward.body) == ("Please see below.", BODY)
    if program not in WITHOUT_RECIPIENTS:
        assert forward.subject == SUBJECT
        assert [person.address for person in forward.to] == ["ann@example.org"]
        assert [person.address for person in forward.cc] == ["bo@example.net", "clerk@tillbrook.example"]
