"""The part of a chat that a report is about, and whose words are somebody else's matter."""

from casework.chats import Chat, read_chat, reported_window


def _chat(length: int = 60, **instead: str) -> Chat:
    lines = [
        f"21/11/2026, {10 + place // 60:02}:{place % 60:02} - Parent {place % 5}: "
        + instead.get(f"m{place}", f"about swimming kit, number {place}")
        for place in range(length)
    ]
    chat = read_chat("\n".join(lines))
    assert chat is not None
    return chat


def _nothing(_: str) -> bool:
    return False


def test_the_message_that_the_report_quotes_is_shown_with_ten_around_it() -> None:
    chat = _chat(m30="the new teacher is a complete waste of space")
    told = 'Please look at "the new teacher is a complete waste of space" in the group.'
    window = reported_window(chat, told=told, stands_out=_nothing)
    assert window.reported == (30,)
    assert window.shown == tuple(range(20, 41))


def test_a_message_that_was_pasted_without_quotation_marks_is_found_too() -> None:
    chat = _chat(m5="the new teacher is a complete waste of space")
    window = reported_window(
        chat, told="He wrote the new teacher is a COMPLETE waste of space!!", stands_out=_nothing
    )
    assert window.reported == (5,)


def test_a_time_in_the_report_points_to_its_messages() -> None:
    window = reported_window(_chat(), told="See what was said at 10:30.", stands_out=_nothing)
    assert window.reported == (30,)
    assert reported_window(_chat(), told="about 10.30 am", stands_out=_nothing).reported == (30,)


def test_without_any_word_of_it_what_stands_out_is_shown() -> None:
    chat = _chat(m12="she wants sorting out")
    window = reported_window(chat, told="Please see attached.", stands_out=lambda text: "sorting out" in text)
    assert window.reported == (12,)
    assert window.shown == tuple(range(2, 23))


def test_where_nothing_tells_the_last_ones_are_shown_and_nobody_is_accused() -> None:
    window = reported_window(_chat(), told="Please see attached.", stands_out=_nothing)
    assert window.reported == ()
    assert window.shown == tuple(range(40, 60))
    assert len(window.third_parties(_chat())) == 5


def test_everybody_but_the_author_of_the_reported_message_is_a_third_party() -> None:
    chat = _chat(m30="the new teacher is a complete waste of space")
    window = reported_window(chat, told='"the new teacher is a complete waste of space"', stands_out=_nothing)
    assert set(window.third_parties(chat)) == {"Parent 1", "Parent 2", "Parent 3", "Parent 4"}
