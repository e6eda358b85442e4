"""Days that a text says in words, such as "Thurs 30 May", and the <time> put in for each.

Only what is certain: a text is dated, so a day without its year is the nearest one to it, and a weekday beside it has
to agree. "Next Thursday" and "last week" are left as they are, and so is whatever may count something else.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from lxml.html.builder import E

from notes.models import Meeting, Passage
from notes.passages import read
from notes.weeks import week_of

HALF_A_YEAR = timedelta(days=180)  # further away, a day without a weekday may be of another year
LONG = 15  # years: a number as far from the text's own year may count something else
NEAR = 300  # characters: a sentence is looked at so far before and after a day, and a word a little before it
MOST = 100  # days in one passage; more are no text but a list

S = "[ \u00a0]"
MONTHS = "January February March April May June July August September October November December".split()
MONTH = "|".join([*MONTHS, *(f"{month[:3]}\\b" for month in MONTHS if month != "May"), "Sept\\b"])
WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
WEEKDAY = (
    r"(?:Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:s|nesday)?|Thu(?:rs?(?:day)?)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)\b"
)
NUMBER = r"[1-9]|[12]\d|3[01]"
ORDINAL = r"[23]?1st|2?2nd|2?3rd|(?:[4-9]|1\d|2[04-9]|30)th"
YEAR = r"(?:18|19|20|21)\d\d(?![\w/]|[.,:]\d)"
TO = rf"(?:{S}(?:to|until|till)(?:{S}the)?{S}|{S}?[-–—]{S}?)"
AFTER_A_MONTH = "|".join(f"(?<={month}[-–—])" for month in MONTHS)  # “28 June–2 July”
BEFORE = rf"(?:(?<![\w£$€#@%/+−.–—-])(?<!\d[,:])|{AFTER_A_MONTH})"
AFTER = r"(?![\w%°]|[-/][A-Za-z]|/\d|[.,:]\d|[’'](?!s\b)\w)"

DAY_AND_MONTH = re.compile(
    rf"{BEFORE}(?P<week>(?:[Ww]/[Cc]|[Ww]eek{S}(?:commencing|beginning)){S})?"
    rf"(?:(?P<weekday>{WEEKDAY})\.?,?{S}(?P<open>\(?)(?:the{S})?)?"
    rf"(?:(?P<first>{ORDINAL}|{NUMBER}){TO}(?:(?P<weekday2>{WEEKDAY}){S})?)?"
    rf"(?P<day>{ORDINAL}|{NUMBER}){S}(?:of{S})?(?P<month>{MONTH})(?:,?{S}(?P<year>{YEAR}))?{AFTER}"
)
MONTH_AND_DAY = re.compile(
    rf"{BEFORE}(?:(?P<weekday>{WEEKDAY})\.?,?{S})?(?P<month>{MONTH}){S}(?P<day>{ORDINAL}|{NUMBER})"
    rf"(?:,?{S}(?P<year>{YEAR}))?{AFTER}"
)
ISO = re.compile(r"(?<![\w/.+-])(\d{4})-(\d\d)-(\d\d)(?![\w/+-]|\.\w)")
SLASHES = re.compile(r"(?<![\w/.+-])(\d\d?)/(\d\d?)/(\d{4})(?![\w/+-]|\.\w)")
THIS = re.compile(
    rf"\b[Tt]his{S}((?i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|Tues|Weds|Thurs)\b"
    rf"(?![-/]|[–—]\w|{S}(?:week|fortnight|last|the|club|feeling|group|market|school)\b)"
)
SAID_AFTER = re.compile(rf"{S}?\((?P<weekday>{WEEKDAY})\)")

# Words before a number and a month that say it is a day, and words before and after that say it is none.
EXPECTING = frozenset("on by from until till since before after due dated starting ending".split())
NUMBERED = frozenset(
    "chapter round section part page pages form figure table room floor flat no number platform version item row "
    "step day week weeks phase level band grade stage block unit bus route line option question appendix annex "
    "volume issue sprint year years team zone ward gate lot class desk bay pier junction exit season episode act "
    "scene track tier ticket card story action objective priority type article clause rule paragraph point size "
    "gang group under over top first last all these those other another both least most than nearly almost aged "
    "covid windows".split()
)
NO_MONTH = {
    "May": frozenset(
        "be have has not well also need take come go get want help yet still even never only make lead mean look say "
        "i we you they he she it ask asked said says".split()
    ),
    "March": frozenset("on past through against".split()),
}
JOINING = frozenset("the our and or to between w/e".split())
STREETS = frozenset(
    "street st road rd avenue lane close house court hall gardens place square terrace way crescent row mews park "
    "drive estate lodge walk hill wood building buildings room tower green mill library school".split()
)
OTHER_YEAR = re.compile(
    rf"\b(?:in|since|during|of|summer|autumn|winter|spring|{MONTH})\.?{S}((?:19|20)\d\d)(?![\w,])"
    r"|\b(?:(?:last|next|that|following|previous)\s+year|years?\s+(?:ago|before|earlier|later))\b",
    re.I,
)
SENTENCE_END = re.compile(r"[.!?…]['’”\")]*\s")


NO_DAY = frozenset("draft edition floor half part phase place prize quarter round version".split())  # “May 1st prize”


@dataclass(frozen=True)
class DaySaid:
    """Words of a passage that say a day."""

    start: int
    end: int
    day: date
    is_of_its_week: bool = False  # "this Friday", which in a quotation is of another text's week


def said_on(text):
    """Return the day from which the days of a text are counted: of a weeknote its Monday. No query."""
    if isinstance(text, Meeting):
        return text.held_on
    if text.week or (text.dated_on and (text.was_published or not text.published_at)):
        return text.week or text.dated_on
    return timezone.localdate(text.published_at)


def mark_days(piece, on):
    """Put a <time> around each day that a piece says in one run of its words, outside of links and code.

    The element is read anew, as links were put into it; its words stay as they are. Twice is the same as once.
    """
    said = days_said(piece.words, on) if piece.element is not None else []
    if not said:
        return
    now = read(piece.element, piece.kind)
    if now.words != piece.words:  # a picture's, which stand in no element
        return
    for one in reversed(said):
        is_anothers = one.is_of_its_week and piece.kind == Passage.Kind.QUOTATION
        if is_anothers or any(one.start < end and one.end > start for start, end in now.unlinked):
            continue
        for start, element, where in now.spots:
            is_marked = element.tag == "time" and where == "text"
            if not is_marked and start <= one.start and one.end <= start + len(getattr(element, where) or ""):
                wrap(element, where, one.start - start, one.end - start, one.day)
                break


def wrap(element, where, left, right, day):
    text = getattr(element, where)
    time = E.time(text[left:right], datetime=day.isoformat())
    time.tail = text[right:] or None
    setattr(element, where, text[:left] or None)
    if where == "text":
        element.insert(0, time)
    else:
        parent = element.getparent()
        parent.insert(parent.index(element) + 1, time)


def days_said(words, on):
    """Return the days that words say for certain, in their order; `on` is the day of their text."""
    found, taken = [], bytearray(len(words))
    for pattern in (DAY_AND_MONTH, MONTH_AND_DAY, ISO, SLASHES, THIS):
        for match in pattern.finditer(words):
            if not any(taken[match.start() : match.end()]):
                found.append(match)
                taken[match.start() : match.end()] = b"1" * len(match[0])
    found = sorted(found, key=lambda match: match.start())[:MOST]
    said = []
    for at, match in enumerate(found):
        if match.re is THIS:
            day = week_of(on) + timedelta(days=WEEKDAYS.index(match[1][:3].capitalize()))
            said.append(DaySaid(*match.span(), day, is_of_its_week=True))
        elif match.re in (ISO, SLASHES):
            said += numeric(match)
        else:
            said += in_words(match, words, on, found[at - 1 : at] if at else [], found[at + 1 : at + 2])
    return said


def numeric(match):
    """Return the day of 2019-06-12, or of 13/06/2019 where day and month cannot be taken for one another."""
    year, month, day = (int(part) for part in (match.groups() if match.re is ISO else match.groups()[::-1]))
    found = as_date(year, month, day) if 1800 <= year < 2200 else None
    is_certain = match.re is ISO or day > 12 or day == month
    return [DaySaid(*match.span(), found)] if found and is_certain else []


def in_words(match, words, on, before, after):
    """Return the days of a match: one, or both ends of “10 to 14 June”; none when it is not certain.

    `before` and `after` hold the match beside it, if there is one.
    """
    parts = {"week": None, "open": None, "first": None, "weekday2": None} | match.groupdict()
    month = month_of(match)
    year = int(parts["year"] or 0) or year_beside(match, words, before, after)
    found = nearest(int(re.match(r"\d+", parts["day"])[0]), month, year, on)
    if found is None or (parts["open"] and not words.startswith(")", match.end())):
        return []
    following = SAID_AFTER.match(words, match.end())
    weekdays = [
        parts["weekday2"] if parts["first"] else parts["weekday"],
        following and following["weekday"],
        parts["week"] and "Monday",
    ]
    first = as_date(found.year, month, int(re.match(r"\d+", parts["first"])[0])) if parts["first"] else None
    if parts["first"] and (not first or first >= found or not agrees(first, parts["weekday"])):
        return []
    if not all(agrees(found, weekday) for weekday in weekdays):
        return []
    if not year and says_another_year(match, words, found):
        return []
    if not (any(weekdays) or parts["weekday"] or is_clearly_a_day(match, words, on, found)):
        return []
    return spans(match, parts, words, first, found)


def spans(match, parts, words, first, last):
    """Return where the days of a match stand: with their weekday, unless the day is put in brackets after it."""
    has_weekday = parts["weekday"] and not parts["open"]
    if first:
        start = match.start("weekday") if has_weekday else match.start("first")
        second = match.start("weekday2") if parts["weekday2"] else match.start("day")
        return [DaySaid(start, match.end("first"), first), DaySaid(second, match.end(), last)]
    start = match.start() if has_weekday or parts["week"] else min(match.start("day"), match.start("month"))
    if has_weekday and re.search(rf"\b[Tt]his{S}$", words[max(0, start - 6) : start]):
        start -= len("this ")
    return [DaySaid(start, match.end(), last)]


def month_of(match):
    return 1 + [name[:3] for name in MONTHS].index(match["month"][:3])


def as_date(year, month, day):
    """Return a date that can be, or None."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def agrees(day, weekday):
    return not weekday or WEEKDAYS[day.weekday()] == weekday[:3]


def nearest(day, month, year, on):
    """Return the day of that year; without a year, the one nearest to the text's day, if within half a year."""
    if year:
        return as_date(year, month, day)
    around = (as_date(on.year + step, month, day) for step in (-1, 0, 1))
    return next((found for found in around if found and abs(found - on) <= HALF_A_YEAR), None)


def year_beside(match, words, before, after):
    """Return the year that the other end of a range says, as in “28 May to 2 June 2018”; else None."""
    for other in after:
        if "year" in other.groupdict() and other["year"] and re.fullmatch(TO, words[match.end() : other.start()]):
            return int(other["year"]) - (month_of(match) > month_of(other))
    for other in before:
        if "year" in other.groupdict() and other["year"] and re.fullmatch(TO, words[other.end() : match.start()]):
            return int(other["year"]) + (month_of(match) < month_of(other))
    return None


def is_clearly_a_day(match, words, on, found):
    """Whether no weekday is needed to see that a number and a month are a day, and of this year."""
    before = re.search(rf"([\w’'/-]+){S}$", words[max(0, match.start() - 30) : match.start()])
    after = re.match(rf"{S}([\w’'-]+)", words[match.end() : match.end() + 30])
    before, after = before[1] if before else "", after[1] if after else ""
    is_ordinal = not match["day"].isdigit()
    is_expected = before.lower() in EXPECTING or is_ordinal
    if match["year"]:
        is_count = (abs(found.year - on.year) > LONG or found.year % 100 == 0) and after.islower()
        return not is_count and before.lower() not in NUMBERED
    if after.lower() in STREETS and (after[0].isupper() or not is_expected):
        return False
    if match.re is MONTH_AND_DAY:
        return is_ordinal and after.lower() not in NO_DAY
    return is_expected or not (
        before.lower() in NUMBERED
        or (before[:1].isupper() and before.lower() not in JOINING)
        or after.lower() in NO_MONTH.get(match["month"], ())
        or (before.lower() not in JOINING and re.fullmatch(r"[a-z]{3,}[^suw'’]s", after))  # “3 June sessions”
    )


def says_another_year(match, words, found):
    """Whether the sentence speaks of another year than the one that is nearest."""
    before, after = words[max(0, match.start() - NEAR) : match.start()], words[match.end() : match.end() + NEAR]
    sentence = f"{SENTENCE_END.split(before)[-1]}{match[0]}{SENTENCE_END.split(after)[0]}"
    return any(year[1] is None or int(year[1]) != found.year for year in OTHER_YEAR.finditer(sentence))
