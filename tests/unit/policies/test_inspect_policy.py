"""`casework inspect policy` shows what is found, in a shape that scripts rely on."""

import json
from pathlib import Path

import pytest

from command_line.inspect_policy import inspect_policy
from tests.unit.policies.word_files import paragraph, table, word_file

SHARED_POLICY = (
    Path(__file__).resolve().parents[3].parent
    / "shared"
    / "policies"
    / "parental-use-of-social-networking.docx"
)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "behaviour.docx"
    rows = table(
        ("Policy owner", "Headteacher"), ("Last reviewed", "12 May 2025"), ("Next review", "Summer Term 2027")
    )
    file.write_bytes(word_file(paragraph("Behaviour Policy") + rows))
    return file


def test_one_json_object_a_document(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert inspect_policy([policy], as_json=True) == 0
    assert json.loads(capsys.readouterr().out) == {
        "file": str(policy),
        "readable": True,
        "title": "Behaviour Policy",
        "owner": "Headteacher",
        "last_update": {"text": "12 May 2025", "value": "2025-05-12", "precision": "day"},
        "next_review": {
            "text": "Summer Term 2027",
            "value": "2027-summer",
            "precision": "term",
            "from": "2027-04-01",
            "to": "2027-07-31",
            "derived": False,
            "where": "table",
        },
        "cycle": None,
        "findings": [],
    }


def test_a_bad_file_is_named_and_the_others_are_still_read(
    policy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\3\4 and no more")
    assert inspect_policy([broken, tmp_path / "absent.pdf", policy], as_json=True) == 1
    captured = capsys.readouterr()
    records = [json.loads(line) for line in captured.out.splitlines()]
    assert [record["readable"] for record in records] == [False, False, True]
    assert records[0]["next_review"]["value"] is None
    assert "broken.docx could not be read: it is damaged" in captured.err
    assert "absent.pdf could not be read" in captured.err


def test_without_a_file_it_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert inspect_policy([], as_json=False) == 2
    assert "casework inspect policy behaviour.docx" in capsys.readouterr().err


def test_people_get_a_table(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert inspect_policy([policy], as_json=False) == 0
    assert "Headteacher"[:6] in capsys.readouterr().out


@pytest.mark.skipif(
    not SHARED_POLICY.exists(), reason="the school's own policy is not beside this repository"
)
def test_the_school_s_own_policy_is_due_since_september_2023(capsys: pytest.CaptureFixture[str]) -> None:
    assert inspect_policy([SHARED_POLICY], as_json=True) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["title"] == "Parental use of Social Networking and Internet Sites Policy"
    assert (record["owner"], record["last_update"]["value"]) == ("Headteacher", "2021-09")
    assert (record["next_review"]["value"], record["next_review"]["to"]) == ("2023-09", "2023-09-30")
