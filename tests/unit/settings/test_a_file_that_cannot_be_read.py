"""A settings file with a slip of the pen: the office reads which line it is and what to type, not what TOML calls it."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.errors import SettingsError
from connectors.settings_file import read_settings

START = '[school]\ncode = "TIS"\n'


@pytest.mark.parametrize(
    ("slip", "line", "advice"),
    [
        ("name = Tillbrook Infant School\n", 3, "between straight quotation marks"),
        ("name = \u201cTillbrook Infant School\u201d\n", 3, "curly quotation marks"),
        ('name = "Tillbrook Infant School\n', 3, 'A quotation mark (") is missing'),
        ('[journal]\nfile = "C:\\Users\\office\\journal.sqlite"\n', 4, "with forward slashes"),
        (
            '[hours]\nopens = "07:30"\n[hours]\ncloses = "17:30"\n',
            5,
            "The section [hours] stands in the file a second time",
        ),
        ('code = "ABC"\n', 3, "This entry stands in the file a second time"),
        ("Our school\n", 3, "a note begins with #"),
        ('address = ["Mill Lane" "Tillbrook"]\n', 3, "comma or bracket"),
    ],
)
def test_the_office_reads_which_line_and_what_to_type(
    tmp_path: Path, slip: str, line: int, advice: str
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(START + slip, encoding="utf-8")

    with pytest.raises(SettingsError) as caught:
        read_settings(file)

    told = str(caught.value)
    assert f"Line {line} cannot be read." in told
    assert advice in told
    assert "TOML" not in told
    assert "Tillbrook\u201d" not in told, "what stands there may be a secret"
