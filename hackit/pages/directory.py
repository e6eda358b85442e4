"""The pages of people, teams, organisations and projects: what the directory knows, and what the texts say."""

from django.db.models import OuterRef, Q, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from notes.filters import TEXTS, Filters
from notes.filters import project as texts_of_project
from notes.models import Action, Decision, Meeting, Mention, Note, Passage
from notes.paging import Page
from notes.timeline import Timeline
from people.models import Organisation, Person, Team
from projects.models import Project, Reading

PAGE = 60
FEW = 8


def person_list(request):
    """List people by name or letter; with a filter, those who wrote or are named in what it finds."""
    filters = Filters(request.GET)
    people = Person.objects.with_places()
    letter = request.GET.get("letter", "")[:1]
    if letter.isalpha():
        people = people.filter(name__istartswith=letter)
    if filters:
        people = people.filter(found_in(filters, request.user))
    context = {
        "filters": filters,
        "page": Page(people, request.GET.get("after", ""), by=["name", "pk"], size=PAGE),
        "teams": Team.objects.all()[:PAGE],
        "organisations": Organisation.objects.all()[:PAGE],
        "letters": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "letter": letter.upper(),
    }
    return render(request, "people/person_list.html", context)


def found_in(filters, user):
    """Return the condition that somebody is named in, or wrote, what filters find."""
    passages = filters.passages(Passage.objects.listed_for(user))
    return Q(pk__in=Mention.objects.filter(passage__in=passages, entry__isnull=False).values("entry")) | Q(
        pk__in=passages.filter(author__isnull=False).order_by().values("author")
    )


def person_detail(request, slug):
    """Show what somebody wrote and where they are named. At most 12 queries."""
    person = get_object_or_404(Person.objects.with_places(), slug=slug)
    filters = Filters(request.GET)
    user = request.user
    wrote = Note.objects.listed_for(user).filter(
        Q(author=person) | Q(pk__in=person.notes_with_others.order_by().values("pk"))
    )
    context = {
        "person": person,
        "filters": filters,
        "shows_contact": person.contact_shown_to(user),
        "wrote": filters.texts(wrote).without_body().select_related("author")[: FEW + 1],
        "timeline": Timeline(filters.passages(person.passages.listed_for(user)), request.GET.get("after", "")),
        "meetings": Meeting.objects.listed_for(user)
        .filter(attended_by(person))
        .without_body()
        .select_related("series")[:FEW],
        "actions": person.actions.listed_for(user).open().with_links()[:PAGE],
        "memberships": person.memberships.exclude(project__lead=person)
        .select_related("project")
        .order_by("project__name")[:PAGE],
        "leads": person.leads.all()[:PAGE],
        "breaks": person.breaks.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate()))[:1],
        "few": FEW,
    }
    return render(request, "people/person_detail.html", context)


def person_photo(request, slug):
    """Send somebody's photo to those who see it."""
    person = get_object_or_404(Person, slug=slug)
    if not person.photo or not person.contact_shown_to(request.user):
        raise Http404
    return HttpResponse(person.photo.read(), content_type="image/jpeg")


def attended_by(person):
    """Return the condition that somebody was at a meeting."""
    return Q(chair=person) | Q(pk__in=person.attendances.filter(sent_apologies=False).order_by().values("meeting"))


def team_detail(request, slug):
    team = get_object_or_404(Team.objects.select_related("part_of"), slug=slug)
    return roll_up(request, "people/team_detail.html", team, Q(author__team=team), {"teams": team.teams.all()})


def organisation_detail(request, slug):
    organisation = get_object_or_404(Organisation, slug=slug)
    written = Q(author__organisation=organisation)
    projects = Project.objects.filter(partnerships__organisation=organisation)
    return roll_up(request, "people/organisation_detail.html", organisation, written, {"projects": projects})


def roll_up(request, template, entry, written, context):
    """Show a team or organisation: its people, what they wrote, and where it or they are named."""
    filters = Filters(request.GET)
    user = request.user
    named = Mention.objects.filter(Q(entry=entry) | Q(entry__in=entry.people.values("pk"))).values("passage")
    passages = filters.passages(Passage.objects.listed_for(user).filter(pk__in=named))
    context |= {
        "entry": entry,
        "filters": filters,
        "people": entry.people.here()[:PAGE],
        "wrote": filters.texts(Note.objects.listed_for(user).filter(written))
        .without_body()
        .select_related("author")[:FEW],
        "timeline": Timeline(passages, request.GET.get("after", "")),
    }
    return render(request, template, context)


def project_list(request):
    """List projects by name; with a filter, those named in what it finds."""
    filters = Filters(request.GET)
    projects = Project.objects.with_places()
    if filters:
        passages = filters.passages(Passage.objects.listed_for(request.user))
        projects = projects.filter(pk__in=Mention.objects.filter(passage__in=passages).values("entry"))
    so_far = Passage.objects.listed_for(request.user).filter(on__lte=timezone.localdate())
    latest = Mention.objects.filter(entry=OuterRef("pk"), passage__in=so_far)
    projects = projects.annotate(named_on=Subquery(latest.order_by("-on").values("on")[:1]))
    page = Page(projects, request.GET.get("after", ""), by=["name", "pk"], size=PAGE)
    return render(request, "projects/project_list.html", {"filters": filters, "page": page})


def project_detail(request, slug):
    """Show a project and what everybody wrote of it. At most 12 queries."""
    project = get_object_or_404(Project.objects.with_places(), slug=slug)
    filters = Filters(request.GET)
    user = request.user
    meetings = Meeting.objects.listed_for(user).filter(texts_of_project(project, TEXTS))
    latest = Reading.objects.filter(target=OuterRef("pk")).order_by("-read_on")
    context = {
        "project": project,
        "filters": filters,
        "members": project.members.select_related("person"),
        "partners": project.partners.all(),
        "links": project.links.all(),
        "parts": project.parts.all()[:PAGE],
        "targets": project.targets.annotate(
            reached=Subquery(latest.values("value")[:1]), reached_on=Subquery(latest.values("read_on")[:1])
        ),
        "tags": project.tags.all(),
        "timeline": Timeline(filters.passages(project.passages.listed_for(user)), request.GET.get("after", "")),
        "meetings": meetings.without_body().select_related("series")[:FEW],
        "decisions": Decision.objects.listed_for(user)
        .filter(project=project)
        .with_links()
        .order_by("-meeting__on", "pk")[:FEW],
        "actions": Action.objects.listed_for(user).open().filter(project=project).with_links()[:PAGE],
    }
    return render(request, "projects/project_detail.html", context)
