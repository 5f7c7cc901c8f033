"""What an owner wants to know before people ask: what the folder holds, what is wrong with it, and the settings."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot.citation import fold_space
from bot.settings import Settings
from retrieval import Document, Library, Person

CITED = ("title", "date", "publisher")
"""What a quote's source should name; `check` says where a document lacks it."""

LITTLE_SPACE_BYTES = 100_000_000


def report_folder(library: Library, folder: Path) -> Iterator[str]:
    """Counts, every document with what is known and what is missing, every person, every problem; line by line."""
    documents, people, problems = library.documents, library.people, library.problems
    yield f"Folder {folder}, version {library.version}"
    yield f"  documents: {len(documents)}, passages: {library.passage_count}, people: {len(people)}"
    dates = sorted(document.metadata.date for document in documents if document.metadata.date)
    yield f"  dates from {dates[0]} to {dates[-1]}" if dates else "  no dates"
    yield from ("", "Documents")
    for document in documents:
        yield from _document_lines(document)
    yield from ("", "People")
    yield from map(_person_line, people)
    yield from ("", f"Problems: {len(problems)}")
    for problem in problems:
        yield f"  {problem.where}: {problem.what} {problem.remedy}".rstrip()


def report_settings(settings: Settings) -> Iterator[str]:
    """The token's presence (never the token), who may ask, and the data directory; line by line."""
    if settings.telegram_bot_token:
        yield f"Telegram: a token is there (not shown), for {settings.telegram_api_url}"
    else:
        yield "Telegram: no TELEGRAM_BOT_TOKEN; get one from @BotFather to run the bot, ask and chat work without"
    yield f"May ask: {_ids(settings.allowed_chats | settings.owners) if settings.allowed_chats else 'everybody'}"
    yield _data_line(settings.data_dir)


def _document_lines(document: Document) -> Iterator[str]:
    metadata = document.metadata
    known = [fold_space(str(value)) for value in (metadata.title, metadata.date, metadata.publisher) if value]
    missing = [name for name in CITED if not getattr(metadata, name)]
    yield f"  {document.path}"
    if known:
        yield f"    {' · '.join(known)}"
    if missing:
        yield f"    no {', no '.join(missing)}: name it in sources.yaml"


def _person_line(person: Person) -> str:
    also = f" ({', '.join(person.also)})" if person.also else ""
    role = f", {person.role}" if person.role else ""
    return "  " + fold_space(f"{person.name}{also}{role}; statements: {person.statements}")


def _data_line(data_dir: Path) -> str:
    place = data_dir.absolute()
    while not place.exists():
        place = place.parent
    if not place.is_dir() or not os.access(place, os.W_OK):
        return f"Data: {data_dir} cannot be written; make it writable, or set DATA_DIR to another directory"
    free = shutil.disk_usage(place).free
    warning = "; that is little, make room" if free < LITTLE_SPACE_BYTES else ""
    return f"Data: {data_dir} can be written, {free / 1e9:.1f} GB free{warning}"


def _ids(ids: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ids)))
