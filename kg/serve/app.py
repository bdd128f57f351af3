"""The web application: the endpoint, the query page with its shipped queries, and the graph page."""

from __future__ import annotations

import asyncio
import functools
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.queries import shipped_queries
from kg.serve.description import describe
from kg.serve.graph_page import GraphPage
from kg.serve.negotiation import TRIPLES, choose
from kg.serve.pool import Pool
from kg.serve.protocol import Question, Reply, RequestError, read_question

#: The most bytes of a request, and of all that are here at a time; the seconds that one may take to
#: arrive, and an answer to be taken.
MOST, ALL, ARRIVAL, DEPARTURE = 1 << 20, 32 << 20, 6, 300
_PIECE = 1 << 16
_ASSETS = Path(__file__).parent / "page"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".html": "text/html"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HOST = re.compile(r"(\[[0-9a-f:]+\]|[^:\[\]]+)(?::\d+)?", re.IGNORECASE)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


def make_app(
    pool: Pool, page: GraphPage, prefixes: Mapping[str, str], *, cors: str | None, hosts: frozenset[str]
) -> ASGIApp:
    """The application over a pool; ``hosts`` are the names it answers to, or none for all."""
    server = _Server(pool, page, prefixes)
    allowed = Middleware(
        CORSMiddleware,
        allow_origins=[cors] if cors else [],
        allow_methods=["GET", "POST"],
        allow_headers=["Accept", "Content-Type"],
    )
    application = Starlette(
        routes=[
            Route("/", server.home),
            Route("/page/{name}", server.asset),
            Route("/queries", server.queries),
            Route("/queries/{name}", server.prepared),
            Route("/graph", server.graph),
            Route("/sparql", server.sparql, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
        ],
        middleware=[allowed] if cors else [],
    )
    return _Guard(application, hosts, shared=bool(cors))


class _Guard:
    """Answers only to its own names, so that no foreign page can reach a server on loopback by a name
    of its own (DNS rebinding), and adds the headers that every answer has."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str], *, shared: bool) -> None:
        self._app, self._hosts = app, hosts
        always = _ALWAYS | ({"Cross-Origin-Resource-Policy": "cross-origin"} if shared else {})
        self._headers = [(name.lower().encode(), value.encode()) for name, value in always.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                more = [(name, value) for name, value in self._headers if name not in present]
                message["headers"] = [*message["headers"], *more]
            await send(message)

        host = next((value for name, value in scope.get("headers", ()) if name == b"host"), b"")
        named = _HOST.fullmatch(host.decode("latin-1"))
        if self._hosts and (named is None or named[1].strip("[]").lower() not in self._hosts):
            answer = _text(421, "this server answers only to its own address")
            await answer(scope, receive, send_more)
            return
        await self._app(scope, receive, send_more)


Handler = Callable[["_Server", Request], Awaitable[Response]]


def _refusing(handler: Handler) -> Handler:
    """A handler whose refusals are answers."""

    @functools.wraps(handler)
    async def answer(self: _Server, request: Request) -> Response:
        try:
            return await handler(self, request)
        except RequestError as refusal:
            response = _text(refusal.status, refusal.message)
            if refusal.status == 503:
                response.headers["Retry-After"] = "5"
            elif refusal.status == 405:
                response.headers["Allow"] = "GET, HEAD, POST"
            if refusal.status in (408, 413, 503):
                response.headers["Connection"] = "close"  # what is left of the request is not read
            return response

    return answer


class _Server:
    """The handlers of requests."""

    def __init__(self, pool: Pool, page: GraphPage, prefixes: Mapping[str, str]) -> None:
        self._pool, self._page, self._prefixes = pool, page, prefixes
        self._held = 0  # bytes of requests that are not answered yet

    async def home(self, _: Request) -> Response:
        """The query page."""
        return FileResponse(
            _ASSETS / "index.html",
            media_type="text/html; charset=utf-8",
            headers={"Content-Security-Policy": _POLICY},
        )

    async def asset(self, request: Request) -> Response:
        """A script or style of the query page, or the palette of all pages."""
        file = _assets().get(request.path_params["name"])
        if file is None:
            return _text(404, "there is no such file")
        return FileResponse(file, media_type=f"{_TYPES.get(file.suffix, 'text/plain')}; charset=utf-8")

    async def queries(self, _: Request) -> Response:
        """The shipped queries and the prefixes, for the query page."""
        described = [
            {
                "name": query.name,
                "description": query.description,
                "text": query.text,
                "names": query.names,
                "parameters": [
                    {
                        "name": parameter.name,
                        "type": parameter.type,
                        "description": parameter.description,
                        "required": parameter.required,
                        "default": parameter.default or "",
                    }
                    for parameter in query.parameters
                ],
            }
            for query in shipped_queries().values()
        ]
        return JSONResponse({"queries": described, "prefixes": dict(self._prefixes)})

    @_refusing
    async def prepared(self, request: Request) -> Response:
        """The SPARQL of a shipped query with the values that the parameters of the URL give."""
        name = request.path_params["name"]
        if name not in shipped_queries():
            return _text(404, "there is no such query")
        message = {"query": name, "parameters": dict(request.query_params)}
        return self._response(await self._pool.ask(message))

    async def graph(self, _: Request) -> Response:
        """The graph page."""
        try:
            file = await self._page.file()
        except RequestError as refusal:
            return _text(refusal.status, refusal.message)
        headers = {"Content-Security-Policy": "frame-ancestors 'none'"}  # it has a stricter one in itself
        return FileResponse(file, media_type="text/html; charset=utf-8", headers=headers)

    @_refusing
    async def sparql(self, request: Request) -> Response:
        """The endpoint."""
        with self._room() as take:
            body = await _body(request, take) if request.method == "POST" else b""
            return await self._answer(request, body)

    @contextmanager
    def _room(self) -> Iterator[Callable[[int], None]]:
        """Room for a request; who takes of it is refused where all requests are too much together."""
        mine = 0

        def take(size: int) -> None:
            nonlocal mine
            mine += size
            self._held += size
            if mine > MOST:
                raise RequestError(413, f"a request may have {MOST:,} bytes")
            if self._held > ALL:
                raise RequestError(503, f"more than {ALL:,} bytes of questions are waiting; try again later")

        try:
            yield take
        finally:
            self._held -= mine

    async def _answer(self, request: Request, body: bytes) -> Response:
        content_type = request.headers.get("content-type", "")
        question = read_question(request.method, request.url.query, content_type, body)
        accept = ",".join(request.headers.getlist("accept"))
        if question is None:
            return _description(request, accept)
        return self._response(await self._asked(request, question, accept))

    async def _asked(self, request: Request, question: Question, accept: str) -> Reply:
        """The reply to a question, which is given up when the client goes away."""
        message = {
            "query": question.query,
            "default": question.default_graphs,
            "named": question.named_graphs,
            "accept": accept,
        }
        job = asyncio.create_task(self._pool.ask(message))
        gone = asyncio.create_task(_gone(request))
        try:
            await asyncio.wait({job, gone}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            gone.cancel()
            if not job.done():
                job.cancel()
        if not job.done():
            raise RequestError(499, "the client has gone")
        return job.result()

    def _response(self, reply: Reply) -> Response:
        if reply.status != 200:
            return _text(reply.status, reply.body.decode("utf-8"))
        kind = reply.media_type
        media_type = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        if reply.file is None:
            return Response(reply.body, media_type=media_type, headers={"Vary": "Accept"})
        return _LongAnswer(reply.file, media_type, lambda: self._pool.release(reply))


class _LongAnswer(StreamingResponse):
    """The file of a long answer, which a client has some minutes to take; then it is gone."""

    def __init__(self, file: str, media_type: str, release: Callable[[], None]) -> None:
        super().__init__(_pieces(file), media_type=media_type, headers={"Vary": "Accept"})
        self._release = release

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with asyncio.timeout(DEPARTURE):
                await super().__call__(scope, receive, send)
        finally:
            self._release()


async def _pieces(name: str) -> AsyncIterator[bytes]:
    with Path(name).open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _description(request: Request, accept: str) -> Response:
    media_type = choose(accept, {**TRIPLES, "text/html": "html"})
    if media_type is None:
        raise RequestError(406, f"the description of the service comes as {', '.join(TRIPLES)}")
    if media_type == "text/html":
        return RedirectResponse("/", 303)
    endpoint = str(request.url.replace(query="", fragment=""))
    return Response(describe(endpoint, media_type), media_type=media_type, headers={"Vary": "Accept"})


async def _body(request: Request, take: Callable[[int], None]) -> bytes:
    """The body of a request, in time and not too long."""
    found = bytearray()
    try:
        async with asyncio.timeout(ARRIVAL):
            async for piece in request.stream():
                take(len(piece))
                found += piece
    except TimeoutError:
        raise RequestError(408, f"the request did not arrive within {ARRIVAL} s") from None
    except ClientDisconnect:
        raise RequestError(400, "the client has gone") from None
    return bytes(found)


async def _gone(request: Request) -> None:
    """Wait until the client has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _assets() -> dict[str, Path]:
    """What the query page is made of, by name; the palette is that of all pages."""
    from kg.look import HERE  # with its templates: not before somebody opens the page

    return {path.name: path for path in (*_ASSETS.iterdir(), HERE / "palette.css")}


def _text(status: int, message: str) -> Response:
    return Response(message + "\n", status, media_type="text/plain; charset=utf-8")
