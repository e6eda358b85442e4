"""The pages of notes, meetings and tags."""

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from taggit.models import Tag

from notes.filters import Filters
from notes.models import Action, Meeting, MeetingSeries, Note, Passage
from notes.paging import Page
from notes.timeline import Timeline
from people.models import Entry

PAGE = 30
BY_DAY = ["-on", "-pk"]


def note_list(request):
    filters = Filters(request.GET)
    notes = filters.texts(Note.objects.listed_for(request.user)).with_links().without_body()
    page = Page(notes, request.GET.get("after", ""), by=BY_DAY, size=PAGE)
    return render(request, "notes/note_list.html", {"filters": filters, "page": page})


def note_detail(request, year, month, day, slug):
    try:
        dated_on = date(int(year), int(month), int(day))
    except ValueError as error:
        raise Http404 from error
    notes = Note.objects.readable_by(request.user).with_links()
    note = get_object_or_404(notes, slug=slug, dated_on=dated_on)
    return text_page(request, "notes/note_detail.html", note, {"note": note})


def meeting_list(request):
    filters = Filters(request.GET)
    meetings = filters.texts(Meeting.objects.listed_for(request.user)).with_links().without_body()
    today = timezone.localdate()
    context = {
        "filters": filters,
        "coming": meetings.filter(held_on__gte=today).order_by("held_on", "start_time", "pk")[:PAGE],
        "page": Page(meetings.filter(on__lt=today), request.GET.get("after", ""), by=BY_DAY, size=PAGE),
        "all_series": MeetingSeries.objects.all()[:PAGE],
    }
    return render(request, "notes/meeting_list.html", context)


def series_detail(request, slug):
    series = get_object_or_404(MeetingSeries, slug=slug)
    filters = Filters(request.GET)
    meetings = filters.texts(series.meetings.listed_for(request.user)).with_links().without_body()
    named = filters.passages(series.passages.listed_for(request.user))
    context = {
        "series": series,
        "filters": filters,
        "page": Page(meetings, request.GET.get("after", ""), by=BY_DAY, size=PAGE),
        "timeline": Timeline(named, request.GET.get("passages", "")),
    }
    return render(request, "notes/series_detail.html", context)


def meeting_detail(request, slug, series=None, held_on=None):
    meetings = Meeting.objects.readable_by(request.user).with_links()
    place = {"series__slug": series} if series else {"series": None, "held_on": held_on}
    meeting = get_object_or_404(meetings, slug=slug, **place)
    attendances = list(meeting.attendances.select_related("person"))
    context = {
        "meeting": meeting,
        "attended": [attendance for attendance in attendances if not attendance.sent_apologies],
        "apologies": [attendance for attendance in attendances if attendance.sent_apologies],
        "decisions": meeting.decisions.all(),
        "actions": meeting.actions.with_links(),
        "still_open": still_open(meeting, request.user),
    }
    return text_page(request, "notes/meeting_detail.html", meeting, context)


def still_open(meeting, user):
    """Return the open actions of earlier meetings of a series, for its next meeting and the last one held."""
    if meeting.series is None:
        return []
    today = timezone.localdate()
    if meeting.series.meetings.filter(held_on__gt=meeting.held_on, held_on__lte=today).exists():
        return []
    earlier = Action.objects.filter(meeting__series=meeting.series, meeting__held_on__lt=meeting.held_on)
    return earlier.listed_for(user).open().with_links()[:PAGE]


def text_page(request, template, text, context):
    """Render the page of a text. One that is not published is kept by no cache and no search engine."""
    named = Entry.objects.filter(mentions__passage__text=text.pk).distinct().order_by("kind", "name")
    response = render(request, template, {**context, "text": text, "named": named})
    if not text.is_published:
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
    return response


def tag_detail(request, slug):
    tag = get_object_or_404(Tag, slug=slug)
    data = request.GET.copy()
    data.appendlist("tag", slug)
    filters = Filters(data)
    passages = filters.passages(Passage.objects.listed_for(request.user))
    timeline = Timeline(passages, request.GET.get("after", ""))
    return render(request, "notes/tag_detail.html", {"tag": tag, "timeline": timeline})
