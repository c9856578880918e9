"""The directory, and that a user is found in every spelling."""

from tests.practice import PracticeServer


def test_a_person_is_found_by_address_in_any_letter_case_and_by_id(practice: PracticeServer) -> None:
    by_address = practice.graph("GET", f"users/{practice.user('headteacher').upper()}", expect=200).json()
    by_id = practice.graph("GET", f"users/{by_address['id']}", expect=200).json()
    assert by_id == by_address
    assert by_id["mail"] == practice.user("headteacher")


def test_me_is_the_signed_in_person_and_means_nothing_to_an_application(practice: PracticeServer) -> None:
    me = practice.graph("GET", "me", token=practice.user_token("clerk"), expect=200).json()
    assert me["mail"] == practice.user("clerk")
    practice.graph("GET", "me", expect=400)


def test_casework_may_not_read_the_directory(practice: PracticeServer) -> None:
    answer = practice.graph("GET", "users", token=practice.casework_token(), expect=403)
    assert answer.json()["error"]["code"] == "Authorization_RequestDenied"
