"""What an owner wants to know of the folder before people ask: what it holds, and what is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from bot.citation import fold_space
from retrieval import Document, Giver, Library, Origin, Person

CITED = ("title", "date", "publisher")
"""What a quote's source should name; `check` says where a document lacks it."""

GIVERS = {
    Giver.ENTRY: "sources.yaml",
    Giver.PATTERN: "sources.yaml, {}",
    Giver.FRONT_MATTER: "front matter",
    Giver.FILE: "the file",
    Giver.DEFAULTS: "sources.yaml, defaults",
}
"""Who says what is known of a document, as `check` calls them."""

MOST_PEOPLE = 50
MOST_PAIRS = 20
MOST_SPELLINGS = 8
"""What of the people is listed at most; the rest is counted."""


def report_folder(library: Library, folder: Path) -> Iterator[str]:
    """Counts, every document with what is known and what is missing, the people, every problem; line by line."""
    documents, people, problems = library.documents, library.people, library.problems
    yield f"Folder {folder}, version {library.version}"
    kinds = Counter(PurePosixPath(document.path).suffix.lower() for document in documents)
    counted = f" ({', '.join(f'{count} {kind}' for kind, count in kinds.most_common())})" if kinds else ""
    yield f"  documents: {len(documents)}{counted}, passages: {library.passage_count}, people: {len(people)}"
    dates = sorted(document.metadata.date for document in documents if document.metadata.date)
    yield f"  dates from {dates[0]} to {dates[-1]}" if dates else "  no dates"
    yield from ("", "Documents")
    for document in documents:
        yield from _document_lines(document, library.origins(document.path), library.same_words(document.path))
    yield from ("", "People, who say most first")
    yield from _people_lines(people)
    yield from _pair_lines(library.alike())
    yield from ("", f"Problems: {len(problems)}")
    for problem in problems:
        yield f"  {problem.where}: {problem.what} {problem.remedy}".rstrip()


def _document_lines(document: Document, origins: Sequence[Origin], same: Sequence[str]) -> Iterator[str]:
    """What is known of the document and who says so, what is missing, and where else its words stand."""
    missing = [name for name in CITED if not getattr(document.metadata, name)]
    yield f"  {document.path}"
    for origin in origins:
        yield f"    {origin.field}: {fold_space(origin.value)} ({GIVERS[origin.giver].format(origin.pattern)})"
    if missing:
        yield f"    no {', no '.join(missing)}: name it in sources.yaml"
    if same:
        yield f"    the same words as {', '.join(same)}; they are found once"


def _people_lines(people: Sequence[Person]) -> Iterator[str]:
    for person in people[:MOST_PEOPLE]:
        said = f"{_counted(person.statements, 'statement')} in {_counted(len(person.documents), 'document')}"
        yield f"  {fold_space(person.name)}: {said if person.statements else 'no statement'}"
        if person.role:
            yield f"    {fold_space(person.role)}"
        if person.also:
            more = [f"{len(person.also) - MOST_SPELLINGS} more"] if len(person.also) > MOST_SPELLINGS else []
            yield f"    also: {', '.join([*map(fold_space, person.also[:MOST_SPELLINGS]), *more])}"
    if len(people) > MOST_PEOPLE:
        yield f"  … and {len(people) - MOST_PEOPLE} more"


def _pair_lines(pairs: Sequence[tuple[Person, Person]]) -> Iterator[str]:
    """Each pair with the entry of sources.yaml that would make it one person; nothing where there is no pair."""
    if not pairs:
        return
    yield from ("", f"May be one person or two: {_counted(len(pairs), 'pair')}")
    yield "  If they are one, put the two lines under `people:` in sources.yaml; if two, give each a line `- name: …`."
    for one, other in pairs[:MOST_PAIRS]:
        yield f"  {fold_space(one.name)} ({one.statements}) and {fold_space(other.name)} ({other.statements})"
        yield f"    - name: {_yaml_text(one.name)}"
        yield f"      also: [{', '.join(map(_yaml_text, (other.name, *other.also)))}]"
    if len(pairs) > MOST_PAIRS:
        yield f"  … and {len(pairs) - MOST_PAIRS} more"


def _yaml_text(text: str) -> str:
    """`text` between quotation marks, as YAML reads it wherever the line is broken."""
    return json.dumps(fold_space(text), ensure_ascii=False)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
