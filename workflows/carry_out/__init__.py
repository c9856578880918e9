"""Carry out the outbox: every effect under a lease, once, and looked for before it is tried again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from casework.errors import (
    CaseworkError,
    JournalError,
    NotPermittedError,
    SignInError,
    TemporaryConnectorError,
)
from casework.intents import (
    DraftPolicyCopy,
    DraftYearlyReminder,
    FileDropped,
    FileMessage,
    Intent,
    KeepInVault,
    KeepRecord,
    KeepReviewEntry,
    LimitFolder,
    PrepareDraft,
    RedactCopies,
    SendLetter,
    SendMail,
    StoreCopies,
    StorePaper,
    WithdrawDraft,
    WritePaper,
    WriteTimeline,
    intent_from,
)
from casework.records import JournalTransaction, PlannedEffect
from workflows.carry_out.access import limit_folder
from workflows.carry_out.case_papers import write_paper
from workflows.carry_out.case_record import keep_record
from workflows.carry_out.copies import store_copies
from workflows.carry_out.drafts import prepare_draft, send_letter
from workflows.carry_out.files import file_dropped, file_message
from workflows.carry_out.holding_back import HourIsFullError, hold_back, let_go
from workflows.carry_out.mails import FOR_SCHOOL_HOURS, send_mail
from workflows.carry_out.open_files import IN_WORDS, is_open_elsewhere, wait_until_closed
from workflows.carry_out.papers import draft_policy_copy, store_paper
from workflows.carry_out.redacting import redact_copies
from workflows.carry_out.review_entries import keep_review_entry
from workflows.carry_out.timelines import write_timeline
from workflows.carry_out.tools import Tools
from workflows.carry_out.vault import keep_in_vault
from workflows.carry_out.withdrawing import withdraw_draft
from workflows.carry_out.yearly import draft_yearly_reminder
from workflows.job_report import JobReport

__all__ = ["Tools", "carry_out"]

LEASE = timedelta(minutes=5)
TRIES = 3
"""After so many, a fault that is neither the place's nor a passing one goes to a person, as it does everywhere."""
WAITS = (0, 1, 5, 30, 120, 600)
"""Seconds until the next try; the last one stays."""

_EXECUTORS: Mapping[type[Intent], Callable[..., None]] = {
    SendMail: send_mail,
    FileMessage: file_message,
    FileDropped: file_dropped,
    KeepInVault: keep_in_vault,
    LimitFolder: limit_folder,
    StoreCopies: store_copies,
    KeepRecord: keep_record,
    RedactCopies: redact_copies,
    WriteTimeline: write_timeline,
    WritePaper: write_paper,
    PrepareDraft: prepare_draft,
    SendLetter: send_letter,
    WithdrawDraft: withdraw_draft,
    StorePaper: store_paper,
    DraftPolicyCopy: draft_policy_copy,
    KeepReviewEntry: keep_review_entry,
    DraftYearlyReminder: draft_yearly_reminder,
}


def carry_out(tools: Tools, *, only: Callable[[Intent], bool] | None = None) -> JobReport:
    """Carry out effects until none is due; only those of which `only` is true, if it is given.

    That one is done and that the next one is claimed is one commit: there is one less to wait for, and the claim still
    stands in the journal before anything of the next one is done.
    """
    problems: list[str] = []
    done = closing = 0
    with tools.journal.transaction() as transaction:
        let_go(transaction, tools)
        effect = _next(transaction, only)
    while effect is not None:
        problem = _what_is_in_the_way(effect, tools)
        done += not problem
        closing += not problem and effect.kind == WriteTimeline.kind
        if problem:
            problems.append(problem)
        with tools.journal.transaction() as transaction:
            if problem is None:
                _finish(transaction, effect)
            effect = _next(transaction, only)
    return JobReport(changes=done, problems=tuple(dict.fromkeys(problems)), closing=closing)


def _next(transaction: JournalTransaction, only: Callable[[Intent], bool] | None) -> PlannedEffect | None:
    if only is None:
        return transaction.outbox.claim(lease=LEASE)
    for effect in transaction.outbox_view.unfinished():
        if only(intent_from(effect)):
            claimed = transaction.outbox.claim(lease=LEASE, key=effect.key)
            if claimed:
                return claimed
    return None


def _what_is_in_the_way(effect: PlannedEffect, tools: Tools) -> str | None:
    """Carry out one effect: None if it is done, else what went wrong; nothing is said of what only waits."""
    try:
        intent = intent_from(effect)
        _EXECUTORS[type(intent)](effect, intent, tools)
    except HourIsFullError:
        return hold_back(effect, tools)
    except SignInError:
        _postpone(effect, "not signed in", tools, wait=timedelta(0))
        raise
    except JournalError:
        raise  # a full disk is no fault of this effect; the next sweep gives its claim back
    except (TemporaryConnectorError, NotPermittedError) as error:
        # however long it lasts: a network that is down over a weekend, or a permission, is mended for all at once
        return _try_again(effect, error, tools)
    except CaseworkError as error:
        return _give_up(effect, str(error), tools)
    except Exception as error:  # noqa: BLE001 - one effect's fault must not stop the others
        if effect.attempts + 1 < TRIES:
            return _try_again(effect, error, tools)
        return _give_up(effect, type(error).__name__, tools)
    return None


def _finish(transaction: JournalTransaction, effect: PlannedEffect) -> None:
    transaction.outbox.finish(effect.key)
    case = transaction.cases.get(effect.case) if effect.case else None
    if case and case.problem and case.problem == effect.problem:
        transaction.cases.save(replace(case, problem=""))


def _try_again(effect: PlannedEffect, error: Exception, tools: Tools) -> str:
    if is_open_elsewhere(error):
        wait_until_closed(effect, tools)
        return f"{_name(effect)} waits: {IN_WORDS}"
    seconds = float(WAITS[min(effect.attempts, len(WAITS) - 1)])
    if isinstance(error, TemporaryConnectorError):
        seconds = max(seconds, error.retry_after or 0)
    problem = str(error) if isinstance(error, CaseworkError) else type(error).__name__
    _postpone(effect, problem, tools, wait=timedelta(seconds=seconds))
    return f"{_name(effect)} is tried again: {problem}" if seconds and problem != FOR_SCHOOL_HOURS else ""


def _postpone(effect: PlannedEffect, problem: str, tools: Tools, *, wait: timedelta) -> None:
    with tools.journal.transaction() as transaction:
        transaction.outbox.postpone(effect.key, wait=wait, problem=problem)


def _give_up(effect: PlannedEffect, problem: str, tools: Tools) -> str:
    """Hand it to a person: on the case, in the log, and in tomorrow's digest."""
    with tools.journal.transaction() as transaction:
        transaction.outbox.give_up(effect.key, problem=problem)
        transaction.events.append("effect.given_up", at=tools.now, case=effect.case, kind=effect.kind)
        case = transaction.cases.get(effect.case) if effect.case else None
        if case:
            transaction.cases.save(replace(case, problem=problem))
    return f"{_name(effect)} needs a person: {problem}"


def _name(effect: PlannedEffect) -> str:
    return f"{effect.kind} ({effect.case})" if effect.case else effect.kind
