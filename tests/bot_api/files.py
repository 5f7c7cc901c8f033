"""The files that people send: described, and handed out to the bot while they are there."""

from __future__ import annotations

from typing import Any

from .messages import RefusalError

LARGEST_DOWNLOAD_BYTES = 20 * 1024 * 1024


class Files:
    """Files by their id; `gone` can be downloaded no more, `cut_short` no further than half-way."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}
        self.gone: set[str] = set()
        self.cut_short: set[str] = set()

    def add(self, name: str | None, content: bytes) -> dict[str, Any]:
        """A file as a message holds it; Telegram does not always know its name."""
        number = f"file{len(self._contents)}"
        self._contents[number] = content
        file = {"file_id": number, "file_unique_id": f"u{number}", "file_size": len(content)}
        return file | ({"file_name": name} if name is not None else {})

    def described(self, number: str) -> dict[str, Any]:
        """What getFile tells of it."""
        content = self._contents.get(number)
        if content is None:
            raise RefusalError(400, "Bad Request: invalid file_id")
        if len(content) > LARGEST_DOWNLOAD_BYTES:
            raise RefusalError(400, "Bad Request: file is too big")
        file = {"file_id": number, "file_unique_id": f"u{number}", "file_size": len(content)}
        return file | {"file_path": f"documents/{number}"}

    def download(self, path: str) -> tuple[int, bytes]:
        """Status and content of the file at the path that getFile told."""
        number = path.removeprefix("documents/")
        if number in self.gone or number not in self._contents:
            return 404, b'{"ok": false, "error_code": 404, "description": "Not Found"}'
        content = self._contents[number]
        return 200, content[: len(content) // 2] if number in self.cut_short else content
