"""The how-to's script does what it says, as a stranger would run it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOW_TO = ROOT / "docs" / "how-to" / "drive-the-practice-tenant.md"


@pytest.mark.timeout(240)
def test_a_script_that_knows_nothing_of_casework_plays_two_journeys(tmp_path: Path) -> None:
    code = re.search(r"```python\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    assert code, "the how-to has no script"
    script = tmp_path / "drive.py"
    script.write_text(code[1], encoding="utf-8")
    own_bin = str(Path(sys.executable).parent)
    environment = {**os.environ, "PATH": f"{own_bin}{os.pathsep}{os.environ['PATH']}"}

    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "state")],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=220,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert "The case: TIS-2026-0001" in done.stdout
    assert "Letters that left the school: 1" in done.stdout
