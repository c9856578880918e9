"""The process that reads documents, with a reader that hangs, crashes or swells on files that are named so."""

import os
import time

from casework.policy_documents import DocumentText
from connectors.documents.policies import PolicyDocumentReader, child


class StubbornReader(PolicyDocumentReader):
    def read(self, content: bytes, *, name: str) -> DocumentText:
        if name == "hangs.pdf":
            time.sleep(600)
        if name == "crashes.pdf":
            os.abort()
        if name == "swells.pdf":
            return DocumentText(name="x" * (1 << 40), blocks=())
        if name == "leaves.pdf":
            os._exit(3)
        return super().read(content, name=name)


if __name__ == "__main__":
    child.PolicyDocumentReader = StubbornReader  # type: ignore[misc] # a reader that misbehaves is what is tested
    child.main()
