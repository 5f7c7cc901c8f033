"""A journal of every earlier schema, with something in each of its tables, is brought forward and loses nothing."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest
from canned import LAMP, answered

from bot.journal import Journal
from bot.journal.opening import make_ready
from bot.journal.schema import SCHEMAS
from retrieval import Turn

TURN = Turn("what burns", "what burns", "answer", (), ())
WRITTEN = {
    "chat": 7, "thread": 0, "message": 3, "person": 7, "question": 2, "parent": None, "aside": 0, "past": "[]",
    "speaker": "", "button": "more", "language": "ko", "kind": "upload", "what": "report.txt", "digest": "d", "bot": 1,
    "number": 5, "tries": 0, "content": "{}", "questions": '["who said it"]', "vote": 1, "key": "k", "id": 1, "at": 99,
    "turn": 1, "answer": msgspec.json.encode(answered(LAMP)).decode(), "quote": msgspec.json.encode(LAMP).decode(),
}  # fmt: skip
"""What stands in a column of that name."""


def _make(path: Path, version: int) -> dict[str, list[dict[str, object]]]:
    """A journal of that version with a row in every table, as it holds them."""
    with closing(sqlite3.connect(path)) as database, database:
        database.row_factory = sqlite3.Row
        database.executescript(f"{''.join(SCHEMAS[:version])} PRAGMA user_version = {version};")
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = [row["name"] for row in database.execute("SELECT name FROM pragma_table_info(?)", (table,))]
            own = WRITTEN | ({"turn": msgspec.json.encode(TURN).decode()} if table == "turns" else {})
            marks = ", ".join("?" * len(columns))
            database.execute(f"INSERT INTO {table} VALUES ({marks})", [own[column] for column in columns])  # noqa: S608
        return {table: _rows(database, table) for table in tables}


def _rows(database: sqlite3.Connection, table: str) -> list[dict[str, object]]:
    return [dict(row) for row in database.execute(f"SELECT * FROM {table}")]  # noqa: S608


@pytest.mark.parametrize("version", range(1, len(SCHEMAS) + 1))
async def test_every_row_of_an_earlier_version_is_still_there(tmp_path: Path, version: int) -> None:
    path = tmp_path / "journal.sqlite3"
    before = _make(path, version)
    async with Journal(path) as journal:
        assert (await journal.conversation(7, 0)).turns == (TURN,)
        if "messages" in before:
            sent = await journal.answer_in(7, 3)
            assert sent is not None
            assert (sent.answer, sent.pressed) == (answered(LAMP), {"more"})
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        after = {table: _rows(database, table) for table in before}
        assert database.execute("PRAGMA user_version").fetchone()[0] == len(SCHEMAS)
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in set(before) - {"errands", "strangers", "handled"}:  # these are kept for some days at most
        (row,), (old,) = after[table], before[table]
        assert {name: row[name] for name in old} == old, table


def test_a_version_is_reached_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "journal.sqlite3"
    before = _make(path, 1)
    broken = (*SCHEMAS[:2], "CREATE TABLE more (name); CREATE TABLE more (name);")
    monkeypatch.setattr("bot.journal.opening.SCHEMAS", broken)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        make_ready(path, dt.date(2024, 5, 3))
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        assert database.execute("PRAGMA user_version").fetchone()[0] == 1
        assert [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")] == ["turns"]
        assert _rows(database, "turns") == before["turns"]
