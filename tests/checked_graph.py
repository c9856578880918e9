"""Asking the practice tenant for files, lists and events, with every answer checked."""

from typing import Any

import requests

from tests.graph_description import check_every_answer
from tests.practice import PracticeServer


class CheckedGraph:
    """Asks as the visitor, a person or Casework; every answer is held against Microsoft's schema."""

    def __init__(self, practice: PracticeServer) -> None:
        self.practice = practice
        self.drive = str(practice.facts["office_drive_id"])
        self.site = str(practice.facts["site_id"])

    def __call__(
        self, method: str, path: str, *, person: str | None = None, expect: int | None = None, **more: Any
    ) -> requests.Response:
        """Ask; `person` is a role of the school, or "casework" for the narrow application."""
        token = None
        if person is not None:
            casework = person == "casework"
            token = self.practice.casework_token() if casework else self.practice.user_token(person)
        answer = self.practice.graph(method, path, token=token, expect=expect, **more)
        check_every_answer(answer)
        return answer

    def json(self, method: str, path: str, **more: Any) -> Any:
        """The JSON of an answer that must be a success."""
        answer = self(method, path, **more)
        assert answer.ok, f"{method} {path} answered {answer.status_code}: {answer.text[:400]}"
        return answer.json()

    def error(self, method: str, path: str, **more: Any) -> tuple[int, str]:
        """The status and Microsoft's code of a refusal."""
        answer = self(method, path, **more)
        return answer.status_code, answer.json()["error"]["code"]

    def transfer(self, method: str, url: str, **more: Any) -> requests.Response:
        """Use a pre-authenticated address, without a bearer."""
        return requests.request(method, url, verify=self.practice.ca_file, timeout=20, **more)

    def put(self, path: str, content: bytes = b"content", **more: Any) -> Any:
        """Write a file of the office's OneDrive."""
        return self.json("PUT", f"{self.at(path)}/content", data=content, **more)

    def at(self, path: str) -> str:
        """The address of a path in the office's OneDrive."""
        return f"drives/{self.drive}/root:/{path}:"

    def new_list(self, *columns: dict[str, Any], title: str = "Cases") -> str:
        """A list with those columns; gives back its address."""
        wishes = {"displayName": title, "list": {"template": "genericList"}, "columns": list(columns)}
        made = self.json("POST", f"sites/{self.site}/lists", json=wishes, expect=201)
        return f"sites/{self.site}/lists/{made['id']}"

    def new_library(self, title: str, **more: Any) -> str:
        """A document library; gives back the id of its drive."""
        wishes = {"displayName": title, "list": {"template": "documentLibrary"}}
        made = self.json("POST", f"sites/{self.site}/lists", json=wishes, expect=201, **more)
        drive = self.json("GET", f"sites/{self.site}/lists/{made['id']}/drive", **more)
        return str(drive["id"])

    def add(self, address: str, **fields: Any) -> Any:
        """A new item of a list."""
        return self.json("POST", f"{address}/items", json={"fields": fields}, expect=201)
