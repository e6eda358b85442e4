"""What somebody was thanked for. They and editors may hide it; what is hidden is shown to nobody but them."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Window
from django.shortcuts import get_object_or_404, redirect, render

from notes.filters import Filters
from notes.models import Passage
from notes.models.texts import EDITS_EVERY_TEXT
from notes.paging import Page
from people.models import Person
from people.rows import as_key

PAGE = 30


def person_thanks(request, slug):
    """List all that somebody was thanked for, the newest first; a POST hides one thanks, or shows it again."""
    person = get_object_or_404(Person, slug=slug)
    if request.method == "POST":
        return hide_or_show(request, person)
    filters = Filters(request)
    thanks = filters.find(lambda asked: in_passages(asked, person.thanks.listed_for(request.user)))
    context = {
        "person": person,
        "filters": filters,
        "page": Page(thanks.with_links(), request.GET.get("after", ""), by=["-on", "-pk"], size=PAGE),
        **hidden_thanks(person, request.user, PAGE),
    }
    return render(request, "people/person_thanks.html", context)


def newest_thanks(person, filters, user, most):
    """Return what a person's own page shows of their thanks: 1 query, and 1 for whose page it is.

    The first of the `thanks` knows how many there are, as its `total`.
    """
    thanks = in_passages(filters, person.thanks.listed_for(user)).annotate(total=Window(Count("pk")))
    return {"thanks": list(thanks.with_links()[:most]), **hidden_thanks(person, user, most)}


def in_passages(filters, thanks):
    """Narrow thanks to those in the passages that filters find."""
    return thanks.filter(passage__in=filters.passages(Passage.objects.order_by())) if filters else thanks


def hidden_thanks(person, user, most):
    """Return whether this reader may hide thanks, and those hidden, for whom they are given only: then 1 query."""
    is_own = user.is_authenticated and person.login_id == user.pk
    return {
        "hidden_thanks": list(person.thanks.hidden_for(user).with_links()[:most]) if is_own else [],
        "may_hide_thanks": is_own or (user.is_staff and user.has_perm(EDITS_EVERY_TEXT)),
    }


def hide_or_show(request, person):
    """Hide a thanks, or show it again, for who may: those thanked do both, editors only hide."""
    thanks = person.thanks.hidden_for(request.user)
    is_hidden = request.POST.get("do") == "hide"
    if is_hidden:
        thanks = person.thanks.listed_for(request.user).changeable_by(request.user)
    found = thanks.filter(pk=as_key(request.POST.get("thanks"))).first()
    if found is None:
        raise PermissionDenied
    found.is_hidden = is_hidden
    found.save(update_fields=["is_hidden"])
    if request.POST.get("from") == "all":
        return redirect("people:thanks", slug=person.slug)
    return redirect(f"{person.get_absolute_url()}#thanked")
