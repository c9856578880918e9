"""rclone works with the practice school's OneDrive as it works with a real one."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.practice import PracticeServer

RCLONE = shutil.which("rclone")

pytestmark = [
    pytest.mark.foreign,
    pytest.mark.skipif(
        RCLONE is None, reason="rclone is not installed: uv run --group foreign pytest tests/foreign"
    ),
]


class Rclone:
    """rclone with the office's OneDrive as `school:`, signed in as an application."""

    def __init__(self, practice: PracticeServer, folder: Path) -> None:
        facts = practice.facts
        self._environment = {
            **os.environ,
            # Its copy monitor looks nowhere else for certificates.
            "SSL_CERT_FILE": practice.ca_file,
            "RCLONE_CA_CERT": practice.ca_file,
            "RCLONE_CONFIG": str(folder / "rclone.conf"),
            "RCLONE_RETRIES": "1",
            "RCLONE_LOW_LEVEL_RETRIES": "2",
        }
        options = {
            "type": "onedrive",
            "client_id": facts["visitor"]["client_id"],
            "client_secret": facts["visitor"]["client_secret"],
            "tenant": facts["tenant_id"],
            "token_url": f"{facts['login_root']}/{facts['tenant_id']}/oauth2/v2.0/token",
            "client_credentials": "true",
            "tenant_url": facts["graph_root"].rstrip("/"),
            "drive_id": facts["office_drive_id"],
            "drive_type": "business",
        }
        lines = [f"{name} = {value}" for name, value in options.items()]
        (folder / "rclone.conf").write_text("\n".join(["[school]", *lines, ""]), encoding="utf-8")

    def __call__(self, *words: str) -> bytes:
        """What it prints; anything but success fails the test with what it says."""
        done = subprocess.run(
            [str(RCLONE), *words], env=self._environment, capture_output=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"rclone {words[0]} said: {done.stderr.decode()[-1500:]}"
        return done.stdout

    def names(self, where: str, *more: str) -> set[str]:
        return set(self("lsf", "-R", where, *more).decode().splitlines())


@pytest.fixture(scope="module")
def rclone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rclone]:
    with PracticeServer(tmp_path_factory.mktemp("practice"), now="2026-11-23T09:00:00Z") as practice:
        yield Rclone(practice, tmp_path_factory.mktemp("rclone"))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """A folder with files of every awkward sort."""
    folder = tmp_path / "papers"
    (folder / "minutes" / "old").mkdir(parents=True)
    (folder / "letter.txt").write_bytes(b"A letter.")
    (folder / "large.bin").write_bytes(os.urandom(11_000_000))
    (folder / "minutes" / "käse & co #1, 50% (2).txt").write_bytes(b"odd name")
    (folder / "minutes" / "empty.txt").write_bytes(b"")
    (folder / "minutes" / "old" / "january.md").write_bytes(b"# January")
    return folder


def test_a_folder_goes_up_and_comes_down_the_same(rclone: Rclone, papers: Path, tmp_path: Path) -> None:
    rclone("copy", str(papers), "school:both ways")
    rclone("check", str(papers), "school:both ways")
    rclone("copy", "school:both ways", str(tmp_path / "down"))
    there = {path.relative_to(papers): path.read_bytes() for path in papers.rglob("*") if path.is_file()}
    back = tmp_path / "down"
    assert {path.relative_to(back): path.read_bytes() for path in back.rglob("*") if path.is_file()} == there


def test_a_sync_moves_what_was_renamed_and_removes_what_is_gone(rclone: Rclone, papers: Path) -> None:
    rclone("sync", str(papers), "school:synced")
    (papers / "letter.txt").rename(papers / "minutes" / "sent letter.txt")
    (papers / "minutes" / "old").rename(papers / "archive")
    (papers / "minutes" / "empty.txt").unlink()
    moved = rclone("sync", str(papers), "school:synced", "--track-renames", "--use-json-log", "-v")
    rclone("check", str(papers), "school:synced")
    assert moved == b""
    assert "minutes/sent letter.txt" in rclone.names("school:synced")
    assert "minutes/empty.txt" not in rclone.names("school:synced")


def test_a_recursive_list_by_delta_finds_the_same(rclone: Rclone, papers: Path) -> None:
    rclone("copy", str(papers), "school:followed")
    rclone("moveto", "school:followed/minutes", "school:followed/papers of meetings")
    quick = rclone.names("school:followed", "--onedrive-delta", "--fast-list")
    assert quick == rclone.names("school:followed")
    assert "papers of meetings/old/january.md" in quick


def test_a_part_of_a_file_is_read(rclone: Rclone, papers: Path) -> None:
    rclone("copyto", str(papers / "large.bin"), "school:parts/large.bin")
    content = (papers / "large.bin").read_bytes()
    assert rclone("cat", "school:parts/large.bin", "--offset", "1000", "--count", "77") == content[1000:1077]
    assert rclone("cat", "school:parts/large.bin", "--tail", "9") == content[-9:]
    assert (
        hashlib.sha256(rclone("cat", "school:parts/large.bin")).digest() == hashlib.sha256(content).digest()
    )


def test_a_file_is_copied_on_the_server_shared_and_its_folder_purged(rclone: Rclone, papers: Path) -> None:
    rclone("copyto", str(papers / "letter.txt"), "school:gone/letter.txt")
    rclone("copyto", "school:gone/letter.txt", "school:gone/second.txt")
    assert rclone("cat", "school:gone/second.txt") == b"A letter."
    assert rclone("link", "school:gone/letter.txt").startswith(b"https://")
    rclone("purge", "school:gone")
    assert not [name for name in rclone.names("school:") if name.startswith("gone/")]


def test_changes_are_followed(rclone: Rclone, papers: Path) -> None:
    rclone("mkdir", "school:watched")
    watching = subprocess.Popen(
        [str(RCLONE), "test", "changenotify", "school:", "--poll-interval", "1s"],
        env=rclone._environment,
        stderr=subprocess.PIPE,
    )
    assert watching.stderr is not None
    try:
        assert b"Waiting for changes" in watching.stderr.readline()
        rclone("copyto", str(papers / "letter.txt"), "school:watched/new letter.txt")
        seen = b""
        while b"new letter.txt" not in seen:
            line = watching.stderr.readline()
            assert line, "rclone stopped watching"
            seen += line
    finally:
        watching.terminate()
        watching.wait(20)
