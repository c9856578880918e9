"""How much memory the process that reads documents may take, where the system can hold it to that."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


def limit_memory(limit: int) -> None:
    """Holds this process to so many bytes of address space; Windows has no such limit, where the time limit must do."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows does not have it

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or limit < hard:
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))


@contextmanager
def unlimited_memory() -> Iterator[None]:
    """Lifts the limit while another program is started, which would inherit it: LibreOffice reserves gigabytes."""
    if sys.platform == "win32":
        yield
        return
    import resource  # noqa: PLC0415 - Windows does not have it

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
