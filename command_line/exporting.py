"""`casework export`: a case as a pack for somebody outside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casework.export_packs import PackReader
from command_line.dry_runs import WouldDo, tell_would
from command_line.talking import WRONG_USE, advice, err, open_office, out


def add_to(app: typer.Typer) -> None:
    app.command(
        "export",
        epilog="Examples: casework export TIS-2026-0007 --for police --dry-run | casework export TIS-2026-0007 --for sar",
    )(export)


def export(
    context: typer.Context,
    case: Annotated[str, typer.Argument(help="The case's number.", metavar="CASE")],
    reader: Annotated[
        PackReader,
        typer.Option(
            "--for",
            help="Police and solicitor get the working copies, without the reporter; governors and sar (a subject access "
            "request) get redacted copies only.",
        ),
    ],
    into: Annotated[Path, typer.Option(help="The folder to write it into.")] = Path(),
    *,
    originals: Annotated[
        bool,
        typer.Option(
            "--originals",
            help="For police or solicitor: the sealed originals instead. They name who reported it.",
        ),
    ] = False,
    dry_run: WouldDo = False,
) -> None:
    """Write a pack of a case: a summary, a manifest, SHA256SUMS and the files. It is sent to nobody, and recorded."""
    with advice():
        from offices.dry_run.exporting import would_export  # noqa: PLC0415 - costly to load
        from offices.exports import export_case  # noqa: PLC0415
        from offices.typed_cases import case_typed  # noqa: PLC0415

        office = open_office(context)
        try:
            with office.journal.transaction() as transaction:
                wanted = case_typed(transaction, case, office.school).reference
            if dry_run:
                tell_would(would_export(office.settings, wanted, reader, into=into, originals=originals))
            path = export_case(office, wanted, reader, into=into, originals=originals)
        except ValueError as error:
            err.print(str(error), markup=False)
            raise typer.Exit(WRONG_USE) from None
    out.print(f"Written: {path}", markup=False, soft_wrap=True)
