"""The terminal: the words, their speaker and their source, in any width, with or without colour."""

from __future__ import annotations

import dataclasses
import io

import pytest
from canned import LAMP, PIER, answered, refused
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.terminal import open_console, print_answer
from retrieval import Answer, Quote

KOREAN = dataclasses.replace(
    LAMP, text="등대지기 한바다는 등불이 밤새 꺼지지 않아야 한다고 말했다.", speaker="한바다", role="등대지기"
)


def _print(answer: Answer, width: int = 80, *, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None)
    print_answer(answer, console)
    return out.getvalue()


def test_a_quote_stands_behind_a_bar_between_its_speaker_and_its_source() -> None:
    assert _print(answered(LAMP, PIER), 44) == (
        "Ada Ferry, keeper of the lighthouse\n"
        "▌ Ada Ferry, keeper of the lighthouse, said\n"
        "▌ that the lamp must burn all night.\n"
        "Minutes of the Harbour Board\n"
        "Harbour Board · 3 May 2021 · section “Lamps”\n"
        "· paragraph 4\n"
        "\n"
        "▌ The pier is closed.\n"
        "letter.txt\n"
        "paragraph 1\n"
        "\n"
    )


def test_korean_is_wrapped_by_the_width_it_takes() -> None:
    assert _print(answered(KOREAN, language="ko"), 40) == (
        "한바다, 등대지기\n"
        "▌ 등대지기 한바다는 등불이 밤새 꺼지지\n"
        "▌ 않아야 한다고 말했다.\n"
        "Minutes of the Harbour Board\n"
        "Harbour Board · 2021년 5월 3일 · “Lamps”\n"
        "부분 · 4번째 문단\n"
        "\n"
    )


def test_a_refusal_is_said_in_words() -> None:
    assert _print(refused(missing=("sings",))) == "No document mentions sings.\nThe documents do not answer that.\n\n"


@settings(deadline=None)
@given(
    quote=st.builds(
        dataclasses.replace,
        st.sampled_from([LAMP, PIER, KOREAN]),
        text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300).map("말 ".join),
        title=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=90),
    ),
    width=st.integers(20, 120),
    language=st.sampled_from(["en", "ko"]),
)
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(quote: Quote, width: int, language: str) -> None:
    lines = _print(answered(quote, language=language), width).split("\n")
    assert max(map(cell_len, lines)) <= width
    shown = "".join("".join(line.removeprefix("▌ ").split()) for line in lines)
    assert "".join(quote.text.split()) in shown
    assert "".join((quote.title or "").split()) in shown


def test_a_document_cannot_command_the_terminal() -> None:
    hostile = "\x1b]0;title\x07\x1b[2J\x9b31m"
    quote = dataclasses.replace(LAMP, text=hostile, title=hostile, speaker=hostile, role=hostile, section=hostile)
    printed = _print(answered(quote))
    assert not set(printed) & {"\x1b", "\x07", "\x9b"}
    assert "]0;title" in printed


def test_brackets_are_words_not_colours() -> None:
    quote = dataclasses.replace(LAMP, text="[bold]as printed[/bold] :smile:", title="[The 1st Forum]")
    printed = _print(answered(quote))
    assert "▌ [bold]as printed[/bold] :smile:" in printed
    assert "\n[The 1st Forum]\n" in printed


def test_a_title_links_to_its_address_where_the_terminal_can() -> None:
    assert "harbour.example/m#:~:text=Ada%20Ferry" in _print(answered(LAMP), colour=True)
    assert "harbour.example" not in _print(answered(LAMP))


def test_no_color_is_kept_to(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    print_answer(answered(PIER), open_console())
    assert "\x1b[36m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    print_answer(answered(PIER), open_console())
    assert "\x1b[3" not in capsys.readouterr().out.replace("\x1b[3m", "")  # italics are no colour


def test_lines_are_no_longer_than_eyes_follow_with_ease(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert open_console().width == 96


def test_near_names_are_offered_where_a_name_is_missing() -> None:
    assert _print(refused(missing=("Ada Fary",), choices=("Ada Ferry", "Bo Fary"))) == (
        "No document mentions Ada Fary.\nNames that come near:\n• Ada Ferry\n• Bo Fary\n\n"
    )
