"""Pages about the bot and its folder: valid HTML within Telegram's limits, in either language."""

from __future__ import annotations

import dataclasses
import datetime as dt

from bot_api.markup import Parsed, parse_markup
from canned import LETTER, MINUTES, CannedLibrary, refused

from bot.choices import Choice
from bot.journal import Forgotten
from bot.listing import SOURCES_A_PAGE, sources_page
from bot.pages import (
    render_about,
    render_forgotten,
    render_help,
    render_language,
    render_privacy,
    render_sources,
    render_welcome,
)
from bot.wording import wording_in
from retrieval import Document, Metadata, Problem

EN, KO = wording_in("en"), wording_in("ko")


def _read(messages: tuple[str, ...]) -> list[Parsed]:
    """The messages as Telegram reads them, each checked against the limits."""
    parsed = [parse_markup(message) for message in messages]
    assert all(message.text.strip() and message.units <= 4096 and len(message.entities) <= 100 for message in parsed)
    return parsed


def test_the_list_of_sources_names_each_document() -> None:
    assert render_sources(sources_page([LETTER, MINUTES], "", 1), EN) == (
        "I answer from <b>2</b> documents:\n\n"
        '<i><a href="https://harbour.example/m">Minutes of the Harbour Board</a></i>\nHarbour Board · 3 May 2021 · MD'
        "\n\n<i>letter.txt</i>\nno date · TXT"
    )
    assert render_sources(sources_page([LETTER], "", 1), EN).startswith("I answer from <b>1</b> document:")
    assert render_sources(sources_page([], "", 1), KO) == "아직 문서가 없습니다."


def test_a_search_says_what_it_found_or_that_there_is_nothing() -> None:
    assert render_sources(sources_page([LETTER, MINUTES], "harbour", 1), EN).startswith(
        "<b>1</b> document has <b>“harbour”</b>:\n\n<i><a"
    )
    assert render_sources(sources_page([LETTER], "<고래", 1), KO).startswith(
        "제목, 글쓴이, 펴낸 곳, 날짜, 파일 이름에 <b>“&lt;고래”</b>가 들어 있는 문서가 없습니다."
    )


def test_a_page_of_the_longest_entries_fits_a_message_whole() -> None:
    about = Metadata(title="T" * 1000, author="A" * 500, publisher="P & Q" * 99, date=dt.date(1999, 12, 22))
    documents = [Document(f"{number:03}.{'x' * 99}", "", (), about) for number in range(1000)]
    words = ("a" * 500 + " ") * 20
    problems = [Problem("w" * 500, "wrong " * 100, "mend") for _ in range(9)]
    for wording in (EN, KO):
        for asked in ("", words):
            page = dataclasses.replace(sources_page(documents, "", 1), words=asked.strip())
            (message,) = _read((render_sources(page, wording, problems),))
            assert message.text.count("TTT…") == SOURCES_A_PAGE
            assert wording.say("page_of", page=1, pages=page.pages) in message.text
            assert message.text.count("wrong wrong") == 0
            assert "9" in message.text.rsplit("\n", 6)[1]


def test_only_an_owner_reads_of_problems() -> None:
    page = sources_page([LETTER], "", 1)
    problem = Problem("letter.pdf", "is locked.", "Save it without a password.")
    assert "locked" not in render_sources(page, EN)
    assert render_sources(page, EN, [problem]).endswith(
        "\n\nOnly you, as an owner, read of this <b>1</b> problem:\n"
        "• letter.pdf: is locked. Save it without a password."
    )


EXAMPLE = Choice("who is <b>", "who is <b>")


def test_the_welcome_is_short_and_the_help_teaches() -> None:
    (short,) = render_welcome([EXAMPLE], EN, pressable=True)
    assert short.endswith("\n\nPress an example to ask it:")
    assert render_welcome([], EN, pressable=True) == (short.removesuffix("\n\nPress an example to ask it:"),)
    (whole,) = render_help([EXAMPLE], ["ask", "people"], KO, pressable=False)
    assert whole.endswith("예를 들면 다음과 같습니다.\n• <code>who is &lt;b&gt;</code>")
    assert "/people: 문서에서 발언한 사람" in whole
    assert "/setprivacy" in whole
    assert len(_read((short, whole))) == 2


def test_about_says_what_is_promised_and_what_the_folder_holds() -> None:
    library = CannedLibrary(lambda *_: refused())
    for wording, folder in ((EN, "The folder:\n• Documents: 2\n"), (KO, "문서 모음\n• 문서: 2건\n")):
        (message,) = _read((render_about(library, wording),))  # type: ignore[arg-type]
        assert folder in message.text
        assert "v1" in message.text


def test_privacy_says_for_how_long() -> None:
    assert "deleted after <b>90</b> days;" in render_privacy(90, EN)
    assert "deleted after <b>1</b> day;" in render_privacy(1, EN)
    assert "Nothing is deleted by itself." in render_privacy(0, EN)
    assert "<b>90</b>일이 지나면" in render_privacy(90, KO)


def test_forgetting_counts_what_it_deleted() -> None:
    assert render_forgotten(Forgotten(12, 1, 0, 1), EN) == (
        "Deleted: <b>12 questions with their answers, the buttons of 1 message, your language</b>."
    )
    assert render_forgotten(Forgotten(1, 0, 3, 0), KO) == "지웠습니다: <b>질문과 답 1건, 평가 3건</b>"
    assert render_forgotten(Forgotten(), EN) == "There was nothing to delete."


def test_a_language_is_named_in_itself() -> None:
    assert render_language(KO, chosen=True) == (
        "<b>한국어</b>로 말씀드립니다.\n인용문은 문서에 적힌 언어 그대로입니다."
    )
    assert render_language(EN, chosen=False).startswith("You have chosen no language")
