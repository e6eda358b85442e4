"""What a page costs in queries, however much there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notes.models import Action, Break, Decision
from notes.weeks import this_week
from projects.models import Link, Member, Reading, Target
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    login,
    meeting,
    weeknote,
)
from tests.hackit.site import ACCOUNTS, addresses, content, furnish

pytestmark = pytest.mark.django_db

MOST = 17
MOST_OF_EXPLORE = 18  # it counts what every choice would find


def fill(rows):
    """Add `rows` of everything a page lists: to the furnished person, project, week, series, team and note."""
    today = timezone.localdate()
    dmt = SeriesFactory._meta.model.objects.get(slug="dmt")
    ann = PersonFactory._meta.model.objects.get(slug="ann-lee")
    space = ProjectFactory._meta.model.objects.get(slug="spacebank")
    for number in range(rows):
        person = PersonFactory(team=ann.team, organisation=ann.organisation)
        project = ProjectFactory(part_of=space, lead=ann)
        Member.objects.create(project=space, person=person)
        Member.objects.create(project=project, person=ann)
        space.partners.add(OrganisationFactory())
        space.tags.add(f"tag {number}")
        Link.objects.create(project=space, title="x", url="https://example.org/")
        Reading.objects.create(
            target=Target.objects.create(project=space, name="x", goal=5), read_on=today, value=number
        )
        body = (
            f"Thanks, Ann Lee, {person} and {project} on Spacebank at DMT in Finance Service and {ann.team}. #fixit"
        )
        note = weeknote(
            f"{body}\n\n## Learning\n\n{body}",
            title=f"Week {number}",
            author=person,
            week=this_week(),
            project=space,
            published_at=timezone.now(),
        )
        note.coauthors.add(ann)
        note.tags.add("halls", f"tag {number}")
        for day in (today - timedelta(days=number), today + timedelta(days=number)):
            held = meeting(body, series=dmt, day=day, chair=ann, published_at=timezone.now())
            held.projects.add(space, project)
            held.attendances.create(person=person)
            held.attendances.create(person=ann)
            Decision.objects.create(meeting=held, words=body)
            Action.objects.create(meeting=held, words=body, owner=ann, project=space)
        Break.objects.create(person=person, starts_on=this_week())
        TeamFactory(part_of=ann.team)


def costs(client, note):
    found = {}
    for route, address in addresses(note).items():
        if route in ACCOUNTS:
            continue
        client.get(address)  # what is found out once a process is not the page's
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200
        found[route] = len(queries), len(content(response))
    return found


@pytest.mark.parametrize("who", ["stranger", "colleague"])
def test_pages_cost_the_same_at_5_and_at_50_rows(who):
    """At most seventeen queries, two more for who is signed in, and under 100 kB."""
    client = Client()
    if who == "colleague":
        client.force_login(login())
    note = furnish()
    fill(5)
    few = costs(client, note)
    fill(45)
    many = costs(client, note)
    for route, (queries, size) in many.items():
        allowed = (MOST_OF_EXPLORE if route == "explore" else MOST) + (2 if who == "colleague" else 0)
        assert queries == few[route][0], route
        assert queries <= allowed, f"{route} costs {queries}"
        assert size < 100_000, f"{route} is {size} bytes"


def test_filters_cost_at_most_three_queries_more(client):
    """And where they leave nothing, one for each of them, to say what to take off."""
    note = furnish()
    fill(5)
    before = costs(client, note)
    for route, address in addresses(note).items():
        if route in ACCOUNTS | {"report", "search"}:  # which ask other things with a project: see their own tests
            continue
        with CaptureQueriesContext(connection) as queries:
            response = client.get(f"{address}?project=spacebank&person=ann-lee&tag=fixit&from=2019-06-10")
        is_empty = b"Nothing answers to" in content(response)
        assert len(queries) <= before[route][0] + 3 + (4 if is_empty else 0), route


def test_stranger_costs_no_session(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/accessibility/")
    assert not response.cookies
