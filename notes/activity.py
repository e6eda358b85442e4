"""How much was written, week by week or month by month: a strip, whose parts are links to what was written then."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count

from notes.filters import DAYS
from notes.weeks import day_in_words, this_week, week_in_words, week_of

WEEKS = 52
MOST_WEEKS = 60  # a longer time has a bar for each month
MOST_BARS = 120  # ten years of months
MOST_DAYS = timedelta(days=MOST_BARS * 31)
MOST_LINKS = 16  # stops for who goes by keyboard: the bars themselves are links of a table
WIDTH, HIGH, LOW = 312, 48, 64  # of the drawing, in its own units; bars end at HIGH, words stand between HIGH and LOW
LOWEST, NONE, GAP = 5, 2, 0.2  # the last of a bar's room
LETTER, SPACE = 7, 8  # of the words below it, at most
ONE_DAY = timedelta(days=1)
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def begin_of(day, unit):
    """Return the first day of the week, month, quarter or year that a day is in."""
    if unit == "week":
        return week_of(day)
    months = MONTHS[unit]
    return date(day.year, (day.month - 1) // months * months + 1, 1)


def after(day, unit):
    """Return the first day of the next week, month, quarter or year."""
    if unit == "week":
        return week_of(day) + timedelta(weeks=1)
    begin = begin_of(day, unit)
    months = begin.year * 12 + begin.month - 1 + MONTHS[unit]
    return date(months // 12, months % 12 + 1, 1)


def cut(first, last, unit):
    """Return [(first day, last day)] of the weeks, months, quarters or years that make up a time, in order."""
    parts = []
    while first <= last:
        following = after(first, unit)
        parts.append((first, min(following - ONE_DAY, last)))
        first = following
    return parts


def without_slivers(parts):
    """Join what is cut off at both ends to what is beside it, where it is less than half as long."""
    if len(parts) > 2 and 2 * length(parts[0]) < length(parts[1]):
        parts = [(parts[0][0], parts[1][1]), *parts[2:]]
    if len(parts) > 2 and 2 * length(parts[-1]) < length(parts[-2]):
        parts = [*parts[:-2], (parts[-2][0], parts[-1][1])]
    return parts


def length(part):
    return (part[1] - part[0]).days + 1


def in_words(first, last, unit):
    """Return "w/c 10 June", "June 2019", "April to June 2019" or "2019"; days where it is none of them."""
    if (first, last) != (begin_of(first, unit), after(first, unit) - ONE_DAY):
        return f"{day_in_words(first)} to {day_in_words(last)}"
    if unit == "quarter":
        return f"{first:%B} to {last:%B %Y}"
    return {"week": week_in_words(first), "month": f"{first:%B %Y}", "year": f"{first:%Y}"}[unit]


@dataclass
class Part:
    """Some days of the strip: how much was written in them, and the address of just that."""

    first: date
    last: date
    words: str
    count: int
    address: str
    is_chosen: bool = False  # its list shows these days, and no others


@dataclass
class Label:
    x: float
    words: str

    @property
    def right(self):
        """Where it ends, if its letters are as wide as they can be."""
        return self.x + LETTER * len(self.words)


class Activity:
    """The rows of a queryset by the day they are `on`: counted by week or month, drawn, and linked to."""

    width, high, low = WIDTH, HIGH, LOW

    def __init__(self, rows, filters=None, *, path="", span=(None, None), unit=None):
        """Take what this reader may see, as a queryset (1 query, a row for each day) or as {day: count}.

        The `span` is a first and a last day: without them, 52 weeks up to this one, begun earlier where `filters` ask
        for earlier days. It is ten years at most. `unit`, "week" or "month", else follows from it. The links ask for
        the same filters with other days, so give `rows` that are not narrowed by days (see `of_any_day`); with a
        `path` they lead there. Without filters and path there are none.
        """
        self.filters, self.path = filters, path
        self.asked = days_asked(filters)
        first, last = span
        last = last or this_week() + timedelta(days=6)
        first = first or min(day for day in (*self.asked, last - timedelta(weeks=WEEKS) + ONE_DAY) if day)
        first = max(first, last - MOST_DAYS)
        self.unit = unit or ("week" if last - first < timedelta(weeks=MOST_WEEKS) else "month")
        last = after(max(first, last), self.unit) - ONE_DAY
        self.steps = cut(begin_of(first, self.unit), last, self.unit)[-MOST_BARS:]
        self.first, self.last = self.steps[0][0], last
        self.days = rows if isinstance(rows, dict) else self.counted(rows)
        self.counts = [self.count(*step) for step in self.steps]
        self.total, self.most = sum(self.counts), max(self.counts)
        self.scale = self.most  # of the highest bar; another one makes several strips comparable

    def __bool__(self):
        return self.total > 0

    def counted(self, rows):
        days = rows.filter(on__gte=self.first, on__lte=self.last).order_by().values_list("on")
        return Counter(dict(days.annotate(Count("pk"))))

    def count(self, first, last):
        return sum(self.days.get(first + timedelta(days=number), 0) for number in range((last - first).days + 1))

    @property
    def span(self):
        """How long it is, as "52 weeks"."""
        many = len(self.steps)
        return f"{many} {self.unit}{'' if many == 1 else 's'}"

    @property
    def busiest(self):
        """The last of the weeks or months in which most was written, in words."""
        place = max(range(len(self.counts)), key=lambda place: (self.counts[place], place))
        return in_words(*self.steps[place], self.unit)

    # As it is drawn

    @property
    def bars(self):
        """The outline of a bar for each week or month with something: of those asked for, or of all."""
        return self.outline(self.height(count) if count and self.is_asked(*step) else 0 for step, count in self.pairs)

    @property
    def others(self):
        """The outline of the bars with something that is not asked for."""
        return self.outline(
            self.height(count) if count and not self.is_asked(*step) else 0 for step, count in self.pairs
        )

    @property
    def gaps(self):
        """The outline of a line for each week or month with nothing."""
        return self.outline(0 if count else NONE for count in self.counts)

    @property
    def pairs(self):
        return zip(self.steps, self.counts, strict=True)

    def height(self, count):
        return LOWEST + round((HIGH - LOWEST) * count / self.scale)

    def outline(self, heights):
        room = WIDTH / len(self.steps)
        wide = number(room * (1 - GAP))
        return "".join(
            f"M{number(place * room)} {HIGH}v-{height}h{wide}v{height}z"
            for place, height in enumerate(heights)
            if height
        )

    def is_asked(self, first, last):
        """Whether a day of these is among those that the filters ask for."""
        since, until = self.asked
        return (since is None or since <= last) and (until is None or until >= first)

    def x(self, day):
        return WIDTH * (day - self.first).days / ((self.last - self.first).days + 1)

    @property
    def areas(self):
        """[(part, x, width)] of what can be clicked, side by side over the whole width."""
        return [
            (part, number(self.x(part.first)), number(self.x(part.last + ONE_DAY) - self.x(part.first)))
            for part in self.parts
        ]

    @property
    def labels(self):
        """The words below the bars, as many as fit."""
        labels = []
        for part in self.parts:
            words = {"week": f"{part.first.day} {part.first:%b}", "year": f"{part.first:%Y}"}.get(self.link_unit)
            label = Label(number(self.x(part.first)), words or f"{part.first:%b}")
            if label.right <= WIDTH and (not labels or labels[-1].right + SPACE <= label.x):
                labels.append(label)
        return labels

    # As it is linked

    @property
    def link_unit(self):
        """The shortest of week, month, quarter and year that makes no more links than somebody can bear."""
        units = ["week", *MONTHS][0 if self.unit == "week" else 1 :]
        return next((unit for unit in units if len(cut(self.first, self.last, unit)) <= MOST_LINKS), "year")

    @cached_property
    def parts(self):
        """The parts of the strip that can be clicked, in order."""
        if self.filters is None and not self.path:
            return []
        return [
            self.part(*part, self.link_unit) for part in without_slivers(cut(self.first, self.last, self.link_unit))
        ]

    @property
    def rows(self):
        """A part for each week or month with something: the table that says what the strip draws."""
        return [self.part(*step, self.unit) for step, count in self.pairs if count]

    def part(self, first, last, unit):
        is_chosen = self.asked == (first, last)
        return Part(
            first,
            last,
            in_words(first, last, unit),
            self.count(first, last),
            self.address(first, last, is_chosen),
            is_chosen,
        )

    def address(self, first, last, is_chosen):
        """Return the address of what was written in some days; when it is shown already, of all days."""
        days = {} if is_chosen else {"from": first.isoformat(), "to": last.isoformat()}
        if self.filters is None:
            return f"{self.path}?{urlencode(days)}" if self.path else ""
        return self.path + self.filters.address(**{name: days.get(name, []) for name in DAYS})


def of_any_day(filters):
    """Return the same filters without their days: what a strip counts, of which the page shows some."""
    return filters.split(DAYS)[1]


def days_asked(filters):
    """Return the first and the last day that filters ask for, each None where it is open."""
    said = [condition for condition in filters.conditions if condition] if filters is not None else []
    since = max((one.value for one in said if one.name == "from"), default=None)
    until = min((one.value for one in said if one.name == "to"), default=None)
    return since, until


def number(value):
    """Return a number of the drawing, short: whole where it is, else with two decimals."""
    return round(value) if abs(value - round(value)) < 0.005 else round(value, 2)
