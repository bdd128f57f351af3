"""Builds that are killed, with the model loaded once: ``python -m tests.store.killed FOLDER KILLS``.

It builds in FOLDER/once; then in FOLDER/out, killed so often at random moments, and once more.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from kg.model import Document
from kg.place import Place
from kg.recipe import Recipe
from kg.update import update

TEXT = "Halden Group invested ${} million in Ostara in 2019. Mira Solberg leads Halden Group, it said."
NEWS = [Document(f"news {number}", TEXT.format(number)) for number in range(1, 60)]


def build(recipe: Recipe, folder: Path, seconds: float | None = None) -> bool:
    """Build in a process of its own, which is killed after so many seconds; whether it was complete."""
    process = os.fork()
    if not process:
        update(Place(folder), recipe, NEWS).close()
        os._exit(0)
    end = time.monotonic() + (seconds or 1e9)
    while time.monotonic() < end:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            assert status == 0
            return True
        time.sleep(0.002)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return False


def main(folder: Path, kills: int) -> None:
    """What the module does."""
    recipe, drawn = Recipe.make(), random.Random(5)
    list(recipe.extractor.extract(NEWS[:1]))
    begun = time.monotonic()
    build(recipe, folder / "once")
    seconds, killed = time.monotonic() - begun, 0
    while killed < kills:
        if build(recipe, folder / "out", drawn.uniform(0, seconds)):
            shutil.rmtree(folder / "out")  # it was complete before it was killed: once more
        else:
            killed += 1
    build(recipe, folder / "out")
    print(f"killed {killed}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
