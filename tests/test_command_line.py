"""The command line: what goes to standard output, what to standard error, and the exit code."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from canned import LAMP, PIER, CannedLibrary, answered, refused

from bot import __main__ as command_line
from retrieval import Answer, AnswerKind, Problem, Turn

Run = Callable[..., int]


def _answer(question: str, conversation: tuple[Turn, ...]) -> Answer:
    return answered(LAMP) if "burn" in question or conversation else refused(missing=("sings",))


@pytest.fixture
def library() -> CannedLibrary:
    return CannedLibrary(_answer)


@pytest.fixture
def run(library: CannedLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(command_line, "Library", library)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KNOWLEDGE_DIR", raising=False)
    (tmp_path / "knowledge").mkdir()
    return lambda *arguments: command_line.main(arguments)


def _write_lines(path: Path, *lines: object) -> str:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return str(path)


def test_an_answer_as_json_is_one_object_with_the_promised_keys(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--json", "what must burn") == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "id": None,
        "question": "what must burn",
        "understood": "what must burn",
        "read_as": [],
        "kind": "answer",
        "answered": True,
        "quotes": [
            {
                "text": "Ada Ferry, keeper of the lighthouse, said that the lamp must burn all night.",
                "document": "minutes.md",
                "start": 21,
                "end": 97,
                "kind": "statement",
                "speaker": "Ada Ferry",
                "role": "keeper of the lighthouse",
                "how": "reported",
                "title": "Minutes of the Harbour Board",
                "author": None,
                "publisher": "Harbour Board",
                "date": "2021-05-03",
                "url": "https://harbour.example/m",
                "link": "https://harbour.example/m#:~:text=Ada%20Ferry",
                "page": None,
                "section": "Lamps",
                "paragraph": 4,
            }
        ],
        "closest": [],
        "missing": [],
        "choices": [],
        "folder": "v1",
        "elapsed_ms": 0.25,
    }


def test_what_is_not_in_the_sources_exits_with_1(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--json", "who sings") == 1
    answer = json.loads(capsys.readouterr().out)
    assert (answer["kind"], answer["answered"], answer["missing"]) == ("nothing", False, ["sings"])


def test_questions_of_a_file_are_answered_in_order(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [{"id": str(number), "question": f"what burns {number}"} for number in range(5)]
    assert run("ask", "--json", "--questions", _write_lines(tmp_path / "q.jsonl", *lines)) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["0", "1", "2", "3", "4"]


def test_lines_of_one_conversation_follow_each_other_though_they_interleave(
    run: Run, tmp_path: Path, library: CannedLibrary
) -> None:
    names = ["a", "b", "a", None, "b", "a"]
    lines = [
        {"id": str(number), "question": f"{name}{number}", "conversation": name} for number, name in enumerate(names)
    ]
    assert run("ask", "--json", "--questions", _write_lines(tmp_path / "q.jsonl", *lines)) == 0
    before = [(question, [turn.question for turn in turns]) for question, turns, _ in library.asked]
    assert before == [("a0", []), ("b1", []), ("a2", ["a0"]), ("None3", []), ("b4", ["b1"]), ("a5", ["a0", "a2"])]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("{", "no JSON (Expecting property name enclosed in double quotes, column 2)"),
        ("[1]", 'no JSON object like {"id": "1", "question": "..."}'),
        ('{"question": "x"}', '"id" is missing'),
        ('{"id": "x"}', '"question" is missing'),
        ('{"id": 1, "question": "x"}', '"id" is no string'),
        ('{"id": "1", "question": null}', '"question" is no string'),
        ('{"id": "1", "question": "x", "conversation": 7}', '"conversation" is no string'),
        ("[" * 100_000, "JSON nested too deeply"),
    ],
)
def test_a_broken_line_is_named_before_anything_is_asked(
    run: Run, library: CannedLibrary, tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, fault: str
) -> None:
    path = _write_lines(tmp_path / "q.jsonl", {"id": "1", "question": "what burns"}, "", line)
    assert run("ask", "--json", "--questions", path) == 2
    out, err = capsys.readouterr()
    assert (out, library.asked) == ("", [])
    assert err == f"{path}, line 3: {fault}.\nNothing was asked; mend the file and ask again.\n"


def test_a_line_that_is_no_utf_8_is_named(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(b'{"id": "1", "question": "\xff"}')
    assert run("ask", "--json", "--questions", str(path)) == 2
    assert f"{path}, line 1: not UTF-8 (byte 26 of the line)." in capsys.readouterr().err


def test_a_line_separator_inside_a_string_ends_no_line(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes('\ufeff{"id": "1", "question": "what\u2028burns"}\r\n'.encode())
    assert run("ask", "--json", "--questions", str(path)) == 0
    assert json.loads(capsys.readouterr().out)["question"] == "what\u2028burns"


def test_a_file_of_questions_that_is_not_there_is_named(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--questions", "none.jsonl") == 2
    assert (
        capsys.readouterr().err == "none.jsonl: cannot be read (No such file or directory). Name a file of questions.\n"
    )


def test_half_a_character_pair_neither_stops_an_answer_nor_breaks_its_json(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(
            "ask",
            "--json",
            "--questions",
            _write_lines(tmp_path / "q.jsonl", '{"id": "\\ud800", "question": "\\udfff"}'),
        )
        == 0
    )
    answer = json.loads(capsys.readouterr().out.encode("utf-8", "backslashreplace"))
    assert (answer["id"], answer["question"]) == ("\ud800", "?")


def test_a_folder_that_is_missing_is_one_sentence(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ask", "--knowledge", "nowhere", "what burns") == 2
    out, err = capsys.readouterr()
    assert (out, err) == ("", "nowhere: no such folder. Name one that exists.\n")


def test_an_empty_folder_is_one_sentence(run: Run, library: CannedLibrary, capsys: pytest.CaptureFixture[str]) -> None:
    library.documents = ()
    assert run("ask", "--json", "what burns") == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "knowledge: holds no document that can be read. "
        "Put documents into it; `python -m bot check` names the files it refuses.\n"
    )


def test_the_environment_names_the_folder_unless_the_command_does(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KNOWLEDGE_DIR", "elsewhere")
    assert run("ask", "what burns") == 2
    assert capsys.readouterr().err.startswith("elsewhere: no such folder.")
    assert run("ask", "--knowledge", str(tmp_path / "knowledge"), "what burns") == 0


def test_problems_of_the_folder_go_to_standard_error(
    run: Run, library: CannedLibrary, capsys: pytest.CaptureFixture[str]
) -> None:
    library.problems = (Problem("broken.txt", "is no text."),)
    assert run("ask", "--json", "what burns") == 0
    assert capsys.readouterr().err == "1 problem(s) in knowledge: `python -m bot check` names them.\n"


def test_the_limit_reaches_the_library(run: Run, library: CannedLibrary) -> None:
    assert run("ask", "--limit", "7", "what burns") == 0
    assert run("--limit", "8", "ask", "what burns") == 0
    assert [limit for _, _, limit in library.asked] == [7, 8]


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "x", "--questions", "y"],
        ["ask", "--limit", "0", "x"],
        ["ask", "--limit", "²", "x"],
        ["sing"],
        ["--what"],
    ],
)
def test_a_command_that_cannot_be_read_exits_with_2(
    run: Run, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        run(*arguments)
    assert stop.value.code == 2
    assert capsys.readouterr().out == ""


def test_text_prints_a_document_to_the_last_character(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("text", "letter.txt") == 0
    assert capsys.readouterr().out == "The pier is closed.\n"


def test_text_names_a_document_that_is_not_there(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("text", "song.txt") == 2
    assert capsys.readouterr().err == "song.txt: no such document. The folder has letter.txt, minutes.md and so on.\n"


def test_an_answer_for_people_holds_the_quote_and_its_source(
    run: Run, library: CannedLibrary, capsys: pytest.CaptureFixture[str]
) -> None:
    library.answer = lambda _question, _conversation: answered(LAMP, PIER)
    assert run("ask", "what must burn") == 0
    out = capsys.readouterr().out
    assert "the lamp must burn all night." in " ".join(out.replace("▌", "").split())


def test_choices_are_no_answer(run: Run, library: CannedLibrary, capsys: pytest.CaptureFixture[str]) -> None:
    library.answer = lambda _question, _conversation: refused(
        kind=AnswerKind.CHOICES, choices=("Ada Ferry", "Ada Fery")
    )
    assert run("ask", "--json", "what did Ada say") == 1
    assert json.loads(capsys.readouterr().out)["choices"] == ["Ada Ferry", "Ada Fery"]


@pytest.mark.parametrize("question", ["", "  ", "🙂🎉", "\x00\x1b\x7f", "?!"])
def test_a_question_without_words_is_refused_in_one_sentence(
    run: Run, question: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ask", question) == 1
    assert capsys.readouterr().out == "I see no words there to look for. Please ask in a sentence.\n\n"


def test_check_tells_what_the_folder_holds_and_what_is_wrong(
    run: Run, library: CannedLibrary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    library.problems = (Problem("song.txt", "is no text.", "Save it as UTF-8."), Problem("gone.txt", "is not there."))
    monkeypatch.setenv("ALLOWED_CHATS", "7")
    assert run("check") == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[:24] == [
        "Folder knowledge, version v1",
        "  documents: 2 (1 .txt, 1 .md), passages: 2, people: 1",
        "  dates from 2021-05-03 to 2021-05-03",
        "",
        "Documents",
        "  letter.txt",
        "    no title, no date, no publisher: name it in sources.yaml",
        "  minutes.md",
        "    title: Minutes of the Harbour Board (front matter)",
        "    publisher: Harbour Board (sources.yaml, *.md)",
        "    date: 2021-05-03 (sources.yaml)",
        "    url: https://harbour.example/m (the file)",
        "",
        "People, who say most first",
        "  Ada Ferry: 2 statements in 1 document",
        "    keeper of the lighthouse",
        "",
        "Problems: 2",
        "  song.txt: is no text. Save it as UTF-8.",
        "  gone.txt: is not there.",
        "",
        "OK Settings: all can be used; 7 may ask",
        "NOTE Token: no TELEGRAM_BOT_TOKEN; get one from @BotFather to run the bot, ask",
        "  and chat work without",
    ]
    assert err == ""


def test_check_says_what_keeps_data_from_being_written(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").write_text("a file, no directory")
    assert run("check") == 1
    out = capsys.readouterr().out
    assert (
        "MEND Data: data cannot be written (Not a directory); make it writable, or let\n  DATA_DIR name another place\n"
    ) in out


def test_chat_holds_a_conversation(
    run: Run, library: CannedLibrary, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("what burns\n"))
    assert run("chat", "--limit", "2") == 0
    assert "the lamp must burn all night." in capsys.readouterr().out
    assert library.asked[-1] == ("what burns", (), 2)


def test_without_a_token_one_sentence_says_how_to_get_one_and_what_works_without(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "There is no TELEGRAM_BOT_TOKEN: get one from @BotFather in Telegram (/newbot) and write it into a file .env "
        "as TELEGRAM_BOT_TOKEN=...; without a token `python -m bot ask`, `chat` and `check` work in the terminal.\n"
    )


def test_a_setting_that_cannot_be_used_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RETENTION_DAYS", "soon")
    assert run("check") == 2
    assert capsys.readouterr().err.startswith("RETENTION_DAYS=soon is no number of days.")
