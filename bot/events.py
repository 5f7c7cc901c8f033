"""What happened, as one line of a log: a name, and what is known of it in `key=value` pairs (logfmt)."""

from __future__ import annotations

import json


class Event:
    """The message of a log record, as in `log.info(Event("answered", quotes=3))`.

    Its fields are counts, kinds and times, names of files and of the bot's own: never what somebody wrote, nor who.
    """

    __slots__ = ("fields", "name")

    def __init__(self, name: str, /, **fields: object) -> None:
        self.name = name
        self.fields = fields

    def __str__(self) -> str:
        return f"{self.name} {pairs(self.fields)}".rstrip()


def pairs(fields: dict[str, object]) -> str:
    """The fields as one line, in their order."""
    return " ".join(f"{key}={_written(value)}" for key, value in fields.items())


def printable(text: str, *, besides: str = "") -> str:
    r"""`text` on one line: what does not print, a line's end for one, as JSON writes it (`\n`), and so is `besides`."""
    if _is_plain(text, besides):
        return text
    return "".join(sign if _is_plain(sign, besides) else json.dumps(sign)[1:-1] for sign in text)


def _is_plain(text: str, besides: str) -> bool:
    return text.isprintable() and not any(sign in text for sign in besides)


def _written(value: object) -> str:
    """The value, between quotation marks, as JSON has it, where it could be taken for more than one."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    if text and _is_plain(text, ' "=\\'):
        return text
    quoted = printable(text, besides='"\\')
    return f'"{quoted}"'
