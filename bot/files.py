"""A document's file, to be handed out: from inside the knowledge folder, and from nowhere else."""

from __future__ import annotations

from pathlib import Path

LARGEST_BYTES = 50 * 1024 * 1024
"""What a bot may send (https://core.telegram.org/bots/api#senddocument)."""


def read_file(folder: Path, path: str) -> bytes | None:
    """The bytes of the file at `path` below `folder`; None where it leads outside, is gone, or is too large."""
    root = folder.resolve()
    file = (root / path).resolve()
    if not file.is_relative_to(root) or not file.is_file() or file.stat().st_size > LARGEST_BYTES:
        return None
    return file.read_bytes()
