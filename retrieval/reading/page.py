"""A page's lines → its parts: paragraphs rejoined, imprint and furniture set apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from retrieval.reading.captions import ends_sentence, is_marked_caption
from retrieval.reading.furniture import closes_article, is_furniture, is_lone_mark
from retrieval.reading.imprint import Field, FieldKind, fields_of, is_name, label_of, valued
from retrieval.reading.lines import Line
from retrieval.reading.turns import is_turn
from retrieval.reading.wrapping import is_item, is_transcript_of, wrapped_paragraphs, wrapped_width


class Role(StrEnum):
    """What a part is as far as its own words tell."""

    TEXT = "text"
    FURNITURE = "furniture"
    IMPRINT = "imprint"


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph, or one line that is none: `words` is its text with lines joined by spaces."""

    start: int
    end: int
    words: str
    role: Role
    gap: int
    line_count: int = 1
    fields: tuple[Field, ...] = ()

    @property
    def is_prose(self) -> bool:
        """Whether it says something in whole sentences, or at such length that it must be text."""
        return self.role is Role.TEXT and is_prose(self.words)

    @property
    def is_body(self) -> bool:
        """Whether it can only stand in the body: prose, a turn, an item of a list, several lines."""
        return self.role is Role.TEXT and (
            self.is_prose or is_turn(self.words) or is_item(self.words) or self.line_count > 2
        )


def is_prose(words: str) -> bool:
    """Whether `words` say something in whole sentences, or at such length that they must be text."""
    is_long_enough = len(words.split()) >= 8 or (len(words) >= 25 and re.search(r"[가-힣]", words))
    return len(words) >= 180 or bool(is_long_enough and ends_sentence(words) and not is_marked_caption(words))


def parts_of(lines: Sequence[Line]) -> tuple[tuple[Part, ...], bool]:
    """The parts that `lines` make, in order, every line in exactly one; and whether they came from a web page."""
    judged = _with_notes_kept(_judged(lines))
    is_page = _is_page(judged)
    if not is_page:
        judged = [_as_text(*each) for each in judged]
    width = wrapped_width(lines)
    repeated = Counter(line.words for line in lines)
    parts: list[Part] = []
    run: list[Line] = []
    for line, role, fields in judged:
        if role is Role.TEXT and not fields and (repeated[line.words] == 1 or is_turn(line.words)):
            run.append(line)
            continue
        parts += _text_parts(run, width, is_page=is_page)
        run = []
        parts.append(Part(line.start, line.end, line.words, role, line.gap, fields=fields))
    return (*parts, *_text_parts(run, width, is_page=is_page)), is_page


_Judged = tuple[Line, Role, tuple[Field, ...]]


def _judged(lines: Sequence[Line]) -> list[_Judged]:
    transcript = is_transcript_of(lines)
    judged: list[_Judged] = []
    label: FieldKind | None = None
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        under = valued(label, line.words) if label else None
        label = label_of(line.words)
        if under:
            judged.append((line, Role.IMPRINT, (under,)))
            label = None
        elif label and following and valued(label, following.words) and following.gap <= 1:
            judged.append((line, Role.IMPRINT, ()))
        elif _goes_on_in(lines[index - 1] if index else None, line):
            judged.append((line, Role.TEXT, ()))
        elif fields := _fields_outside_turns(line, transcript=transcript):
            judged.append((line, Role.IMPRINT, fields))
        else:
            judged.append((line, Role.FURNITURE if is_furniture(line.words) else Role.TEXT, ()))
    return judged


def _fields_outside_turns(line: Line, *, transcript: bool) -> tuple[Field, ...]:
    """The line's fields; in a transcript "Reporter: Thank you" is a turn of somebody called so."""
    fields = fields_of(line.words)
    sure = {FieldKind.DATE, FieldKind.CHANGED, FieldKind.COUNT, FieldKind.URL}
    is_speech = transcript and any(field.kind not in sure and not is_name(field.value) for field in fields)
    return () if is_speech else fields


def _is_page(judged: list[_Judged]) -> bool:
    """Whether the text came from a web page: it has an imprint, or furniture that is more than a chance word."""
    signs = 0
    for line, role, fields in judged:
        if role is Role.IMPRINT:
            signs += 2 if any(field.labelled for field in fields) or not fields else 1
        elif role is Role.FURNITURE and not is_lone_mark(line.words):
            signs += 2 if closes_article(line.words) else 1
    return signs >= 2


def _as_text(line: Line, role: Role, fields: tuple[Field, ...]) -> _Judged:
    """The line as it is in a text that is no web page: only by-lines and lone numbers are none of its words."""
    is_byline = any(field.kind is FieldKind.WRITER and not field.labelled for field in fields)
    is_kept = (role is Role.IMPRINT and is_byline) or (role is Role.FURNITURE and is_lone_mark(line.words))
    return line, role if is_kept else Role.TEXT, fields


def _goes_on_in(before: Line | None, line: Line) -> bool:
    """Whether `line` is the end of a wrapped sentence, whatever its words look like by themselves."""
    if before is None or line.gap or len(before.words) < 45 or ends_sentence(before.words):
        return False
    return (
        not is_furniture(before.words)
        and not fields_of(before.words)
        and (line.words[0].islower() or is_lone_mark(line.words))
    )


def _with_notes_kept(judged: list[_Judged]) -> list[_Judged]:
    """`judged`, where "Date: …" among "Place: …" and "Present: …" stays text: notes of a meeting, no imprint."""
    kept = list(judged)
    for first, after in _runs(judged):
        run = judged[first:after]
        kinds = {field.kind for _, role, fields in run if role is Role.IMPRINT for field in fields}
        notes = sum(
            role is Role.TEXT and bool(re.match(r"[^\W\d][^:：]{0,30}[:：]\s", line.words)) for line, role, _ in run
        )
        if notes and not kinds & {FieldKind.COUNT, FieldKind.WRITER}:
            kept[first:after] = [
                (line, Role.TEXT if role is Role.IMPRINT else role, fields) for line, role, fields in run
            ]
    return kept


def _runs(judged: list[_Judged]) -> Iterator[tuple[int, int]]:
    first = 0
    for index in range(1, len(judged) + 1):
        if index == len(judged) or judged[index][0].gap:
            yield first, index
            first = index


def _text_parts(run: Sequence[Line], width: int, *, is_page: bool) -> Iterator[Part]:
    for lines in wrapped_paragraphs(run, width, has_verse=not is_page):
        words = " ".join(line.words for line in lines)
        yield Part(lines[0].start, lines[-1].end, words, Role.TEXT, lines[0].gap, len(lines))


def joined(first: Part, second: Part) -> Part:
    """Two neighbours as one part."""
    words = f"{first.words} {second.words}"
    return replace(first, end=second.end, words=words, line_count=first.line_count + second.line_count)
