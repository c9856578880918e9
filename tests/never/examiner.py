"""After every sweep: what must never happen has not happened."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator

from casework.cases import Case
from casework.custody import Shelf
from casework.register_columns import STAFF_COLUMNS
from tests.never.looking import STAFF, Files, SeenMail, as_text, everything_in, mails_of, sheet_of
from tests.never.people import APPROVERS, FORGER, REPORTERS, ROBOT, SECRETS
from tests.never.proofs import Proofs
from tests.school import SchoolAtWork

REPORTER_ADDRESSES = frozenset(address for _, address in REPORTERS)


class Examiner:
    """Compares the school before and after a sweep. Raises AssertionError at what must not be."""

    def __init__(self, school: SchoolAtWork) -> None:
        self._school = school
        self._sealed = Files(school, "sealed")
        self._casework = Files(school, "casework")
        self._hashes: dict[str, str] = {}
        self._listed: dict[str, frozenset[tuple[str, str]]] = {}
        self._vault: dict[str, frozenset[bytes]] = {}
        self._seen_mails: set[str] = set()
        self._left = 0
        self._numbers: dict[str, int] = {}
        self._sent_letters: Counter[str] = Counter()
        self._subjects: set[str] = set()
        self.proofs = Proofs()
        self.markers: set[str] = set()

    def before(self) -> None:
        """Who was known as a case's subject before the sweep began."""
        self._subjects = self._addresses_of_subjects()

    def drafts(self) -> list[SeenMail]:
        """Every letter that lies in an approver's Drafts at this moment."""
        mails = [mail for role in APPROVERS for mail in mails_of(self._school, role)]
        return [mail for mail in mails if mail.is_draft and mail.key]

    def after(self, *, whole: bool) -> None:
        """Look at everything. `whole`: every job ran, so that every report must have been sealed by now."""
        mails = [mail for role in STAFF for mail in mails_of(self._school, role)]
        fresh = [mail for mail in mails if mail.mail_id not in self._seen_mails]
        self._seen_mails |= {mail.mail_id for mail in mails}
        self._letters_were_approved(fresh)
        self.proofs.note_requests(mails)
        self._one_draft_a_case(mails)
        self._nothing_twice(mails)
        self._head_hears_nothing_of_the_head(fresh)
        self._nobody_is_answered_who_must_not_be()
        self._sealed_stays(whole=whole)
        self._reporters_are_seen_nowhere(mails)
        self._numbers_are_given_once()
        assert self._school.office.journal.verify().holds
        self._left = len(self._school.server.outbox())

    # --- letters -----------------------------------------------------------------------------------

    def _letters_were_approved(self, fresh: list[SeenMail]) -> None:
        """No letter left that was neither pressed nor approved as it is; none but a pressed one twice."""
        for letter in self._school.left_the_school()[self._left :]:
            if not list(letter.iter_attachments()):
                continue
            assert self.proofs.may_leave(sheet_of(letter)), f"a letter left unapproved: {letter['Subject']}"
            self._sent_letters[str(letter["X-Casework-Key"])] += 1
        for mail in fresh:
            if mail.mailbox in {"office", "clerk"} and mail.sheet.files and not mail.is_draft:
                assert self.proofs.may_leave(mail.sheet), (
                    f"a letter to print, or the governors' paper, was not approved: {mail.subject}"
                )
                self._sent_letters[mail.key] += 1
        twice = [key for key, count in self._sent_letters.items() if key and count > 1]
        assert not twice, f"sent twice: {twice}"

    def _one_draft_a_case(self, mails: list[SeenMail]) -> None:
        cases = Counter(mail.key.split("/letter/")[0] for mail in mails if mail.is_draft and mail.key)
        assert all(count == 1 for count in cases.values()), f"more than one open draft: {cases}"

    # --- mail --------------------------------------------------------------------------------------

    def _nothing_twice(self, mails: list[SeenMail]) -> None:
        """Each key, of reminders and of all other mail, once a mailbox."""
        keys = Counter((mail.mailbox, mail.key) for mail in mails if mail.key and not mail.is_draft)
        assert max(keys.values(), default=1) == 1, [key for key, count in keys.items() if count > 1]

    def _head_hears_nothing_of_the_head(self, fresh: list[SeenMail]) -> None:
        secret = [case.reference for case in self._cases() if case.concerns_head]
        for mail in fresh:
            if mail.mailbox == "headteacher" and mail.key:
                told = [reference for reference in secret if reference in f"{mail.subject} {mail.words}"]
                assert not told, f"the head was told of {told}: {mail.subject}"

    def _nobody_is_answered_who_must_not_be(self) -> None:
        subjects = self._subjects & self._addresses_of_subjects()
        for entry in self._school.server.outbox()[self._left :]:
            to = {address.casefold() for address in entry["to"]}
            assert not to & {ROBOT, FORGER}, "a robot or a forger was answered"
            is_letter = "Content-Disposition: attachment" in entry["raw"]
            assert is_letter or not to & subjects, "the subject of a case got a mail that is no letter"

    # --- evidence and reporters ----------------------------------------------------------------------

    def _sealed_stays(self, *, whole: bool) -> None:
        sealed = self._sealed.now()
        for path, digest in self._hashes.items():
            assert path in sealed, f"a sealed file went: {path}"
            assert hashlib.sha256(sealed[path]).hexdigest() == digest, f"a sealed file changed: {path}"
        fixed = {
            path: content for path, content in sealed.items() if not is_list(path) and not in_vault(path)
        }
        self._hashes = {path: hashlib.sha256(content).hexdigest() for path, content in fixed.items()}
        self._lists_only_grow(sealed)
        self._vault_only_grows(sealed)
        if whole:
            together = b"\n".join(sealed.values())
            lost = [marker for marker in self.markers if marker.encode() not in together]
            assert not lost, f"reports that were never sealed: {lost}"

    def _lists_only_grow(self, sealed: dict[str, bytes]) -> None:
        """A case's lists are brought up to date: what they once named stays in them, and is as they say."""
        listed = {path: named_in(path, content) for path, content in sealed.items() if is_list(path)}
        for path, named in self._listed.items():
            assert path in listed, f"a list of evidence went: {path}"
            assert named <= listed[path], f"a list of evidence names less: {path}"
        for path, named in listed.items():
            wrong = [
                file for file, digest in named if hashlib.sha256(sealed.get(file, b"")).hexdigest() != digest
            ]
            assert not wrong, f"{path} names what is not so: {wrong}"
        self._listed = listed

    def _vault_only_grows(self, sealed: dict[str, bytes]) -> None:
        """Who reported a case stays known: a second reporter is a line more."""
        vault = {path: frozenset(content.splitlines()) for path, content in sealed.items() if in_vault(path)}
        for path, lines in self._vault.items():
            assert lines <= vault.get(path, frozenset()), f"the vault knows less: {path}"
        self._vault = vault

    def _reporters_are_seen_nowhere(self, mails: list[SeenMail]) -> None:
        for where, text in self._public_texts(mails):
            shown = [secret for secret in SECRETS if secret in text]
            assert not shown, f"{where} shows {shown}"

    def _public_texts(self, mails: list[SeenMail]) -> Iterator[tuple[str, str]]:
        """Everything that people other than those of the case may see, in small letters."""
        for row in self._school.rows():
            ours = {name: value for name, value in row.items() if name not in STAFF_COLUMNS}
            ours = {
                name: value
                for name, value in ours.items()
                if not name.endswith("LookupId") and "By" not in name
            }
            yield "a row of the list", as_text(ours.values())
        for path, content in self._casework.now().items():
            yield f"the file {path}", f"{path.casefold()} {everything_in(content)}"
        for mail in mails:
            if mail.key:
                yield f"a mail to the {mail.mailbox}", f"{mail.subject} {mail.words}".casefold()
        for entry in self._school.server.outbox()[self._left :]:
            if not {address.casefold() for address in entry["to"]} & REPORTER_ADDRESSES:
                yield "a mail that left the school", entry["raw"].casefold()
        with self._school.office.journal.transaction() as transaction:
            events = transaction.events.after(0)
        yield "the log", json.dumps([[event.what, dict(event.fields)] for event in events]).casefold()

    # --- numbers -----------------------------------------------------------------------------------

    def _numbers_are_given_once(self) -> None:
        numbers = [case.reference for case in self._cases()]
        assert len(numbers) == len(set(numbers))
        assert set(self._numbers) <= set(numbers), "a case was forgotten"
        highest = max(map(_number, self._numbers), default=0)
        fresh = [reference for reference in numbers if reference not in self._numbers]
        assert all(_number(reference) > highest for reference in fresh), f"a number was used again: {fresh}"
        self._numbers = dict.fromkeys(numbers, 1)

    def _cases(self) -> tuple[Case, ...]:
        with self._school.office.journal.transaction() as transaction:
            return transaction.cases.all()

    def _addresses_of_subjects(self) -> set[str]:
        """Subjects who have a mailbox of their own outside: an address of the school's is nobody's subject."""
        own = self._school.office.school.own_addresses
        return {case.staff.parent_email.casefold() for case in self._cases()} - own - {""}


def _number(reference: str) -> int:
    year, number = reference.split("-")[1:]
    return int(year) * 100_000 + int(number)


def is_list(path: str) -> bool:
    """Whether it is one of the two lists of a case's evidence, which name more as more is kept."""
    return path.startswith("Cases/") and path.endswith(("/SHA256SUMS", "/manifest.json"))


def in_vault(path: str) -> bool:
    """Whether it tells who reported a case whose reporter is not to be named."""
    return path.startswith("Vault/")


def named_in(path: str, content: bytes) -> frozenset[tuple[str, str]]:
    """Path and SHA-256 of each sealed file that a list names."""
    if path.endswith("/SHA256SUMS"):
        lines = (line.split("  ", 1) for line in content.decode().splitlines())
        return frozenset((file, digest) for digest, file in lines)
    files = json.loads(content)["files"]
    return frozenset((file["path"], file["sha256"]) for file in files if file["shelf"] == Shelf.SEALED)
