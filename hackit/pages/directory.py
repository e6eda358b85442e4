"""The pages of people, teams, organisations and projects: what the directory knows, and what the texts say."""

from datetime import timedelta

from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from hackit.pages.thanks import newest_thanks
from notes import conditions
from notes.activity import Activity, of_any_day
from notes.conditions import PASSAGES, TEXTS
from notes.filters import Filters
from notes.involvement import SPAN, involved_in, subjects_of
from notes.models import Action, Coauthor, Decision, Meeting, Mention, Note, Passage
from notes.models.texts import listed
from notes.openings import with_openings
from notes.paging import Page
from notes.timeline import Timeline
from people.models import Organisation, Person, Team
from projects.models import Project

PAGE = 60
FEW = 8
MOST_TEAMS = 500


def person_list(request):
    """List people by name, letter, team or organisation; with another filter, those in what it finds."""
    filters = Filters(request)
    letter = request.GET.get("letter", "")[:1]

    def found(filters):
        of_place, others = filters.split(["team", "organisation"])
        in_place, out_of_place = of_place.split_exclusions()
        people = out_of_place.people(Person.objects.all())
        if letter.isalpha():
            people = people.filter(name__istartswith=letter)
        written = found_in(others, request.user) if others else Q()
        if filters.match == "any" and in_place and others.asks_for_something:
            return people.filter(Q(pk__in=in_place.people(Person.objects.order_by()).values("pk")) | written)
        return in_place.people(people.filter(written))

    context = {
        "filters": filters,
        "page": Page(filters.find(found).with_places(), request.GET.get("after", ""), by=["name", "pk"], size=PAGE),
        "letters": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "letter": letter.upper(),
    }
    return render(request, "people/person_list.html", context)


def found_in(filters, user):
    """Return the condition that somebody is named in, or wrote, what filters find."""
    passages = filters.passages(Passage.objects.listed_for(user)).order_by()
    named = Mention.objects.filter(passage__in=passages).order_by()
    helped = Coauthor.objects.filter(note__in=passages.values("text")).order_by()
    return (
        Q(pk__in=named.values("entry"))
        | Q(pk__in=passages.filter(author__isnull=False).values("author"))
        | Q(pk__in=helped.values("person"))
    )


def person_detail(request, slug):
    """Show what somebody wrote, where they are named and thanked. At most 17 queries, 18 for themselves."""
    person = get_object_or_404(Person.objects.with_places(), slug=slug)
    filters = Filters(request)
    user = request.user
    wrote = Note.objects.listed_for(user).filter(
        Q(author=person) | Q(pk__in=person.notes_with_others.order_by().values("pk"))
    )
    named = filters.find(lambda asked: asked.passages(person.passages.listed_for(user)))
    theirs = Passage.objects.listed_for(user).exclude(kind__in=Passage.HEADINGS)
    theirs = theirs.filter(conditions.person([person], PASSAGES))
    context = {
        "person": person,
        "filters": filters,
        "shows_contact": person.contact_shown_to(user),
        "wrote": with_openings(
            filters.texts(wrote).without_body().select_related("author").prefetch_related("coauthors")[: FEW + 1]
        ),
        **newest_thanks(person, filters, user, FEW + 1),
        "timeline": Timeline(named, request.GET.get("after", "")),
        "activity": Activity(of_any_day(filters).passages(theirs), filters),
        "subjects": subjects_of(theirs),
        "since": since(),
        "meetings": Meeting.objects.listed_for(user)
        .filter(conditions.was_there(person, TEXTS))
        .without_body()
        .select_related("series")[:FEW],
        "actions": person.actions.listed_for(user).open().with_links()[:FEW],
        "memberships": person.memberships.exclude(project__lead=person)
        .select_related("project")
        .order_by("project__name")[:PAGE],
        "leads": person.leads.all()[:PAGE],
        "breaks": person.breaks.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate()))[:1],
        "few": FEW,
    }
    return render(request, "people/person_detail.html", context)


def since():
    """The first of the days in which the notes are asked who works on what."""
    return timezone.localdate() - SPAN + timedelta(days=1)


def person_photo(request, slug):
    """Send somebody's photo to those who see it."""
    person = get_object_or_404(Person, slug=slug)
    if not person.photo or not person.contact_shown_to(request.user):
        raise Http404
    kept_for_a_day = {"Cache-Control": "private, max-age=86400"}  # another photo has another address
    return HttpResponse(person.photo.read(), content_type="image/jpeg", headers=kept_for_a_day)


def team_list(request):
    """Show all teams as the tree they are. 1 query for them, and 1 for how many are in each."""
    counts = dict(Person.objects.here().values_list("team").order_by().annotate(Count("pk")))
    below = {}
    for team in Team.objects.all()[:MOST_TEAMS]:
        team.size = counts.get(team.pk, 0)
        below.setdefault(team.part_of_id, []).append(team)
    return render(request, "people/team_list.html", {"teams": branches(below, None)})


def branches(below, above):
    """Return [(team, its own branches)] of the teams right below one."""
    return [(team, branches(below, team.pk)) for team in below.get(above, ())]


def team_detail(request, slug):
    """Show a team with the teams below it."""
    team = get_object_or_404(Team.objects.select_related("part_of"), slug=slug)
    within = Team.objects.within(team)
    people = Person.objects.filter(team__in=within)
    texts = roll_up(request, within, people, Q(author__team__in=within) | Q(team__in=within))
    return render(request, "people/team_detail.html", {"entry": team, "teams": team.teams.all(), **texts})


def organisation_list(request):
    page = Page(Organisation.objects.all(), request.GET.get("after", ""), by=["name", "pk"], size=PAGE)
    return render(request, "people/organisation_list.html", {"page": page})


def organisation_detail(request, slug):
    organisation = get_object_or_404(Organisation, slug=slug)
    projects = Project.objects.filter(partnerships__organisation=organisation)
    texts = roll_up(request, [organisation.pk], organisation.people.all(), Q(author__organisation=organisation))
    context = {"entry": organisation, "projects": projects, **texts}
    return render(request, "people/organisation_detail.html", context)


def roll_up(request, within, people, written):
    """Return what a page shows of a team or organisation: its people, what they wrote, where it or they are named.

    `within` are the primary keys of what it is made of, `written` the condition for notes of theirs.
    """
    filters = Filters(request)
    user = request.user
    who = Q(entry__in=within) | Q(entry__in=people.order_by().values("pk"))
    passages = Passage.objects.listed_for(user).filter(pk__in=Mention.objects.filter(who).values("passage"))
    wrote = filters.texts(Note.objects.listed_for(user).filter(written))
    return {
        "filters": filters,
        "people": people.here()[:PAGE],
        "wrote": wrote.without_body().select_related("author")[:FEW],
        "timeline": Timeline(filters.find(lambda asked: asked.passages(passages)), request.GET.get("after", "")),
        "activity": Activity(of_any_day(filters).passages(passages.exclude(kind__in=Passage.HEADINGS)), filters),
    }


def project_list(request):
    """List projects by name, of a state or phase where one is asked; with a filter, those named in what it finds."""
    filters = Filters(request)

    state, phase = request.GET.get("state"), request.GET.get("phase")
    chosen = {"state": state} if state in Project.State.values else {}
    chosen |= {"phase": phase} if phase in Project.Phase.values else {}

    def found(filters):
        projects = Project.objects.filter(**chosen)
        if not filters:
            return projects
        passages = filters.passages(Passage.objects.listed_for(request.user))
        return projects.filter(pk__in=Mention.objects.filter(passage__in=passages).values("entry"))

    is_listed = listed(request.user, "passage__")
    latest = Mention.objects.filter(is_listed, entry=OuterRef("pk"), on__lte=timezone.localdate())
    projects = filters.find(found).with_places()
    projects = projects.annotate(named_on=Subquery(latest.order_by("-on").values("on")[:1]))
    context = {
        "states": Project.State.choices,
        "phases": Project.Phase.choices,
        **chosen,
        "filters": filters,
        "page": Page(projects, request.GET.get("after", ""), by=["name", "pk"], size=PAGE),
    }
    return render(request, "projects/project_list.html", context)


def project_detail(request, slug):
    """Show a project and what everybody wrote of it. At most 17 queries."""
    project = get_object_or_404(Project.objects.with_places(), slug=slug)
    filters = Filters(request)
    user = request.user
    meetings = Meeting.objects.listed_for(user).filter(conditions.project([project], TEXTS))
    named = project.passages.listed_for(user)
    found = filters.find(lambda asked: asked.passages(named))
    members = list(project.members.select_related("person").exclude(person=project.lead_id))
    listed = {project.lead_id, *(member.person_id for member in members)}
    targets = list(project.targets.prefetch_related("readings"))
    actions = list(Action.objects.listed_for(user).open().about(project).with_links()[:FEW])
    context = {
        "project": project,
        "filters": filters,
        "members": members,
        "partners": project.partners.all(),
        "links": project.links.all(),
        "parts": project.parts.all()[:PAGE],
        "since": since(),
        "involved": involved_in(project, user, listed_already=listed)[:FEW],
        "targets": targets,
        "target": next((target for target in targets if not target.is_met), targets[0] if targets else None),
        "activity": Activity(of_any_day(filters).passages(named.exclude(kind__in=Passage.HEADINGS)), filters),
        "tags": project.tags.all(),
        "timeline": Timeline(found, request.GET.get("after", "")),
        "meetings": meetings.without_body().select_related("series")[:FEW],
        "decisions": Decision.objects.listed_for(user).about(project).with_links().newest_first()[:FEW],
        "actions": actions,
        "overdue": sum(1 for action in actions if action.is_overdue),
        "few": FEW,
    }
    return render(request, "projects/project_detail.html", context)
