"""The page for an address that leads nowhere: it says what was perhaps meant."""

from difflib import get_close_matches

from django.conf import settings
from django.shortcuts import render

from people.models import Entry

MOST = 300  # addresses that begin alike
FEW = 3


def not_found(request, exception):
    may_know = settings.READING == "everyone" or request.user.is_authenticated
    return render(request, "404.html", {"meant": perhaps_meant(request.path) if may_know else []}, status=404)


def perhaps_meant(path):
    """Return the entries whose address is like the last part of a path: 2 queries, for most paths 1."""
    words = path.rstrip("/").rsplit("/", 1)[-1].lower()[:80]
    if len(words) < 3 or not words.isascii() or not words.isprintable():
        return []
    slugs = Entry.objects.filter(slug__startswith=words[:2]).values_list("slug", flat=True)[:MOST]
    close = get_close_matches(words, slugs, FEW, 0.7)
    return Entry.objects.filter(slug__in=close)[:FEW] if close else []
