"""Rendering: every message is valid HTML within Telegram's limits, and loses no word of a quote and no citation."""

from __future__ import annotations

import dataclasses

import pytest
from bot_api.markup import Parsed, parse_markup
from canned import LAMP, PIER, answered, refused
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.citation import Citation
from bot.excerpts import Excerpt
from bot.rendering import FOLDED_FROM_UNITS, render_answer, render_cards, render_context
from bot.wording import wording_in
from retrieval import Answer, AnswerKind, Courtesy, How, Quote, QuoteKind, Resolution

EN, KO = wording_in("en"), wording_in("ko")


def _read(messages: tuple[str, ...]) -> list[Parsed]:
    """The messages as Telegram reads them, each checked against the limits."""
    parsed = [parse_markup(message) for message in messages]
    for message in parsed:
        assert len(message.text.strip()) > 0
        assert message.units <= 4096
        assert len(message.entities) <= 100
    return parsed


def _bare(text: str) -> str:
    return "".join(text.split())


def test_a_quote_stands_between_its_speaker_and_its_source() -> None:
    (message,) = render_answer(answered(LAMP), EN)
    assert message == (
        "<b>Ada Ferry</b>, keeper of the lighthouse\n"
        "<blockquote>Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.</blockquote>\n"
        '<i><a href="https://harbour.example/m#:~:text=Ada%20Ferry">Minutes of the Harbour Board</a></i>\n'
        "Harbour Board · 3 May 2021 · section “Lamps” · paragraph 4"
    )


def test_korean_writes_dates_and_places_its_own_way() -> None:
    (message,) = render_answer(answered(LAMP), KO)
    assert message.endswith("Harbour Board · 2021년 5월 3일 · “Lamps” 부분 · 4번째 문단")


def test_the_documents_own_words_have_no_speaker_and_the_files_name_where_there_is_no_title() -> None:
    assert render_answer(answered(PIER), EN) == (
        "<blockquote>The pier is closed.</blockquote>\n<i>letter.txt</i>\nparagraph 1",
    )


def test_several_quotes_share_a_message_numbered_with_an_empty_line_between() -> None:
    (message,) = render_answer(answered(LAMP, PIER), EN)
    assert message.startswith("❶ <b>Ada Ferry</b>, keeper")
    assert "paragraph 4\n\n❷\n<blockquote>The pier" in message


def test_what_is_said_of_a_quote_beside_its_place_stands_at_the_end() -> None:
    quote = dataclasses.replace(
        LAMP, author="Bo Quay", page=2, section=None, kind=QuoteKind.MENTION, how=How.INFERRED, paragraph=None
    )
    (message,) = render_answer(refused(kind=AnswerKind.CLOSEST, closest=(quote,)), EN)
    assert message.endswith("Bo Quay · Harbour Board · 3 May 2021 · page 2 · only a mention")


def test_a_long_quote_is_folded() -> None:
    long = dataclasses.replace(PIER, text="lamp " * (FOLDED_FROM_UNITS // 4))
    assert "<blockquote expandable>lamp lamp" in render_answer(answered(long), EN)[0]


def test_many_short_quotes_take_several_messages() -> None:
    short = dataclasses.replace(LAMP, text="Yes.", role=None, title="T", publisher=None, date=None, section=None)
    messages = _read(render_answer(answered(*[short] * 60), EN))
    assert sum(len(message.texts_of("blockquote")) for message in messages) == 60
    assert len(messages) == 3


@pytest.mark.parametrize(
    ("answer", "english", "korean"),
    [
        (
            refused(missing=("sings", "arias")),
            "No document mentions <b>sings, arias</b>.\nThe documents do not answer that.",
            "다음 단어는 어느 문서에도 나오지 않습니다: <b>sings, arias</b>\n문서에서 답을 찾지 못했습니다.",
        ),
        (
            refused(missing=("<tea>",), people=("Ada Ferry",)),
            "Nothing that <b>Ada Ferry</b> said mentions <b>&lt;tea&gt;</b>.\nThe documents do not answer that.",
            "<b>Ada Ferry</b>의 말에는 다음 단어가 나오지 않습니다: <b>&lt;tea&gt;</b>\n문서에서 답을 찾지 못했습니다.",
        ),
        (
            refused(kind=AnswerKind.CHOICES, choices=("Kim Min-su", "Kim Min-soo")),
            "More than one person fits. Whom do you mean?\n• Kim Min-su\n• Kim Min-soo",
            "해당하는 사람이 여러 명입니다. 누구를 말씀하십니까?\n• Kim Min-su\n• Kim Min-soo",
        ),
        (
            refused(missing=("Ada Fary",), choices=("Ada Ferry",)),
            "No document mentions <b>Ada Fary</b>.\nNames that come near:\n• Ada Ferry",
            "다음 단어는 어느 문서에도 나오지 않습니다: <b>Ada Fary</b>\n비슷한 이름은 다음과 같습니다.\n• Ada Ferry",
        ),
        (
            refused(exhausted=True, people=("Ada Ferry",)),
            "The documents have no more from <b>Ada Ferry</b> on this than I have shown.",
            "그에 관한 <b>Ada Ferry</b>의 말은 모두 보여 드렸습니다. 문서에 더는 없습니다.",
        ),
        (
            refused(kind=AnswerKind.CLOSEST, exhausted=True, missing=("tea",)),
            "The documents have no more on this than I have shown.",
            "그에 관해 문서에 있는 내용은 모두 보여 드렸습니다.",
        ),
        (refused(kind=AnswerKind.GREETING, courtesy=Courtesy.THANKS), "You are welcome.", "도움이 되었다니 기쁩니다."),
        (
            refused(question="🙂", understood="🙂"),
            "I see no words there to look for. Please ask in a sentence.",
            "찾아볼 단어가 없습니다. 문장으로 질문해 주십시오.",
        ),
    ],
)
def test_what_is_no_quote_is_said_plainly_in_both_languages(answer: Answer, english: str, korean: str) -> None:
    assert render_answer(answer, EN) == (english,)
    assert render_answer(answer, KO) == (korean,)


def test_the_closest_passages_say_that_they_may_not_answer() -> None:
    (message,) = render_answer(refused(kind=AnswerKind.CLOSEST, closest=(PIER,), missing=("sings",)), EN)
    assert message.startswith(
        "No document mentions <b>sings</b>.\n"
        "I found no sure answer. These passages come closest, but may not answer:\n\n"
        "<blockquote>The pier is closed.</blockquote>"
    )


def test_what_was_assumed_comes_first() -> None:
    (message,) = render_answer(answered(PIER, read_as=(Resolution("he", "Ada Ferry"), Resolution("peir", "pier"))), EN)
    assert message.startswith("he = Ada Ferry, peir = pier\n\n<blockquote>")
    (message,) = render_answer(answered(PIER, understood="what burns at night"), EN)
    assert message.startswith("Taken as: <b>what burns at night</b>\n\n<blockquote>")


def test_who_was_introduced_needs_it_no_second_time() -> None:
    other = dataclasses.replace(LAMP, role="member of the board")
    (message,) = render_answer(answered(LAMP, PIER, LAMP, other), EN)
    heads = [line for line in message.split("\n") if "Ferry</b>" in line]
    assert heads == [
        "❶ <b>Ada Ferry</b>, keeper of the lighthouse",
        "❸ <b>Ada Ferry</b>",
        "❹ <b>Ada Ferry</b>, member of the board",
    ]


def test_what_may_not_answer_is_folded_sooner() -> None:
    middling = dataclasses.replace(PIER, text="The pier is closed. " * 10)
    assert "<blockquote>" in render_answer(answered(middling), EN)[0]
    assert "<blockquote expandable>" in render_answer(refused(kind=AnswerKind.CLOSEST, closest=(middling,)), EN)[0]


def test_context_gives_up_the_words_around_before_the_words_themselves() -> None:
    wide = Excerpt(("b" * 2000,), "o" * 700, "The quote.", "c" * 700, ("a" * 2000,))
    (message,) = _read((render_context(PIER, wide, EN),))
    assert message.text.startswith("o" * 700 + " The quote. " + "c" * 700)
    assert message.texts_of("bold") == ["The quote."]
    alone = dataclasses.replace(wide, quoted="😀 " * 3000)
    (message,) = _read((render_context(PIER, alone, EN),))
    assert message.text.startswith("😀 😀")
    assert "…\n" in message.text


BAD_ADDRESSES = [
    "javascript:alert(1)",
    "https://",
    'https://x.example/"><b>',
    "http://[",
    "ftp://x.example/",
    "https://x y",
    "https://x.example/" + "x" * 9000,
]


@pytest.mark.parametrize("url", BAD_ADDRESSES)
def test_an_address_leads_somewhere_or_is_left_out(url: str) -> None:
    (message,) = _read(render_answer(answered(dataclasses.replace(LAMP, url=url, link=None)), EN))
    links = [entity.url for entity in message.entities if entity.kind == "text_link"]
    assert links in ([], [url])
    assert "Minutes of the Harbour Board" in message.text


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(lambda text: text + "x")
LONG_TEXTS = st.builds(
    lambda text, times, gap: gap.join([text] * times),
    TEXTS,
    st.integers(1, 400),
    st.sampled_from(["", " ", "\n", "😀", "́"]),
)
QUOTES = st.builds(
    Quote,
    text=st.one_of(TEXTS, LONG_TEXTS),
    document=st.sampled_from(["a.txt", "press/b&c.md"]),
    start=st.just(0),
    end=st.just(1),
    kind=st.sampled_from(QuoteKind),
    passage_start=st.just(0),
    passage_end=st.just(1),
    speaker=st.none() | LONG_TEXTS,
    role=st.none() | LONG_TEXTS,
    how=st.none() | st.sampled_from(How),
    title=st.none() | LONG_TEXTS,
    author=st.none() | TEXTS,
    publisher=st.none() | LONG_TEXTS,
    date=st.none() | st.dates(),
    url=st.none() | TEXTS | TEXTS.map(lambda text: f"https://x.example/{text}"),
    page=st.none() | st.integers(0, 10**9),
    section=st.none() | LONG_TEXTS,
    paragraph=st.none() | st.integers(0, 10**9),
)
EXCERPTS = st.builds(
    Excerpt, st.lists(LONG_TEXTS, max_size=3).map(tuple), st.just("") | LONG_TEXTS, LONG_TEXTS, st.just("") | LONG_TEXTS
)
CARDS = st.builds(
    Citation, LONG_TEXTS, st.none() | st.just("https://x.example/"), st.lists(LONG_TEXTS, max_size=7).map(tuple)
)


@settings(deadline=None, max_examples=60)
@given(quote=QUOTES, excerpt=EXCERPTS, cards=st.lists(CARDS, min_size=1, max_size=4))
def test_context_and_cards_are_one_message_each(quote: Quote, excerpt: Excerpt, cards: list[Citation]) -> None:
    excerpt = dataclasses.replace(excerpt, quoted=" ".join(excerpt.quoted.split()))
    assert _read((render_context(quote, excerpt, EN), render_cards(cards)))


WORDS = st.lists(TEXTS, max_size=40).map(tuple)


@settings(deadline=None, max_examples=200)
@given(quotes=st.lists(QUOTES, min_size=1, max_size=12), language=st.sampled_from(["en", "ko"]))
def test_no_word_of_a_quote_and_no_citation_is_ever_lost(quotes: list[Quote], language: str) -> None:
    wording = wording_in(language)
    messages = _read(render_answer(answered(*quotes), wording))
    whole = _bare("".join("".join(_quoted(message)) for message in messages))
    everything = _bare("".join(message.text for message in messages))
    for quote in quotes:
        assert _bare(quote.text) in whole
        for detail in (quote.title or quote.document.rsplit("/", 1)[-1], quote.publisher, quote.speaker, quote.section):
            assert _bare(detail or "")[:20] in everything
        if quote.date is not None:
            assert _bare(wording.date(quote.date)) in everything


def _quoted(message: Parsed) -> list[str]:
    return message.texts_of("blockquote", "expandable_blockquote")


@settings(deadline=None, max_examples=60)
@given(
    kind=st.sampled_from(AnswerKind),
    read=st.lists(st.builds(Resolution, LONG_TEXTS, TEXTS), max_size=20).map(tuple),
    missing=st.lists(LONG_TEXTS, max_size=20).map(tuple),
    choices=WORDS,
    people=WORDS,
)
def test_what_the_bot_says_itself_stays_within_the_limits(
    kind: AnswerKind,
    read: tuple[Resolution, ...],
    missing: tuple[str, ...],
    choices: tuple[str, ...],
    people: tuple[str, ...],
) -> None:
    answer = Answer("who sings", "who sings", kind, "en", read, missing=missing, choices=choices, people=people)
    if kind is not AnswerKind.ANSWER:
        assert _read(render_answer(answer, EN))
        assert _read(render_answer(answer, KO))


@pytest.mark.parametrize(("units", "tag"), [(699, "<blockquote>"), (700, "<blockquote expandable>")])
def test_a_quote_folds_from_the_very_length_on(units: int, tag: str) -> None:
    (message,) = render_answer(answered(dataclasses.replace(PIER, text="a" * units)), EN)
    assert tag in message


def test_the_source_of_a_quote_that_fills_messages_stands_below_its_end() -> None:
    long = dataclasses.replace(LAMP, text="lamp " * 1500)
    first, last = _read(render_answer(answered(long), EN))
    assert first.text.startswith("Ada Ferry, keeper of the lighthouse\nlamp")
    assert "Harbour Board" not in first.text
    assert last.text.startswith("lamp")
    assert "lamp\nMinutes of the Harbour Board\n" in last.text
