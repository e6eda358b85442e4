"""A site with one text of each sort, and every address of it."""

import re
from io import BytesIO

import lxml.html
from django.core.files.base import ContentFile
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from hackit.models import Report
from hackit.reporting import frozen, subjects
from hackit.reporting.periods import named
from notes.models import Action, Decision
from notes.weeks import this_week
from projects.models import Member
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    login,
    meeting,
    post,
    weeknote,
)


def picture(kind="PNG", size=(600, 400)):
    """Return a picture as somebody would upload it, with where it was taken."""
    image, kept = Image.new("RGB", size, "teal"), BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Taken at home"
    image.save(kept, kind, exif=exif)
    return ContentFile(kept.getvalue(), name=f"home.{kind.lower()}")


def furnish():
    """Make one of everything, dated this week, in texts that name everything; return the note."""
    team = TeamFactory(name="Digital Team", slug="digital")
    finance = OrganisationFactory(name="Finance Service", slug="finance")
    ann = PersonFactory(name="Ann Lee", team=team, organisation=finance, contact_is_open=True)
    ann.photo.save("ann.jpg", picture())
    project = ProjectFactory(name="Spacebank", lead=ann)
    Member.objects.create(project=project, person=ann)
    series = SeriesFactory(name="DMT")
    note = weeknote(
        "Ann Lee of the Finance Service told DMT of Spacebank. #fixit\n\n"
        "## Something I’m learning\n\nSpacebank, a lot.",
        title="A week of Spacebank",
        author=ann,
        week=this_week(),
        published_at=timezone.now(),
    )
    held = meeting(
        "Ann Lee spoke of Spacebank.",
        series=series,
        day=timezone.localdate(),
        chair=ann,
        published_at=timezone.now(),
    )
    held.attendances.create(person=ann)
    held.projects.add(project)
    Decision.objects.create(meeting=held, words="Go on.")
    Action.objects.create(meeting=held, words="Ring them", owner=ann, project=project)
    note.attachments.create(title="Slides", upload=ContentFile(b"%PDF-1.7", name="slides.pdf"))
    post(f"More in [the note]({note.get_absolute_url()}) of [DMT]({held.get_absolute_url()}).", author=ann)
    freeze_a_report(project)
    return note


def freeze_a_report(project):
    """Keep a copy of what everyone may read of a project this month."""
    month = named("this-month", timezone.localdate())
    kept = Report(owner=login("manager"), entry=project, first=month.first, last=month.last)
    frozen.freeze(kept, subjects.of(project), month, "")
    Report.objects.update(address="kept")


def arguments(note):
    """Return the arguments of each route that has some, on a furnished site."""
    day = note.dated_on
    return {
        "week": {"day": day},
        "notes:detail": {
            "year": day.year,
            "month": f"{day.month:02}",
            "day": f"{day.day:02}",
            "slug": note.slug,
        },
        "people:detail": {"slug": "ann-lee"},
        "people:photo": {"slug": "ann-lee"},
        "people:thanks": {"slug": "ann-lee"},
        "people:with": {"slug": "ann-lee"},
        "teams:detail": {"slug": "digital"},
        "teams:weeks": {"slug": "digital"},
        "organisations:detail": {"slug": "finance"},
        "projects:detail": {"slug": "spacebank"},
        "projects:who": {"slug": "spacebank"},
        "meetings:series": {"slug": "dmt"},
        "meetings:detail": {"series": "dmt", "slug": timezone.localdate().isoformat()},
        "tags:detail": {"slug": "fixit"},
        "sections:detail": {"slug": "thanks"},
        "report_kept": {"address": "kept"},
        "help:page": {"page": "writing"},
        "file": {"pk": note.attachments.get().pk, "name": "slides.pdf"},
        "password_reset_confirm": {"uidb64": "MQ", "token": "set-password"},
    }


def routes(patterns=None, namespace=""):
    """Yield the name of every route of the site but the admin's."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        elif isinstance(pattern, URLResolver) and pattern.namespace != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)


def needs_arguments(route):
    try:
        reverse(route)
    except NoReverseMatch:
        return True
    return False


def addresses(note):
    """Return {route: address} of every page, those for staff left out."""
    known = arguments(note)
    return {
        route: reverse(route, kwargs=known.get(page_of(route)))
        for route in dict.fromkeys(routes())
        if route not in STAFF
    }


def page_of(route):
    """Return the route of the page of which a route is a feed or the calendar; of any other, itself."""
    return OUTLET.sub("", route)


def is_outlet(route):
    return page_of(route) != route


STAFF = {"design"}
OUTLET = re.compile("_(feed|feed_json|calendar)$")


ACCOUNTS = {
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "password_reset",
    "password_reset_done",
    "password_reset_confirm",
    "password_reset_complete",
}


def content(response):
    """Return the bytes of an answer, also of a file that is sent in pieces."""
    return b"".join(response)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return lxml.html.fromstring(response.content)


def words(tree, path="//main"):
    return " ".join(" ".join(element.text_content() for element in tree.xpath(path)).split())
