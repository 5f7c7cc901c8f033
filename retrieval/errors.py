"""What can go wrong in the library: each error says what is wrong, where, and what to do."""

from __future__ import annotations


class RetrievalError(Exception):
    """Anything the library refuses to do; its text is fit for a person to read."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(": ".join(part for part in (where, what) if part) + (f" {remedy}" if remedy else ""))


class FolderError(RetrievalError):
    """The knowledge folder as a whole cannot be read: it is missing, no folder, or not readable."""


class SourcesError(RetrievalError):
    """`sources.yaml` is no YAML or has another shape; `where` names the file and, where known, the line."""


class ReadingError(RetrievalError):
    """One file cannot be read; the rest of the folder can."""


class ChangedError(ReadingError):
    """A file is no longer the one that was read, or is gone."""


class ClosedError(RetrievalError):
    """What was asked for needs a library that is closed by now."""


class StillReadingError(RetrievalError):
    """A library is asked before it has read its folder for the first time: it has read `done` files of `total`."""

    def __init__(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        super().__init__(f"is still being read: {done:,} of {total:,} files.", remedy="Ask again in a moment.")
