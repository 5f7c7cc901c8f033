"""What /help, /people, /sources, /context and the like show in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from bot.about import about
from bot.cards import card_of
from bot.choices import Choice, PeoplePage
from bot.citation import cite_quote, fold_space
from bot.excerpts import Excerpt, excerpt_of
from bot.listing import SourcesPage, cite_listed, listed_as
from bot.terminal import BAR, Item, Paragraph, plain, show_sentence, show_source, show_speaker
from bot.wording import Wording
from retrieval import Document, Library, Person, Problem, Quote


def show_welcome(examples: Sequence[Choice], wording: Wording) -> RenderableType:
    """What the bot is for, with questions to try."""
    hint = show_sentence(wording.phrases("chat_hint"))
    return Group(show_sentence(wording.phrases("start")), "", *_tries(examples, wording), hint, "")


def show_help(examples: Sequence[Choice], wording: Wording) -> RenderableType:
    """All that can be asked and commanded."""
    commands = show_sentence(wording.phrases("help_terminal"))
    return Group(show_sentence(wording.phrases("help")), "", commands, "", *_tries(examples, wording))


def _tries(examples: Sequence[Choice], wording: Wording) -> list[RenderableType]:
    if not examples:
        return []
    return [show_sentence(wording.phrases("try")), *show_choices([choice.label for choice in examples], wording)]


def show_choices(labels: Sequence[str], wording: Wording) -> list[RenderableType]:
    """The labels, each behind the number that chooses it."""
    lines = [Item(Text.assemble((f"{number} ", "cyan"), plain(label))) for number, label in enumerate(labels, 1)]
    return [*lines, show_how_to_choose(len(labels), wording), ""]


def show_how_to_choose(count: int, wording: Wording) -> RenderableType:
    """That a number chooses."""
    return Paragraph(Text(wording.say("chat_choose", count=count), "dim"))


def show_people(people: PeoplePage, known: Sequence[Person], wording: Wording) -> RenderableType:
    """A page of people with their roles, each behind the number that asks what they say."""
    if not people.people:
        return Group(show_sentence(wording.phrases("people_none")), "")
    roles = {fold_space(person.name): fold_space(person.role) for person in known if person.role}
    labels = []
    for choice in people.choices:
        name, _, count = choice.label.rpartition(" · ")
        labels.append(f"{name}, {roles[name]} ({count})" if name in roles else f"{name} ({count})")
    parts = [show_sentence(wording.phrases("people_listed", count=people.people)), "", *show_choices(labels, wording)]
    if people.pages > 1:
        parts += [show_sentence(wording.phrases("chat_people_page", page=people.page, pages=people.pages)), ""]
    return Group(*parts)


def show_sources(sources: SourcesPage, wording: Wording) -> RenderableType:
    """The first documents of a list, with their dates and kinds."""
    parts: list[RenderableType] = [show_sentence(listed_as(sources, wording)), ""]
    for document in sources.documents:
        parts += [show_source(cite_listed(document, wording)), ""]
    left = sources.count - len(sources.documents)
    return Group(*parts, *([show_sentence(wording.phrases("sources_more", count=left)), ""] if left else []))


def show_context(document: Document, quote: Quote, wording: Wording) -> RenderableType:
    """The quote, which the document still has, marked among the words around it."""
    speaker = show_speaker(quote)
    words = [Paragraph(text, BAR) for text in _marked(excerpt_of(document, quote))]
    return Group(*([speaker] if speaker else []), *words, show_source(cite_quote(quote, wording)), "")


def _marked(excerpt: Excerpt) -> list[Text]:
    opening = f"{excerpt.opening} " if excerpt.opening else ""
    closing = f" {excerpt.closing}" if excerpt.closing else ""
    own = Text.assemble((plain(opening), "dim"), (plain(excerpt.quoted), "bold"), (plain(closing), "dim"))
    before, after = ([Text(plain(each), "dim") for each in some] for some in (excerpt.before, excerpt.after))
    texts = [*before, own, *after]
    return [part for text in texts for part in (text, Text())][:-1]


def show_card(document: Document, quote: Quote, library: Library, wording: Wording) -> RenderableType:
    """All there is to know of a quote's source, with its address in letters."""
    card = card_of(document, library.speakers_in(document.path), wording, quote.link)
    lines: list[RenderableType] = [Paragraph(Text(plain(card.title), "bold"))]
    lines += [Paragraph(Text(plain(detail))) for detail in card.details]
    return Group(*lines, *([Text(plain(card.address), "dim", overflow="fold")] if card.address else []), "")


def show_about(library: Library, wording: Wording) -> RenderableType:
    """What is promised and what not, and what the folder holds now."""
    return Group(*(part for sentence in about(library, wording) for part in (show_sentence(sentence), "")))


def show_problem(problem: Problem, wording: Wording) -> RenderableType:
    """Something that went wrong with the folder meanwhile."""
    what = f"{problem.where}: {problem.what} {problem.remedy}".strip()
    return Paragraph(Text(plain(wording.say("chat_problem", problem=what)), "yellow"))
