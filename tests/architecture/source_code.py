"""The modules of the project, as the architecture tests read them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("casework", "workflows", "connectors", "offices", "command_line", "practice_tenant", "templates")


@dataclass(frozen=True, kw_only=True)
class Module:
    """One Python file; `name` is what it is imported by."""

    path: Path

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        return self.place.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.place)

    @cached_property
    def imports(self) -> frozenset[str]:
        """The full names of everything imported, wherever in the module it is imported."""
        return frozenset(name for node in ast.walk(self.tree) for name in self._names_of(node))

    def _names_of(self, node: ast.AST) -> list[str]:
        if isinstance(node, ast.Import):
            return [alias.name for alias in node.names]
        if not isinstance(node, ast.ImportFrom):
            return []
        above = self.name.split(".")
        if self.path.name != "__init__.py":
            above = above[:-1]
        base = (
            ".".join([*above[: len(above) - node.level + 1], node.module or ""])
            if node.level
            else node.module
        )
        return [str(base).strip("."), *(f"{base}.{alias.name}".strip(".") for alias in node.names)]


def python_below(*folders: str) -> list[Module]:
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [Module(path=path) for path in found if "__pycache__" not in path.parts]
