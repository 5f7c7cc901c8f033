"""Find, attribute and quote words in a folder of documents."""

from retrieval.errors import (
    ChangedError,
    ClosedError,
    FolderError,
    ReadingError,
    RetrievalError,
    SourcesError,
    StillReadingError,
)
from retrieval.library import Library
from retrieval.origins import Giver, Origin
from retrieval.page_pictures import PagePicture
from retrieval.preview import Preview
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
    "ChangedError",
    "Changes",
    "ClosedError",
    "Courtesy",
    "Document",
    "FolderError",
    "Giver",
    "How",
    "Library",
    "Metadata",
    "Origin",
    "PagePicture",
    "Person",
    "Place",
    "Preview",
    "Problem",
    "Quote",
    "QuoteKind",
    "ReadingError",
    "Resolution",
    "RetrievalError",
    "SourcesError",
    "StillReadingError",
    "Turn",
]
