"""What holds for every page: who may keep a copy of it, and where a former address leads."""

import re
from urllib.parse import quote

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import escape_leading_slashes

from hackit.pages.errors import not_found
from notes.models import FormerAddress, Text
from notes.models.texts import came_out_for
from people.models import Entry, FormerSlug


def cache_by_reader(get_response):
    """Let a browser keep a page and ask whether it is still so; keep shared caches off what a colleague sees."""

    def middleware(request):
        response = get_response(request)
        if "Cache-Control" not in response:
            patch_cache_control(response, private=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


def shorten_addresses(get_response):
    """Take the fields that a form sent empty out of the address: it is to be read, and sent to a colleague."""

    def middleware(request):
        is_page = request.method == "GET" and not request.path.startswith(reverse("admin:index"))
        if is_page and any(not value for _, values in request.GET.lists() for value in values):
            said = request.GET.copy()
            for name, values in request.GET.lists():
                said.setlist(name, [value for value in values if value])
            query = said.urlencode()
            path = escape_leading_slashes(quote(request.path, safe="/"))  # two slashes would name another host
            return redirect(f"{path}?{query}" if query else path)
        return get_response(request)

    return middleware


def find_no_row_beyond_all(get_response):
    """Answer a number that no row can have as one that none has. SQLite takes none above 2**63 and raises instead."""

    def middleware(request):
        return get_response(request)

    def process_exception(request, exception):
        return not_found(request, exception) if isinstance(exception, OverflowError) else None

    middleware.process_exception = process_exception
    return middleware


def redirect_former_addresses(get_response):
    """Lead an address that is no longer there to where its page is now. Asked only after a 404."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 404 and request.method in ("GET", "HEAD") and request.resolver_match:
            address = address_now(request)
            if address:
                query = request.META.get("QUERY_STRING")
                return redirect(f"{address}?{query}" if query else address, permanent=True)
        return response

    return middleware


ENTRY_OF_ROUTE = {route: ("slug", kind) for kind, route in Entry.ROUTES.items()} | {
    "meetings:detail": ("series", Entry.Kind.MEETING_SERIES),
    "people:thanks": ("slug", Entry.Kind.PERSON),
}


OUTLET = re.compile("_(feed|feed_json|calendar)$")  # of the page whose name stands before it


def address_now(request):
    """Return where the page of a former address is now, or None."""
    told = Text.objects.filter(came_out_for(request.user))
    former = FormerAddress.objects.filter(path=request.path, text__in=told).first()
    if former:
        return Text.objects.with_addresses().get(pk=former.text_id).whole.get_absolute_url()
    match = request.resolver_match
    argument, kind = ENTRY_OF_ROUTE.get(OUTLET.sub("", match.view_name), ("", ""))
    if argument not in match.kwargs:
        return None
    former = FormerSlug.objects.filter(kind=kind, slug=match.kwargs[argument]).select_related("entry").first()
    return former and reverse(match.view_name, kwargs={**match.kwargs, argument: former.entry.slug})
