"""What Graph checks of every request before any of its services sees it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from practice_tenant.errors import GraphError, bad_request, not_implemented
from practice_tenant.requests import Answer

# Graph takes no larger JSON or MIME; larger files go by PUT or by an upload session.
_LARGEST_JSON = 4 * 1024 * 1024
_READABLE = ("application/json", "text/plain", "text/html", "multipart/")
# Ids of Graph are longer than any word of its addresses.
_LONGEST_WORD = 24
# Preferences that Graph says it has followed.
_FOLLOWED = ("odata.maxpagesize", "outlook.body-content-type", "outlook.timezone", "idtype")
# The first words of paths that Microsoft knows and this tenant may not.
_MICROSOFT_WORDS = frozenset(
    {
        "users",
        "groups",
        "me",
        "drives",
        "sites",
        "shares",
        "subscriptions",
        "applications",
        "serviceprincipals",
        "organization",
        "directory",
        "devices",
        "teams",
        "chats",
        "communications",
        "education",
        "reports",
        "security",
        "identity",
        "planner",
        "solutions",
        "search",
        "domains",
        "directoryobjects",
        "directoryroles",
        "contacts",
        "oauth2permissiongrants",
        "deviceappmanagement",
    }
)
# Microsoft has these under /beta alone: v1.0 answers as for a word that nobody knows.
_ONLY_IN_BETA = frozenset({"recyclebin"})


def check_body(method: str, headers: Mapping[str, str], body: bytes) -> None:
    """Refuse a body that is too large, or of a kind that Graph does not read.

    Raises:
        GraphError: 413 or 400.
    """
    if method not in {"POST", "PATCH"}:
        return
    if len(body) > _LARGEST_JSON:
        raise GraphError(413, "RequestEntityTooLarge", "The request is larger than 4 MB.")
    if body and not headers.get("content-type", "").strip().lower().startswith(_READABLE):
        raise bad_request(
            "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid "
            "JSON format."
        )


def unknown_address(method: str, segments: Sequence[str], known_methods: set[str]) -> GraphError:
    """The refusal of an address that no route has: another method, not known here, or not known at all."""
    if known_methods:
        return GraphError(
            405, "Request_BadRequest", "Specified HTTP method is not allowed for the request target."
        )
    beta = next((segment for segment in segments if segment.lower() in _ONLY_IN_BETA), None)
    if beta is not None:
        return bad_request(f"Resource not found for the segment '{beta}'.")
    first = segments[0] if segments else ""
    if first.lower() in _MICROSOFT_WORDS:
        return not_implemented(f"{method} /" + "/".join(segments))
    return bad_request(f"Resource not found for the segment '{first}'.")


def with_context(answer: Answer, graph_root: str, segments: Sequence[str]) -> Answer:
    """Give a JSON object the @odata.context of its address, where its handler gave none."""
    body = answer.body
    if answer.status >= 300 or not body.startswith(b'{"') or b'"@odata.context"' in body[:300]:
        return answer
    steps: list[str] = []
    after_word = False
    for segment in segments:
        is_id = after_word and (len(segment) > _LONGEST_WORD or "@" in segment or segment.isdigit())
        if is_id:
            steps[-1] += f"('{segment}')"
        else:
            steps.append(segment)
        after_word = not is_id
    ending = "" if b'"value": [' in body else "/$entity"
    context = json.dumps(f"{graph_root}v1.0/$metadata#{'/'.join(steps)}{ending}")
    return replace(answer, body=b'{"@odata.context": ' + context.encode() + b", " + body[1:])


def dressed(answer: Answer, headers: Mapping[str, str], more: Mapping[str, str]) -> Answer:
    """An answer with what Graph adds to each: the OData version, and which preferences it followed."""
    added = {"OData-Version": "4.0", **more}
    wishes = [wish.strip() for wish in headers.get("prefer", "").split(",")]
    followed = [wish for wish in wishes if wish.partition("=")[0].strip().lower() in _FOLLOWED]
    if followed:
        added["Preference-Applied"] = ", ".join(followed)
    return Answer(status=answer.status, body=answer.body, headers={**added, **answer.headers})
