"""The button that shows a quote's page: a picture below the answer, once, or a sentence that says why not."""

from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from typing import Any

import pytest
from bot_api.telegram import RefusalError, Telegram
from canned import LAMP, LETTER, MINUTES, PIER, answered
from pdf_pages import line, pdf
from test_buttons import _ask, _press
from test_handlers import GROUP, Chats, Open, open_bot  # noqa: F401 (a fixture)

from retrieval import ChangedError, PagePicture, Quote, ReadingError
from retrieval.highlights import Quoted
from retrieval.page_pictures import page_picture

PAGED = dataclasses.replace(LAMP, page=5)
TITLE = "Minutes of the Harbour Board"
PNG = page_picture(pdf(lambda canvas: line(canvas, 72, 100, "The lamp must burn.")), 1, Quoted("The lamp")).png


def _prepare(chats: Chats, page: int = 5, **changes: Any) -> list[Quote]:
    """Let the library answer with a quote that has a page, and draw it; returns the quotes that are drawn."""
    drawn: list[Quote] = []

    def draw(quote: Quote) -> PagePicture:
        drawn.append(quote)
        return PagePicture(page, PNG)

    chats.library.answer = lambda *_: answered(PAGED, **changes)
    chats.library.page_picture = draw  # type: ignore[attr-defined]
    return drawn


@pytest.fixture
async def chats(open_bot: Open) -> AsyncIterator[Chats]:  # noqa: F811
    async with open_bot(send_files=True) as chats:
        yield chats


async def test_the_page_is_sent_once_and_its_button_goes(chats: Chats) -> None:
    drawn = _prepare(chats)
    message = await _ask(chats, "what burns")
    await _press(chats, message, "Context")
    assert message.labels == [["‹ Back", "Source", "Page 5", "Share"]]
    data = message.buttons["Page 5"]
    (picture,) = await chats.hear(chats.telegram.press(message, "Page 5"))
    assert picture.file is not None
    assert picture.file[1] == PNG
    assert (picture.text, drawn) == (f"{TITLE} · page 5", [PAGED])
    assert message.labels == [["‹ Back", "Source", "Share"]]
    assert await _toast(chats, message.message, data) == "I have sent that page already."
    await _press(chats, message, "‹ Back")
    await _press(chats, message, "Context")
    assert message.labels == [["‹ Back", "Source", "Share"]]


async def test_presses_as_fast_as_fingers_send_one_picture(chats: Chats) -> None:
    _prepare(chats)
    message = await _ask(chats, "what burns")
    await _press(chats, message, "Context")
    assert len(await chats.hear(*[chats.telegram.press(message, "Page 5") for _ in range(4)])) == 1


async def test_the_caption_names_the_page_that_is_shown(chats: Chats) -> None:
    _prepare(chats, page=6, language="ko")
    message = await _ask(chats, "무엇이 타나요")
    await _press(chats, message, "앞뒤 문맥")
    assert message.labels == [["‹ 돌아가기", "출처", "5쪽 보기", "공유"]]
    assert await _press(chats, message, "5쪽 보기") == ([f"{TITLE} · 6쪽"], None)


async def test_each_quote_has_its_own_page(chats: Chats) -> None:
    _prepare(chats)
    other = dataclasses.replace(PIER, page=9)
    chats.library.answer = lambda *_: answered(PAGED, other, LAMP)
    message = await _ask(chats, "what burns")
    await _press(chats, message, "Context ❶")
    await _press(chats, message, "Page 5")
    await _press(chats, message, "‹ Back")
    await _press(chats, message, "Context ❷")
    assert message.labels == [["‹ Back", "Source", "Page 9", "Share ❷"]]
    await _press(chats, message, "‹ Back")
    await _press(chats, message, "Context ❸")
    assert message.labels == [["‹ Back", "Source", "Share ❸"]]


async def test_the_picture_points_at_the_answer_in_a_group(chats: Chats) -> None:
    _prepare(chats)
    message = await _ask(chats, "/ask what burns", GROUP)
    await _press(chats, message, "Context", by=99)
    (picture,) = await chats.hear(chats.telegram.press(message, "Page 5", by=98))
    assert (picture.chat, picture.replies_to) == (GROUP, message.number)


async def test_a_long_title_is_shortened(chats: Chats) -> None:
    _prepare(chats)
    chats.library.answer = lambda *_: answered(dataclasses.replace(PAGED, title="Harbour & <b>" * 200))
    message = await _ask(chats, "what burns")
    await _press(chats, message, "Context")
    ((caption,), _) = await _press(chats, message, "Page 5")
    assert caption.startswith("Harbour & <b>Harbour")
    assert caption.endswith("… · page 5")


async def test_the_button_works_after_a_restart_and_only_where_files_may_be_sent(open_bot: Open) -> None:  # noqa: F811
    telegram = Telegram()
    async with open_bot(telegram, send_files=True) as chats:
        _prepare(chats)
        message = await _ask(chats, "what burns")
        await _press(chats, message, "Context")
        data = message.buttons["Page 5"]
    async with open_bot(telegram) as chats:
        assert _prepare(chats) == []
        assert await _toast(chats, message.message, data) == "I cannot draw that page."
        await _press(chats, message, "‹ Back")
        await _press(chats, message, "Context")
        assert message.labels == [["‹ Back", "Source", "Share"]]
    async with open_bot(telegram, send_files=True) as chats:
        _prepare(chats)
        await _press(chats, message, "‹ Back")
        await _press(chats, message, "Context")
        assert await _press(chats, message, "Page 5") == ([f"{TITLE} · page 5"], None)


async def test_a_source_that_changed_or_is_gone_is_said_to_be(chats: Chats) -> None:
    drawn = _prepare(chats)
    message = await _ask(chats, "what burns")
    await _press(chats, message, "Context")
    chats.library.documents = (LETTER, dataclasses.replace(MINUTES, text=MINUTES.text.upper()))
    changed = "The document has changed since, and these words no longer stand there."
    assert await _press(chats, message, "Page 5") == ([], changed)
    chats.library.documents = (LETTER,)
    assert await _press(chats, message, "Page 5") == ([], "That document is no longer in the folder.")
    assert drawn == []
    assert "Page 5" in message.buttons


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (ChangedError("is gone."), "The document has changed since, and these words no longer stand there."),
        (ReadingError("takes too long."), "I cannot draw that page."),
    ],
)
async def test_a_page_that_cannot_be_drawn_is_said_to_be_so(chats: Chats, error: ReadingError, sentence: str) -> None:
    def draw(_quote: Quote) -> PagePicture:
        raise error

    _prepare(chats)
    message = await _ask(chats, "what burns")
    await _press(chats, message, "Context")
    chats.library.page_picture = draw  # type: ignore[attr-defined]
    assert await _press(chats, message, "Page 5") == ([sentence], None)
    assert "Page 5" in message.buttons


async def test_a_picture_that_telegram_refuses_can_be_asked_for_again(chats: Chats) -> None:
    _prepare(chats)
    message = await _ask(chats, "what burns")
    await _press(chats, message, "Context")
    chats.telegram.refusals.append(RefusalError(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    assert await _press(chats, message, "Page 5") == (["I cannot draw that page."], None)
    assert len((await _press(chats, message, "Page 5"))[0]) == 1


@pytest.mark.parametrize("data", ["page:{}:0", "page:{}:2", "page:{}:999", "page:{}"])
async def test_a_forged_button_shows_nothing(chats: Chats, data: str) -> None:
    drawn = _prepare(chats)
    message = await _ask(chats, "what burns")
    key = message.buttons["Context"].split(":")[1]
    assert await _toast(chats, message.message, data.format(key)) == "That button is too old. Please ask again."
    assert drawn == []


async def _toast(chats: Chats, message: dict[str, Any], data: str) -> str | None:
    """The sentence over the chat for a press of any data, which sends nothing."""
    update = chats.telegram.press_data(message, data)
    assert await chats.hear(update) == []
    (toast,) = chats.telegram.presses[update["callback_query"]["id"]]
    return toast
