"""How people ask not to be named, and how an office answers; what is unclear is never guessed."""

from __future__ import annotations

import pytest

from casework.answers import QuestionKind, Said, read_reply
from casework.assessment import Assessment, Audience, Opinion, faults_of, remarks_on
from casework.guesses import Signs, score
from casework.marks import plain_name, sample_of_words
from casework.naming_wishes import asks_not_to_be_named
from tests.journals import CASE


@pytest.mark.parametrize(
    "words",
    [
        "Please don't tell anyone it was me.",
        "please don\u2019t say that this came from me",
        "I'd like to remain anonymous.",
        "Can you keep my name out of it?",
        "I do not want anyone to know I sent this",
        "Please do not mention my name to them.",
        "I would rather not be named.",
        "Nobody must know that it was me.",
        "This is anonymous, please.",
        "A mum exported this for me. She would not like her name to come out.",
        "She doesn't want her name mentioned.",
        "He asked that his name is not used.",
        "I'd rather nobody knew it was me.",
        "I would rather my name did not come up.",
        "My name must not come out.",
        "I don't want the other parents to know it was me.",
        "I do not want him to find out that I reported it.",
        "I don't want this traced back to me.",
        "I don't want to get involved.",
        "Please leave me out of it.",
        "Please keep her name out of this.",
        "Please do not tell them where you got this.",
        "Please treat this in confidence.",
        "Can this be kept confidential, please?",
    ],
)
def test_a_wish_not_to_be_named_is_heard(words: str) -> None:
    assert asks_not_to_be_named(words)


@pytest.mark.parametrize(
    "words",
    [
        "I don't mind being named.",
        "You can use my name.",
        "Please tell her that I saw it.",
        "An anonymous account wrote this about Mrs Vale.",
        "Do not reply to this post, it was removed.",
        "I do not know who wrote this.",
        "The post gives her name, and he does not like her name.",
        "The post does not mention her name, but everybody knows who is meant.",
        "This e-mail is confidential and meant for the addressee alone.",
        "If you do not want to receive our newsletter, tell the office.",
        "",
    ],
)
def test_other_words_are_no_such_wish(words: str) -> None:
    assert not asks_not_to_be_named(words)


@pytest.mark.parametrize(
    ("words", "said", "case"),
    [
        ("FILE TIS-2026-0007", Said.FILE, "TIS-2026-0007"),
        ("Please put it with tis 2026/7, thanks", Said.FILE, "TIS-2026-0007"),
        ("TIS-2026-0007", Said.FILE, "TIS-2026-0007"),
        ("new", Said.NEW, None),
        ("It is a new one.", Said.NEW, None),
        ("NOT OURS", Said.NOT_OURS, None),
        ("Spam, ignore it", Said.NOT_OURS, None),
        ("FILE TIS-2026-0007 or TIS-2026-0008", Said.UNCLEAR, None),
        ("Is it new?", Said.UNCLEAR, None),
        ("FILE it", Said.UNCLEAR, None),
        ("", Said.UNCLEAR, None),
        ("FILE ABC-2026-0007", Said.UNCLEAR, None),
    ],
)
def test_an_answer_about_the_tray(words: str, said: Said, case: str | None) -> None:
    read = read_reply(QuestionKind.FILING, words, school="TIS")

    assert (read.said, read.case) == (said, case)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("LINK", Said.LINK),
        ("Yes, the same post.", Said.LINK),
        ("KEEP APART", Said.APART),
        ("No, please don't link them", Said.APART),
        ("They are different", Said.APART),
        ("Link? I am not sure", Said.UNCLEAR),
        ("Thank you", Said.UNCLEAR),
    ],
)
def test_an_answer_about_the_same_post(words: str, said: Said) -> None:
    assert read_reply(QuestionKind.SAME_POST, words, school="TIS").said is said


def test_names_are_compared_by_their_parts_and_too_little_names_nobody() -> None:
    assert plain_name("Mrs Rowan Oakfield") == plain_name("OAKFIELD, Rowan") == "oakfield rowan"
    assert plain_name("Mrs R. Oakfield") == ""
    assert plain_name("") == ""


def test_texts_about_the_same_post_share_most_of_their_samples() -> None:
    post = (
        "The school has once again told us nothing about the trip and my daughter came home in tears because "
        "nobody had packed her lunch and nobody answered the telephone all afternoon long"
    )
    other = "The bake sale is on Friday after school in the hall and all are welcome to bring a cake or biscuits please"
    mine, yours, theirs = (set(sample_of_words(text)) for text in (post, f"Look: {post} !!", other))

    assert len(mine & yours) > len(mine) / 2
    assert len(mine & theirs) < 3
    assert sample_of_words("please look at this") == ()


def test_guesses_are_scored_and_the_likeliest_comes_first() -> None:
    weak = Signs(case=CASE, from_reporter=True, is_open=False)
    strong = Signs(case="TIS-2026-0009", numbered=True, from_reporter=True)  # type: ignore[arg-type]  # a reference

    assert [(guess.case, guess.points) for guess in score([weak, strong])] == [
        ("TIS-2026-0009", 90),
        (CASE, 15),
    ]


def test_an_assessment_needs_an_answer_and_a_reason_for_other_and_for_knowingly() -> None:
    assert len(faults_of(Assessment(), ("other",))) == 2
    answered = Assessment(harms_people=Opinion.NO, other_reason="too short", knowingly=Opinion.YES)
    assert len(faults_of(answered, ("other",))) == 2
    assert faults_of(answered, ()) == (
        'Say in "Knowingly: how do we know" what shows that it was posted knowingly.',
    )
    assert remarks_on(Assessment(audience=Audience.PRIVATE), ())
    assert not remarks_on(Assessment(audience=Audience.PUBLIC), ())
