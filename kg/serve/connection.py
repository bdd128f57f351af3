"""HTTP connections that cannot be held open by doing nothing."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

#: Seconds to send the head of a request, and to take what was written.
HEAD, TAKE = 5, 60
_LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Connection(H11Protocol):
    """uvicorn's protocol, with time limits for clients that send or read too slowly.

    uvicorn itself waits for ever for the head of a request, and for a client that reads nothing.
    """

    _sending: asyncio.TimerHandle | None = None
    _taking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._sending = self.loop.call_later(HEAD, self._too_late)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        between = self.cycle is None or self.cycle.response_complete
        if not between:
            self._sending = _stopped(self._sending)
        elif self._sending is None:  # the head of the next request has begun
            self._sending = self.loop.call_later(HEAD, self._too_late)

    def connection_lost(self, exc: Exception | None) -> None:
        self._sending, self._taking = _stopped(self._sending), _stopped(self._taking)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._taking is None:
            self._taking = self.loop.call_later(TAKE, self.transport.abort)

    def resume_writing(self) -> None:
        self._taking = _stopped(self._taking)
        super().resume_writing()

    def _too_late(self) -> None:
        self._sending = None
        if not self.transport.is_closing():
            self.transport.write(_LATE)
            self.transport.close()


def _stopped(timer: asyncio.TimerHandle | None) -> Any:
    if timer is not None:
        timer.cancel()
