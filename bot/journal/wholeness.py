"""Whether a file is a whole journal: its pages, its version, its tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.errors import JournalError
from bot.journal.schema import SCHEMAS

PATIENCE_SECONDS = 2.0
"""How long SQLite waits for another process to let go of the file."""

LIKELY_VERSIONS = 1000
"""A schema beyond this comes from damage rather than from a newer version of the bot."""

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_COLUMNS = """
SELECT tables.name, columns.name FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns
WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite_%'
"""


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """A connection to the file at `path`, which is there; mode "ro" only reads."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=PATIENCE_SECONDS)


def code_of(error: BaseException) -> int:
    """SQLite's code for `error` (https://www.sqlite.org/rescode.html), without its details; 0 where it has none."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def is_damage(error: BaseException) -> bool:
    """Whether SQLite says by `error` that the file itself is broken, not only out of reach."""
    return code_of(error) in _DAMAGE or getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_IOERR_SHORT_READ


def fault_at(path: Path) -> str:
    """What is wrong with the journal at `path`, in a few words; empty where it is whole.

    Raises JournalError where it comes from a newer version, sqlite3.Error where it cannot be looked at.
    """
    if not path.is_file():
        return "not a file"
    if not path.stat().st_size:
        return "empty"
    try:
        with closing(connect(path)) as connection:
            return fault_of(connection, path)
    except UnicodeDecodeError:
        return "spoilt letters"
    except sqlite3.Error as error:
        if is_damage(error) or code_of(error) in {0, sqlite3.SQLITE_ERROR}:
            return str(error)
        raise


def fault_of(connection: sqlite3.Connection, path: Path) -> str:
    """The same of a file that is open already."""
    ((version,),) = connection.execute("PRAGMA user_version").fetchall()
    if len(SCHEMAS) < version <= LIKELY_VERSIONS:
        raise JournalError(
            f"{path}: the journal comes from a newer version of the bot (its schema is {version}). "
            "Install that version, or let DATA_DIR name another directory."
        )
    if not 0 < version <= len(SCHEMAS):
        return "not a journal"
    ((fault, *_),) = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if fault != "ok":
        return str(fault)
    return "" if _columns_of(version) <= set(connection.execute(_COLUMNS)) else "not a journal"


def _columns_of(version: int) -> set[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript("".join(SCHEMAS[:version]))
        return set(model.execute(_COLUMNS))
