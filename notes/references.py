"""Which other notes and meetings a text links to by their address."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.urls import Resolver404, resolve

from notes.models import FormerAddress, Meeting, Note
from people.models import Entry, FormerSlug

MOST = 200  # different addresses in one text; more are no text but a list


def references(pieces):
    """Return for each piece the set of texts that it links to, as primary keys: 5 queries at most, often none."""
    paths = [own_paths(piece.element) for piece in pieces]
    found = texts_at(list(dict.fromkeys(path for some in paths for path in some))[:MOST])
    return [{found[path] for path in some if path in found} for some in paths]


def own_paths(element):
    """Return the paths on this site that an element's links lead to, as they were written."""
    links = element.iter("a") if element is not None else ()
    return [path for link in links if (path := own_path(link.get("href", "")))]


def own_path(address):
    """Return the path of an address on this site, without and with its host; None for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.netloc and not validate_host(parts.hostname or "", settings.ALLOWED_HOSTS):
        return None
    return unquote(parts.path) if parts.path.startswith("/") else None


def texts_at(paths):
    """Return {path: the primary key of the text that is or was there}."""
    notes, meetings = {}, {}
    for path in paths:
        try:
            match = resolve(path)
        except Resolver404:
            continue
        if match.view_name == "notes:detail":
            notes["{year}-{month}-{day}".format(**match.kwargs), match.kwargs["slug"]] = path
        elif match.view_name == "meetings:detail":
            meetings[str(match.kwargs.get("series") or match.kwargs["held_on"]), match.kwargs["slug"]] = path
    found = {}
    if notes:
        there = Note.objects.filter(slug__in={slug for _, slug in notes})
        for pk, day, slug in there.values_list("pk", "dated_on", "slug"):
            if path := notes.get((day.isoformat(), slug)):
                found[path] = pk
    if meetings:
        there = Meeting.objects.filter(slug__in={slug for _, slug in meetings})
        for pk, series, day, slug in there.values_list("pk", "series__slug", "held_on", "slug"):
            if path := meetings.get((series or day.isoformat(), slug)):
                found[path] = pk
        found |= meetings_of_former_series({key: path for key, path in meetings.items() if path not in found})
    moved = [path for path in [*notes.values(), *meetings.values()] if path not in found]
    if moved:
        former = FormerAddress.objects.filter(path__in=moved)
        found |= dict(former.values_list("path", "text"))
    return found


def meetings_of_former_series(paths):
    """Return {path: the primary key of the meeting} of {(a former slug of its series, its slug): path}: 2 queries."""
    former = FormerSlug.objects.filter(kind=Entry.Kind.MEETING_SERIES, slug__in={series for series, _ in paths})
    now = dict(former.values_list("slug", "entry"))
    there = Meeting.objects.filter(series__in=now.values(), slug__in={slug for _, slug in paths})
    keys = {(series, slug): pk for pk, series, slug in there.values_list("pk", "series", "slug")}
    known = {path: keys.get((now.get(series), slug)) for (series, slug), path in paths.items()}
    return {path: pk for path, pk in known.items() if pk}
