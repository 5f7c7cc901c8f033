"""The Bot API over HTTP on this machine, with nothing but the standard library."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from .telegram import Telegram
from .webhook import delivering

PATIENCE_SECONDS = 0.5


@contextmanager
def serve(telegram: Telegram) -> Iterator[str]:
    """Serve `telegram`; gives the address that TELEGRAM_API_URL takes."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.headers.get("Content-Type", "").startswith("application/json"):
                parameters = {
                    key: value if isinstance(value, str) else json.dumps(value)
                    for key, value in json.loads(body).items()
                }
            else:
                parameters = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body)))
            status, answer = telegram.answer(self.path, parameters, patience_seconds=PATIENCE_SECONDS)
            self._respond(status, json.dumps(answer).encode(), "application/json")

        def do_GET(self) -> None:
            self._respond(*telegram.download(self.path), "application/octet-stream")

        def _respond(self, status: int, payload: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            with suppress(ConnectionError):  # who polls may leave while it waits
                self.wfile.write(payload)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        with delivering(telegram):
            yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
