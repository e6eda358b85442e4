"""The days a report is about: a month, a quarter, a financial year, or from one day to another."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from notes.weeks import EARLIEST, LATEST, parse_day, week_of

LONGEST = 731  # days: two years
APRIL = 4  # the month in which a council's year begins
DEFAULT = "last-month"
CHOICES = {
    "this-month": "This month",
    "last-month": "Last month",
    "this-quarter": "This quarter",
    "last-quarter": "Last quarter",
    "this-year": "This financial year",
    "last-year": "Last financial year",
}
MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Period:
    """Some days, both ends included."""

    first: date
    last: date

    @classmethod
    def months(cls, first, count):
        """Return `count` whole months from the month of a day."""
        return cls(first.replace(day=1), shift(first, count) - timedelta(days=1))

    @property
    def days(self):
        return (self.last - self.first).days + 1

    @property
    def count_of_months(self):
        """How many whole months these are; 0 when they are not whole ones."""
        if self.first.day != 1 or self.last.day != monthrange(self.last.year, self.last.month)[1]:
            return 0
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1

    @property
    def is_financial_year(self):
        return self.count_of_months == 12 and self.first.month == APRIL

    @property
    def name(self):
        """October 2026; July to September 2026; 3 to 14 June 2026."""
        first, last = self.first, self.last
        if self.count_of_months == 1:
            return f"{first:%B} {first.year}"
        is_same_year, is_same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
        if self.count_of_months:
            return f"{first:%B}{'' if is_same_year else f' {first.year}'} to {last:%B} {last.year}"
        words = f"{last.day} {last:%B} {last.year}"
        if first == last:
            return words
        opening = f"{first.day}{'' if is_same_month else f' {first:%B}'}{'' if is_same_year else f' {first.year}'}"
        return f"{opening} to {words}"

    @property
    def query(self):
        """How an address says it, whatever day it is opened on."""
        return f"from={self.first.isoformat()}&to={self.last.isoformat()}"

    @property
    def before(self):
        """The period of the same length right before it, or None where days end."""
        return self.beside(-1)

    @property
    def after(self):
        return self.beside(1)

    def beside(self, step):
        try:
            if self.count_of_months:
                found = Period.months(shift(self.first, step * self.count_of_months), self.count_of_months)
            else:
                days = timedelta(days=step * self.days)
                found = Period(self.first + days, self.last + days)
        except (ValueError, OverflowError):
            return None
        return found if found.first.year >= EARLIEST and found.last.year <= LATEST else None

    def weeks(self, until):
        """Return the Mondays of the weeks with a day of it, but for those that begin after a day."""
        monday, last = week_of(self.first), min(self.last, until)
        return [monday + timedelta(weeks=number) for number in range((last - monday).days // 7 + 1)]


def shift(day, months):
    """Return the first day of the month so many months later, or earlier."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def chosen(data):
    """Return which of the CHOICES a form shows as chosen, or "" for two dates."""
    if data.get("from") or data.get("to"):
        return ""
    return data["period"] if data.get("period") in CHOICES else DEFAULT


def named(words, today):
    """Return the period of one of the CHOICES, as of a day."""
    which, kind = words.split("-")
    length = MONTHS[kind]
    if kind == "year":
        first = today.replace(year=today.year - (today.month < APRIL), month=APRIL, day=1)
    else:
        first = today.replace(month=today.month - (today.month - 1) % length, day=1)
    return Period.months(shift(first, -length) if which == "last" else first, length)


def read(data, today):
    """Return (the period that GET parameters ask for, what is wrong with them): always a period, never an exception.

    `from` and `to` count more than `period`; with `from` alone, it is until today.
    """
    said, problems = data.get("period", ""), []
    if said and said not in CHOICES:
        problems.append(f"“{said[:40]}” is no period: choose one of the list, or give two dates.")
    otherwise = named(said if said in CHOICES else DEFAULT, today)
    if not (data.get("from") or data.get("to")):
        return otherwise, problems
    days = {name: parse_day(data.get(name, "")) for name in ("from", "to")}
    for name, day in days.items():
        if data.get(name) and (day is None or not EARLIEST <= day.year <= LATEST):
            problems.append(f"“{data.get(name)[:40]}” is not a date we can use. Write it as 2019-06-10.")
            return otherwise, problems
    first, last = days["from"], days["to"] or today
    if first is None:
        problems.append("Give the first day as well: there is only a last one.")
    elif first > last:
        problems.append("“From” is after “To”, so there is no day in between.")
    elif (last - first).days >= LONGEST:
        problems.append("A report covers two years at most. Choose fewer days.")
    else:
        return Period(first, last), problems
    return otherwise, problems
