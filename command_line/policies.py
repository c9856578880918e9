"""`casework policies`: every policy red, amber or green on one screen, and what would be sent about them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from command_line.dry_runs import SOMETHING, office_for, tell_would
from command_line.talking import FAILED, advice, counted, err, open_office, out

if TYPE_CHECKING:
    from offices.policies_view import PoliciesView, WouldSend

_STYLES = {"red": "bold red", "amber": "yellow", "green": "green"}


DryMails = Annotated[
    bool,
    typer.Option(
        "--dry-run",
        help="Show the mails about policies that would go out; with --picture or --accept-empty what would be drawn "
        "or noted. Nothing of it is done. Exits 0 if that is nothing, 3 if it is something.",
    ),
]


def add_to(app: typer.Typer) -> None:
    app.command(epilog="Example: casework policies --dry-run")(policies)


def policies(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for scripts.")] = False,
    dry_run: DryMails = False,
    picture: Annotated[
        Path | None,
        typer.Option(
            help="Draw how the reviews spread over the terms into this file (SVG).", show_default=False
        ),
    ] = None,
    accept_empty: Annotated[
        bool, typer.Option("--accept-empty", help="The policies folder was emptied on purpose: go on.")
    ] = False,
) -> None:
    """Show the policies as last read: what is overdue, what comes, what is missing. Exits 1 if the folder is empty."""
    from offices import policies_view as view  # noqa: PLC0415 - costly to load

    if dry_run:
        _tell_would(context, picture=picture, accept_empty=accept_empty, as_json=as_json)
        return
    with advice():
        office = open_office(context)
        if accept_empty:
            went_on = view.accept_empty(office)
            out.print(
                "Noted; the next sweep goes on." if went_on else "The policies folder is not found empty."
            )
            return
        now = office.clock.now()
        if picture:
            picture.write_text(view.picture_for(office, now), encoding="utf-8")
            out.print(f"Drawn into {picture}", markup=False, soft_wrap=True)
            return
        facts = view.view_of(office, now)
    if as_json:
        out.print_json(json.dumps(facts))
    else:
        _show(facts)
    if facts["folder_empty_since"]:
        raise typer.Exit(FAILED)


def _tell_would(context: typer.Context, *, picture: Path | None, accept_empty: bool, as_json: bool) -> None:
    from offices import policies_view as view  # noqa: PLC0415 - costly to load

    with advice(), office_for(context, dry_run=True) as office:
        if accept_empty:
            would = ("go on with the empty policies folder",) if view.accept_empty(office) else ()
            tell_would(would, otherwise="The policies folder is not found empty.")
            return
        if picture:
            tell_would((f"draw the reviews into {picture}",))
        sent = view.would_send(office, office.clock.now())
        _show_mails(sent, as_json=as_json)
    if sent:
        raise typer.Exit(SOMETHING)


def _show(facts: PoliciesView) -> None:
    if facts["folder_empty_since"]:
        err.print(
            f"The policies folder is empty since {facts['folder_empty_since']}. Put the documents back, or run: "
            "casework policies --accept-empty",
            style="red",
            markup=False,
        )
    table = Table("", "Policy", "Next review", "Owner", "Statutory", "To look at")
    for line in facts["policies"]:
        table.add_row(
            f"[{_STYLES[line['light']]}]{line['light'].upper()}[/]",
            _plain(line["title"]),
            _plain(_when(line["next_review"], line["days_overdue"], line["status"])),
            _plain(line["owner"]),
            "yes" if line["statutory"] else "",
            str(len(line["findings"]) or ""),
        )
    out.print(table)
    for line in facts["policies"]:
        for finding in line["findings"]:
            out.print(f"- {line['title']}: {finding}", markup=False, soft_wrap=True)
    out.print(f"{facts['red']} red, {facts['amber']} amber, {facts['green']} green on {_said(facts['day'])}.")
    if facts["missing"]:
        out.print("Statutory, and not in the folder: " + "; ".join(facts["missing"]), markup=False)
    ahead = ", ".join(f"{name} {count}" for name, count in facts["spread"].items() if count)
    out.print(f"Reviews by term: {ahead or 'none'}. {facts['advice']}".rstrip(), markup=False)


def _when(next_review: str | None, over: int, status: str) -> str:
    if next_review is None or status == "gone":
        return status
    said = _said(next_review)
    return f"{said} ({counted(over, 'day')} over)" if over else said


def _said(day: str) -> str:
    on = date.fromisoformat(day)
    return f"{on.day} {on:%B %Y}"


def _plain(text: str) -> str:
    return text.replace("[", "\\[")


def _show_mails(sent: tuple[WouldSend, ...], *, as_json: bool) -> None:
    if as_json:
        out.print_json(json.dumps([{"role": mail.role, "subject": mail.subject} for mail in sent]))
        return
    if not sent:
        out.print("Nothing would be sent now.")
    for mail in sent:
        out.rule(f"To the {mail.role.replace('_', ' ')}")
        out.print(f"Subject: {mail.subject}\n\n{mail.text}", markup=False, soft_wrap=True)
