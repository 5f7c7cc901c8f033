"""Pages about the bot and its folder: valid HTML within Telegram's limits, in either language."""

from __future__ import annotations

import datetime as dt

from bot_api.markup import Parsed, parse_markup
from canned import LETTER, MINUTES

from bot.pages import render_sources, render_welcome
from bot.wording import wording_in
from retrieval import Document, Metadata

EN, KO = wording_in("en"), wording_in("ko")


def _read(messages: tuple[str, ...]) -> list[Parsed]:
    """The messages as Telegram reads them, each checked against the limits."""
    parsed = [parse_markup(message) for message in messages]
    assert all(message.text.strip() and message.units <= 4096 and len(message.entities) <= 100 for message in parsed)
    return parsed


def test_the_list_of_sources_names_each_document() -> None:
    (message,) = render_sources([LETTER, MINUTES], EN)
    assert message == (
        "I answer from <b>2</b> document(s):\n\n<i>letter.txt</i>\n\n"
        '<i><a href="https://harbour.example/m">Minutes of the Harbour Board</a></i>\nHarbour Board · 3 May 2021'
    )
    assert render_sources([], KO) == ("아직 문서가 없습니다.",)


def test_a_long_list_of_sources_is_counted_at_its_end() -> None:
    metadata = Metadata(title="T" * 1000, publisher="P & Q", date=dt.date(1999, 1, 2))
    messages = _read(render_sources([Document(f"{n}.txt", "", (), metadata) for n in range(1000)], EN))
    assert messages[-1].text.endswith("… and 940 more.")


def test_the_welcome_teaches_by_examples() -> None:
    (short,), (whole,) = (render_welcome(["who is <b>"], EN, whole=whole) for whole in (False, True))
    assert short.endswith("For example:\n• <code>who is &lt;b&gt;</code>")
    assert "/setprivacy" in whole
    assert len(_read((short, whole))) == 2
