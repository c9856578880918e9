"""Answers, case tags, who sent them, and whether a report is about the headteacher."""

# ruff: noqa: E501 - mails stand here as programs write them

import pytest

from casework.intake import SenderProof, find_tags, mentions_headteacher, reply_text, sender_proof
from connectors.documents.messages import MimeMessageReader

HISTORIES = [
    "\n\nOn Mon, 23 Nov 2026 at 09:00, Reports <reports@tillbrook.example> wrote:\n\n> Please approve.\n> REJECT or CHANGE",
    "\n\n> On 23 Nov 2026, at 09:00, Reports <reports@tillbrook.example> wrote:\n> \n> Please approve.",
    "\n\nFrom: Reports <reports@tillbrook.example>\nSent: 23 November 2026 09:00\nTo: Head\nSubject: Please approve\n\nREJECT",
    "\n\n________________________________\nFrom: Reports\nSent: 23 November 2026 09:00\nTo: Head\nSubject: Please\n\nREJECT",
    "\n\n-----Original Message-----\nFrom: Reports\nSent: 23 November 2026 09:00\nTo: Head\nSubject: Please\n\nREJECT",
    "\n\nAm 23.11.2026 um 09:00 schrieb Reports <reports@tillbrook.example>:\n> REJECT",
    "\n\nLe lun. 23 nov. 2026 à 09:00, Reports\n<reports@tillbrook.example> a écrit :\n\n> REJECT",
    "\n\nSent from my iPhone",
    "\n\nGet Outlook for iOS<https://aka.ms/o0ukef>",
    "\n\n-- \nRosa Vale\nHeadteacher",
    "\n\nKind regards,\n\nRosa Vale\nHeadteacher\n01632 960000",
    "\n\nSent from Outlook for Android\n________________________________\nFrom: Reports\nSent: Monday\nTo: Head\nSubject: x\n\nREJECT",
    "",
]


@pytest.mark.parametrize("history", HISTORIES)
@pytest.mark.parametrize("words", ["APPROVE", "CHANGE too harsh,\ntake out paragraph 3"])
def test_an_answer_is_what_its_sender_wrote_and_nothing_of_the_history(words: str, history: str) -> None:
    assert reply_text(words + history) == words


def test_an_answer_below_the_quotation_is_found() -> None:
    assert (
        reply_text("On Mon, Reports <r@tillbrook.example> wrote:\n> Please approve. 2026\n\nAPPROVE\n")
        == "APPROVE"
    )


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Re: Please approve: [TIS-2026-0007-k3f9]", (("TIS-2026-0007", "k3f9"),)),
        (
            "[TIS-2026-0007-k3f9] and again [TIS-2026-0007-k3f9], [AB-2027-12345-zzzz]",
            (("TIS-2026-0007", "k3f9"), ("AB-2027-12345", "zzzz")),
        ),
        ("[TIS-2026-0007-\n k3f9]", (("TIS-2026-0007", "k3f9"),)),
        ("[tis-2026-0007-K3F9]", (("TIS-2026-0007", "k3f9"),)),
        ("TIS-2026-0007 [TIS-2026-0007] [TIS-26-7-k3f9] [EXTERNAL]", ()),
    ],
)
def test_case_tags_are_read_wherever_they_stand(text: str, tags: tuple[tuple[str, str], ...]) -> None:
    assert find_tags(text) == tags


HEAD = ("Mrs Vale", "Rosa Vale")


@pytest.mark.parametrize(
    "text",
    [
        "The headteacher lied to us.",
        "she said the Head Teacher is useless",
        "our head-teacher hit him",
        "They wrote that the head should be sacked.",
        "Mrs Vale is a disgrace",
        "mrs. vale again!",
        "that head of school needs to go",
        "FYI\n\nFrom: Kit <kit@example.net>\nSent: 1 May 2026 10:00\nTo: Office\nSubject: x\n\nROSA VALE must go",
        "Dear Mrs Vale,\nthe post says that the headteacher bullies staff.\nKind regards,\nAnn",
        "headmistress? more like a prison guard",
    ],
)
def test_a_report_that_speaks_of_the_head_is_known(text: str) -> None:
    assert mentions_headteacher(text, headteacher_names=HEAD)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Mrs Vale,\n\nplease look at this post about Year 2.\n\nKind regards,\nAnn",
        "Good morning Mrs Vale, a parent has posted about the school gate.",
        "FAO the headteacher\n\nA parent has posted about the school gate.",
        (
            "FYI\n\nFrom: Kit <kit@example.net>\nSent: 1 May 2026 10:00\nTo: Headteacher <head@tillbrook.example>; Mrs Vale\n"
            "Subject: A post\n\nLook at this post about Year 2."
        ),
        "Please see below.\n\nAnn Quill\nPA to the Headteacher\nTillbrook School\n01632 960000",
        "Please see below.\n\n-- \nAnn Quill\nHeadteacher's PA",
        "Please see below.\n\nBest wishes\n\nRosa Vale\nHeadteacher",
        "The deputy headteacher and the head of year were named.",
        "He was hit on the head. Mrs Valentine saw it. Head lice again!",
    ],
)
def test_greetings_headings_and_signatures_do_not_name_the_head(text: str) -> None:
    assert not mentions_headteacher(text, headteacher_names=HEAD)


OUR_DOMAINS = frozenset({"tillbrook.example"})
PASS = "Authentication-Results: spf=pass smtp.mailfrom=a.example; dkim=pass; dmarc=pass action=none header.from=a.example;compauth=pass"
FAIL = "Authentication-Results: spf=fail; dkim=none; dmarc=fail action=oreject header.from=a.example; compauth=fail reason=000"
INTERNAL = "X-MS-Exchange-Organization-AuthAs: Internal"
ANONYMOUS = "X-MS-Exchange-Organization-AuthAs: Anonymous"
STAFF, PARENT = "From: Rosa <head@tillbrook.example>", "From: Kit <kit@a.example>"


@pytest.mark.parametrize(
    ("headers", "proof"),
    [
        ([INTERNAL, STAFF], SenderProof.INTERNAL),
        ([ANONYMOUS, INTERNAL, STAFF], SenderProof.FAILED),
        ([INTERNAL, PARENT], SenderProof.UNKNOWN),
        ([ANONYMOUS, PASS, PARENT], SenderProof.VERIFIED),
        ([ANONYMOUS, FAIL, PARENT], SenderProof.FAILED),
        ([ANONYMOUS, FAIL, PASS, PARENT], SenderProof.FAILED),
        ([ANONYMOUS, FAIL, STAFF], SenderProof.FAILED),
        ([PARENT], SenderProof.UNKNOWN),
        (
            ["Authentication-Results: mx; dmarc=none (comment dmarc=pass) header.from=a.example", PARENT],
            SenderProof.UNKNOWN,
        ),
    ],
)
def test_only_the_topmost_headers_vouch_for_a_sender(headers: list[str], proof: SenderProof) -> None:
    message = MimeMessageReader().read(("\r\n".join(headers) + "\r\n\r\nAPPROVE").encode())
    assert sender_proof(message, OUR_DOMAINS) is proof
