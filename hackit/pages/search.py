"""The page of search, and what its box suggests while somebody types."""

from dataclasses import dataclass

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from notes.filters import Filters
from notes.models import Passage, Text
from notes.search import entries
from notes.search.corrections import corrected
from notes.search.queries import Query
from notes.search.results import find
from notes.search.showing import best_passages, excerpt, with_marks
from notes.search.suggestions import suggest
from people.models import Entry

PAGE = 20
MOST_PAGES = 20
FEW = 3  # results, with which a word may be misspelt all the same
OF_TEXTS = ("notes", "meetings")
TEXTS = ("weeknote", "post", "meeting")
OWN = ("q", "page", "only")  # what an address says here that is no filter
KINDS = {
    "notes": ("Notes", ("weeknote", "post")),
    "meetings": ("Meetings", ("meeting", Entry.Kind.MEETING_SERIES)),
    "people": ("People", (Entry.Kind.PERSON,)),
    "projects": ("Projects", (Entry.Kind.PROJECT,)),
    "teams": ("Teams and organisations", (Entry.Kind.TEAM, Entry.Kind.ORGANISATION)),
    "tags": ("Tags", ("tag",)),
}


@dataclass
class Tab:
    """The results of one kind: how many, and where."""

    name: str
    count: str
    address: str
    is_chosen: bool


def search(request):
    """Show what answers to ?q= and to filters. As many queries with one result as with 400."""
    query = Query.read(request.GET.get("q", ""))
    filters = Filters(request, query.filters(filters_of(request)))
    results = find(request.user, query, filters)
    only = request.GET.get("only") if request.GET.get("only") in KINDS else ""
    rows = results.of(KINDS[only][1]) if only else results.rows
    has_more = results.has_more and only in ("", *OF_TEXTS)
    page = page_of(request.GET.get("page"), len(rows))
    shown = with_details(rows[(page - 1) * PAGE : page * PAGE], query, request.user)
    context = {
        "query": query,
        "filters": filters,
        "only": only,
        "shown": shown,
        "first": (page - 1) * PAGE + 1,
        "total": "1 result" if len(rows) == 1 else f"{total(len(rows), has_more)} results",
        "tabs": tabs(request, results, only),
        "previous": changed(request, page=str(page - 1)) if page > 1 else "",
        "next": changed(request, page=str(page + 1)) if page < pages_of(len(rows)) else "",
        "instead": "" if len(results.rows) >= FEW else instead(request, query, filters, results),
        "carried": [(name, value) for name, values in filters_of(request).lists() for value in values],
        "explore": explore(query, filters_of(request)),
        "is_asked": bool(query or filters),
    }
    return render(request, "search.html", context)


def filters_of(request):
    data = request.GET.copy()
    for name in OWN:
        data.pop(name, None)
    return data


def changed(request, **changes):
    """Return the address of the same search with other values, from its first page."""
    data = request.GET.copy()
    data.pop("page", None)
    for name, value in changes.items():
        data[name] = value
        if not value:
            del data[name]
    return f"?{data.urlencode()}"


def pages_of(rows):
    return min(MOST_PAGES, max(1, -(-rows // PAGE)))


def page_of(said, rows):
    """Return the number of the page asked for, as far as there is one."""
    number = int(said) if (said or "").isascii() and (said or "").isdigit() and len(said) < 4 else 1
    return min(max(number, 1), pages_of(rows))


def total(count, has_more):
    return f"{count}+" if has_more else str(count)


def tabs(request, results, only):
    """Return all results, and those of each kind of which there are some."""
    found = [Tab("All", total(len(results.rows), results.has_more), changed(request, only=""), not only)]
    for name, (label, kinds) in KINDS.items():
        count = len(results.of(kinds))
        if count or only == name:
            has_more = results.has_more and name in OF_TEXTS
            found.append(Tab(label, total(count, has_more), changed(request, only=name), only == name))
    return found if len(found) > 2 or only else []


def with_details(rows, query, user):
    """Return the results with what the page shows of each, of texts the passage that answers best: 2 queries."""
    pks = [row.what.pk for row in rows if row.kind in TEXTS]
    texts = Text.objects.listed_for(user).filter(pk__in=pks).select_related("note__author", "meeting__series")
    sources = {text.pk: text.whole for text in texts.without_body()} if pks else {}
    passages = best_passages(pks, query) if pks else {}
    for row in rows:
        if row.kind in TEXTS:
            show_text(row, sources.get(row.what.pk), passages.get(row.what.pk), query)
        elif row.kind == "tag":
            row.title, row.address = with_marks(row.what.name, query), reverse("tags:detail", args=[row.what.slug])
        else:
            row.title, row.address = with_marks(row.what.name, query), row.what.get_absolute_url()
            row.excerpt = with_marks(row.what.about, query)
    return [row for row in rows if row.title]


def show_text(row, source, passage, query):
    if source is None:
        return  # just now withdrawn
    row.source, row.address = source, source.get_absolute_url()
    row.title = with_marks(source.title or str(getattr(source, "series", source)), query)
    if passage and passage.kind != Passage.Kind.TITLE:
        row.address += f"#{passage.anchor}"
        row.excerpt = excerpt(passage.words, query)


def instead(request, query, filters, results):
    """Return (what was perhaps meant, its address) if that finds more for this reader, or ""."""
    if not query.has_words:
        return ""
    better = corrected(query, request.user, entries.current())
    if not better or len(find(request.user, Query.read(better), filters).rows) <= len(results.rows):
        return ""
    return better, changed(request, q=better)


def explore(query, data):
    """Return the address of the passages that answer, where the site has that page."""
    data["q"] = query.bare
    for name, value in query.pairs:
        data.appendlist(name, value)
    try:
        return f"{reverse('explore')}?{data.urlencode()}" if query.bare else ""
    except NoReverseMatch:
        return ""


def search_suggest(request):
    """Answer, as JSON, with what somebody may be typing: groups of links by kind. At most 4 queries."""
    query = Query.read(request.GET.get("q", "")[:200])
    return JsonResponse({"groups": suggest(request.user, query)})
