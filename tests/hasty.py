"""An extractor for tests of workers: small, so that the processes that read it start at once."""

from __future__ import annotations

import os
import signal
import time

from kg.errors import ModelError
from kg.extract import Extractor
from kg.model import Document, Extraction
from kg.ontology import Ontology


class Hasty(Extractor):
    """An extractor that finds nothing, and fails where it is told to."""

    def one(self, document: Document) -> Extraction:
        """Nothing, or what the text asks for."""
        if document.text == "raise":
            raise ValueError("no\nsuch word")
        if document.text == "unfit":
            raise ModelError("no such model")
        if document.text == "sleep":
            time.sleep(600)
        if document.text == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        return Extraction(document)

    def __reduce__(self) -> tuple[type[Hasty], tuple[Ontology, str]]:
        return Hasty, (self.ontology, self.model)


def sleep() -> None:
    """Let two processes read for ten minutes."""
    from kg.workers import Workers
    from tests.factories import ONTOLOGY

    long = "word " * 1_000
    texts = [Document("first", long), *(Document(str(n), "sleep") for n in range(2)), Document("last", long)]
    for _ in Workers(2).extract(Hasty(ONTOLOGY), texts):
        print("begun", flush=True)


if __name__ == "__main__":
    sleep()
