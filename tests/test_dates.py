"""A date is read in its many spellings; what is no whole day is no date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates import dates_in, first_date

THE_DAY = dt.date(2023, 3, 9)


@pytest.mark.parametrize(
    "words",
    [
        "2023-03-09",
        "2023.03.09",
        "2023. 3. 9.",
        "2023.3.9.",
        "2023/3/9",
        "20230309",
        "2023년 3월 9일",
        "2023년3월9일",
        "2023년 3월 9일(목)",
        "’23년 3월 9일",
        "2023年 3月 9日",
        "2023. 3. 9.(목)",
        "’23. 3. 9.(목)",
        "23.03.09",
        "'23. 3. 9.",
        "March 9, 2023",
        "Mar 9 2023",
        "Mar. 9, 2023",
        "March 9th, 2023",
        "9 March 2023",
        "9th of March 2023",
        "9-Mar-2023",
        "Thursday, 9 March 2023",
        "Date2023-03-09",
        "2023-03-09T14:16:00+09:00",
        "2023-03-09 14:16",
        "9.3.2023",
        "등록일 2023.03.09",
        "2023.03.09.(목) 10:00",
    ],
)
def test_one_day_in_its_spellings(words: str) -> None:
    assert first_date(words) == THE_DAY


def test_two_digits_of_a_year_are_of_this_century_or_the_last() -> None:
    assert first_date("88년 9월 17일 개막") == dt.date(1988, 9, 17)
    assert first_date("08년 9월 17일 개막") == dt.date(2008, 9, 17)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2023",
        "March 2023",
        "2023년 3월",
        "9 March",
        "2023-02-30",
        "2023-13-01",
        "03/04/2021",  # the third of April or the fourth of March
        "1.2.3",
        "version 10.11.12.13",
        "192.168.10.12",
        "02-2023-0309",
        "123456789",
        "12:30:45",
    ],
)
def test_what_is_no_whole_day_is_no_date(words: str) -> None:
    assert first_date(words) is None


@pytest.mark.parametrize(
    ("words", "date"), [("13/04/2021", dt.date(2021, 4, 13)), ("04/13/2021", dt.date(2021, 4, 13))]
)
def test_a_date_with_slashes_counts_where_it_can_be_read_one_way(words: str, date: dt.date) -> None:
    assert first_date(words) == date


def test_dates_know_where_they_stand() -> None:
    text = "입력 2023.05.16 06:00 수정 May 17, 2023"
    assert [(text[span.start : span.end], span.date.day) for span in dates_in(text)] == [
        ("2023.05.16", 16),
        ("May 17, 2023", 17),
    ]


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_is_read_back_from_the_usual_spellings(day: dt.date) -> None:
    english = f"{day:%B} {day.day}, {day.year}"
    korean = f"{day.year}년 {day.month}월 {day.day}일"
    assert {first_date(words) for words in (day.isoformat(), f"{day:%Y.%m.%d}", english, korean)} == {day}


@given(st.text(max_size=200))
def test_any_text_is_searched_without_harm(text: str) -> None:
    for span in dates_in(text):
        assert 0 <= span.start < span.end <= len(text)
