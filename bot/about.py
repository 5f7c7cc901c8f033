"""What the bot says of itself, whatever shows it: what it promises and what not, and what its folder holds now."""

from __future__ import annotations

from bot.wording import Sentence, Wording
from retrieval import Library


def about(library: Library, wording: Wording) -> tuple[Sentence, ...]:
    """Its paragraphs."""
    folder = wording.phrases(
        "about_folder",
        documents=len(library.documents),
        passages=library.passage_count,
        people=library.speaker_count,
        version=library.version,
    )
    promised, not_promised = wording.phrases("about_promised"), wording.phrases("about_not_promised")
    return promised, not_promised, folder, wording.phrases("about_software")
