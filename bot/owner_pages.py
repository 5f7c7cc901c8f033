"""What owners read about the folder, its changes and what was asked → Telegram messages in HTML; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.cards import card_of
from bot.citation import fold_space
from bot.journal import Day, Disliked, Unanswered
from bot.rendering import card_block, quote_blocks
from bot.telegram_html import GAP, LINE, Html, bold, packed, plain, said, shortened
from bot.wording import Sentence, Wording
from retrieval import Changes, Document, Library, Preview, Problem

LONGEST_LINE_UNITS = 300
MOST_LINES = 20
"""So many documents or problems are named; the rest is counted."""


def render_status(library: Library, changed: dt.datetime | None, wording: Wording) -> tuple[str, ...]:
    """What the folder holds, when it changed last, and every problem."""
    folder = wording.phrases(
        "about_folder",
        documents=len(library.documents),
        passages=library.passage_count,
        people=library.speaker_count,
        version=library.version,
    )
    lines = [said(folder)]
    if library.reading:
        done, total = library.reading
        lines.insert(0, said(wording.phrases("reading", done=done, total=total)))
    if changed:
        when = f"{wording.date(changed.date())}, {changed:%H:%M}"
        lines.append(said(wording.phrases("status_changed", when=when)))
    problems = library.problems
    heading = wording.phrases("status_problems", count=len(problems))
    lines.append(said(heading if problems else wording.phrases("status_no_problems")))
    return _messages([*lines, *_problem_lines(problems)], LINE)


def render_changes(changes: Changes, wording: Wording) -> tuple[str, ...]:
    """What came, changed and went, and the reason of each problem that is new."""
    counted = wording.phrases(
        "folder_changed",
        added=len(changes.added),
        changed=len(changes.changed),
        removed=len(changes.removed),
        problems=len(changes.problems),
    )
    paths = [
        f"{sign} {path}"
        for sign, paths in (("+", changes.added), ("±", changes.changed), ("−", changes.removed))
        for path in paths
    ]
    return _messages([said(counted), *_lines(paths), *_problem_lines(changes.problems)], LINE)


def render_days(days: Sequence[Day], wording: Wording) -> tuple[str, ...]:
    """How much was asked on each day, and what became of it."""
    lines = [
        said(
            wording.phrases(
                "stats_day", date=wording.date(day.date), asked=day.asked, answered=day.answered, refused=day.refused
            )
        )
        for day in days
    ]
    return _listed("stats", "stats_none", lines, wording, LINE)


def render_unanswered(questions: Sequence[Unanswered], wording: Wording) -> tuple[str, ...]:
    """What the folder could not answer: what to put into it next."""
    lines = []
    for one in questions:
        asked = shortened(fold_space(one.question), LONGEST_LINE_UNITS)
        key = "unanswered_once" if one.count == 1 else "unanswered_often"
        counted = {} if one.count == 1 else {"count": one.count}
        lines.append(plain("• ") + said(wording.phrases(key, question=asked, date=wording.date(one.last), **counted)))
    return _listed("unanswered", "unanswered_none", lines, wording, LINE)


def render_disliked(answers: Sequence[Disliked], wording: Wording) -> tuple[str, ...]:
    """Answers that were voted down: the question, the votes, and the quotes with their sources."""
    blocks: list[Html] = []
    for one in answers:
        asked = bold(shortened(fold_space(one.answer.understood), LONGEST_LINE_UNITS))
        votes = said(wording.phrases("feedback_votes", count=one.votes, date=wording.date(one.last)))
        blocks.append(asked + LINE + votes)
        for quote in one.answer.quotes or one.answer.closest:
            blocks += quote_blocks(quote, wording)
    return _listed("feedback", "feedback_none", blocks, wording, GAP)


def render_preview(document: Document, preview: Preview, question: Sentence, wording: Wording) -> tuple[str, ...]:
    """What a file that was sent would be as a document, and the question whether it shall be one."""
    card = card_of(document, preview.people, wording)
    undated = [] if document.metadata.date else [wording.say("undated")]
    counted = wording.say("upload_passages", count=preview.passage_count)
    return _messages([card_block(replace(card, details=(*card.details, *undated, counted))), said(question)], GAP)


def refused_file(problem: Problem) -> str:
    """What is wrong with a file, and what to do, as a sentence's end."""
    return shortened(f"{problem.where} {problem.what} {problem.remedy}".strip(), LONGEST_LINE_UNITS)


def _listed(heading: str, nothing: str, blocks: Sequence[Html], wording: Wording, between: Html) -> tuple[str, ...]:
    sentence: Sentence = wording.phrases(heading if blocks else nothing)
    return _messages([said(sentence), *blocks], between)


def _problem_lines(problems: Sequence[Problem]) -> Iterator[Html]:
    return _lines([f"• {problem.where}: {problem.what} {problem.remedy}".strip() for problem in problems])


def _lines(lines: Sequence[str]) -> Iterator[Html]:
    for line in lines[:MOST_LINES]:
        yield plain(shortened(line, LONGEST_LINE_UNITS))
    if len(lines) > MOST_LINES:
        yield plain(f"… +{len(lines) - MOST_LINES:,}")


def _messages(blocks: Iterable[Html], between: Html) -> tuple[str, ...]:
    return tuple(message.code for message in packed(blocks, between))
