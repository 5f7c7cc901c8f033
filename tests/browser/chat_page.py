"""A chat as a phone shows it, as a web page 390 pixels wide."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path

from tests.bot_api.messages import Sent

WIDTH = 390
MEASURE = "document.body.dataset.height = Math.ceil(document.body.getBoundingClientRect().height)"
STYLE = (Path(__file__).parent / "chat.css").read_text("utf-8")

Entry = Sent | str
"""A message of the bot's, or what a person wrote; what begins with "!" is a sentence over the chat."""


def draw(entries: Iterable[Entry]) -> str:
    """The page; once drawn, its body tells its height."""
    body = "".join(_bubble(entry) for entry in entries)
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><body>{body}<script>{MEASURE}</script></body>'


def _bubble(entry: Entry) -> str:
    if isinstance(entry, str):
        text, kind = (entry[1:], "t") if entry.startswith("!") else (entry, "q")
        return f'<div class="{kind}">{html.escape(text)}</div>'
    code = entry.code.replace("</blockquote>\n", "</blockquote>").replace("\n<blockquote", "<blockquote")
    rows = "".join(
        f'<div class="r">{"".join(f"<span>{html.escape(button.label)}</span>" for button in row)}</div>'
        for row in entry.rows
    )
    return f'<div class="a{" wide" if rows else ""}">{code}</div>{rows}'
