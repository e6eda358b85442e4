"""How the site looks: the colours an installation chose, and every component with its states."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hackit.colours import readable_on
from notes.activity import Activity
from notes.models import Action, Meeting, Note, Passage
from notes.openings import with_openings
from people.models import Person
from people.templatetags.looks import SYMBOLS
from projects.models import Project

KINDS = ["note", "person", "project", "meeting", "organisation", "week"]


@login_not_required
def colours(request):
    """Send the colours of this installation as a style sheet: the policy allows none within a page."""
    rules = []
    for name, colour in (("brand", settings.BRAND_COLOUR), ("accent", settings.ACCENT_COLOUR)):
        if colour:
            rules.append(f"--{name}: {colour}; --on-{name}: {readable_on(colour)};")
    css = f":root {{ {' '.join(rules)} }}\n"
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": "public, max-age=3600"})


def design(request):
    """Show staff each component with its states, drawn with a little of what is there. At most 12 queries."""
    if not request.user.is_staff:
        raise PermissionDenied
    today = timezone.localdate()
    passages = (
        Passage.objects.listed_for(request.user)
        .filter(kind=Passage.Kind.PARAGRAPH, author__isnull=False)
        .with_links()
    )
    ann = Person(name="Ann Lee", slug="ann-lee")
    days = [today - timedelta(days=3), today + timedelta(days=3), None]
    context = {
        "kinds": KINDS,
        "symbols": SYMBOLS,
        "people": [Person(name=name, slug="x") for name in ("Ann Lee", "Wu", "Anne-Marie de la Tour-d’Auvergne")],
        "notes": with_openings(Note.objects.listed_for(request.user).with_links().without_body()[:3]),
        "passages": passages.order_by("-on", "pk")[:2],
        "meetings": Meeting.objects.listed_for(request.user).with_links().without_body()[:2],
        "activity": Activity(Note.objects.listed_for(request.user)),
        "project": Project(name="Spacebank", phase=Project.Phase.BETA),
        "target": {"progress": 35},
        "actions": [Action(words="Ring every number", owner=ann, due_on=day) for day in days],
    }
    return render(request, "design.html", context)
