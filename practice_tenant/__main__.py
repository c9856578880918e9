"""python -m practice_tenant: a Microsoft 365 for one machine, without settings."""

import argparse
import sys
from pathlib import Path

from practice_tenant.database import StateFolderInUseError
from practice_tenant.server import serve
from practice_tenant.sockets import PortTakenError
from practice_tenant.times import parse_moment


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped; 1 where the folder or the port cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m practice_tenant", description=__doc__)
    parser.add_argument("--state", type=Path, required=True, help="folder of everything the tenant remembers")
    parser.add_argument("--port", type=int, default=0, help="0 (any free port, that of last time if free)")
    parser.add_argument("--now", type=parse_moment, help="what the practice clock shows at start, ISO 8601")
    parser.add_argument("--parent", type=int, help="end when this process has gone")
    parser.add_argument("--fill", action="store_true", help="add the invented school to a fresh folder")
    options = parser.parse_args(arguments)
    try:
        serve(
            state=options.state,
            port=options.port,
            now=options.now,
            parent=options.parent,
            with_school=options.fill,
        )
    except (StateFolderInUseError, PortTakenError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
