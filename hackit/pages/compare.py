"""Projects side by side, and those of which nobody has written for a while."""

from datetime import timedelta

from django.shortcuts import render

from hackit.comparing import ORDERS, Comparison, in_order
from hackit.quiet import CHOICES, USUAL, Quiet
from notes.filters import DAYS, Filters
from notes.weeks import this_week
from projects.models import Project

OFFERED = 60  # projects in the form
PERIODS = {4: "4 weeks", 13: "13 weeks", 26: "half a year", 52: "a year"}
MOST_WEEKS = 16  # columns of the table by week


def compare(request):
    """Compare projects over a time. At most 12 queries, and those of the filters."""
    filters = Filters(request)
    by = request.GET.get("by", "")
    by = by if by.removeprefix("-") in ORDERS else next(iter(ORDERS))
    comparison = Comparison(filters, request.user)
    rows = in_order(comparison.rows, by)
    is_asked = any(name == "project" for name, _ in filters.asked)
    compared = {row.project.slug: row.project.name for row in rows if is_asked}
    offered = dict(Project.objects.going_on().order_by("name").values_list("slug", "name")[:OFFERED])
    context = {
        "filters": filters,
        "comparison": comparison,
        "rows": rows,
        "steps": rows[0].activity.steps if rows and len(rows[0].activity.steps) <= MOST_WEEKS else [],
        "orders": orders(filters, by),
        "sorted": sorted_as(by),
        "periods": periods(filters, comparison),
        "offered": [
            (slug, name, slug in compared) for slug, name in sorted((offered | compared).items(), key=by_name)
        ],
        "kept": [
            (name, value)
            for name, values in filters.data.lists()
            for value in values
            if name not in ("project", "after", *DAYS)
        ],
    }
    return render(request, "compare.html", context)


def by_name(pair):
    return pair[1].casefold()


def orders(filters, by):
    """Return [(words, address, whether it is sorted so)]: the one that is on leads to its reverse."""
    return [
        (words, filters.address(by=f"-{name}" if name == by else name), name == by.removeprefix("-"))
        for name, (words, _) in ORDERS.items()
    ]


def sorted_as(by):
    """Return {column: its aria-sort}: a name begins with A, a figure with the greatest."""
    name = by.removeprefix("-")
    is_rising = (name == "name") != by.startswith("-")
    return {name: "ascending" if is_rising else "descending"}


def periods(filters, comparison):
    """Return [(words, address, whether it is on)] of the times up to now that can be chosen by one click."""
    found = []
    for weeks, words in PERIODS.items():
        first = this_week() - timedelta(weeks=weeks - 1)
        is_on = (comparison.first, comparison.last) == (first, this_week() + timedelta(days=6))
        found.append((words, filters.address(**{"from": first.isoformat(), "to": []}), is_on))
    return found


def quiet(request):
    """Ask what there is to tell of projects that nobody has mentioned for some weeks. At most 6 queries."""
    asked = request.GET.get("weeks", "")
    weeks = int(asked) if asked in map(str, CHOICES) else USUAL
    context = {"weeks": weeks, "choices": CHOICES, "quiet": Quiet(request.user, weeks)}
    return render(request, "quiet.html", context)
