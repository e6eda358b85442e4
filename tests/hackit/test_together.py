"""Who works with whom and on what: a person's, a project's and a team's page, as the notes show it."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notes.weeks import midday, this_week
from people.models import Person
from tests.factories import PersonFactory, ProjectFactory, TeamFactory, login, meeting, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


def wrote(body, ago=0, *, others=(), **values):
    week = this_week() - timedelta(weeks=ago)
    note = weeknote(body, week=week, **{"published_at": midday(week), "is_extra": True, **values})
    note.coauthors.add(*others)
    return note


@pytest.fixture
def ann():
    """Ann, who is in notes with Bob on Spacebank, and with Cid on Library wifi."""
    ann, bob, cid = (PersonFactory(name=name) for name in ("Ann Lee", "Bob Day", "Cid Fox"))
    PersonFactory(name="Dee Gray", left_on=timezone.localdate())
    ProjectFactory(name="Spacebank")
    ProjectFactory(name="Library wifi")
    for ago in range(3):
        wrote("Spacebank with Bob Day.\n\nBob Day and Dee Gray.", ago, author=ann)
    wrote("Spacebank again.", author=bob, others=[ann])
    for ago in range(2):
        wrote("Library wifi, Ann Lee.", ago, author=cid)
    wrote("Spacebank, Ann Lee, Cid Fox: too long ago.", 60, author=bob)
    meeting("Spacebank, Ann Lee and Cid Fox.", day=timezone.localdate(), published_at=timezone.now())
    return ann


def rows(tree, table=0):
    found = tree.xpath("//table")[table].xpath("tbody/tr")
    return [(words(row, "th"), *(words(cell, ".") for cell in row.xpath("td"))) for row in found]


def nodes(tree):
    return sorted(link.findtext("title").rpartition(":")[0] for link in tree.xpath("//*[@class='chart']//a"))


def test_person_is_shown_with_whom_they_share_notes_and_on_what(client, ann):
    tree = page(client, "/people/ann-lee/with/")
    assert rows(tree) == [("Bob Day", "4", "Spacebank (4)"), ("Cid Fox", "2", "Library wifi (2)")]
    assert rows(tree, 1) == [("Spacebank", "4", "Bob Day (4)"), ("Library wifi", "2", "Cid Fox (2)")]
    assert nodes(tree) == ["Ann Lee", "Bob Day", "Cid Fox", "Library wifi", "Spacebank"]
    assert len(tree.xpath("//*[@class='tie']")) == 4
    assert "As 6 notes of the last 12 months show it" in words(tree)


def test_project_is_shown_with_who_is_in_its_notes(client, ann):
    tree = page(client, "/projects/spacebank/who/")
    assert rows(tree) == [("Ann Lee", "4", "Bob Day (4)"), ("Bob Day", "4", "Ann Lee (4)")]
    assert nodes(tree) == ["Ann Lee", "Bob Day"]
    assert len(tree.xpath("//*[@class='tie']")) == 1


def test_figures_lead_to_as_many_notes(client, ann):
    for path in ("/people/ann-lee/with/", "/projects/spacebank/who/"):
        for link in page(client, path).xpath("//td/a"):
            shown = page(client, link.get("href")).xpath("//main//li[contains(@class, 'line')]")
            assert len(shown) == int(link.text)


def test_project_is_shown_with_its_parts(client, ann):
    ProjectFactory(name="Halls", part_of=ProjectFactory._meta.model.objects.get(slug="spacebank"))
    for ago in range(2):
        wrote("Halls.", ago, author=Person.objects.get(slug="cid-fox"))
    tree = page(client, "/projects/spacebank/who/")
    assert ("Cid Fox", "2", "") in rows(tree)


def test_picture_and_table_say_the_same_ties(client, ann):
    for number in range(9):
        ProjectFactory(name=f"Extra number {number}")
        for ago in range(2):
            wrote(f"Extra number {number}, Ann Lee, Bob Day, Cid Fox", ago, author=PersonFactory())
    tree = page(client, "/projects/extra-number-3/who/")
    said = {frozenset([row[0], other]) for row in rows(tree) for other in re.findall(r"([^,(]+) \(\d+\)", row[2])}
    assert len({frozenset(map(str.strip, pair)) for pair in said}) == len(tree.xpath("//*[@class='tie']"))
    tree = page(client, "/people/ann-lee/with/")
    said = sum(row[2].count("(") for row in rows(tree)), sum(row[2].count("(") for row in rows(tree, 1))
    assert said[0] == said[1] == len(tree.xpath("//*[@class='tie']")) - len(rows(tree, 1))


@pytest.mark.parametrize(
    "state", [{"published_at": None}, {"audience": "signed-in"}, {"withdrawn_at": timezone.now()}]
)
def test_hidden_notes_tie_nobody(client, ann, state):
    eve = PersonFactory(name="Eve Hill")
    for ago in range(3):
        wrote("Spacebank, Ann Lee.", ago, author=eve, **state)
    for path in ("/people/ann-lee/with/", "/projects/spacebank/who/", "/people/eve-hill/with/"):
        assert ">Eve Hill</a></th>" not in client.get(path).content.decode()
    assert "Nobody, and no project" in words(page(client, "/people/eve-hill/with/"))
    client.force_login(login())
    seen = [">Eve Hill</a></th>" in client.get(path).content.decode() for path in ("/projects/spacebank/who/",)]
    assert seen == ["audience" in state]


def test_nothing_to_show_is_said(client):
    PersonFactory(name="Ann Lee")
    ProjectFactory(name="Spacebank")
    assert "Nobody, and no project, is in two notes with Ann Lee" in words(page(client, "/people/ann-lee/with/"))
    assert "Nobody is in two notes" in words(page(client, "/projects/spacebank/who/"))


def worked(tree):
    """Return {(week's place, person): {project: passages}} of a team's weeks."""
    found = {}
    for place, body in enumerate(tree.xpath("//table/tbody")):
        for row in body.xpath("tr[td/a]"):
            text = words(row, "td")
            found[place, words(row, "th")] = {
                name: int(count) for name, count in re.findall(r"([^,]+?) (\d+)(?:, |$)", text)
            }
    return found


def test_team_is_shown_with_who_worked_on_what_by_week(client):
    team = TeamFactory(slug="digital")
    ann = PersonFactory(name="Ann Lee", team=team)
    bob = PersonFactory(name="Bob Day", team=TeamFactory(part_of=team))
    other = PersonFactory(name="Eve Hill")
    ProjectFactory(name="Spacebank")
    ProjectFactory(name="Library wifi")
    wrote("Spacebank.\n\nSpacebank and Bob Day.\n\nBob Day alone.", author=ann)
    wrote("Library wifi with Ann Lee.\n\nSpacebank.", 2, author=other, others=[bob])
    wrote("Library wifi with Ann Lee.", 5, author=other)
    wrote("Spacebank.", author=ann, published_at=None)
    wrote("Spacebank.", author=ann, audience="signed-in")
    tree = page(client, "/teams/digital/weeks/")
    assert worked(tree) == {
        (0, "Ann Lee"): {"Spacebank": 2},
        (0, "Bob Day"): {"Spacebank": 1},
        (2, "Bob Day"): {"Library wifi": 1, "Spacebank": 1},
        (2, "Ann Lee"): {"Library wifi": 1},
    }
    for body in tree.xpath("//table/tbody"):
        for row in body.xpath("tr[td/a]"):
            for link in row.xpath("td/a"):
                shown = page(client, link.get("href")).xpath(
                    "//*[@class='passage' or starts-with(@class, 'passage ')]"
                )
                assert len(shown) == int(link.xpath("following-sibling::span[1]")[0].text)
    assert len(worked(page(client, "/teams/digital/weeks/?weeks=8"))) == 5
    assert len(page(client, "/teams/digital/weeks/?weeks=999").xpath("//tbody")) == 4


def test_pages_cost_the_same_however_much_was_written(client, ann):
    Person.objects.filter(slug__in=["ann-lee", "bob-day"]).update(team=TeamFactory(slug="digital"))
    paths = ["/people/ann-lee/with/", "/projects/spacebank/who/", "/teams/digital/weeks/?weeks=13"]

    def costs():
        found = []
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                content = client.get(path).content
            found.append((len(queries), len(content)))
        return found

    for _ in range(2):
        wrote("Spacebank and Library wifi.", author=ann)
    few = costs()
    digital = Person.objects.get(slug="ann-lee").team
    for _ in range(40):
        other = PersonFactory(team=digital)
        project = ProjectFactory()
        for ago in range(3):
            wrote(f"Spacebank, {project}, {other}, Ann Lee, Bob Day and Cid Fox.", ago * 4, author=other)
    many = costs()
    assert [queries for queries, _ in few] == [queries for queries, _ in many]
    assert max(queries for queries, _ in many) <= 8
    assert max(size for _, size in many) < 100_000
