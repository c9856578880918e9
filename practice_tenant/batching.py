"""$batch: up to twenty requests in one, each answered by itself."""

import json
from base64 import b64decode, b64encode
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from practice_tenant.errors import bad_request
from practice_tenant.requests import Answer

MOST = 20
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_FAILED_DEPENDENCY = 424


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchStep:
    """One of the requests, as any other would come in; `url` is relative to the version."""

    id: str
    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    depends_on: tuple[str, ...] = ()


Ask = Callable[[BatchStep], Awaitable[Answer]]


def read_batch(body: bytes) -> list[BatchStep]:
    """The steps of a batch.

    Raises:
        GraphError: 400 for the whole batch where one of them is malformed.
    """
    try:
        listed = json.loads(body)["requests"]
    except (ValueError, KeyError, TypeError) as error:
        raise bad_request("Invalid batch payload format.") from error
    if not isinstance(listed, list) or not listed or not all(isinstance(each, dict) for each in listed):
        raise bad_request("Invalid batch payload format.")
    if len(listed) > MOST:
        raise bad_request(f"Number of requests inside batch exceeds the limit of {MOST}.")
    steps = [_step(each) for each in listed]
    _check_ids(steps)
    return steps


async def answer_batch(steps: list[BatchStep], ask: Ask) -> Answer:
    """Answer one step after the other; who depends on a failed one fails with 424."""
    answers: dict[str, Answer | None] = {}
    waiting = list(steps)
    while waiting:
        ready = next((step for step in waiting if all(each in answers for each in step.depends_on)), None)
        if ready is None:
            raise bad_request("The dependsOn of the requests inside batch lead round in a circle.")
        waiting.remove(ready)
        held_up = any(_failed(answers[each]) for each in ready.depends_on)
        answers[ready.id] = None if held_up else await ask(ready)
    responses = ", ".join(_response(each, answer) for each, answer in answers.items())
    return Answer.json_text(f'{{"responses": [{responses}]}}')


def _step(given: Mapping[str, Any]) -> BatchStep:
    step_id, method, url = (str(given.get(name) or "") for name in ("id", "method", "url"))
    if not step_id:
        raise bad_request("Request Id is a required property of each request inside batch.")
    if method.upper() not in _METHODS or not url:
        raise bad_request(f"Request {step_id} inside batch needs a method and a url.")
    if "://" in url.partition("?")[0] or url.lstrip("/").lower().startswith("$batch"):
        raise bad_request(f"The url of request {step_id} inside batch must be relative to the version.")
    headers = {str(name).lower(): str(value) for name, value in (given.get("headers") or {}).items()}
    body = given.get("body")
    if body is not None and "content-type" not in headers:
        raise bad_request(f"Write request id : {step_id} does not contain Content-Type header or body.")
    depends_on = given.get("dependsOn") or ()
    return BatchStep(
        id=step_id,
        method=method.upper(),
        url="/" + url.lstrip("/"),
        headers=headers,
        body=_body(body, headers.get("content-type", "")),
        depends_on=tuple(str(each) for each in depends_on),
    )


def _body(given: object, content_type: str) -> bytes:
    if given is None:
        return b""
    if not isinstance(given, str):
        return json.dumps(given).encode()
    if content_type.lower().startswith(("text/", "application/json")):
        return given.encode()
    try:
        return b64decode(given, validate=True)
    except ValueError:
        return given.encode()


def _check_ids(steps: list[BatchStep]) -> None:
    """Ids are compared without letter case, as Microsoft does it."""
    known: set[str] = set()
    for step in steps:
        if step.id.casefold() in known:
            raise bad_request(f"Request Id {step.id} has to be unique in a batch.")
        known.add(step.id.casefold())
    ids = {step.id for step in steps}
    for step in steps:
        for wanted in step.depends_on:
            if wanted not in ids or wanted == step.id:
                raise bad_request(f"Request {step.id} depends on {wanted}, which is no other of the batch.")


def _failed(answer: Answer | None) -> bool:
    return answer is None or answer.status >= 400


def _response(step_id: str, answer: Answer | None) -> str:
    """One step's answer, as JSON."""
    if answer is None:
        error = {"code": "FailedDependency", "message": "A request that this one depends on has failed."}
        answer = Answer.json({"error": error}, status=_FAILED_DEPENDENCY)
        return _written(step_id, replace(answer, headers={}), answer.body.decode())
    if not answer.body:
        return _written(step_id, answer, "")
    if not answer.headers.get("Content-Type", "").startswith("application/json"):
        return _written(step_id, answer, f'"{b64encode(answer.body).decode()}"')
    if answer.is_own_json and b"\\u" not in answer.body:
        return _written(step_id, answer, answer.body.decode())
    return _written(step_id, answer, json.dumps(json.loads(answer.body), ensure_ascii=False))


def _written(step_id: str, answer: Answer, body: str) -> str:
    head = {"id": step_id, "status": answer.status, "headers": dict(answer.headers)}
    text = json.dumps(head, ensure_ascii=False)
    return f'{text[:-1]}, "body": {body}}}' if body else text
