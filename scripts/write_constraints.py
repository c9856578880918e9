"""Writes the pins that it reads as requirements into the table [tool.uv] of pyproject.toml."""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

SETTINGS = Path(__file__).parents[1] / "pyproject.toml"

# The package index has packages of these names, and ours would be hidden behind them: a version below nought
# does not exist, so a dependency that asks for one of them fails while locking instead of in a school.
GUARDS = ("connectors<0", "schedule<0", "templates<0", "workflows<0")

_TABLE = re.compile(r"^constraint-dependencies = \[(?:\]|.*?^\])", re.DOTALL | re.MULTILINE)
_PIN = re.compile(r"([A-Za-z0-9._-]+)(?:\[[^]]*])?==([^\s;]+)\s*(?:;\s*(.+))?")


def main(arguments: Sequence[str]) -> int:
    text = SETTINGS.read_text(encoding="utf-8")
    kept = tomllib.loads(text)["tool"]["uv"]["constraint-dependencies"]
    pins = [] if "--empty" in arguments else pins_of(sys.stdin)
    if not pins and "--empty" not in arguments:
        print("No pinned requirement was read; give the output of uv export.", file=sys.stderr)
        return 1
    lines = [*GUARDS, *extra_lines(kept, pins), *pins]
    SETTINGS.write_text(_TABLE.sub(lambda _: written(lines), text, count=1), encoding="utf-8", newline="\n")
    print(f"{len(pins)} packages are pinned.")
    return 0


def pins_of(lines: Iterable[str]) -> list[str]:
    """Read requirements; the marker stays only where one package has several versions."""
    found = [match.groups() for line in lines if (match := _PIN.fullmatch(line.strip()))]
    versions = Counter(name for name, _, _ in found)
    return sorted(
        f"{name}=={version} ; {marker}" if versions[name] > 1 and marker else f"{name}=={version}"
        for name, version, marker in found
    )


def extra_lines(kept: Iterable[str], pins: Iterable[str]) -> list[str]:
    """Return what somebody wrote by hand, in their order: lines that pin no exact version."""
    return [line for line in kept if line not in GUARDS and "==" not in line and line not in pins]


def written(lines: Iterable[str]) -> str:
    rows = "".join(f'  "{line.replace(chr(34), chr(39))}",\n' for line in lines)
    return f"constraint-dependencies = [\n{rows}]"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
