"""Projects side by side, and those of which nobody has written for a while."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hackit.comparing import MOST, open_actions
from notes.models import Action, Break
from notes.weeks import midday, this_week, week_in_words
from projects.models import Project
from tests.factories import PersonFactory, ProjectFactory, editor, login, meeting, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


def wrote(body, ago=0, **values):
    week = this_week() - timedelta(weeks=ago)
    return weeknote(body, week=week, **{"published_at": midday(week), **values})


def cells(tree, project):
    """Return {column: words} of a project's row."""
    [row] = [row for row in tree.xpath("//table[contains(@class, 'fold')]/tbody/tr") if project in words(row, "th")]
    return {cell.get("data-label"): words(cell, ".") for cell in row.xpath("td")}


def names(tree):
    return [words(row, "th//a") for row in tree.xpath("//table[contains(@class, 'fold')]/tbody/tr")]


@pytest.fixture
def three():
    """Spacebank, of which most is written; Library wifi, overdue and last named a while ago; and a quiet one."""
    ann, bob = PersonFactory(name="Ann Lee"), PersonFactory(name="Bob Day")
    space, wifi = ProjectFactory(name="Spacebank", lead=ann), ProjectFactory(name="Library wifi")
    ProjectFactory(name="Quiet Streets")
    for ago in range(3):
        wrote("Spacebank with Bob Day.\n\nSpacebank again.", ago, author=ann)
    wrote("Library wifi alone.", 5, author=bob)
    wrote("Library wifi long ago.", 30, author=ann)
    held = meeting(series=None, day=timezone.localdate(), published_at=timezone.now())
    for words_, project, days in (("a", space, 3), ("b", wifi, -3), ("c", wifi, None)):
        due = None if days is None else timezone.localdate() + timedelta(days=days)
        Action.objects.create(meeting=held, words=words_, owner=ann, project=project, due_on=due)
    target = space.targets.create(name="rooms", goal=40)
    target.readings.create(read_on=timezone.localdate(), value=10)
    return space, wifi


def test_row_says_how_a_project_stands(client, three):
    tree = page(client, "/compare/")
    space = cells(tree, "Spacebank")
    assert space["Written about"].startswith("6 passages, most w/c")
    assert (space["People"], space["Last mention"]) == ("2", week_in_words(this_week()))
    assert space["Open actions"] == "1 open actions of Spacebank"
    assert space["Target"] == "10 of 40 rooms 25% of the way"
    wifi = cells(tree, "Library wifi")
    assert wifi["Written about"].startswith("1 passage,")
    assert wifi["Open actions"] == "2 open actions of Library wifi 1 overdue"
    assert (wifi["People"], wifi["Target"]) == ("1", "none")
    assert cells(tree, "Quiet Streets") == {
        "Written about": "nothing",
        "People": "0",
        "Last mention": "not yet",
        "Open actions": "none",
        "Target": "none",
    }


def test_figures_lead_to_what_they_count(client, three):
    tree = page(client, "/compare/")
    for row in tree.xpath("//table[contains(@class, 'fold')]/tbody/tr"):
        for link in row.xpath("td[@data-label='Written about']//a"):
            shown = page(client, link.get("href")).xpath("//*[@class='passage' or starts-with(@class, 'passage ')]")
            assert len(shown) == int(link.text_content().split()[0])
        for link in row.xpath("td[@data-label='Open actions']//a"):
            shown = page(client, link.get("href")).xpath("//main//section//li[contains(@class, 'line')]")
            assert len(shown) == int(link.text_content().split()[0])


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("written", "Spacebank"),
        ("people", "Spacebank"),
        ("mentioned", "Spacebank"),
        ("actions", "Library wifi"),
        ("target", "Spacebank"),
        ("name", "Library wifi"),
        ("-name", "Spacebank"),
        ("-written", "Quiet Streets"),
        ("nonsense", "Spacebank"),
    ],
)
def test_order_is_an_address(client, three, by, first):
    tree = page(client, f"/compare/?by={by}")
    assert names(tree)[0] == first
    assert len(tree.xpath("//th[@aria-sort]")) == 1
    for link in tree.xpath("//nav[@aria-label='From when, and in which order']//a[contains(@href, 'by=')]"):
        assert client.get(link.get("href")).status_code == 200


def test_days_and_projects_are_filters_like_everywhere(client, three):
    tree = page(client, "/compare/?project=spacebank&project=library-wifi")
    assert names(tree) == ["Spacebank", "Library wifi"]
    assert len(tree.xpath("//input[@name='project'][@checked]")) == 2
    since = this_week() - timedelta(weeks=40)
    until = this_week() - timedelta(weeks=4)
    tree = page(client, f"/compare/?from={since}&to={until}")
    assert cells(tree, "Library wifi")["Written about"].startswith("2 passages")
    assert cells(tree, "Spacebank")["Written about"] == "nothing"
    assert names(page(client, "/compare/?not_project=spacebank"))[0] == "Library wifi"
    assert cells(page(client, "/compare/?author=bob-day"), "Spacebank")["Written about"] == "nothing"
    tree = page(client, "/compare/?project=nowhere")
    assert "There is no project “nowhere”" in words(tree)
    assert names(tree) == []


def test_programme_brings_its_parts(client, three):
    space, wifi = three
    programme = ProjectFactory(name="Better Halls", category="programme")
    Project.objects.filter(pk__in=[space.pk, wifi.pk]).update(part_of=programme)
    assert names(page(client, "/compare/?project=better-halls")) == ["Spacebank", "Library wifi", "Better Halls"]


def test_paused_finished_and_retired_are_compared_only_when_asked(client, three):
    Project.objects.filter(slug="library-wifi").update(state="paused")
    Project.objects.filter(slug="quiet-streets").update(phase="retired")
    assert names(page(client, "/compare/")) == ["Spacebank"]
    assert "paused" in words(page(client, "/compare/?project=library-wifi"))


@pytest.mark.parametrize(
    "state", [{"published_at": None}, {"audience": "signed-in"}, {"withdrawn_at": timezone.now()}]
)
def test_hidden_texts_count_nowhere(client, three, state):
    wrote("Quiet Streets with Ann Lee.", **state)
    assert cells(page(client, "/compare/"), "Quiet Streets")["Last mention"] == "not yet"
    assert "Nobody has named it yet" in words(page(client, "/compare/quiet/"))
    client.force_login(login())
    found = cells(page(client, "/compare/"), "Quiet Streets")
    if "audience" in state:
        assert (found["Written about"][:9], found["People"]) == ("1 passage", "2")
    else:
        assert found["Last mention"] == "not yet"


def test_week_by_week_table_adds_up(client, three):
    tree = page(client, "/compare/")
    rows = tree.xpath("//details/table/tbody/tr")
    sums = {words(row, "th"): sum(int(cell.text) for cell in row.xpath("td")) for row in rows}
    assert sums == {"Spacebank": 6, "Library wifi": 1, "Quiet Streets": 0}
    assert len(rows[0].xpath("td")) == 13


def test_actions_are_of_the_project_that_about_says():
    """Also those without a project, of a meeting about one project only."""
    space, wifi = ProjectFactory(), ProjectFactory()
    ann = PersonFactory()
    for about in ([], [space], [wifi], [space, wifi]):
        held = meeting(published_at=timezone.now())
        held.projects.add(*about)
        for project in (None, space, wifi):
            Action.objects.create(meeting=held, words="x", owner=ann, project=project, due_on="2019-01-01")
            Action.objects.create(meeting=held, words="x", owner=ann, project=project, state="done")
    counts = open_actions([space.pk, wifi.pk], AnonymousUser())
    for project in (space, wifi):
        many = Action.objects.listed_for(AnonymousUser()).open().about(project).count()
        assert many == 5
        assert counts[project.pk] == [many, many]


def test_too_many_projects_are_left_out_and_said(client):
    for number in range(MOST + 3):
        ProjectFactory(name=f"Project {number:02}")
    wrote("Project 26.")
    tree = page(client, "/compare/")
    assert len(names(tree)) == MOST
    assert names(tree)[0] == "Project 26"
    assert "3 left out" in words(tree)


def quiet(client, weeks):
    tree = page(client, f"/compare/quiet/?weeks={weeks}")
    return [words(card, "h2//a") for card in tree.xpath("//*[contains(@class, 'card ')]")]


def test_quiet_is_what_nobody_named_for_whole_weeks(client):
    for ago in (0, 2, 3, 5, 9, 14):
        ProjectFactory(name=f"Named {ago} ago")
        wrote(f"Named {ago} ago.", ago)
    ProjectFactory(name="Never")
    assert quiet(client, 2) == ["Named 14 ago", "Named 9 ago", "Named 5 ago", "Named 3 ago", "Never"]
    assert quiet(client, 4) == ["Named 14 ago", "Named 9 ago", "Named 5 ago", "Never"]
    assert quiet(client, 13) == ["Named 14 ago", "Never"]
    assert quiet(client, "x") == quiet(client, 4)


@pytest.mark.parametrize("values", [{"state": "paused"}, {"state": "finished"}, {"phase": "retired"}])
def test_nobody_is_asked_of_what_is_over_or_paused(client, values):
    ProjectFactory(name="Spacebank", **values)
    assert quiet(client, 2) == []


def test_mention_of_a_part_is_one_of_the_whole(client):
    programme = ProjectFactory(name="Programme")
    inner = ProjectFactory(name="Inner", part_of=programme)
    ProjectFactory(name="Innermost", part_of=inner, state="finished")
    wrote("Innermost.")
    assert quiet(client, 2) == []


def test_question_is_to_the_lead_and_never_to_who_is_away_or_has_left(client):
    today = timezone.localdate()
    ann, bob = PersonFactory(name="Ann Lee"), PersonFactory(name="Bob Day", left_on=today)
    ProjectFactory(name="Spacebank", lead=ann)
    ProjectFactory(name="Library wifi", lead=bob)
    wrote("Spacebank.", 10)

    def told():
        return words(page(client, "/compare/quiet/"))

    week = week_in_words(this_week() - timedelta(weeks=10))
    said = f"Is there anything to tell about Spacebank? The last mention was {week}."
    assert said in told()
    assert "A question to Ann Lee" in told()
    assert "Bob Day" not in told()
    Break.objects.create(person=ann, starts_on=today, ends_on=today + timedelta(days=3))
    assert "Ann Lee is on a break" in told()
    assert "A question to Ann Lee" not in told()
    for word in ("has not", "failed", "missing", "overdue", "neglect"):
        assert word not in told()


def test_question_leads_to_what_was_said_last(client):
    ProjectFactory(name="Spacebank")
    wrote("Spacebank, one more time.", 10)
    [link] = page(client, "/compare/quiet/").xpath("//li//p/a[contains(@href, 'from=')]/@href")
    assert "one more time" in words(page(client, link))


def test_writing_is_offered_to_who_may(client):
    ProjectFactory(name="Spacebank")
    assert "Write a note" not in words(page(client, "/compare/quiet/"))
    client.force_login(editor())
    assert "Write a note · Pause or finish it" in words(page(client, "/compare/quiet/"))


@pytest.mark.parametrize(
    "path", ["/compare/", "/compare/?project=spacebank&person=ann-lee", "/compare/quiet/?weeks=2"]
)
def test_costs_the_same_however_many_projects(client, three, path):
    def costs():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            content = client.get(path).content
        return len(queries), len(content)

    few = costs()
    for number in range(60):
        project = ProjectFactory(name=f"Project {number:02}")
        target = project.targets.create(name="x", goal=5)
        target.readings.create(read_on=timezone.localdate(), value=number)
        wrote(f"Project {number:02}, Spacebank and Ann Lee.", number % 20, author=PersonFactory())
    many = costs()
    assert few[0] == many[0] <= 16
    assert many[1] < 100_000
