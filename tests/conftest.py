"""What holds for every test: timings are never judged, and each module is compiled once.

Some machines that check forbid Python to keep what it compiled. The suite starts hundreds of processes, and each would
then compile everything that it imports again, which costs more than what most of them do.
"""

from __future__ import annotations

import os
import sys

from hypothesis import settings

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
