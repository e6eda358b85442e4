"""Who works with whom and on what: of a person, a project and a team."""

from django.shortcuts import get_object_or_404, render

from hackit.together import WorksOn, WorksWith
from hackit.worked import CHOICES, USUAL, worked_on
from people.models import Person, Team
from projects.models import Project


def person_with(request, slug):
    """Show with whom somebody is in the same notes, and on what. At most 7 queries."""
    person = get_object_or_404(Person, slug=slug)
    return render(request, "people/person_with.html", {"person": person, "works": WorksWith(person, request.user)})


def project_who(request, slug):
    """Show who is in the notes about a project, and who in the same. At most 8 queries."""
    project = get_object_or_404(Project.objects.with_places(), slug=slug)
    return render(request, "projects/project_who.html", {"project": project, "works": WorksOn(project, request.user)})


def team_weeks(request, slug):
    """Show who of a team worked on what in the last weeks. At most 6 queries."""
    team = get_object_or_404(Team.objects.select_related("part_of"), slug=slug)
    asked = request.GET.get("weeks", "")
    weeks = int(asked) if asked in map(str, CHOICES) else USUAL
    context = {
        "team": team,
        "weeks": weeks,
        "choices": CHOICES,
        "worked": worked_on(Team.objects.within(team), request.user, weeks),
    }
    return render(request, "people/team_weeks.html", context)
