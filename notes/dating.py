"""Which day a text is from, when nobody said. Found or refused, never guessed: a weekday does not give the year."""

import re
from datetime import date, timedelta

from django.utils import timezone

from notes.weeks import EARLIEST, week_of

IN_FILE_NAME = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")
DATED_ADDRESS = re.compile(r"https?://\S*?/(\d{4})/(\d{1,2})(?:/(\d{1,2}))?/")
MONTHS = "january february march april may june july august september october november december".split()
MONTH = "|".join([*MONTHS, *(month[:3] for month in MONTHS), "sept"])
DAY_IN_TITLE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({MONTH})\b\.?,?(?:\s+(\d{{4}})|\s+['’](\d\d)\b)?", re.I
)
WEEK_COMMENCING = re.compile(r"\bw/c\b|\bweek (?:commencing|beginning)\b", re.IGNORECASE)
NEAR = timedelta(days=45)  # an address dated further from the title's day says nothing of its year


def day_in_file_name(name):
    """Return the date in a file's name, as 2019-06-10 or 20190610; None for none, or for two of different weeks."""
    days = [day for match in IN_FILE_NAME.finditer(name) if (day := as_date(*match.groups()))]
    return days[0] if len({week_of(day) for day in days}) == 1 else None


def day_from_title_and_addresses(title, text):
    """Return the day a title names, its year from the title itself or from dated web addresses in the text.

    None when the title names no day, or when the addresses leave more than one year, or none, possible.
    """
    named = day_in_title(title)
    if named is None:
        return None
    day, month, year = named
    if year:
        return as_date(year, month, day)
    found = set()
    for address in DATED_ADDRESS.finditer(text):
        near = as_date(address[1], address[2], address[3] or 15)
        for year in (near.year - 1, near.year, near.year + 1) if near else ():
            candidate = as_date(year, month, day)
            is_possible = candidate and (candidate.weekday() == 0 or not WEEK_COMMENCING.search(title))
            if is_possible and abs(candidate - near) <= NEAR:
                found.add(candidate)
    return found.pop() if len(found) == 1 else None


def day_in_title(title):
    """Return (day, month, year or None) as a title names them, or None."""
    match = DAY_IN_TITLE.search(title)
    if not match:
        return None
    month = 1 + [name[:3] for name in MONTHS].index(match[2][:3].lower())
    return int(match[1]), month, int(match[3] or (f"20{match[4]}" if match[4] else 0)) or None


def as_date(year, month, day):
    """Return a date that can be, or None."""
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if EARLIEST <= found.year <= timezone.localdate().year + 1 else None


def disagreement(title, day):
    """Return a sentence when a title names another day than the one that was found, else None."""
    said = day_in_title(title)
    named = said and as_date(said[2] or day.year, said[1], said[0])
    if named and week_of(named) != week_of(day):
        return f"the title says {DAY_IN_TITLE.search(title)[0]}, which is not in the week of {day.isoformat()}"
    return None
