"""Weeks and days, as people say them. A week is its Monday."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

EARLIEST, LATEST = 1990, 2199


def refuse_another_age(day):
    """Refuse a date or moment whose year must be a slip of the finger."""
    if not EARLIEST <= day.year <= LATEST:
        raise ValidationError(f"The year {day.year} cannot be right: choose one from {EARLIEST} to {LATEST}.")


def week_of(day):
    """Return the Monday of the week a day is in."""
    return day - timedelta(days=day.weekday())


def this_week():
    """Return the Monday of the week it is now, on the site's clock."""
    return week_of(timezone.localdate())


def friday_of(week):
    """Return Friday midday of a week: when a weeknote counts as published that says nothing itself."""
    return midday(week + timedelta(days=4))


def midday(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


def day_in_words(day, *, today=None):
    """Return "10 June", with the year when it is not this one."""
    today = today or timezone.localdate()
    words = f"{day.day} {day:%B}"
    return words if day.year == today.year else f"{words} {day.year}"


def week_in_words(week, *, today=None):
    """Return "w/c 10 June", with the year when it is not this one."""
    return f"w/c {day_in_words(week, today=today)}"


def parse_day(text):
    """Return the date written as 2019-06-10, or None."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
