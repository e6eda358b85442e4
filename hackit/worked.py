"""Who of a team worked on what, week by week: as far as the passages of that week show it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from notes.models import Mention, Passage
from notes.models.texts import listed
from notes.weeks import this_week, week_of
from people.models import Entry, Person
from projects.models import Project

CHOICES = (2, 4, 8, 13)  # weeks
USUAL = 4
MOST_PROJECTS = 5  # of one person in one week
MOST_LINKS = 220  # on a page, shared out among its weeks


@dataclass
class Week:
    """What a team's people worked on in one week: [(person, [(project, passages)], how many more projects)]."""

    monday: object
    people: list
    left_out: int  # people

    @property
    def sunday(self):
        return self.monday + timedelta(days=6)


def worked_on(within, user, weeks):
    """Return the last weeks, newest first, of the people in some teams: 3 queries, however much was written.

    Somebody worked on a project where a passage that they wrote, alone or with others, or that names them, names it.
    """
    first = this_week() - timedelta(weeks=weeks - 1)
    found = defaultdict(lambda: defaultdict(Counter))
    for _, day, person, project in passages_of(within, user, first, this_week() + timedelta(days=6)):
        found[week_of(day)][person][project] += 1
    mondays = [this_week() - timedelta(weeks=number) for number in range(weeks)]
    shown = {monday: most_of(found[monday], MOST_LINKS // weeks) for monday in mondays}
    people = Person.objects.in_bulk({person for lines in shown.values() for person, _, _ in lines})
    projects = Project.objects.in_bulk({key for lines in shown.values() for _, most, _ in lines for key, _ in most})
    return [
        Week(
            monday,
            by_count((people[key], named(most, projects), more) for key, most, more in shown[monday]),
            len(found[monday]) - len(shown[monday]),
        )
        for monday in mondays
    ]


def passages_of(within, user, first, last):
    """Return the distinct (passage, day, person, project) of a time: 1 query."""
    mentions = Mention.objects.filter(
        listed(user, "passage__"), entry__kind=Entry.Kind.PROJECT, on__range=(first, last)
    )
    mentions = mentions.exclude(passage__kind__in=Passage.HEADINGS).order_by()
    ways = [
        mentions.filter(**{f"{path}__team__in": within}).values_list("passage", "on", path, "entry")
        for path in ("passage__author", "passage__text__note__coauthor__person", "passage__mentions__entry__person")
    ]
    return ways[0].union(*ways[1:])


def most_of(of_week, room):
    """Return [(person, [(project, passages)], how many more)], those with most first, as there is room for links."""
    shown, used = [], 0
    for person, counts in sorted(of_week.items(), key=lambda pair: (-pair[1].total(), pair[0])):
        most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_PROJECTS]
        if shown and used + 1 + len(most) > room:
            break
        used += 1 + len(most)
        shown.append((person, most, len(counts) - len(most)))
    return shown


def named(most, projects):
    """Return [(project, passages)], those with as many by name."""
    return sorted(
        ((projects[key], count) for key, count in most), key=lambda pair: (-pair[1], pair[0].name.casefold())
    )


def by_count(lines):
    """Return the lines of a week: those with most passages first, then by name."""
    return sorted(lines, key=lambda line: (-sum(count for _, count in line[1]), line[0].name.casefold()))
