"""Papers that Casework writes by itself with python-docx: the timeline of a case, and the governors' paper."""

from __future__ import annotations

from collections.abc import Iterable

from casework.cases import CaseReference
from casework.copy_ports import PaperWriter
from casework.governors.paper import GovernorsPaper
from casework.timeline import TimelineEntry
from connectors.documents.governors_paper import governors_document
from connectors.documents.timeline_paper import timeline_document


class DocxPapers(PaperWriter):
    def timeline(
        self,
        case: CaseReference,
        entries: Iterable[TimelineEntry],
        *,
        school_name: str,
        since: str = "",
    ) -> bytes:
        title = f"Timeline of {case} {since}".strip()
        before = f". Casework's log was lost, and this is {since}; what was before stands in Timeline.docx."
        return timeline_document(title, f"{school_name}{before if since else ''}", tuple(entries))

    def governors_paper(self, paper: GovernorsPaper) -> bytes:
        return governors_document(paper)
