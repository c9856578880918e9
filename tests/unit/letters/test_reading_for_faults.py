"""What must not leave the school, found before a draft exists; and what the approver is only told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import templates
from casework.assessment import Assessment, Opinion
from casework.cases import Case, StaffColumns
from casework.letter_faults import OtherPerson, Reading, ReadLetter, late_faults, read_letter
from casework.letter_kinds import LetterKind
from connectors.documents.letters import DocxLetterWriter
from tests.invented import tillbrook
from tests.journals import CASE, MONDAY

WRITER = DocxLetterWriter(Path(templates.__file__).parent / "letters")
STAFF = StaffColumns(parent="Mrs R Oakfield", parent_email="r.oakfield@parents.example", child="Ivy Oakfield")
MATTER = Case(reference=CASE, reported_at=MONDAY, title="Facebook post", staff=STAFF)
SOUND = (
    "Dear Mrs Oakfield, a post was brought to our attention. Please ring us on 01632 960 101. You may use our "
    "complaints procedure."
)
REPORTER = ("Ms Wilma Thackeray", "wilma.thackeray@parents.example")
OTHER = OtherPerson(
    case="TIS-2026-0003", name="Mr T Oakfield", address="t.oakfield@parents.example", child="Rowan Sedge"
)
REASON = "The headteacher has spoken with them about it."


def read(text: str = SOUND, **more: object) -> Reading:
    plain = ReadLetter(
        text=text,
        case=MATTER,
        recipient="r.oakfield@parents.example",
        contacts=("01632 960 101", "reports@tillbrook.example"),
        reporters=(REPORTER,),
    )
    return read_letter(replace(plain, **more))  # type: ignore[arg-type]  # any of its parts


def with_staff(**columns: object) -> Case:
    return replace(MATTER, staff=replace(STAFF, **columns))  # type: ignore[arg-type]  # any columns


def test_a_sound_letter_has_nothing_to_mend_and_nothing_to_weigh() -> None:
    assert read() == Reading()


@pytest.mark.parametrize(
    "shown", ["Wilma Thackeray", "wilma  thackeray", "Wilma\nThackeray", "WILMA.THACKERAY@parents.example"]
)
def test_a_reporters_full_name_or_address_stops_it_whatever_anybody_says(shown: str) -> None:
    reading = read(f"{SOUND} {shown} told us.")

    assert reading.stopping(REASON) == ("It shows who reported this case, by full name or by address.",)


def test_a_reporters_last_name_alone_only_warns() -> None:
    reading = read(f"{SOUND} Thackeray House is closed.")

    assert reading.stopping("") == ()
    assert "last name of somebody who reported" in reading.warnings[0]


def test_a_letter_to_a_reporter_is_stopped() -> None:
    assert "would go to somebody who reported" in read(recipient=REPORTER[1].upper()).stopping(REASON)[0]


@pytest.mark.parametrize("tag", ["{{ salutation }}", "{% if removed %}", "}}"])
def test_a_left_over_tag_stops_it_whatever_anybody_says(tag: str) -> None:
    assert read(f"{SOUND} {tag}").stopping(REASON) == ("A tag of the template was left over in it.",)


@pytest.mark.parametrize(
    "words",
    [
        "You have breached our policy.",
        "you've clearly lied about it",
        "We consider this libellous.",
        "Your malicious comments must go.",
        "This is a criminal matter.",
        "You are in breach of the policy.",
        "what you posted is defamatory",
    ],
)
def test_accusing_words_stop_it_until_a_person_ticks_that_it_may_be_defamatory(words: str) -> None:
    assert read(f"{SOUND} {words}").stopping("")
    ticked = with_staff(
        categories=("defamatory statement",),
        assessment=Assessment(knowingly=Opinion.YES, knowingly_why="says so"),
    )
    assert read(f"{SOUND} {words}", case=ticked).stopping("") == ()


@pytest.mark.parametrize(
    "words",
    [
        "The material appears to make allegations about people.",
        "If you feel that the school has broken a promise, tell us.",
        "Unless it is removed we will consider further steps.",
        "Posts like these can hurt people, whether or not that was meant.",
    ],
)
def test_neutral_words_accuse_nobody(words: str) -> None:
    assert read(f"{SOUND} {words}") == Reading()


def test_the_policys_own_words_are_no_accusation() -> None:
    passage = "Making defamatory statements about the school or its staff, or posting knowingly inaccurate comments."

    assert read(f"{SOUND} {passage}", quoted=(passage,)).stopping("") == ()
    assert read(f"{SOUND} {passage}").stopping("")


def test_knowingly_is_a_claim_and_needs_its_tick() -> None:
    said = f"{SOUND} It was posted deliberately."

    assert '"deliberately"' in read(said).stopping("")[0]
    known = with_staff(assessment=Assessment(knowingly=Opinion.YES, knowingly_why="the writer says so"))
    assert read(said, case=known).stopping("") == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dear Mrs Oakfield, you may use our complaints procedure.", "get in touch"),
        ("Dear Mrs Oakfield, please ring us on 01632 960 101.", "make a complaint"),
    ],
)
def test_a_letter_without_a_way_to_answer_or_to_complain_is_stopped(text: str, told: str) -> None:
    assert told in read(text).stopping("")[0]


def test_another_cases_child_in_full_stops_it_and_a_first_name_alone_warns() -> None:
    assert read(f"{SOUND} Rowan Sedge was there.", others=(OTHER,)).stopping("") == (
        "It names a child of another case, in full.",
    )
    reading = read(f"{SOUND} The rowan is in flower.", others=(OTHER,))
    assert reading.stopping("") == ()
    assert any("first name of a child" in warning for warning in reading.warnings)


def test_the_addressees_own_child_may_be_named() -> None:
    sibling = replace(
        OTHER, child="Ivy Oakfield", name="Mrs R Oakfield", address="r.oakfield@parents.example"
    )

    assert read(f"{SOUND} Ivy Oakfield is in Year 2.", others=(sibling,)) == Reading()


def test_a_name_that_staff_withhold_stops_it() -> None:
    assert "Names to withhold" in read(f"{SOUND} Mr Quill was there.", withheld=("Quill",)).stopping("")[0]


def test_an_address_that_stands_under_another_name_stops_it_and_a_shared_last_name_asks() -> None:
    stranger = replace(OTHER, name="Ms P Weir", address="R.Oakfield@parents.example")

    assert "under another name in TIS-2026-0003" in read(others=(stranger,)).stopping("")[0]
    assert any("the same last name" in warning for warning in read(others=(OTHER,)).warnings)


def test_a_letter_by_post_goes_to_no_wrong_mailbox() -> None:
    stranger = replace(OTHER, name="Ms P Weir", address="office@tillbrook.example")

    assert read(recipient="office@tillbrook.example", by_mail=False, others=(stranger,)) == Reading()


def test_what_staff_let_pass_with_a_reason_goes_to_the_approver_with_that_reason() -> None:
    reading = read(f"{SOUND} You have broken our agreement.")

    assert reading.stopping("because")
    assert reading.stopping(REASON) == ()
    assert reading.to_weigh(REASON)[0].startswith("Staff let it pass although: It accuses")
    assert reading.to_weigh(REASON)[1] == f"Their reason: {REASON}"


@pytest.mark.parametrize("kind", [kind for kind, rule in tillbrook().letters.items() if rule.goes_to_parent])
def test_no_shipped_letter_has_a_fault_of_its_own(kind: LetterKind) -> None:
    fields = WRITER.sample(kind.value)
    text = WRITER.text(WRITER.write(kind.value, fields))

    contacts = (str(fields["contact_phone"]),)
    assert read(text, contacts=contacts, quoted=tuple(fields.get("policy_extract", ()))) == Reading()


@given(
    before=st.text(alphabet=" abcXYZ.,\n", max_size=30),
    after=st.sampled_from(["", ".", ", who", "\n", " told us"]),
    override=st.text(max_size=40),
)
def test_never_does_a_letter_show_a_reporters_full_name(before: str, after: str, override: str) -> None:
    assert read(f"{SOUND} {before} Wilma Thackeray{after}").stopping(override)


def test_a_changed_mail_is_read_for_other_families_too() -> None:
    mail = ReadLetter(
        text="Rowan Sedge, and Casey",
        case=MATTER,
        recipient="r.oakfield@parents.example",
        others=(OTHER,),
        withheld=("Casey",),
    )

    found = late_faults(mail, ["R.Oakfield@parents.example", "T.Oakfield@parents.example"])

    assert [fault.split()[1] for fault in found] == ["also", "names", "shows"]
    assert late_faults(replace(mail, text="Here is our letter."), [mail.recipient]) == ()
