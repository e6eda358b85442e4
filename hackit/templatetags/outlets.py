"""The feeds and the calendar of the page that is shown."""

from dataclasses import dataclass

from django import template
from django.urls import NoReverseMatch, reverse

from hackit.pages.feeds import Atom, JsonFeed
from hackit.pages.subjects import query_of

register = template.Library()

KINDS = {
    "feed": ("Feed", Atom.content_type),
    "feed_json": ("JSON Feed", JsonFeed.content_type),
    "calendar": ("Calendar", "text/calendar"),
}


@dataclass
class OutletLink:
    name: str
    content_type: str
    address: str


@register.simple_tag(takes_context=True)
def outlets(context):
    """Return an OutletLink for each outlet of the page, with the filters that are on; none where it has none."""
    request = context.get("request")
    match = request and request.resolver_match
    if not match or not match.view_name:
        return []
    found = []
    for kind, (name, content_type) in KINDS.items():
        try:
            address = reverse(f"{match.view_name}_{kind}", kwargs=match.kwargs)
        except NoReverseMatch:
            continue
        query = query_of(request.GET)
        found.append(OutletLink(name, content_type.split(";")[0], f"{address}?{query}" if query else address))
    return found
