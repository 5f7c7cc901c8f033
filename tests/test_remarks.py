"""Remarks: how a question was read, in the reader's language."""

from __future__ import annotations

import pytest
from canned import LAMP, answered

from bot.remarks import remarks_on
from bot.wording import wording_in
from retrieval import Resolution


@pytest.mark.parametrize(
    ("meant", "english", "korean"),
    [
        ("2022-01-01 – 2022-12-31", "1 January 2022 – 31 December 2022", "2022년 1월 1일 – 2022년 12월 31일"),
        ("2023-03-05 – …", "5 March 2023 – …", "2023년 3월 5일 – …"),
        ("Ada Ferry", "Ada Ferry", "Ada Ferry"),
        ("Order 2023-02-31", "Order 2023-02-31", "Order 2023-02-31"),
    ],
)
def test_a_time_is_written_as_the_reader_writes_it(meant: str, english: str, korean: str) -> None:
    answer = answered(LAMP, read_as=(Resolution("in 2022", meant),))
    for language, written in (("en", english), ("ko", korean)):
        (remark,) = remarks_on(answer, wording_in(language))
        assert "".join(phrase.text for phrase in remark) == f"in 2022 = {written}"
