"""The pages of notes, tags and sections, and what the page of every text has."""

from datetime import date

from django.db.models import Count, Q
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from notes import conditions
from notes.activity import Activity, of_any_day
from notes.conditions import PASSAGES
from notes.filters import Filters
from notes.models import Attachment, Meeting, Note, Passage, Section
from notes.models.sections import LEARNING, under_heading
from notes.openings import with_openings
from notes.paging import Page
from notes.repetition import NEWEST_FIRST
from notes.tags import tags_shown_to
from notes.timeline import Timeline
from people.models import Entry

PAGE = 30
TAGS = 120
FEW = 8
BY_DAY = ["-on", "-pk"]


def note_list(request):
    filters = Filters(request)
    listed = Note.objects.listed_for(request.user)
    notes = filters.find(lambda asked: asked.texts(listed)).with_links().without_body()
    page = Page(notes, request.GET.get("after", ""), by=BY_DAY, size=PAGE)
    with_openings(page)
    return render(request, "notes/note_list.html", {"filters": filters, "page": page})


def note_detail(request, year, month, day, slug):
    try:
        dated_on = date(int(year), int(month), int(day))
    except ValueError as error:
        raise Http404 from error
    notes = Note.objects.answering(request.user).with_links()
    note = get_object_or_404(notes, slug=slug, dated_on=dated_on)
    context = {"note": note, "place": place_in_series(note, request.user)}
    return text_page(request, "notes/note_detail.html", note, context)


def place_in_series(note, user):
    """Return where a weeknote stands among those of its author, on behalf of the same: 3 queries, a post 0."""
    if not note.week:
        return None
    series = Note.objects.listed_for(user).filter(
        author=note.author, week__isnull=False, project=note.project, team=note.team
    )
    before = Q(on__lt=note.on) | Q(on=note.on, pk__lt=note.pk)
    after = Q(on__gt=note.on) | Q(on=note.on, pk__gt=note.pk)
    counts = series.aggregate(before=Count("pk", filter=before), total=Count("pk"))
    return {
        "number": counts["before"] + 1,
        "total": counts["total"],
        "previous": series.filter(before).without_body().order_by("-on", "-pk").first(),
        "next": series.filter(after).without_body().order_by("on", "pk").first(),
    }


def text_page(request, template, text, context):
    """Render the page of a text. One that is not published is kept by no cache and no search engine."""
    may_change = request.user.is_staff and type(text).objects.changeable_by(request.user).filter(pk=text.pk).exists()
    context |= {"text": text, "may_change": may_change}
    if text.withdrawn_at:
        return render(request, "410.html", context, status=410)
    context |= {
        "named": named_in(text),
        "contents": text.passages.filter(kind=Passage.Kind.HEADING).only("anchor", "words", "text"),
        "attachments": [
            file for file in text.attachments.all() if f'src="{file.get_absolute_url()}"' not in text.html
        ],
        "links_here": links_to(text, request.user),
        "changes": list(text.change_notes.all()),
    }
    response = render(request, template, context)
    if not text.is_published:
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
    return response


def named_in(text):
    """Return [(kind, what several of it are called, its entries)] of what a text names: 1 query."""
    entries = list(Entry.objects.filter(mentions__passage__text=text.pk).distinct().order_by("name"))
    by_kind = [(kind, words, [one for one in entries if one.kind == kind]) for kind, words in Entry.PLURALS.items()]
    return [group for group in by_kind if group[-1]]


def links_to(text, user):
    """Return the first passage of each of the newest texts that link to a text: 1 query."""
    passages = Passage.objects.listed_for(user).filter(references__text=text.pk).with_links().order_by(*NEWEST_FIRST)
    by_text = {}
    for passage in passages[: FEW * FEW]:
        by_text.setdefault(passage.text_id, passage)
    return list(by_text.values())[:FEW]


def attachment(request, pk, name):
    """Send a file to those who may open its text, to be kept and not to be run as a page of this site."""
    readable = [texts.objects.readable_by(request.user).order_by().values("pk") for texts in (Note, Meeting)]
    files = Attachment.objects.exclude(upload="").filter(Q(text__in=readable[0]) | Q(text__in=readable[1]))
    found = get_object_or_404(files, pk=pk)
    if name != found.file_name:
        return redirect(found, permanent=True)
    try:
        return FileResponse(found.upload.open(), as_attachment=True, filename=found.file_name)
    except FileNotFoundError as error:
        raise Http404 from error


def tag_list(request):
    """List the tags of what this reader sees."""
    page = Page(tags_shown_to(request.user), request.GET.get("after", ""), by=["name", "pk"], size=TAGS)
    return render(request, "notes/tag_list.html", {"page": page})


def tag_detail(request, slug):
    tags = tags_shown_to(request.user)
    tag = tags.filter(slug=slug).first() or get_object_or_404(tags, former_slugs__slug=slug)
    if tag.slug != slug:
        address = reverse("tags:detail", args=[tag.slug])
        return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address, permanent=True)
    return stream(request, "notes/tag_detail.html", conditions.tag([tag], PASSAGES), {"tag": tag})


def stream(request, template, condition, context):
    """Show the passages that answer to a condition, by week, newest first."""
    filters = Filters(request)
    listed = Passage.objects.listed_for(request.user).filter(condition)
    passages = filters.find(lambda asked: asked.passages(listed))
    timeline = Timeline(passages, request.GET.get("after", ""))
    of_all = of_any_day(filters).passages(listed.exclude(kind__in=Passage.HEADINGS))
    activity = Activity(of_all, filters)
    return render(request, template, {"filters": filters, "timeline": timeline, "activity": activity, **context})


def section_list(request):
    return render(request, "notes/section_list.html", {"sections": Section.objects.all()[:TAGS]})


def section_detail(request, slug):
    """Show every passage under the headings of a section. The learnings have an address of their own."""
    section = Section.objects.filter(slug=slug).first()
    if section is None and slug != LEARNING:
        raise Http404
    section = section or Section(name="What we are learning", slug=LEARNING)  # none is listed: an empty page
    if request.path != section.get_absolute_url():
        return redirect(section.get_absolute_url() + (f"?{request.GET.urlencode()}" if request.GET else ""))
    return stream(request, "notes/section_detail.html", under_heading(pk=section.pk), {"section": section})


def learning(request):
    return section_detail(request, LEARNING)
