"""Document → Statements: who said what, in which words, where, and how we know."""

from __future__ import annotations

from retrieval.records import BODY, Block, BlockKind, Document, How, Statement
from retrieval.speech import english, korean
from retrieval.speech.cast import Cast
from retrieval.speech.korean import KoreanCast
from retrieval.speech.memory import Memory, Said
from retrieval.speech.turns import Turn, is_question, is_reply, turns
from retrieval.words import has_hangul, is_korean

SPEECH_CONFIDENCE = 1.0
TURN_CONFIDENCE = 0.98
_NAMED_IN = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE}
)


def statements(document: Document) -> tuple[Statement, ...]:
    """Every statement of `document`, in order; linear in its length.

    A file whose metadata names a speaker is all theirs. A transcript goes by its labels. Anything else is read
    sentence by sentence.
    """
    body = [block for block in document.blocks if block.kind in BODY]
    if document.metadata.speaker:
        return tuple(_spoken(document, block) for block in body)
    if held := turns(document.text, body):
        return _of_turns(document, held)
    return _of_prose(document)


def _spoken(document: Document, block: Block) -> Statement:
    speaker = document.metadata.speaker or ""
    span = (block.start, block.end)
    return Statement(document.path, speaker, None, *span, *span, How.QUOTED, SPEECH_CONFIDENCE)


def _of_turns(document: Document, held: tuple[Turn, ...]) -> tuple[Statement, ...]:
    cast = _cast(document)
    introduction = _names_in_introduction(cast, held[0].start)
    found = []
    for turn in held:
        speaker, how = cast.labelled(turn.speaker), How.INFERRED if turn.goes_on else How.QUOTED
        if is_question(speaker):
            continue
        if is_reply(speaker):
            if len(introduction) != 1:
                continue
            speaker, how = introduction[0], How.INFERRED
        span = (turn.start, turn.end)
        role = turn.role or cast.roles.get(speaker)
        found.append(Statement(document.path, speaker, role, *span, *span, how, TURN_CONFIDENCE))
    return tuple(found)


def _names_in_introduction(cast: Cast, end: int) -> tuple[str, ...]:
    """The people whom the paragraphs before the first turn name: of an interview, the one who answers."""
    return tuple(dict.fromkeys(name for at, name in cast.met() if at < end))


def _cast(document: Document) -> Cast:
    named = [block for block in document.blocks if block.kind in _NAMED_IN]
    return Cast([(0, document.metadata.title or ""), *((b.start, document.text[b.start : b.end]) for b in named)])


def _korean_cast(document: Document) -> KoreanCast:
    texts = (document.text[block.start : block.end] for block in document.blocks if block.kind in _NAMED_IN)
    return KoreanCast(text for text in texts if has_hangul(text))


def _of_prose(document: Document) -> tuple[Statement, ...]:
    cast, korean_cast = _cast(document), _korean_cast(document)
    memory = Memory()
    found: list[Statement] = []
    for block in document.blocks:
        if block.kind is BlockKind.HEADING:
            memory.forget()
        if block.kind not in BODY:
            continue
        text = document.text[block.start : block.end]
        if is_korean(text):
            said = korean.paragraph_statements(document.text, block.start, block.end, korean_cast, memory)
            roles = korean_cast.roles
        else:
            said = english.paragraph_statements(document.text, block.start, block.end, cast, memory)
            roles = cast.roles
        found += [_statement(document, one, roles) for one in said]
    return tuple(found)


def _statement(document: Document, said: Said, roles: dict[str, str]) -> Statement:
    role = said.role or roles.get(said.speaker)
    return Statement(document.path, said.speaker, role, said.start, said.end, *said.sentence, said.how, said.confidence)
