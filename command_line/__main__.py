"""`python -m command_line`: what a task of Windows starts, which has no window to speak in."""

from __future__ import annotations

import sys
from pathlib import Path

from command_line import main

LOG = Path("casework.log")
LONGEST = 5_000_000
"""Bytes after which the log is begun anew; the one before is kept."""

if __name__ == "__main__":
    if sys.stdout is None:  # pythonw
        if LOG.exists() and LOG.stat().st_size > LONGEST:
            LOG.replace(LOG.with_suffix(".log.1"))
        sys.stdout = sys.stderr = LOG.open("a", encoding="utf-8", buffering=1)
    main()
