"""The days a report is about."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hackit.reporting.periods import CHOICES, Period, named, read

DAYS = st.dates(date(1992, 1, 1), date(2190, 1, 1))


@given(DAYS, st.sampled_from(["month", "quarter", "year"]))
def test_this_one_holds_today_and_the_last_one_ends_right_before(today, kind):
    this, last = named(f"this-{kind}", today), named(f"last-{kind}", today)
    assert this.first <= today <= this.last
    assert last.last + timedelta(days=1) == this.first
    assert last == this.before
    assert this.count_of_months == {"month": 1, "quarter": 3, "year": 12}[kind]


@given(DAYS, st.integers(0, 730))
def test_periods_tile_the_calendar(first, days):
    """Whatever the days: the one after begins when this one ends, and the one before that is this one."""
    period = Period(first, first + timedelta(days=days))
    assert period.after.first == period.last + timedelta(days=1)
    assert period.after.before == period
    assert period.before.last + timedelta(days=1) == period.first


@given(DAYS)
def test_financial_year_is_april_to_march(today):
    year = named("this-year", today)
    assert (year.first.month, year.first.day, year.last.month, year.last.day) == (4, 1, 3, 31)
    assert year.is_financial_year


@given(DAYS, st.integers(0, 400))
def test_weeks_are_those_with_a_day_of_it(first, days):
    period = Period(first, first + timedelta(days=days))
    weeks = period.weeks(until=period.last)
    assert all(monday.weekday() == 0 for monday in weeks)
    assert weeks[0] <= period.first < weeks[0] + timedelta(days=7)
    assert weeks[-1] <= period.last < weeks[-1] + timedelta(days=7)
    assert len(weeks) == (weeks[-1] - weeks[0]).days // 7 + 1


@given(st.dictionaries(st.sampled_from(["period", "from", "to"]), st.text() | DAYS.map(str)))
def test_any_parameters_give_a_period(data):
    period, _ = read(data, date(2026, 11, 25))
    assert period.first <= period.last
    assert period.name


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "October 2026"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2026, 7, 1), date(2026, 9, 30), "July to September 2026"),
        (date(2025, 4, 1), date(2026, 3, 31), "April 2025 to March 2026"),
        (date(2026, 6, 3), date(2026, 6, 14), "3 to 14 June 2026"),
        (date(2026, 5, 30), date(2026, 6, 3), "30 May to 3 June 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 December 2025 to 2 January 2026"),
        (date(2026, 6, 3), date(2026, 6, 3), "3 June 2026"),
    ],
)
def test_period_is_said_as_people_say_it(first, last, name):
    assert Period(first, last).name == name


def test_every_choice_is_a_period():
    assert {words: named(words, date(2026, 1, 15)).name for words in CHOICES} == {
        "this-month": "January 2026",
        "last-month": "December 2025",
        "this-quarter": "January to March 2026",
        "last-quarter": "October to December 2025",
        "this-year": "April 2025 to March 2026",
        "last-year": "April 2024 to March 2025",
    }


def test_two_days_count_more_than_a_choice_and_one_is_until_today():
    today = date(2026, 11, 25)
    assert read({"period": "last-month", "from": "2026-06-03", "to": "2026-06-04"}, today)[0].days == 2
    assert read({"from": "2026-11-20"}, today)[0] == Period(date(2026, 11, 20), today)


def test_days_end_somewhere():
    assert Period(date(1990, 1, 1), date(1990, 1, 31)).before is None
    assert Period(date(2199, 12, 1), date(2199, 12, 31)).after is None
