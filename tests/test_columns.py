"""Arrays in a file: as they were written, or refused."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import columns
from retrieval.columns import joined, pieces

HELD = {
    "lengths": np.arange(5, dtype=np.uint32),
    "words": np.array([b"mud", b"silt"], dtype="S4"),
    "none": np.zeros(0, dtype=np.int64),
    "pairs": np.arange(6, dtype=np.float64).reshape(3, 2),
}


def test_columns_come_back_as_they_were_written(tmp_path: Path) -> None:
    columns.write(tmp_path / "held", HELD, b"key")
    found = columns.opened(tmp_path / "held", b"key")
    assert {name: (each.dtype, each.tolist()) for name, each in found.items()} == {
        name: (each.dtype, each.tolist()) for name, each in HELD.items()
    }
    assert not any(each.flags.writeable for each in found.values() if each.size)
    assert list(tmp_path.iterdir()) == [tmp_path / "held"]


def test_a_file_cut_short_at_any_byte_is_refused(tmp_path: Path) -> None:
    columns.write(tmp_path / "held", HELD)
    whole = (tmp_path / "held").read_bytes()
    for length in range(len(whole)):
        (tmp_path / "cut").write_bytes(whole[:length])
        with pytest.raises(ValueError, match=r"cut short|not as it was written|empty file"):
            columns.opened(tmp_path / "cut")


def test_a_changed_byte_is_noticed_wherever_it_stands_but_between_columns(tmp_path: Path) -> None:
    columns.write(tmp_path / "held", HELD)
    whole, told = (tmp_path / "held").read_bytes(), columns.opened(tmp_path / "held")
    for at in range(len(whole)):
        (tmp_path / "changed").write_bytes(whole[:at] + bytes([whole[at] ^ 0x40]) + whole[at + 1 :])
        try:
            found = columns.opened(tmp_path / "changed")
        except ValueError:
            continue
        assert all(np.array_equal(found[name], each) for name, each in told.items()), at


def test_a_file_written_with_another_key_is_refused(tmp_path: Path) -> None:
    columns.write(tmp_path / "held", HELD, b"one")
    with pytest.raises(ValueError, match="not as it was written"):
        columns.opened(tmp_path / "held", b"other")


def test_where_the_disk_is_full_the_file_before_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    columns.write(tmp_path / "held", HELD)

    def full(_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(columns.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        columns.write(tmp_path / "held", {"lengths": np.zeros(9)})
    assert list(tmp_path.iterdir()) == [tmp_path / "held"]
    assert columns.opened(tmp_path / "held")["lengths"].tolist() == [0, 1, 2, 3, 4]


@given(st.lists(st.lists(st.binary(max_size=5), max_size=4), max_size=3), st.randoms())
def test_pieces_are_taken_and_joined_as_lists_are(parts: list[list[bytes]], chance: Any) -> None:
    whole = joined([pieces(part) for part in parts])
    expected = [piece for part in parts for piece in part]
    assert list(whole) == whole[:] == expected
    numbers = [chance.randrange(len(expected)) for _ in range(4)] if expected else []
    assert list(whole.taken(np.array(numbers, dtype=np.int64))) == [expected[number] for number in numbers]
