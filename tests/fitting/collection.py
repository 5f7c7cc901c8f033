"""A data set of questions, passages and judgements as files → a folder's index and its questions."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.analysis import analysed
from retrieval.catalogue import Catalogue
from retrieval.index import Index
from retrieval.ingestion import Ingested
from retrieval.pressing import pressed
from retrieval.records import Block, BlockKind, Document, Metadata


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the article it was written on, and the ids of its right passages."""

    text: str
    article: str
    right: frozenset[str]

    @property
    def half(self) -> int:
        """0 or 1, the same for all questions of an article and whatever else there is."""
        return int(hashlib.sha1(self.article.encode(), usedforsecurity=False).hexdigest(), 16) % 2


@dataclass(frozen=True, slots=True)
class Collection:
    """Articles, each a list of (passage id, title, text), and questions on them."""

    articles: dict[str, list[tuple[str, str, str]]]
    questions: tuple[Question, ...]


def collection(folder: Path) -> Collection:
    """Read `corpus.jsonl.gz`, and of `queries.jsonl.gz` those with an article and a right passage in `qrels.tsv`."""
    right = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, passage, grade = line.split("\t")
        if int(grade) >= 1:
            right[query].add(passage)
    articles = defaultdict(list)
    for row in _rows(folder / "corpus.jsonl.gz"):
        name = row["id"].rsplit("#", 1)[0]
        articles[name].append((row["id"], row.get("title") or name.replace("_", " "), " ".join(row["text"].split())))
    questions = tuple(
        Question(row["text"], row["article"], frozenset(right[row["id"]]))
        for row in _rows(folder / "queries.jsonl.gz")
        if row.get("answerable", True) and row.get("article") and right[row["id"]]
    )
    return Collection(dict(articles), questions)


def indexed(articles: Iterable[list[tuple[str, str, str]]]) -> tuple[Index, list[str]]:
    """The index of these articles, one document each, and the id of the paragraph that each passage belongs to."""
    documents, ids = [], {}
    for parts in articles:
        text, blocks, path = "", [], f"{parts[0][0]}.txt"
        for passage, _, words in parts:
            blocks.append(Block(len(text), len(text) + len(words), BlockKind.PARAGRAPH))
            ids[path, len(blocks)] = passage
            text += words + "\n\n"
        documents.append(Document(path, text, tuple(blocks), Metadata(title=parts[0][1])))
    found = (Ingested(each.path, each, each.metadata, analysed(each)) for each in documents)
    index = Index(Catalogue().with_changes(new=[pressed(found)]))
    return index, [ids[passage.document, passage.paragraph or 0] for passage in index.passages]


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
