"""What pages are drawn with: symbols, and the faces of people."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

register = template.Library()

# Lines on a square of 24. Words beside a symbol, or hidden in its link, say what it means.
SYMBOLS = {
    "note": "M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7",
    "person": "M12 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-4.5 3.5-7 8-7s8 2.5 8 7",
    "team": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2 20c0-4 3-6 7-6s7 2 7 6"
    "M16 4.5a3.3 3.3 0 0 1 0 6.3M18 14.5c2.5.7 4 2.5 4 5.5",
    "project": "M5 21V4M5 5c5-3 9 3 14 0v9c-5 3-9-3-14 0",
    "organisation": "M4 21V7l8-4 8 4v14M2 21h20M9 10v2M15 10v2M9 16v2M15 16v2",
    "meeting": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5M8 14h3",
    "tag": "M9 4 7 20M17 4l-2 16M4 9h16M4 15h16",
    "learning": "M9 18h6M10 21h4M12 3a6 6 0 0 0-3.5 11c.5.5.5 1 .5 2h6c0-1 0-1.5.5-2A6 6 0 0 0 12 3z",
    "decision": "M5 12.5l4.5 4.5L19 7",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L21 21",
    "filter": "M4 6h16M7 12h10M10 18h4",
    "place": "M5 12h13M13 7l5 5-5 5",
    "pen": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "break": "M5 9h11v6a4 4 0 0 1-4 4H9a4 4 0 0 1-4-4zM16 11h2a2 2 0 0 1 0 4h-2M8 3v3M12 3v3",
}
SYMBOLS["meeting_series"] = SYMBOLS["meeting"]


@register.simple_tag
def symbol(name):
    """The symbol for a kind of entry, or for something one can do."""
    return format_html(
        '<svg class="symbol" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        mark_safe(SYMBOLS[name]),  # noqa: S308 - of the table above
    )


@register.simple_tag(takes_context=True)
def face(context, person, size=""):
    """A person's photo, for who may see it, or their initials. The name stands beside it."""
    kind = f"face face-{size}" if size else "face"
    if person.photo and person.contact_shown_to(context.request.user):
        return format_html(
            '<img class="{}" src="{}?v={}" alt="" width="144" height="144" loading="lazy">',
            kind,
            reverse("people:photo", args=[person.slug]),
            person.photo_version,
        )
    return format_html('<span class="{}" aria-hidden="true">{}</span>', kind, person.initials)
