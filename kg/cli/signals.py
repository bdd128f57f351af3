"""Ctrl-C and SIGTERM: a command ends in order; where native code cannot be told to stop, it ends anyway."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from types import FrameType
from typing import NoReturn

from kg.cli.display import error_line

#: What a shell expects of a process that a signal has ended: 128 and its number.
ENDED = {128 + signal.SIGINT: "interrupted", 128 + signal.SIGTERM: "terminated"}
#: Seconds after which Python has not come to its turn: the engine is at work on a long query, say.
GRACE = 1.0


class _Watch:
    """A thread that sees whether signals are handled; the system tells it of them at once."""

    def __init__(self) -> None:
        self.handled = 0
        self._told, self._tell = os.pipe()
        os.set_blocking(self._tell, False)
        signal.set_wakeup_fd(self._tell, warn_on_full_buffer=False)
        threading.Thread(target=self._run, daemon=True).start()

    def handle(self, number: int, frame: FrameType | None) -> None:
        """What Python does at a signal, when it comes to its turn."""
        self.handled += 1
        if number == signal.SIGINT:
            signal.default_int_handler(number, frame)
        sys.exit(128 + number)

    def _run(self) -> None:
        seen = self.handled
        while numbers := os.read(self._told, 64):
            time.sleep(GRACE)
            if self.handled == seen:
                _end(128 + numbers[0])
            seen = self.handled


def watch() -> None:
    """From now on a signal ends this process, whatever it does. One that is ignored stays ignored."""
    if threading.current_thread() is not threading.main_thread():
        return
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        watch = _Watch()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, watch.handle)


def _end(code: int) -> NoReturn:
    if sys.stderr.isatty():
        sys.stderr.write("\x1b[?25h\n")  # a progress bar hides the cursor
    error_line(ENDED.get(code, "ended"))
    sys.stderr.flush()
    os._exit(code)
