"""Find, attribute and quote words in a folder of documents."""

from retrieval.errors import FolderError, ReadingError, RetrievalError, SourcesError
from retrieval.library import Library
from retrieval.records import (
    BODY,
    Answer,
    AnswerKind,
    Block,
    BlockKind,
    Changes,
    Courtesy,
    Document,
    How,
    Metadata,
    Person,
    Place,
    Problem,
    Quote,
    QuoteKind,
    Resolution,
    Turn,
)

__all__ = [
    "BODY",
    "Answer",
    "AnswerKind",
    "Block",
    "BlockKind",
    "Changes",
    "Courtesy",
    "Document",
    "FolderError",
    "How",
    "Library",
    "Metadata",
    "Person",
    "Place",
    "Problem",
    "Quote",
    "QuoteKind",
    "ReadingError",
    "Resolution",
    "RetrievalError",
    "SourcesError",
    "Turn",
]
