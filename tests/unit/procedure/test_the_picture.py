"""A procedure is drawn for whoever edits it: as text in the terminal, and as a picture that can be read aloud."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree as ET

from rich.console import Console

import templates
from casework.actions import Action
from casework.procedures.picture import as_svg, as_text
from command_line.check_templates import check_templates
from tests.procedure_rows import PROCEDURE

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = Path(templates.__file__).parent.parent / "docs" / "explanation" / "posts-by-parents.svg"


def test_every_stage_action_and_duty_stands_in_the_picture() -> None:
    said = as_text(PROCEDURE)

    for step in PROCEDURE.steps:
        assert f"[ {step.stage} ]" in said
    for action in Action:
        assert f"[ ({action.letter}) {action} ]" in said
    for duty in PROCEDURE.duties:
        assert f"[ {duty.name} ]" in said
    assert "removal was refused and the posting goes on" in " ".join(said.split())


def test_the_picture_has_a_title_and_fits_its_frame() -> None:
    root = ET.fromstring(as_svg(PROCEDURE))  # noqa: S314 - our own drawing
    width, height = (float(number) for number in root.attrib["viewBox"].split()[2:])

    assert root.attrib["role"] == "img"
    assert root.findtext(f"{SVG}title") == PROCEDURE.name
    for text in root.iter(f"{SVG}text"):
        assert float(text.attrib["x"]) + 7 * len(text.text or "") < width
        assert float(text.attrib["y"]) < height


def test_the_picture_in_the_documentation_is_of_the_procedure_as_it_is_shipped() -> None:
    assert DRAWN.read_text(encoding="utf-8") == as_svg(PROCEDURE), (
        "draw it anew: casework check-templates --picture docs/explanation"
    )


def test_a_school_that_broke_its_procedure_hears_what_to_write(tmp_path: Path) -> None:
    own = tmp_path / "procedures"
    own.mkdir()
    (own / "ours.toml").write_text(
        PROCEDURE.text.replace('when = "closed"', 'when = "over"'), encoding="utf-8"
    )
    console = Console(record=True, width=200, file=io.StringIO())

    status = check_templates(tmp_path, console=console)

    said = console.export_text()
    assert status == 1
    assert "procedures/ours.toml" in said
    assert "'over'" in said
