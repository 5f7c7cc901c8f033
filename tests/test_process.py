"""The real `python -m bot` as a process, against a Bot API server on this machine and the repository's own folder."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bot_api.server import serve
from bot_api.telegram import TOKEN, Telegram

from bot.journal import Journal
from retrieval import Turn

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 20

ARGUED = "we should achieve technological independence"
QUESTIONS = {
    "When was the Science and Technology Diplomacy Club organized?": "April 20, 2017",
    "When was the 143rd KISTEP Wednesday Forum held?": "on March 16 (Wednesday)",
    "what did Cha Jeong-mi argue": ARGUED,
}

FOLLOW_UP = "what did he say about developing countries?"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "SYSTEMROOT") if key in os.environ}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "KNOWLEDGE_DIR": str(ROOT / "knowledge"),
        "DATA_DIR": str(tmp_path / "data"),
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "LOG_LEVEL": "DEBUG",
    }


@contextmanager
def _running(environment: dict[str, str], log: Path, directory: Path) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as stream:
        command = [sys.executable, "-m", "bot"]
        process = subprocess.Popen(command, env=environment, cwd=directory, stderr=stream, stdout=stream)
        try:
            yield process
        finally:
            process.kill()
            process.wait(PATIENCE_SECONDS)


def _run(environment: dict[str, str], directory: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, env=environment, cwd=directory, capture_output=True, timeout=PATIENCE_SECONDS, check=False
    )


def test_a_day_of_the_bot(environment: dict[str, str], tmp_path: Path) -> None:
    telegram, log = Telegram(), tmp_path / "log"
    with serve(telegram) as url:
        environment["TELEGRAM_API_URL"] = url
        with _running(environment, log, tmp_path) as process:
            _talk(telegram)
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE_SECONDS) == 0
        with _running(environment, log, tmp_path) as process:
            telegram.write(FOLLOW_UP, 1)
            reply = telegram.wait_for(12, PATIENCE_SECONDS)[-1]
            assert reply.text.startswith("he = Cha Jeong-mi\n\nCha Jeong-mi, Director of ")
            process.send_signal(signal.SIGINT)
            assert process.wait(PATIENCE_SECONDS) == 0
    turns = asyncio.run(_journal_of(tmp_path))
    assert [turn.question for turn in turns] == [*QUESTIONS, FOLLOW_UP]
    kinds = "message edited_message callback_query inline_query message_reaction"
    assert telegram.allowed_updates == kinds.split()
    text = log.read_text("utf-8")
    assert "event=started bot=@chapter_test_bot mode=polling" in text
    assert text.count("event=stopped") == 2
    assert "developing countries" not in text
    assert "Traceback" not in text
    assert TOKEN not in text
    assert TOKEN.partition(":")[2] not in text


async def _journal_of(directory: Path) -> tuple[Turn, ...]:
    async with Journal(directory / "data" / "journal.sqlite3") as journal:
        return (await journal.conversation(1, 0)).turns


def _talk(telegram: Telegram) -> None:
    """/start, three questions, a refusal, and six at once; the far side refuses whatever is no valid HTML."""
    telegram.write("/start", 1)
    (start,) = telegram.wait_for(1, PATIENCE_SECONDS)
    assert start.text.startswith("I answer questions from a folder of documents")
    for number, (question, words) in enumerate(QUESTIONS.items(), start=2):
        telegram.write(question, 1)
        reply = telegram.wait_for(number, PATIENCE_SECONDS)[-1]
        assert words in "".join(reply.parsed.texts_of("blockquote", "expandable_blockquote"))
        assert "KISTEP" in reply.text
    telegram.write("What is the capital of France?", 2)
    refusal = telegram.wait_for(5, PATIENCE_SECONDS)[-1]
    assert refusal.text == "No document mentions capital, France.\nThe documents do not answer that."
    for chat in range(11, 17):
        telegram.write("what did Cha Jeong-mi argue", chat)
    sent = telegram.wait_for(11, PATIENCE_SECONDS)[5:]
    assert sorted(message.chat for message in sent) == list(range(11, 17))
    assert all(ARGUED in message.text for message in sent)


def test_buttons_and_edits_over_a_restart(environment: dict[str, str], tmp_path: Path) -> None:
    telegram, log = Telegram(repeats=True), tmp_path / "log"
    folder = ROOT / "tests" / "browser" / "chat_folder"
    with serve(telegram) as url:
        environment |= {"TELEGRAM_API_URL": url, "KNOWLEDGE_DIR": str(folder), "SEND_FILES": "yes"}
        with _running(environment, log, tmp_path):
            question = telegram.write("what did Ann Lee say about safety")
            (answer,) = telegram.wait_for(1, PATIENCE_SECONDS)
            before = answer.code
            telegram.press(answer, "Context")
            telegram.wait_until(lambda: answer.labels == [["‹ Back", "Source", "Share"]], PATIENCE_SECONDS)
            assert "Ann Lee said that safety comes before thrift." in answer.parsed.texts_of("bold")
        with _running(environment, log, tmp_path):
            telegram.press(answer, "‹ Back")
            telegram.wait_until(lambda: answer.code == before, PATIENCE_SECONDS)
            telegram.press(answer, "👍")
            telegram.wait_until(lambda: "👍 ✓" in answer.buttons, PATIENCE_SECONDS)
            telegram.press(answer, "More by Ann Lee")
            page = telegram.wait_for(2, PATIENCE_SECONDS)[-1]
            telegram.press(page, "More (2)")
            telegram.wait_for(3, PATIENCE_SECONDS)
            telegram.press(answer, "Source")
            telegram.wait_until(lambda: "Send board.md" in answer.buttons, PATIENCE_SECONDS)
            telegram.press(answer, "Send board.md")
            file = telegram.wait_for(4, PATIENCE_SECONDS)[-1].file
            assert file == ("board.md", (folder / "board.md").read_bytes())
            telegram.edit(question, "what did Bo Ek say")
            telegram.wait_until(lambda: answer.text.startswith("Bo Ek, keeper of the harbour"), PATIENCE_SECONDS)
            telegram.write("what did he say about a lens?", reply_to_message=answer.message)
            assert telegram.wait_for(5, PATIENCE_SECONDS)[-1].text.startswith("he = Bo Ek\n")
    assert all(len(toasts) == 1 for toasts in telegram.presses.values())
    assert "sendChatAction" not in telegram.calls
    assert "Traceback" not in log.read_text("utf-8")


@pytest.mark.parametrize("token", ["1:wrong", "12345:nonsense"])
def test_a_wrong_token_is_one_sentence_and_never_shown(environment: dict[str, str], tmp_path: Path, token: str) -> None:
    with serve(Telegram()) as url:
        environment |= {"TELEGRAM_API_URL": url, "TELEGRAM_BOT_TOKEN": token, "LOG_LEVEL": "ERROR"}
        ended = _run(environment, tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == b""
    *log, sentence = ended.stderr.decode().splitlines()
    assert sentence == (
        f"TELEGRAM_BOT_TOKEN was refused by {url} (the token is not shown). Copy it again from @BotFather."
    )
    assert len(log) <= 1
    assert token not in ended.stderr.decode()


def test_a_token_that_is_revoked_ends_the_bot_with_one_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    telegram, log = Telegram(), tmp_path / "log"
    with serve(telegram) as url:
        environment |= {"TELEGRAM_API_URL": url, "LOG_LEVEL": "WARNING"}
        with _running(environment, log, tmp_path) as process:
            telegram.write("/start", 1)
            telegram.wait_for(1, PATIENCE_SECONDS)
            telegram.token = "123456:another"
            assert process.wait(PATIENCE_SECONDS) == 2
    assert log.read_text("utf-8") == (
        f"TELEGRAM_BOT_TOKEN was refused by {url} (the token is not shown). Copy it again from @BotFather.\n"
    )


def test_a_data_directory_that_cannot_be_is_one_sentence(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file, no directory")
    ended = _run(environment, tmp_path)
    assert ended.returncode == 2
    place = tmp_path / "data"
    assert ended.stderr.decode() == f"DATA_DIR={place} cannot be made (File exists). Name another directory.\n"


def test_asking_loads_nothing_of_telegram(environment: dict[str, str], tmp_path: Path) -> None:
    code = (
        "import sys; from bot.__main__ import main; main(['ask', '--json', 'what did Cha Jeong-mi argue']);"
        "sys.exit(bool({'telegram', 'httpx', 'aiosqlite', 'rich'} & set(sys.modules)))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, timeout=20, check=False
    )
    assert ended.returncode == 0
    assert ARGUED in json.loads(ended.stdout)["quotes"][0]["text"]


def test_who_stops_reading_ends_the_answers_quietly(environment: dict[str, str], tmp_path: Path) -> None:
    lines = tmp_path / "questions.jsonl"
    lines.write_text('{"id": "1", "question": "what did Cha Jeong-mi argue"}\n' * 2000, encoding="utf-8")
    command = [sys.executable, "-m", "bot", "ask", "--json", "--questions", str(lines)]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["id"] == "1"
        process.stdout.close()
        assert process.wait(PATIENCE_SECONDS) == 2
        assert process.stderr.read() == b""


def test_text_gives_the_slices_that_answers_name(environment: dict[str, str], tmp_path: Path) -> None:
    answer = json.loads(_run(environment, tmp_path, "ask", "--json", "what did Cha Jeong-mi argue").stdout)
    for quote in answer["quotes"]:
        text = _run(environment, tmp_path, "text", quote["document"]).stdout.decode()
        assert " ".join(text[quote["start"] : quote["end"]].split()) == quote["text"]


@pytest.mark.parametrize("question", ["word " * 819, "질문" * 2048, "?" * 4096, "\u202e\u0301\u200d" * 1000])
def test_a_question_as_long_as_telegram_allows_is_answered_or_refused(
    environment: dict[str, str], tmp_path: Path, question: str
) -> None:
    ended = _run(environment, tmp_path, "ask", question)
    assert ended.returncode in {0, 1}
    assert ended.stdout
    assert ended.stderr == b""
