"""How each command is typed so that nothing is changed: by itself, or with --dry-run."""

from __future__ import annotations

from collections.abc import Mapping

CASE = "TIS-2026-0001"

WRITES_NOTHING: Mapping[str, tuple[str, ...]] = {
    "casework explain": ("explain", CASE),
    "casework inspect message": ("inspect", "message", "a mail.txt"),
    "casework inspect policy": ("inspect", "policy", "a policy.txt"),
    "casework service status": ("service", "status", "--user"),
    "casework status": ("status",),
}
"""Commands that only look."""

DRY: Mapping[str, tuple[str, ...]] = {
    "casework backup": ("backup",),
    "casework check-templates": ("check-templates", "--picture", "pictures"),
    "casework doctor": ("doctor",),
    "casework export": ("export", CASE, "--for", "police"),
    "casework governors-paper": ("governors-paper",),
    "casework halted": ("halted", "--go-on"),
    "casework once": ("once",),
    "casework policies": ("policies", "--accept-empty"),
    "casework practice serve": ("practice", "serve"),
    "casework rebuild": ("rebuild",),
    "casework reporter": ("reporter", CASE, "--why", "the police asked"),
    "casework restore": ("restore", "latest"),
    "casework run": ("run", "--days", "0"),
    "casework seen": ("seen", "--all"),
    "casework service install": ("service", "install", "--user"),
    "casework service uninstall": ("service", "uninstall", "--user"),
    "casework setup": ("setup",),
    "casework try-again": ("try-again",),
    "casework verify": ("verify",),
}
"""Commands that change, send or write something, and so know --dry-run."""
