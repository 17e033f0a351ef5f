"""A web server of our own on the loopback, for tests: it keeps what is posted and answers as it is told."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


class Receiver:
    """What arrived (path, headers, body), and what is answered."""

    def __init__(self) -> None:
        self.posts: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 200
        self.answer: Any = {"errcode": 0, "code": 0}
        self.location = ""
        self.port = 0

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}/hook?key=geheim"

    def json(self) -> Any:
        """The last body."""
        return json.loads(self.posts[-1][2])


class _Handler(BaseHTTPRequestHandler):
    """One request."""

    def do_POST(self) -> None:
        kept: Receiver = self.server.kept  # type: ignore[attr-defined]
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kept.posts.append((self.path, dict(self.headers.items()), body))
        self.send_response(kept.status)
        if kept.location:
            self.send_header("Location", kept.location)
        answer = json.dumps(kept.answer).encode()
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: tests read what is kept."""


@contextmanager
def receiver() -> Iterator[Receiver]:
    """A server that runs for a while."""
    kept = Receiver()
    with HTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.kept = kept  # type: ignore[attr-defined]
        kept.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()
