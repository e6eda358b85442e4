"""Everything that was written, by any mix of filters, with how many there would be with one more."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html

from hackit.models import SavedSearch
from notes.activity import Activity, of_any_day
from notes.counting import FACETS, MOST, Counting, in_words
from notes.filters import Filters
from notes.openings import with_openings
from notes.paging import Page, Ranked
from notes.results import SORTS
from notes.timeline import Timeline

PAGE = 30
MOST_SAVED = 50  # searches of one person
LONGEST = 4_000  # characters of an address


def explore(request):
    """Show what filters find of one sort, and what else could be asked; a POST keeps it under a name.

    At most 17 queries beside those of the filters.
    """
    if request.method == "POST":
        return keep(request)
    filters = Filters(request)
    sort = SORTS.get(request.GET.get("show"), SORTS["passages"])
    all_of = request.GET.get("all_of") if request.GET.get("all_of") in FACETS else ""
    others = {other.name: other.find(filters) for other in SORTS.values() if not (other is sort or other.is_passage)}
    counting = Counting(filters, sort, all_of=all_of, beside=others)
    facets = counting.facets()
    counts = counting.beside | {sort.name: counting.total}
    if not sort.is_passage:
        counts["passages"] = len(SORTS["passages"].newest(filters, MOST + 1))
    context = {
        "filters": filters,
        "sort": sort,
        "sorts": [(one, in_words(counts[one.name])) for one in SORTS.values()],
        "counting": counting,
        "facets": facets,
        "all_of": all_of,
        "saved": SavedSearch.objects.offered_to(request.user)[: 2 * MOST_SAVED],
        "activity": Activity(sort.find(of_any_day(filters)), filters) if sort.has_days else None,
        **listed(request, filters, sort),
    }
    return render(request, "explore.html", context)


def listed(request, filters, sort):
    """Return one page of rows, as the template of their sort shows them: newest first, or those that answer best."""
    rows = filters.find(sort.find)
    by_relevance = request.GET.get("order") == "relevance" and sort.is_ranked and bool(filters.query.groups)
    if by_relevance:
        page = Ranked(sort.ranked(filters), request.GET.get("page"), size=PAGE)
        page.load(
            rows.model.objects.with_links() if sort.is_passage else rows.model.objects.with_links().without_body()
        )
    elif sort.is_passage:
        timeline = Timeline(rows, request.GET.get("after", ""))
        return {"timeline": timeline, "page": timeline.page}
    else:
        rows = rows if sort.paths.is_outcome else rows.without_body()
        page = Page(rows.with_links(), request.GET.get("after", ""), by=sort.by, size=PAGE)
    if sort.name == "notes":
        with_openings(page)
    return {"page": page, "by_relevance": by_relevance}


class SavedSearchForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields = ["name", "query", "is_shared"]

    def clean_query(self):
        """Keep what the address asks, and not which page of it was open."""
        asked = QueryDict(self.cleaned_data["query"][:LONGEST], mutable=True)
        for name in ("after", "all_of"):
            asked.pop(name, None)
        return asked.urlencode()


@login_required
def keep(request):
    """Save filters under a name, or delete what was saved."""
    return delete_search(request) if request.POST.get("delete") else save_search(request)


def save_search(request):
    """Keep filters under a name. A name that is taken already means the new filters from now on."""
    address = f"{reverse('explore')}?{request.POST.get('query', '')[:LONGEST]}"
    mine = SavedSearch.objects.filter(owner=request.user)
    known = mine.filter(name=request.POST.get("name", "").strip().replace("\0", "")).first()
    form = SavedSearchForm(request.POST, instance=known or SavedSearch(owner=request.user))
    if not form.is_valid():
        messages.error(request, "Give these filters a name of at most 80 characters, to save them.")
    elif not known and mine.count() >= MOST_SAVED:
        messages.error(request, f"You have saved {MOST_SAVED} searches. Delete one that you no longer need first.")
    else:
        saved = form.save()
        messages.success(request, f"{'Changed' if known else 'Saved'} as “{saved}”. It stands beside the results.")
        address = saved.get_absolute_url()
    return redirect(address)


def delete_search(request):
    pk = request.POST["delete"]
    mine = SavedSearch.objects.filter(owner=request.user)
    saved = get_object_or_404(mine, pk=int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 19 else 0)
    messages.success(
        request,
        format_html(
            "Deleted “{}”. <a href='{}'>Open it once more</a>, to save it again.", saved, saved.get_absolute_url()
        ),
    )
    saved.delete()
    return redirect("explore")
