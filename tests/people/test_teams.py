"""Teams as the tree they are."""

import pytest

from people.models import Team
from tests.factories import PersonFactory, TeamFactory, week_after, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    top = TeamFactory(name="Top", slug="top")
    middle = TeamFactory(name="Middle", part_of=top)
    TeamFactory(name="Beside", part_of=top)
    lowest = TeamFactory(name="Lowest", part_of=middle)
    weeknote("Deep work.", title="Deep", author=PersonFactory(name="Ann Lee", team=lowest))
    weeknote("Elsewhere.", title="Else", author=PersonFactory(name="Bob Day", team=TeamFactory(name="Other")))
    return top


def test_list_shows_the_tree_and_how_many_are_in_each(client, tree):
    page_of_teams = page(client, "/teams/")
    [top] = page_of_teams.xpath("//main//ul[@class='tree'][not(ancestor::ul)]/li[a='Top']")
    assert [link.text for link in top.xpath("./ul/li/a")] == ["Beside", "Middle"]
    assert words(top, "./ul/li/ul/li") == "Lowest 1 person"


def test_list_of_teams_costs_the_same_however_deep(client, tree, django_assert_num_queries):
    for number in range(20):
        TeamFactory(name=f"More {number}", part_of=tree)
    with django_assert_num_queries(2):
        client.get("/teams/")


def test_team_shows_what_the_teams_below_it_write(client, tree):
    shown = words(page(client, "/teams/top/"))
    assert "Ann Lee" in shown
    assert "Deep" in shown
    assert "Bob Day" not in shown


def test_filter_of_a_team_takes_those_below_it_too(client, tree):
    titles = page(client, "/notes/?team=top").xpath("//section//a[@class='line-title']/text()")
    assert titles == ["Deep"]
    titles = page(client, "/notes/?not_team=top").xpath("//section//a[@class='line-title']/text()")
    assert titles == ["Else"]
    assert page(client, "/people/?team=top").xpath("//main//a[@class='line-title']/text()") == ["Ann Lee"]


def test_note_on_behalf_of_a_team_is_of_that_team(client, tree):
    weeknote("x", title="Ours", week=week_after(1), team=tree)
    assert "Ours" in words(page(client, "/teams/top/"))
    assert "Ours" in words(page(client, "/notes/?team=top"), "//section")


def test_ring_of_teams_is_no_endless_walk(tree):
    Team.objects.filter(pk=tree.pk).update(part_of=Team.objects.get(name="Lowest"))
    assert len(Team.objects.within(tree)) == 4
