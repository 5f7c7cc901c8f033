"""A law: whatever a document, a file's name, a person or a question says, what the bot sends is Telegram's HTML with no
tag but its own, within Telegram's limits, and a quote in it has its very characters."""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Iterable
from string import Formatter
from typing import Any

import pytest
from bot_api.markup import count_units, parse_markup
from canned import CannedLibrary
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import card_of
from bot.choices import choices_of, people_page
from bot.citation import fold_space
from bot.citing import as_markdown, as_plain_text
from bot.excerpts import excerpt_of
from bot.handlers.inline import _article, _offered
from bot.handlers.keyboards import answer_keyboard, choice_keyboard, context_keyboard, people_keyboard, sources_keyboard
from bot.handlers.sharing import _cited
from bot.journal import Day, Disliked, SentAnswer, Unanswered
from bot.listing import cite_listed, sources_page
from bot.owner_pages import (
    refused_file,
    render_changes,
    render_days,
    render_disliked,
    render_preview,
    render_status,
    render_unanswered,
)
from bot.pages import render_about, render_help, render_people, render_sources, render_welcome
from bot.rendering import render_answer, render_cards, render_context, render_sentence, render_source
from bot.wording import wording_in
from retrieval import (
    Answer,
    AnswerKind,
    Block,
    BlockKind,
    Changes,
    Document,
    Metadata,
    Person,
    Preview,
    Problem,
    Quote,
)

HOSTILE = st.one_of(
    st.sampled_from(
        [
            "<b>bold</b>", "</blockquote><a href='tg://user?id=1'>", "&lt;script&gt;", "&amp;amp;", '"><i>', "<", "&",
            "'", "javascript:alert(1)", 'https://a.example/?a=1&b="<x>', "tg://resolve?domain=x", "\u202e",
            "😀" * 90, "{name}", "{0.__class__}", "%s", "\\", "`*_[", "a\n\n<pre>", "</b></i></a></code>",
            "&#60;b",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30),
)  # fmt: skip
TEXTS = st.lists(HOSTILE, min_size=1, max_size=3).map(" ".join) | HOSTILE.map(lambda text: (text + " ") * 90)
PATHS = HOSTILE.map(lambda text: text.replace("/", "∕").strip() or "a").map(lambda name: f"press/{name}.md")
LANGUAGES = st.sampled_from(["en", "ko"])


def built(kind: type[Any], **known: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Records of that kind, hostile in every field that holds text and that is not `known`."""
    hints = typing.get_type_hints(kind)
    fields = {
        field.name: known[field.name] if field.name in known else _hostile(hints[field.name])
        for field in dataclasses.fields(kind)
    }
    return st.builds(kind, **fields)


def _hostile(hint: Any) -> st.SearchStrategy[Any]:
    if isinstance(hint, types.UnionType):
        return st.one_of(*map(_hostile, typing.get_args(hint)))
    if typing.get_origin(hint) is tuple:
        return st.lists(_hostile(typing.get_args(hint)[0]), max_size=3).map(tuple)
    if hint is type(None):
        return st.none()
    plain = {str: TEXTS, int: st.integers(0, 10**6), bool: st.booleans(), float: st.just(0.5), dt.date: st.dates()}
    return plain[hint] if hint in plain else st.from_type(hint)


QUOTES = built(Quote, document=PATHS, start=st.just(0), end=st.just(1))
PEOPLE = built(Person)
PROBLEMS = built(Problem)
METADATA = built(Metadata)
ANSWERS = built(Answer, quotes=st.lists(QUOTES, max_size=4).map(tuple), closest=st.lists(QUOTES, max_size=2).map(tuple))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of a few paragraphs."""
    words = [fold_space(text) for text in draw(st.lists(TEXTS, min_size=1, max_size=4)) if text.strip()] or ["a"]
    blocks, at = [], 0
    for one in words:
        blocks.append(Block(at, at + len(one), draw(st.sampled_from(BlockKind)), draw(st.none() | st.integers(1, 9))))
        at += len(one) + 2
    return Document(draw(PATHS), "\n\n".join(words), tuple(blocks), draw(METADATA))


def check(messages: Iterable[str]) -> list[Any]:
    """The messages as Telegram reads them: it refuses an open tag, an unknown one, and a bare < or &."""
    read = [parse_markup(message) for message in messages]
    for message in read:
        assert message.units <= 4096
        assert len(message.entities) <= 100
        assert all((entity.url or "https://").startswith(("http://", "https://")) for entity in message.entities)
    return read


def check_keyboard(markup: Any) -> None:
    for row in markup.inline_keyboard if markup else ():
        for button in row:
            assert button.url or 1 <= len(button.callback_data.encode()) <= 64
            assert 1 <= count_units(button.text) <= 64


def fold(text: str) -> str:
    return "".join(text.split())


law = settings(deadline=None, derandomize=True, max_examples=40)


@law
@given(answer=ANSWERS, language=LANGUAGES)
def test_an_answer_with_its_buttons(answer: Answer, language: str) -> None:
    if answer.kind is AnswerKind.ANSWER and not answer.quotes:
        answer = dataclasses.replace(answer, kind=AnswerKind.NOTHING)
    wording = wording_in(language)
    messages = check(render_answer(answer, wording))
    assert messages
    quoted = fold(
        "".join(text for message in messages for text in message.texts_of("blockquote", "expandable_blockquote"))
    )
    for quote in answer.quotes or answer.closest:
        assert fold(quote.text) in quoted
    sent = SentAnswer(1, 0, "A" * 16, answer, person=1, speaker=answer.who)
    check_keyboard(answer_keyboard(sent, wording))
    check_keyboard(context_keyboard(sent, wording))
    check_keyboard(sources_keyboard(sent, [(1, quote.document) for quote in answer.quotes], wording))
    choices = choices_of(answer, wording)
    check_keyboard(choice_keyboard(choices, "a" * 32))


@law
@given(document=documents(), people=st.lists(PEOPLE, max_size=3), quote=QUOTES, language=LANGUAGES)
def test_a_document_and_a_quote_of_it(document: Document, people: list[Person], quote: Quote, language: str) -> None:
    wording, block = wording_in(language), document.blocks[0]
    quote = dataclasses.replace(
        quote, document=document.path, start=0, end=block.end, text=document.text[: block.end], passage_end=block.end
    )
    (context,) = check([render_context(quote, excerpt_of(document, quote), wording)])
    assert fold(quote.text)[:1000] in fold("".join(context.texts_of("bold"))) + fold(context.text)
    check([render_cards([card_of(document, people, wording)]), render_source(cite_listed(document, wording)).code])
    listed = [document, dataclasses.replace(document, path="b.txt")] * 6
    check([render_sources(sources_page(listed, "", page, 8), wording) for page in (1, 2)])
    check([render_sources(sources_page(listed, document.text, 1), wording)])
    preview = Preview(document, 3, tuple(people))
    check(render_preview(document, preview, wording.phrases("upload_ask", name=document.path), wording))


@law
@given(quotes=st.lists(QUOTES, min_size=1, max_size=3), document=documents(), language=LANGUAGES)
def test_a_quote_that_goes_elsewhere(quotes: list[Quote], document: Document, language: str) -> None:
    wording = wording_in(language)
    offers = [*_offered(quotes, wording), _article(document.path, document.path, document.text, "a")]
    check(offer.input_message_content.message_text for offer in offers)
    assert all(len(offer.id.encode()) <= 64 and count_units(offer.title) <= 100 for offer in offers)
    cited = check(_cited(tuple(quotes), wording))
    for quote in quotes:
        assert fold(as_plain_text(quote, wording)) in fold("".join(message.text for message in cited))
        assert as_markdown(quote, wording).startswith("> ")


@law
@given(
    changes=built(Changes, problems=st.lists(PROBLEMS, max_size=4).map(tuple)),
    problems=st.lists(PROBLEMS, max_size=8).map(tuple),
    questions=st.lists(built(Unanswered), max_size=5),
    disliked=st.lists(built(Disliked, answer=ANSWERS), max_size=2),
    days=st.lists(built(Day), max_size=14),
    language=LANGUAGES,
)
def test_what_an_owner_reads(
    changes: Changes,
    problems: tuple[Problem, ...],
    questions: list[Unanswered],
    disliked: list[Disliked],
    days: list[Day],
    language: str,
) -> None:
    wording = wording_in(language)
    check((*render_changes(changes, wording), *render_unanswered(questions, wording), *render_days(days, wording)))
    check(render_disliked(disliked, wording))
    library: Any = CannedLibrary(lambda *_: Answer("", "", AnswerKind.NOTHING))
    library.problems, library.reading = problems, None
    check(render_status(library, None, wording))
    check(render_sentence(wording.phrases("upload_problem", problem=refused_file(one))) for one in problems)


@law
@given(people=st.lists(PEOPLE, max_size=9), version=TEXTS, language=LANGUAGES)
def test_the_pages_about_the_bot(people: list[Person], version: str, language: str) -> None:
    wording = wording_in(language)
    library: Any = CannedLibrary(lambda *_: Answer("", "", AnswerKind.NOTHING))
    library.people, library.version = tuple(people), version
    page = people_page(people, 1, wording)
    check_keyboard(people_keyboard(page, "a" * 32))
    check([render_people(page, wording), render_about(library, wording)])
    check(render_welcome(page.choices[:3], wording, pressable=False))
    check(render_help(page.choices, ("ask",), wording, pressable=False))


@pytest.mark.parametrize("language", ["en", "ko"])
@given(value=HOSTILE)
@settings(deadline=None, derandomize=True, max_examples=10)
def test_every_sentence_of_the_bots_own_with_anything_filled_in(language: str, value: str) -> None:
    wording = wording_in(language)
    for key in wording.sentences:
        sentence = wording.sentences[key]
        text = sentence if isinstance(sentence, str) else sentence["other"]
        values = {name: 2 if name == "count" else value for name in _names(text)} | {"count": 2}
        (message,) = check([render_sentence(wording.phrases(key, **values))])
        assert not _names(text) - {"count"} or value in message.text


def _names(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}
