"""The Bot API over HTTP on this machine, with nothing but the standard library."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

from .faults import UnansweredError
from .telegram import Telegram
from .webhook import delivering

PATIENCE_SECONDS = 0.5
HANGING_SECONDS = 3.0


@contextmanager
def serve(telegram: Telegram) -> Iterator[str]:
    """Serve `telegram`; gives the address that TELEGRAM_API_URL takes."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body go together: sent apart, the second waits 40 ms for the first to be acknowledged

        def handle(self) -> None:
            with suppress(ConnectionError):  # whoever asks may be ended at any time
                super().handle()

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(length)
            if len(body) < length:  # whoever asked was ended in the middle of it
                self.close_connection = True
                return
            parameters = _read_parameters(self.headers.get("Content-Type", ""), body)
            if not self.path.endswith("/getUpdates"):
                time.sleep(random.uniform(0, telegram.slowness_seconds))  # noqa: S311 (nothing secret)
            try:
                status, answer = telegram.answer(self.path, parameters, patience_seconds=PATIENCE_SECONDS)
            except UnansweredError as fault:
                time.sleep(HANGING_SECONDS if fault.hangs else 0)
                self.close_connection = True
                return
            self._respond(status, json.dumps(answer).encode(), "application/json")

        def do_GET(self) -> None:
            self._respond(*telegram.download(self.path), "application/octet-stream")

        def _respond(self, status: int, payload: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(payload)))
            with suppress(ConnectionError):  # who polls may leave while it waits
                self.end_headers()
                self.wfile.write(payload)
                self.wfile.flush()

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


def _read_parameters(kind: str, body: bytes) -> dict[str, Any]:
    """The parameters of a request in any of the forms that Telegram reads; a file is its name and content."""
    if kind.startswith("application/json"):
        values = json.loads(body)
        return {key: value if isinstance(value, str) else json.dumps(value) for key, value in values.items()}
    if kind.startswith("multipart/form-data"):
        parts = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP).iter_parts()
        return {str(part["Content-Disposition"].params["name"]): _read_part(part) for part in parts}
    return dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body)))


def _read_part(part: Any) -> str | tuple[str, bytes]:
    content = part.get_payload(decode=True)
    name = part["Content-Disposition"].params.get("filename")
    return (name, content) if name else content.decode()
