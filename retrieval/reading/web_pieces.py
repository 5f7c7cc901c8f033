"""The runs of an article → pieces: what each of them is, as its markup says, or as its words do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from retrieval.reading.assembly import Piece
from retrieval.reading.captions import ends_sentence, is_credit
from retrieval.reading.labels import is_heading
from retrieval.reading.page import Part, Role
from retrieval.reading.titles import is_same_title
from retrieval.reading.turns import is_turn
from retrieval.reading.web_article import Article
from retrieval.reading.web_elements import Run
from retrieval.reading.web_imprint import Imprint
from retrieval.records import BlockKind

_HEADING_TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OF_PICTURES = re.compile(r"photo|image|picture|credit|사진", re.IGNORECASE)
_OPENS_TEXT = ("-", "–", "—")
"""How a line ends that gives the place or the agency of what follows."""
_LONGEST_HEADING, _LONGEST_BOLD, _LONGEST_NAME = 200, 100, 60


def pieces_of(article: Article, imprint: Imprint) -> Iterator[Piece]:
    """The pieces of the `article` with its `imprint`, in order; the cells of a table's row are one."""
    cells = article.cells
    kinds = _kinds(article, imprint.kinds)
    kept = (run for run in article.runs if run in kinds)
    for row, group in groupby(kept, lambda run: cells[run].row if run in cells else None):
        runs = list(group)
        in_cells = [list(cell) for _, cell in groupby(runs, lambda run: cells[run].element if run in cells else None)]
        if row is None or len(in_cells) == 1 or article.heading in runs:
            yield from (Piece(run.words, kinds[run]) for run in runs)
        else:
            words = " | ".join(" ".join(run.words for run in cell) for cell in in_cells)
            kind = kinds[runs[0]] if runs[0] in imprint.kinds else BlockKind.TABLE_ROW
            yield Piece(words.replace("\n", " "), kind)


def _kinds(article: Article, imprint: Mapping[Run, BlockKind | None]) -> dict[Run, BlockKind]:
    """What each run is; what the imprint has no use for is left out."""
    parts = [Part(0, 0, run.words, Role.TEXT, 1, run.words.count("\n") + 1) for run in article.runs]
    title = article.title or ""
    kinds: dict[Run, BlockKind] = {}
    for index, run in enumerate(article.runs):
        kind: BlockKind | None = BlockKind.PARAGRAPH
        if run is article.heading or (title and is_same_title(run.words, title)):
            kind = BlockKind.HEADING
        elif run in article.marks.captions and (run not in imprint or len(run.words) > _LONGEST_NAME):
            kind = BlockKind.CAPTION
        elif run in imprint:
            kind = imprint[run]
        elif _is_photo_credit(run):
            kind = BlockKind.CAPTION
        elif run in article.marks.notes:
            kind = BlockKind.FOOTNOTE
        elif _is_marked_heading(run, article.runs[index + 1 : index + 2]) or _reads_as_heading(parts, index):
            kind = BlockKind.HEADING
        if kind:
            kinds[run] = kind
    return kinds


def _reads_as_heading(parts: Sequence[Part], index: int) -> bool:
    first = max(0, index - 1)
    return not parts[index].words.endswith(_OPENS_TEXT) and is_heading(
        parts[first : index + 2], index - first, is_page=True
    )


def _is_photo_credit(run: Run) -> bool:
    words = run.words.strip("()[]")
    return is_credit(words) and _OF_PICTURES.match(words) is not None


def _is_marked_heading(run: Run, following: Sequence[Run]) -> bool:
    """Whether the markup makes a heading of the run: by its tag, or as a bold line over prose."""
    if run.element.tag in _HEADING_TAGS:
        return len(run.words) <= _LONGEST_HEADING and not (run.is_prose and len(run.words) > _LONGEST_BOLD)
    is_bold = run.bold > 0.95 and len(run.words) <= _LONGEST_BOLD and "\n" not in run.words
    is_over_prose = any(other.is_prose and other.bold < 0.5 for other in following)
    return is_bold and is_over_prose and not (ends_sentence(run.words) or is_turn(run.words))
