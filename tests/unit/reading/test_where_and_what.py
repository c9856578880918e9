"""Where something was posted, and what a person may want to tick."""

# ruff: noqa: E501 - mails stand here as programs write them

from pathlib import Path
from urllib.parse import quote

import pytest

from casework.errors import SettingsError
from casework.intake import read_report, report_from_files
from casework.intake.links import find_links, read_link, unwrap
from casework.intake.suggestions import FRAGMENTS, ORDINARY_FRAGMENTS, suggest
from connectors.documents.messages import MimeMessageReader, load_platforms

PLATFORMS = load_platforms()
POST = "https://www.facebook.com/groups/123/posts/456/"
SAFE = (
    "https://eur01.safelinks.protection.outlook.com/?url="
    + quote(POST + "?fbclid=abc", safe="")
    + "&data=05%7C01&reserved=0"
)


@pytest.mark.parametrize(
    "written",
    [
        POST,
        POST + "?fbclid=IwAR0abc&utm_source=mail",
        SAFE,
        "https://eur02.safelinks.protection.outlook.com/?url=" + quote(SAFE, safe="") + "&data=1",
        "https://l.facebook.com/l.php?u=" + quote(POST, safe="") + "&h=AT0",
        "https://www.google.com/url?q=" + quote(POST, safe="") + "&sa=D",
        "https://urldefense.com/v3/__" + POST + "__;!!abc!def$",
        "https://urldefense.proofpoint.com/v2/url?u="
        + quote(POST, safe="").replace("%", "-").replace("/", "_")
        + "&d=DwMF",
        "https://m.facebook.com/groups/123/posts/456/?mibextid=abc&__tn__=R",
    ],
)
def test_every_way_to_write_one_posts_address_is_one_address(written: str) -> None:
    (link,) = find_links(f"See <{written}>. Thanks", None, PLATFORMS)
    assert link.key == "https://facebook.com/123/456"
    assert (link.platform, link.group, link.raw) == ("Facebook", "123", written)


@pytest.mark.parametrize(
    ("address", "platform", "handle"),
    [
        ("https://twitter.com/kit_rowe/status/1?s=20&t=abc", "Twitter", "kit_rowe"),
        ("https://x.com/kit_rowe/status/1", "Twitter", "kit_rowe"),
        ("https://www.instagram.com/kit.rowe/?igshid=1", "Instagram", "kit.rowe"),
        ("https://instagram.com/p/Abc123/", "Instagram", ""),
        ("https://www.tiktok.com/@kit.rowe/video/7", "TikTok", "kit.rowe"),
        ("https://www.snapchat.com/add/kitrowe", "Snapchat", "kitrowe"),
        ("https://fb.watch/abc/", "Facebook", ""),
        ("https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv", "WhatsApp", ""),
        ("https://www.reddit.com/r/tillbrook/comments/1", "Reddit", ""),
        ("https://www.facebook.com/people/Kit-Rowe/100012345/", "Facebook", "Kit-Rowe"),
        ("https://www.google.co.uk/maps/place/Tillbrook/", "Google reviews", ""),
        ("https://protect-eu.mimecast.com/s/AbCdE?domain=facebook.com", "Facebook", ""),
        ("https://notfacebook.com/kit", "", ""),
        ("https://facebook.com.example.org/kit", "", ""),
    ],
)
def test_platform_and_account_are_read_from_the_address(address: str, platform: str, handle: str) -> None:
    link = read_link(address, PLATFORMS)
    assert link is not None
    assert (link.platform, link.handle) == (platform, handle)


@pytest.mark.parametrize(
    "addresses",
    [
        (
            "https://www.facebook.com/groups/9/permalink/789012/?comment_id=5",
            "https://m.facebook.com/groups/9?view=permalink&id=789012",
            "https://www.facebook.com/groups/9/?multi_permalinks=789012&ref=share",
            "https://www.facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fgroups%2F9%2Fposts%2F789012%2F",
        ),
        (
            "https://www.facebook.com/photo?fbid=123456&set=a.4",
            "https://www.facebook.com/photo.php?fbid=123456&type=3",
            "https://www.facebook.com/kit.rowe/photos/a.4/123456/",
        ),
        (
            "https://www.facebook.com/permalink.php?story_fbid=pfbid0Ab&id=1",
            "https://m.facebook.com/story.php?story_fbid=pfbid0Ab&id=1",
            "https://www.facebook.com/kit.rowe/posts/pfbid0Ab",
        ),
        (
            "https://x.com/kit_rowe/status/1234567890123456789?s=46",
            "https://mobile.twitter.com/kit_rowe/status/1234567890123456789/photo/1",
            "https://twitter.com/i/web/status/1234567890123456789",
            "https://www.bing.com/ck/a?p=1&u=a1aHR0cHM6Ly94LmNvbS9pL3N0YXR1cy8xMjM0NTY3ODkwMTIzNDU2Nzg5",
        ),
        (
            "https://www.youtube.com/watch?v=abcdefghijk&t=30s",
            "https://youtu.be/abcdefghijk?si=x",
            "https://www.youtube.com/shorts/abcdefghijk",
        ),
        (
            "https://www.instagram.com/p/Cabcdefghij/",
            "https://www.instagram.com/kit.rowe/reel/Cabcdefghij/?igsh=1",
        ),
        (
            "https://www.threads.net/@kit/post/Cabcdefghij",
            "https://www.threads.com/@kit/post/Cabcdefghij?xmt=1",
        ),
        ("https://redd.it/1abcde", "https://old.reddit.com/r/tillbrook/comments/1abcde/a_title/"),
    ],
    ids=lambda addresses: addresses[0].split("/")[2],
)
def test_one_post_is_one_however_its_address_is_written(addresses: tuple[str, ...]) -> None:
    links = [read_link(address, PLATFORMS) for address in addresses]
    assert len({link.key for link in links if link}) == 1
    assert [link.raw for link in links if link] == list(addresses)


def test_two_posts_of_one_group_are_two() -> None:
    one, other = (
        read_link(f"https://www.facebook.com/groups/9/posts/{n}", PLATFORMS) for n in (100001, 100002)
    )
    assert one
    assert other
    assert one.key != other.key


@pytest.mark.parametrize(
    ("address", "posted"),
    [
        ("https://x.com/kit/status/1460323737035677698", "2021-11-15T19:08:05"),
        ("https://www.tiktok.com/@kit/video/7106594312292453675", "2022-06-07T20:15:27"),
        ("https://discord.com/channels/1/2/175928847299117063", "2016-04-30T11:18:25"),
        ("https://x.com/kit/status/20", ""),
        (POST, ""),
    ],
)
def test_the_time_of_a_post_is_read_from_its_number(address: str, posted: str) -> None:
    link = read_link(address, PLATFORMS)
    assert link
    assert (f"{link.posted_at:%Y-%m-%dT%H:%M:%S}" if link.posted_at else "") == posted


def test_an_address_keeps_what_is_no_tracking_and_loses_the_sentences_punctuation() -> None:
    text = "Look (https://www.youtube.com/watch?v=abc&si=xyz), and www.nextdoor.co.uk/p/1!"
    links = find_links(text, '<a href="https://youtu.be/q">here</a>', PLATFORMS)
    assert [link.clean for link in links] == [
        "https://www.youtube.com/watch?v=abc",
        "https://www.nextdoor.co.uk/p/1",
        "https://youtu.be/q",
    ]


def test_the_posts_address_is_told_from_the_schools_own() -> None:
    raw = f"From: a@example.org\n\nhttps://tillbrook.example\n\nand {POST} named on Instagram".encode()
    report = read_report(MimeMessageReader().read(raw), platforms=PLATFORMS)
    assert report.post_address == POST
    assert report.platforms == ("Facebook", "Instagram")


def test_a_wrapper_around_itself_ends() -> None:
    loop = "https://www.google.com/url?q=https://www.google.com/url"
    assert unwrap(loop).startswith("https://www.google.com/url")


def test_a_platform_added_to_the_file_is_known(tmp_path: Path) -> None:
    own = tmp_path / "platforms.toml"
    own.write_text(
        '[[platform]]\nname = "Villagebook"\nhosts = ["villagebook.example"]\nwords = ["village book"]\n',
        "utf-8",
    )
    platforms = load_platforms(own)
    assert platforms.named_in("on the Village-Book page") == ("Villagebook",)
    assert platforms.of_address("https://m.villagebook.example/x") is not None


def test_every_mistake_in_the_platforms_file_is_named_at_once(tmp_path: Path) -> None:
    own = tmp_path / "platforms.toml"
    own.write_text(
        '[[platform]]\nname = "A"\nhosts = "a.example"\nhandle = "(("\ncolour = "red"\n[[platform]]\n',
        "utf-8",
    )
    with pytest.raises(SettingsError) as caught:
        load_platforms(own)
    assert len(caught.value.problems) == 4


@pytest.mark.parametrize(
    "text",
    [
        "I'll kill her on Monday",
        "Im going to smash her face in",
        "that teacher needs a good kicking",
        "I know where you live",
        "watch your back Miss Quill",
        "somebody should burn that school down",
        "hope she gets run over",
        "she is dead meat",
        "we will be waiting for her outside",
        "Somebody should wait for her in the car park",
        "he says he will be waiting for her by her car",
        "i will find you and hurt you",
        "go and kill yourself",
        "gonna stab that man",
        "I'll be waiting for her Monday",
        "she wants sorting out",
        "somebody ought to teach her a lesson",
        "he's going to get his head kicked in",
        "I won't be responsible for my actions",
    ],
)
def test_words_of_violence_are_suggested_as_a_threat(text: str) -> None:
    suggested = suggest(text)
    assert suggested.threat
    assert all(word.casefold() in text.casefold() for word in suggested.threat[0].words)
    assert "threat of violence" in [suggestion.name for suggestion in suggested.categories]


@pytest.mark.parametrize(
    "text",
    [
        "I could murder a curry",
        "I could murder a cup of tea",
        "the kids are killing it",
        "she threatened to complain",
        "the office wants sorting out",
        "I'll be waiting for her on Monday at pick up",
        "we will meet her after school for football practice",
        "please wait for her in the car park",
        "Mum waits for him in the car",
        "I am going to get it done by Friday",
        "She is useless and stupid",
        "This school is a joke",
        "We died laughing",
        "I will do the raffle",
        "hit the road early",
        "They will do the assembly in the hall",
        "I will email you the list",
        "kill two birds with one stone",
        "He is going to get up early",
    ],
)
def test_abuse_and_figures_of_speech_are_no_threat(text: str) -> None:
    assert suggest(text).threat == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("typical of muslims", "religion or belief"),
        ("she is too old to teach", "age"),
        ("get rid of the trans teacher", "gender reassignment"),
        ("another lesbian on the staff", "sexual orientation"),
        ("pregnant again, useless", "pregnancy or maternity"),
        ("go back to your own country you immigrant", "race"),
        ("wheelchair woman cannot teach", "disability"),
        ("women belong in the kitchen", "sex"),
        ("married to that idiot", "marriage or civil partnership"),
    ],
)
def test_a_protected_characteristic_is_suggested_by_the_registers_own_name(text: str, name: str) -> None:
    suggested = suggest(text)
    assert name in [suggestion.name for suggestion in suggested.characteristics]
    assert "protected characteristic" in [suggestion.name for suggestion in suggested.categories]


@pytest.mark.parametrize(
    "text", ["The girls' toilets are dirty", "My son loves his boys football team", "sack race on sports day"]
)
def test_everyday_words_of_a_school_name_no_group(text: str) -> None:
    assert suggest(text).characteristics == ()


def test_files_dropped_together_are_one_report_with_the_saved_mails_author() -> None:
    saved = b"From: Rosa Vale <rosa@example.org>\r\nSubject: WhatsApp group\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\nLook"
    files = [
        ("IMG_1.HEIC", b"picture"),
        ("saved.eml", saved),
        ("note.txt", b"Found on Instagram"),
        ("scan.pdf", b"%PDF"),
    ]
    report = report_from_files(files, reader=MimeMessageReader(), platforms=PLATFORMS)
    assert (report.kind.value, report.forwarded) == ("report", True)
    assert report.author.from_address == "rosa@example.org"
    assert report.message == "Found on Instagram"
    assert report.platforms == ("Instagram", "WhatsApp")
    assert [(a.name, a.content_type) for a in report.attachments][:2] == [
        ("IMG_1.HEIC", "image/heic"),
        ("saved.eml", "message/rfc822"),
    ]


def test_a_dropped_picture_alone_is_a_report_and_a_newsletter_too() -> None:
    picture = report_from_files([("post.png", b"x")], reader=MimeMessageReader(), platforms=PLATFORMS)
    newsletter = b"From: no-reply@example.org\r\nPrecedence: bulk\r\nList-Unsubscribe: <x>\r\n\r\nNews"
    dropped = report_from_files([("n.eml", newsletter)], reader=MimeMessageReader(), platforms=PLATFORMS)
    assert [picture.kind.value, dropped.kind.value] == ["report", "report"]
    assert not picture.forwarded


@pytest.mark.parametrize(
    "words",
    [
        "the TA hit a child in class",
        "he hit my son at lunch",
        "a teacher slapped my daughter",
        "she grabbed her child",
    ],
)
def test_that_an_adult_at_school_hurt_a_child_is_suggested_as_an_allegation(words: str) -> None:
    assert "allegation or cyber-bullying" in [one.name for one in suggest(words).categories]


def test_no_two_lists_of_words_call_different_fragments_by_one_name() -> None:
    assert not set(FRAGMENTS) & set(ORDINARY_FRAGMENTS)
