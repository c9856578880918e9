"""Each job can be loaded first: modules that wait for each other load in some orders and fail in others."""

from __future__ import annotations

import subprocess
import sys

from tests.architecture.source_code import ROOT

# One interpreter loads what the jobs stand on and then forks: each child has loaded nothing of the jobs before.
_EACH_BY_ITSELF = """
import importlib, os, sys
for below in sys.argv[1].split(","):
    importlib.import_module(below)
for name in sys.argv[2].split(","):
    child = os.fork()
    if not child:
        try:
            importlib.import_module(name)
        except ImportError as error:
            print(f"{name}: {error}", flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


def test_every_job_loads_whichever_is_first() -> None:
    found = [*(ROOT / "workflows").glob("*.py"), *(ROOT / "workflows").glob("*/__init__.py")]
    modules = sorted(
        {f"workflows.{path.relative_to(ROOT / 'workflows').parts[0].removesuffix('.py')}" for path in found}
    )
    below = "casework.intake,casework.mails,casework.ports,casework.procedures"

    loading = subprocess.run(
        [sys.executable, "-c", _EACH_BY_ITSELF, below, ",".join(modules)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert loading.stdout == ""
