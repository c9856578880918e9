"""Whether an answer fits Microsoft's published schema, cut to what Casework uses."""

import json
import re
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

import requests
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from tests.practice import SHARED

CONTRACT = SHARED / "graph" / "graph-v1.0-cut.openapi.json"
ABSENT = "Microsoft's schema lies beside the repository (../shared/graph) and is absent here"
_ROOT = "urn:graph"


def check_answer(method: str, answer: requests.Response) -> None:
    """Validate an answer of an operation that the contract describes.

    Raises:
        AssertionError: naming the operation and the first places that do not fit.
    """
    operation = find_operation(method, str(answer.url))
    if operation is None or not answer.headers.get("Content-Type", "").startswith("application/json"):
        return
    pointer = _schema_pointer(operation, answer.status_code)
    # The cut knows no kinds of outlookItem, while Microsoft's documentation shows a whole message there.
    if pointer is None or "itemattachment/item" in str(answer.url).lower():
        return
    problems = [
        f"{'/'.join(str(step) for step in error.absolute_path)}: {error.message[:200]}"
        for error in _validator(pointer).iter_errors(answer.json())
    ]
    assert not problems, f"{method} {operation[0]} {answer.status_code} does not fit: {problems[:5]}"


def find_operation(method: str, url: str) -> tuple[str, str] | None:
    """The contract's path and method for an address."""
    path = re.sub(r"/+", "/", unquote(urlsplit(url).path)).removeprefix("/v1.0")
    path = path.replace("delta()", "delta")
    candidates = [
        template
        for template, operations in _contract()["paths"].items()
        if method.lower() in operations and _pattern(template).fullmatch(path)
    ]
    # The path with most written words is meant: .../messages/delta, not .../messages/{id}.
    candidates.sort(key=lambda template: template.count("{"))
    return (candidates[0], method.lower()) if candidates else None


def _schema_pointer(operation: tuple[str, str], status: int) -> str | None:
    path, method = operation
    responses = _contract()["paths"][path][method]["responses"]
    name = str(status) if str(status) in responses else "default"
    if status < 400 and name == "default":
        # The contract names one success of each operation; 200 and 201 carry the same thing.
        name = next((known for known in ("200", "201") if known in responses), "default")
    content = responses[name].get("content", {})
    if not content.get("application/json", {}).get("schema"):
        return None
    step = path.replace("~", "~0").replace("/", "~1")
    return f"{_ROOT}#/paths/{step}/{method}/responses/{name}/content/application~1json/schema"


@lru_cache(maxsize=1)
def _contract() -> dict[str, Any]:
    contract: dict[str, Any] = json.loads(CONTRACT.read_text(encoding="utf-8"))
    return contract


@lru_cache(maxsize=256)
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{.*?\\\}", "[^/]+", re.escape(template)), re.IGNORECASE)


@lru_cache(maxsize=256)
def _validator(pointer: str) -> Draft202012Validator:
    resource = Resource.from_contents(_contract(), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(_ROOT, resource)
    return Draft202012Validator({"$ref": pointer}, registry=registry)
