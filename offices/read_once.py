"""Files that many schools share are read once for all of them, as long as they are not changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")

KEPT = 300
"""Readings; a trust whose schools each have files of their own keeps those of the schools that were last opened."""

_lock = threading.Lock()
_kept: OrderedDict[object, tuple[object, object]] = OrderedDict()


def read_once(read: Callable[_Given, _Read], *given: _Given.args, **more: _Given.kwargs) -> _Read:
    """What `read` gives for these arguments; read anew once a file among them, or a TOML file below a folder, changed.

    Args:
        read: reads into a value that nobody changes. Its errors are handed on, and not kept.
        given: its arguments; files and folders as paths.
        more: arguments by name.
    """
    key = (read, given, tuple(sorted(more.items())))
    paths = [path for path in (*given, *more.values()) if isinstance(path, Path)]
    stamp = tuple(one for path in paths for one in _stamps(path))
    with _lock:
        if key in _kept and _kept[key][0] == stamp:
            _kept.move_to_end(key)
            return cast("_Read", _kept[key][1])  # what was kept under this key is what `read` gave
    value = read(*given, **more)
    with _lock:
        _kept[key] = stamp, value
        _kept.move_to_end(key)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return value


def _stamps(path: Path) -> Iterator[tuple[str, int, int]]:
    files = sorted(path.rglob("*.toml")) if path.is_dir() else [path] * path.is_file()
    for file in files:
        seen = file.stat()
        yield str(file), seen.st_mtime_ns, seen.st_size
