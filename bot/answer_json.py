"""The JSON of the command line: one answer, one line."""

from __future__ import annotations

import json

from bot.citation import fold_space
from retrieval import Answer, Quote


def answer_line(answer: Answer, question_id: str | None = None) -> str:
    """The answer as one JSON object on one line; `id` is null for a question that has none."""
    return json.dumps(
        {
            "id": question_id,
            "question": answer.question,
            "understood": answer.understood,
            "read_as": [{"asked": resolution.asked, "as": resolution.meant} for resolution in answer.read_as],
            "kind": answer.kind.value,
            "answered": answer.answered,
            "quotes": [_quote_object(quote) for quote in answer.quotes],
            "closest": [_quote_object(quote) for quote in answer.closest],
            "missing": answer.missing,
            "choices": answer.choices,
            "folder": answer.folder,
            "elapsed_ms": round(answer.elapsed_ms, 3),
        },
        ensure_ascii=False,
    )


def _quote_object(quote: Quote) -> dict[str, str | int | list[str] | None]:
    """The quote's object; `also` names other documents with the very words, and is left out where there are none."""
    return {
        "text": fold_space(quote.text),
        "document": quote.document,
        "start": quote.start,
        "end": quote.end,
        "kind": quote.kind.value,
        "speaker": quote.speaker,
        "role": quote.role,
        "how": quote.how.value if quote.how else None,
        "title": quote.title,
        "author": quote.author,
        "publisher": quote.publisher,
        "date": quote.date.isoformat() if quote.date else None,
        "url": quote.url,
        "link": quote.link,
        "page": quote.page,
        "section": quote.section,
        "paragraph": quote.paragraph,
        **({"also": list(quote.also)} if quote.also else {}),
    }
