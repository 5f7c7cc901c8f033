"""A law of every answer: a quote is its document's own words at the place that it names, whatever the folder holds and
whatever is asked; and asked again, the answer is the same."""

from __future__ import annotations

import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import Answer, AnswerKind, Library

WORDS = st.sampled_from(
    [
        *"Ann Lee,|Bo Ek|said that|the lamp must burn|argued:|“The harbour is closed,”|she added.|He".split("|"),
        *"in 2021|on tariffs.|according to|the director of the board,|ANN LEE:|Photo: Ann|\"|'|<b>|&".split("|"),
        *"김영희 교수는|산이 높다고|말했다.|“바다가 깊다”라고|밝혔다.|이철수|😀|e\u0301|ㄱ|\u00a0".split("|"),
        "\n\n", "\n", "\t", "# Lamps\n\n", "By Bo Ek\n\n",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS | st.text(max_size=4), min_size=3, max_size=40).map(" ".join)
QUESTIONS = st.one_of(
    st.sampled_from(
        [
            "what did Ann Lee say", "who said the lamp must burn", "who is Bo Ek", "and Ann Lee?", "what else?",
            "lamp", "harbour 2021", "김영희는 무엇을 말했나요?", "바다는?", "who wrote it", "when written", "why?",
            "what about tariffs", "the latest on the harbour", "in 2021", "이철수",
            "'; DROP TABLE turns; --", "%s {0}",
        ]
    ),
    TEXTS,
    st.text(max_size=20),
)  # fmt: skip


def check(answer: Answer, library: Library) -> None:
    """Hold every quote against its document."""
    assert bool(answer.quotes) is (answer.kind is AnswerKind.ANSWER)
    for quote in (*answer.quotes, *answer.closest):
        document = library.document(quote.document)
        assert document is not None
        assert quote.text == document.text[quote.start : quote.end]
        assert quote.text == quote.text.strip()
        assert quote.text
        assert quote.passage_start <= quote.start < quote.end <= quote.passage_end


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    files=st.lists(TEXTS, min_size=1, max_size=3),
    questions=st.lists(QUESTIONS, min_size=1, max_size=4),
    ending=st.sampled_from(["txt", "md", "html"]),
)
def test_every_quote_stands_at_its_place_in_any_folder(files: list[str], questions: list[str], ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(files):
            content = text.encode("utf-8", "replace")
            (Path(folder) / f"{number}.{ending if number else 'txt'}").write_bytes(content)
        with closing(Library.open(Path(folder))) as library:
            turns = ()
            for question in questions:
                answer = library.ask(question, turns)
                check(answer, library)
                assert replace(library.ask(question, turns), elapsed_ms=0.0) == replace(answer, elapsed_ms=0.0)
                check(library.more(answer.understood, answer.as_turn().shown), library)
                turns = (*turns, answer.as_turn())
