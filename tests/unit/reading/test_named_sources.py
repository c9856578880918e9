"""Who sent, showed or told it to the writer of a cover note is a source, and as little to be seen as the writer."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from casework.hiding import without_people
from casework.intake import people_in
from casework.intake.sources import sources_named
from connectors.documents.messages import MimeMessageReader

SOURCES = (
    ("Delphine exported this for me.", ["Delphine"]),
    ("Wilf's mum sent me this.", ["Wilf"]),
    ("Mrs Birch (Wilf's mum) showed me this at the gate.", ["Birch", "Wilf"]),
    ("I got this from Amy Birch last night.", ["Amy Birch"]),
    ("This was forwarded to me by Tom Ashdown.", ["Tom Ashdown"]),
    ("Please see attached. The screenshots are from Priya.", ["Priya"]),
    ("Delphine and Amy told me about this post.", ["Amy", "Delphine"]),
    ("A friend of mine, Delphine, sent me these screenshots.", ["Delphine"]),
    ("My neighbour Delphine Ash let me see it on her phone.", ["Delphine Ash"]),
    ("Hi, Mr O'Neill has just passed this on to me.", ["O'Neill"]),
    ("It was Anneliese who spotted it.", ["Anneliese"]),
    ("Anneliese's screenshots are attached.", ["Anneliese"]),
    ("Thanks to Jean-Luc we have a copy.", ["Jean-Luc"]),
    ("The mother of Wilf gave me this.", ["Wilf"]),
    ("Rosa drew my attention to this.", ["Rosa"]),
    ("I was shown this by Karen from the PTA.", ["Karen"]),
    ("Zoë screenshotted it before it was deleted.", ["Zoë"]),
    ("Sarah rang me about this post this morning.", ["Sarah"]),
    ("Photos taken by Bella.", ["Bella"]),
    ("Hello\n\nOlive messaged me this.\nThanks", ["Olive"]),
    ("Reported to me by Mrs Fairweather in the playground.", ["Fairweather"]),
    ("Ms Oduya brought this to my attention.", ["Oduya"]),
    ("I'm writing on behalf of Nadia.", ["Nadia"]),
    ("Source: Marcus Webb", ["Marcus Webb"]),
    ("My sister Joan came across this.", ["Joan"]),
    ("Someone called Hattie sent it to me.", ["Hattie"]),
    ("I had this from Hattie's dad.", ["Hattie"]),
    ("Hattie tipped me off.", ["Hattie"]),
    ("Hattie has kindly given me her screenshots.", ["Hattie"]),
    ("FYI, Joel saved these.", ["Joel"]),
    ("Saffron, one of our Year 1 mums, WhatsApped it to me on Sunday.", ["Saffron"]),
    ("Hello both, Imogen Tate has been in to see me and she handed me the attached.", ["Imogen Tate"]),
    ("I was contacted by Fern Dobson about this.", ["Fern Dobson"]),
    ("Beatrix's grandmother came in with this printout.", ["Beatrix"]),
    ("This came via Mr. Okafor.", ["Okafor"]),
    ("My colleague Lottie spotted it and took a screenshot.", ["Lottie"]),
    ("Got it off Jasmine.", ["Jasmine"]),
    ("Sent in by Theo's dad this morning.", ["Theo"]),
    ("As Orla said to me at pick-up, it has been up since Friday. She sent the pictures.", ["Orla"]),
    ("Gemma's just sent me this, can't believe it", ["Gemma"]),
    ("Please find below what Ms Achebe forwarded to me.", ["Achebe"]),
    ("Harriet let me know about it yesterday.", ["Harriet"]),
    ("The person who told me is Penny Lisle.", ["Penny Lisle"]),
    ("Rhys and his wife Carys showed me the post on their phone.", ["Carys", "Rhys"]),
    ("I have been given these screenshots by Isobel.", ["Isobel"]),
    ("delphine sent me this last night", ["delphine"]),
    ("It was brought in by Ned's carer.", ["Ned"]),
    ("Mum of Ottilie rang to report this.", ["Ottilie"]),
    ("Screenshot courtesy of Fliss.", ["Fliss"]),
    ("Dad (Jim Porter) emailed me this.", ["Jim Porter"]),
    ("Per Annika, here is the thread.", ["Annika"]),
    ("Tamsin asked me to pass this on.", ["Tamsin"]),
    ("Passing this on for Tamsin.", ["Tamsin"]),
    ("A message from Lorna below, she found the post.", ["Lorna"]),
)
NO_SOURCES = (
    "Kerry Marsh posted this on Facebook.",
    "Kerry sent me an abusive message.",
    "Kerry wrote this about Mr Dean.",
    "Kerry told me to get lost.",
    "Kerry sent this round to the whole class.",
    "Kerry forwarded it to everyone in the group.",
    "She sent me this.",
    "Someone sent me this.",
    "A parent showed me this.",
    "I saw this on Facebook.",
    "Facebook sent me this.",
    "My sister sent it.",
    "Kerry shared this in the group.",
    "The comments are by Kerry Marsh.",
    "This was posted by Kerry.",
    "This was written by Kerry Marsh.",
    "Yesterday I found this.",
    "Mr Dean is upset by it.",
    "Kerry sent it to all the parents.",
    "Please see the attached.",
    "Screenshots attached.",
    "Kerry called Mr Dean a liar.",
    "Kerry put it on Instagram.",
    "They took the pictures at school.",
    "Kerry told us that Mr Dean hit a child.",
    "Kerry has sent me three nasty emails.",
    "This comes from the Year 2 group.",
    "It was on X yesterday.",
    "Kerry commented on it.",
    "Miss Hart teaches Year 1.",
    "Kerry has been posting about Mr Dean.",
    "Kerry Marsh said this about the school.",
    "Kerry told everyone that the head is a liar.",
    "I found this on the Tillbrook Mums page.",
    "Kerry sent the teacher a threatening message.",
    "Mr Dean has seen it and is upset.",
    "The post names Kerry's son.",
    "Kerry's comments are at the bottom.",
    "Kerry shared the video publicly.",
    "Please call me.",
    "The link is https://www.facebook.com/x",
    "Kerry made a video of the assembly.",
    "Kerry replied to it.",
    "Kerry deleted it this morning.",
    "Kerry threatened me.",
    "Kerry told my wife she would be sorry.",
    "We think it was written by Kerry.",
    "Kerry is the admin of the group.",
    "Kerry has taken it down.",
    "Kerry emailed me to complain.",
    "They got the name from Kerry's profile.",
    "He is the father of Ruby in Year 2.",
    "It was uploaded by Kerry Marsh.",
    "Kerry gave an interview to the Gazette.",
)


@pytest.mark.parametrize(("note", "names"), SOURCES)
def test_who_gave_it_to_the_writer_is_known(note: str, names: list[str]) -> None:
    assert sorted(sources_named(note)) == names


@pytest.mark.parametrize("note", NO_SOURCES)
def test_who_posted_it_or_what_is_no_person_is_no_source(note: str) -> None:
    assert sources_named(note) == ()


def test_a_source_named_in_a_cover_note_is_not_readable_in_the_copies_and_the_author_of_the_post_is() -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        "Tom Vale <t@parents.example>",
        "reports@school.example",
        "Fwd: look",
    )
    mail.set_content(
        "Wilf's mum and Delphine sent me this. Kerry Marsh posted it.\n\n---------- Forwarded message ---------\n"
        "From: Rosa Greystoke <rosa@parents.example>\nDate: Sat, 21 Nov 2026 at 19:42\nSubject: look\n"
        "To: Tom Vale <t@parents.example>\n\nDelphine and Wilf were in the picture that Kerry Marsh put up.\n"
    )
    message = MimeMessageReader().read(mail.as_bytes())
    shown = without_people(message.text, people_in(message), label="Reporter A")

    assert not any(name in shown for name in ("Wilf", "Delphine", "Rosa", "Tom"))
    assert shown.count("Kerry Marsh") == 2
