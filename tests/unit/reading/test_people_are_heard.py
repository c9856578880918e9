"""People whose mail looks like a robot's: every one of them is heard, and the robots beside them are not answered."""

# ruff: noqa: E501 - mails stand here as people write them

import pytest

from casework.intake import MessageKind
from tests.unit.reading.test_automatic_mail import mail, read

PEOPLE = [
    ("Read: what she put on Facebook", "Have you seen this? It is about Miss Quill."),
    ("Deleted: the post about Year 2", "He took it down, but I kept a picture of it."),
    ("Holiday club post", "I am on holiday until Friday but saw this on Facebook: Mrs Vale wrote about the club. See attached screenshot."),
    ("Re: confirmation of our meeting", "Thank you for your email. I will get back to you as soon as I have spoken to Rosa."),
    ("Out of office hours abuse", "She writes to staff at midnight. I will reply to no more of it."),
    ("Undeliverable letters and other lies", "He says on the page that your letters could not be delivered to him. They were."),
    ("Mail not delivered", "The parents say that the newsletter was not delivered and have posted about it."),
    ("Away", "I am not in school tomorrow. Please see what he has posted on Instagram."),
    ("Thank you for your message", "Thank you for your message. The post is still up."),
    ("Automatic gates", "The gates are automatic now, and a parent has written about them."),
    ("Verify this please", "Is this her account? Please confirm."),
    ("Your ticket to the fair", "He sells them on Snapchat and calls us thieves."),
    ("Post", "See the post.\n\n> I am out of the office until Monday.\n> This is an automatic reply."),
    ("Poissaolo", "Matti on sairaana. Katso mitä isä kirjoitti."),
    ("FW: Automatic reply: the post", "I got this from the parent.\n\nFrom: Kit <kit@example.net>\nSent: 22 October 2026 10:00\nTo: Rosa\nSubject: Automatic reply: the post\n\nI am away."),
]  # fmt: skip

ROBOTS = [
    ("Read: A post", "Your message\n\n   To: Rosa\n   Subject: A post\n\nwas read on 22/10/2026 10:00."),
    ("Gelesen: Ein Beitrag", "Ihre Nachricht\n\nAn: Rosa\n\nwurde gelesen am 22.10.2026."),
    ("Re: A post (Automatic Response)", "On holiday. Bye."),
    ("[Auto-Reply] A post", "We are closed."),
    ("Ann Quill is out of the office.", "I will not return until 30/11/2026."),
    ("Re: A post", "I am away on annual leave. I will respond on my return. For urgent matters, please contact the office."),
    ("RE: A post", "This account is protected by Guard. Click on the following link to have your address added to the allowed list."),
    ("Your enquiry", "Thank you for contacting Tillbrook Council. Your message has been received. We aim to reply within 10 days. Please do not reply to this email."),
    ("Votre message", "Merci pour votre message. Je suis absente. Ceci est un message automatique."),
]  # fmt: skip


@pytest.mark.parametrize(("subject", "text"), PEOPLE)
def test_a_person_is_heard(subject: str, text: str) -> None:
    assert read(mail(text, subject)).kind in {MessageKind.REPORT, MessageKind.REPLY}


@pytest.mark.parametrize(("subject", "text"), ROBOTS)
def test_a_robot_is_not_taken_for_a_person(subject: str, text: str) -> None:
    assert read(mail(text, subject)).kind is MessageKind.AUTO_REPLY


def test_a_village_postmaster_is_heard_and_a_mail_systems_postmaster_is_not_answered() -> None:
    sender = "The Postmaster <postmaster@village.example>"

    assert read(mail("I saw this.", "A post about your school", From=sender)).kind is MessageKind.REPORT
    failed = "Your message could not be delivered to p@parents.example. User unknown."
    assert read(mail(failed, "Delivery failure", From=sender)).kind is MessageKind.BOUNCE


def test_a_rule_that_forwards_a_parents_mail_hides_nobody() -> None:
    made = mail(
        "See below.\n\nFrom: Kit <kit@example.net>\nSent: 22 October 2026 10:00\nTo: Rosa\nSubject: A post\n\nLook.",
        "FW: A post",
        X_MS_Exchange_Generated_Message_Source="Mailbox Rules Agent",
        Auto_Submitted="auto-forwarded",
    )
    assert read(made).kind is MessageKind.REPORT


def test_an_absence_with_an_empty_return_path_is_no_bounce_of_a_letter() -> None:
    made = mail(
        "I am unable to receive messages until Monday.", "Automatic reply: A letter", Return_Path="<>"
    )
    assert read(made).kind is MessageKind.AUTO_REPLY


@pytest.mark.parametrize(
    ("sender", "subject", "text"),
    [
        ("MAILER-DAEMON@mx.example.net", "Mail not delivered", "The recipients did not get this message."),
        ("Post_Master@example.net", "Re:A letter", "Error: Invalid user address\n\n550 - no such user here"),
        ("smtp-gateway@example.net", "Mail could not be delivered", "550 unknown user."),
        ("postmaster@example.net", 'FAILED MAIL to "kit"', "The address did not match anybody."),
        ("MAILER-DAEMON@example.cn", "退信", "邮件无法送达"),
    ],
)
def test_a_mail_system_that_speaks_freely_is_a_bounce_too(sender: str, subject: str, text: str) -> None:
    assert read(mail(text, subject, From=sender)).kind is MessageKind.BOUNCE
