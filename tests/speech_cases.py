"""Hold `retrieval.speech` against a case of `cases/speech_*.yaml`: which statements are missed, misgiven or made up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml

from retrieval.names import Fit, fit
from retrieval.records import Block, BlockKind, Document, Metadata, Statement
from retrieval.speech import statements

CASES = Path(__file__).parent / "cases"
NAMED = 0.6
"""Below this confidence nobody is named, so nothing is claimed."""
COVERED = 0.6
"""A statement counts as found where it holds at least this share of the case's words."""

Case = dict[str, Any]


def cases_of(name: str) -> list[Case]:
    found: list[Case] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return found


def document_of(case: Case) -> Document:
    """The case's text with a block a paragraph; a line that begins with "# " is a heading."""
    text, blocks, at = case["text"], [], 0
    for paragraph in text.split("\n\n"):
        words = paragraph.strip()
        if not words:
            continue
        start = text.index(words, at)
        at = start + len(words)
        heading = words.startswith("# ")
        kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
        blocks.append(Block(start + 2 * heading, at, kind))
    metadata = case.get("metadata") or {}
    known = {key: value for key, value in metadata.items() if key in {"title", "speaker", "author"}}
    return Document(case["id"], text, tuple(blocks), Metadata(**known))


def faults(case: Case) -> list[str]:
    """What is wrong with a case's statements, a line each; hard faults begin with MISSED, WRONG or EXTRA."""
    document = document_of(case)
    found = [statement for statement in statements(document) if statement.confidence >= NAMED]
    wanted = [(case_words, *_span(document.text, case_words["words"])) for case_words in case.get("says") or []]
    return [
        *(fault for said, start, end in wanted for fault in _faults_of(document.text, found, said, start, end)),
        *(fault for statement in found if (fault := _made_up(document, statement, wanted))),
    ]


def same(one: str, other: str) -> bool:
    """Whether two names are one, whatever case, order and titles."""
    return one.casefold() == other.casefold() or fit(one, other) >= Fit.LETTERS


def _span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _faults_of(text: str, found: list[Statement], said: Case, start: int, end: int) -> list[str]:
    over = [s for s in found if min(s.end, end) - max(s.start, start) >= COVERED * (end - start)]
    right = [s for s in over if same(s.speaker, said["speaker"])]
    if not right:
        if over:
            return [f"WRONG {over[0].speaker!r}, not {said['speaker']!r}: {said['words'][:60]}"]
        near = [(s.speaker, text[s.start : s.end][:40]) for s in found if s.sentence_start <= start < s.sentence_end]
        return [f"MISSED {said['speaker']}: {said['words'][:70]} {near[:2] or ''}"]
    soft = []
    if right[0].how != said["how"]:
        soft.append(f"how {right[0].how}, not {said['how']}: {said['words'][:50]}")
    role, held = said.get("role"), right[0].role
    if role and not (held and (role in held or held in role)):
        soft.append(f"role {held!r}, not {role!r}")
    return soft


def _made_up(document: Document, statement: Statement, wanted: list[tuple[Case, int, int]]) -> str:
    """A statement that the case does not list; between two listed parts of one long quotation it is none."""
    touching = [said for said, start, end in wanted if min(statement.end, end) > max(statement.start, start)]
    if any(same(statement.speaker, said["speaker"]) for said in touching):
        return ""
    theirs = [(start, end) for said, start, end in wanted if same(statement.speaker, said["speaker"])]
    if not touching and any(a <= statement.start < b for a, _ in theirs for b, _ in theirs):
        return ""
    return f"EXTRA [{statement.speaker}] {document.text[statement.start : statement.end][:70]}"


if __name__ == "__main__":
    for file in sys.argv[1:]:
        clean = missed = total = 0
        for each in cases_of(Path(file).name):
            lines = faults(each)
            hard = [line for line in lines if line.startswith(("MISSED", "WRONG", "EXTRA"))]
            clean, total = clean + (not hard), total + len(each.get("says") or [])
            missed += sum(line.startswith(("MISSED", "WRONG")) for line in lines)
            if lines:
                print(each["id"], each["note"], *lines, sep="\n    ")
        print(f"{file}: statements right {total - missed} of {total}, cases without a hard fault {clean}")
