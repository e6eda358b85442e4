"""The page that finds everything by any mix of filters, and says how many there would be with one more."""

import random
from datetime import timedelta
from urllib.parse import urlencode

import lxml.html
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from hackit.models import SavedSearch
from notes import counting
from notes.filters import Filters
from notes.models import Action, Decision, Passage, Section, SectionHeading
from notes.models.sections import Standing
from notes.results import SORTS
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    login,
    meeting,
    post,
    week_after,
    weeknote,
)

pytestmark = pytest.mark.django_db

EXPLORE = "/explore/"


@pytest.fixture
def council():
    """A council with everything that filters ask for, in texts of every state and audience; by a fixed die."""
    die = random.Random(6)  # noqa: S311
    teams = [TeamFactory(name="Digital", slug="digital")]
    teams += [TeamFactory(name="Research", slug="research", part_of=teams[0]), TeamFactory(name="Revenues")]
    firms = [OrganisationFactory(name="Softworks"), OrganisationFactory(name="Camden Council")]
    people = [
        PersonFactory(name=name, team=die.choice([*teams, None]), organisation=die.choice([*firms, None]))
        for name in ["Ann Leed", "Bo Tarn", "Cy Ollin", "Di Marsh", "Ed Quill"]
    ]
    programme = ProjectFactory(name="Moving House", slug="moving")
    projects = [programme, ProjectFactory(name="Spacebank", slug="spacebank", part_of=programme), ProjectFactory()]
    series = [SeriesFactory(name="Delivery board"), SeriesFactory(name="Design huddle")]
    section = Section.objects.create(name="Halls", slug="from-the-halls")
    SectionHeading.objects.create(section=section, words="From the halls")
    SectionHeading.objects.create(section=section, words="Other", standing=Standing.REFUSED)
    named = [*people, *projects, *teams, *firms, *series]

    def body():
        lines = []
        for _ in range(die.randint(1, 5)):
            heading = die.choice(["## From the halls", f"## {die.choice(named)}", "## Other", ""])
            said = " and ".join(str(one) for one in die.sample(named, die.randint(0, 3)))
            lines += [heading, f"We saw {said or 'nobody'} {die.choice(['#fixit', '#halls', ''])}."]
        return "\n\n".join(lines)

    for number in range(24):
        state = die.choice(["out", "out", "out", "draft", "withdrawn", "later"])
        published = {"draft": None, "later": timezone.now() + timedelta(days=3)}
        values = {
            "published_at": published.get(state, timezone.now() - timedelta(days=1)),
            "audience": die.choice(["everyone", "everyone", "signed-in"]),
        }
        if die.random() < 0.6:
            sort = die.choice([weeknote, post])
            when = {"week": week_after(number)} if sort is weeknote else {"day": week_after(number)}
            text = sort(
                body(),
                title=die.choice(["A week", f"On {die.choice(named)}"]),
                author=die.choice(people),
                team=die.choice([*teams, None, None]),
                **when,
                **values,
            )
            text.coauthors.add(*die.sample(people, die.randint(0, 2)))
            text.tags.add(*die.sample(["fixit", "halls", "winter"], die.randint(0, 2)))
        else:
            text = meeting(
                body(),
                series=die.choice(series),
                day=week_after(number),
                chair=die.choice([*people, None]),
                **values,
            )
            text.projects.add(*die.sample(projects, die.randint(0, 2)))
            for person in die.sample(people, 2):
                text.attendances.create(person=person, sent_apologies=die.random() < 0.3)
            for _ in range(die.randint(0, 2)):
                Decision.objects.create(meeting=text, words="So be it", project=die.choice([*projects, None]))
                owner, project = die.choice(people), die.choice([*projects, None])
                Action.objects.create(meeting=text, words="Ring", owner=owner, project=project)
        if state == "withdrawn":
            type(text).objects.filter(pk=text.pk).withdraw()
    return die, {
        "project": [project.slug for project in projects],
        "person": [person.slug for person in people],
        "author": [people[0].slug],
        "team": [team.slug for team in teams],
        "organisation": [firm.slug for firm in firms],
        "series": [one.slug for one in series],
        "section": [section.slug],
        "tag": ["fixit", "halls", "winter"],
        "kind": ["weeknote", "post", "meeting"],
        "not_person": [people[1].slug],
        "not_tag": ["halls"],
        "from": [week_after(3).isoformat()],
        "to": [week_after(20).isoformat()],
        "match": ["any"],
        "q": ["nobody", "ann OR halls", "saw -ann"],
    }


def found(address, user):
    """Return how many rows the list of an address has, counted one by one."""
    data = QueryDict(address.partition("?")[2])
    request = RequestFactory().get(EXPLORE)
    request.user = user
    rows = set(SORTS[data.get("show", "passages")].find(Filters(request, data)))
    return sum(not is_repeated(row, rows) for row in rows)


def is_repeated(row, rows):
    """Whether it is a title or heading under which another of the rows stands."""
    if not isinstance(row, Passage) or row.kind not in Passage.HEADINGS:
        return False
    under = [
        other
        for other in rows
        if other.text_id == row.text_id and other.position > row.position and other.kind not in Passage.HEADINGS
    ]
    return any(row.kind == Passage.Kind.TITLE or other.heading == row.words for other in under)


def choices(response):
    """Yield the address and the count of everything on a page that says how many there would be."""
    for words in lxml.html.fromstring(response.content).cssselect("a .count"):
        [link] = words.xpath("ancestor::a")
        yield link.get("href"), words.text.strip()


@pytest.mark.parametrize("newest", [5_000, 6], ids=["all in memory", "the newest in memory"])
@pytest.mark.parametrize("who", ["stranger", "colleague"])
def test_every_count_is_what_a_click_gives(client, monkeypatch, council, newest, who):
    """Up to a most, over random filters, with drafts, audiences and withdrawn texts among what was written."""
    monkeypatch.setattr(counting, "NEWEST_PASSAGES", newest)
    monkeypatch.setattr(counting, "NEWEST_OTHERS", newest // 2)
    monkeypatch.setattr(counting, "MOST", 9)
    user = AnonymousUser()
    if who == "colleague":
        user = login()
        client.force_login(user)
    die, values = council
    checked = 0
    for show in SORTS:
        for _ in range(4):
            asked = [(name, die.choice(values[name])) for name in die.sample(list(values), die.randint(0, 3))]
            response = client.get(f"{EXPLORE}?{urlencode([*asked, ('show', show)])}")
            assert response.status_code == 200
            for address, said in choices(response):
                count = found(address, user)
                if said.endswith("+"):  # of more rows than were counted
                    assert count > 9 or newest == 6, (asked, show, address)
                    assert count >= int(said[:-1]) > 0, (asked, show, address)
                else:
                    assert said == str(count), (asked, show, address)
                checked += 1
    assert checked > 200


def test_a_choice_nobody_would_find_anything_by_is_not_offered(client):
    ProjectFactory(name="Spacebank")
    weeknote("Nothing of it.")
    assert "Spacebank" not in [
        link.text_content() for link in lxml.html.fromstring(client.get(EXPLORE).content).cssselect(".facets a")
    ]


def test_programme_finds_what_its_parts_are_named_in(client):
    programme = ProjectFactory(name="Moving House", slug="moving")
    ProjectFactory(name="Spacebank", part_of=programme)
    weeknote("Spacebank opened.")
    assert b"opened" in client.get(f"{EXPLORE}?project=moving").content


def test_counts_beyond_the_most_say_so(client, monkeypatch):
    monkeypatch.setattr(counting, "MOST", 3)
    ann = PersonFactory(name="Ann Leed")
    for number in range(5):
        weeknote("Ann Leed was here.", week=week_after(number), author=ann)
    page = lxml.html.fromstring(client.get(EXPLORE).content)
    [person] = [link for link in page.cssselect(".facets a") if link.text_content().startswith("Ann Leed")]
    assert "3+" in person.text_content()
    assert page.cssselect(".column-main h2")[0].text_content().strip() == "3+ passages"


def test_page_500_is_found_by_key(client, django_assert_num_queries):
    """The last page costs what the first one does, and lists what no other page did."""
    author = PersonFactory()
    for number in range(40):
        weeknote(f"Line {number}.", week=week_after(number), author=author, title="")
    seen, address = [], EXPLORE
    while address:
        page = lxml.html.fromstring(client.get(address).content)
        seen += [one.text_content().strip() for one in page.cssselect(".passage > p")]
        following = page.cssselect(".pages a[rel=next]")
        address = f"{EXPLORE}{following[0].get('href')}" if following else ""
    assert seen == [f"Line {number}." for number in reversed(range(40))]


def saved(client, user, **values):
    client.force_login(user)
    return client.post(EXPLORE, {"query": "project=spacebank&after=[1]", **values}, follow=True)


def test_filters_are_saved_under_a_name_and_opened_again(client):
    ProjectFactory(name="Spacebank")
    response = saved(client, login(), name="Space", is_shared="")
    assert response.redirect_chain[-1][0] == "/explore/?project=spacebank"
    assert b"Saved as" in response.content
    assert SavedSearch.objects.get().query == "project=spacebank"


def test_saving_under_the_same_name_changes_what_it_asks(client):
    user = login()
    saved(client, user, name="Space")
    saved(client, user, name="Space", query="tag=halls")
    assert [one.query for one in SavedSearch.objects.all()] == ["tag=halls"]


def test_saved_search_is_seen_by_others_only_if_it_is_shared(client):
    ann = login("ann")
    saved(client, ann, name="Mine alone")
    saved(client, ann, name="For all", is_shared="on")
    assert "For all" not in client.__class__().get(EXPLORE).content.decode()
    client.force_login(login("bo"))
    page = client.get(EXPLORE).content.decode()
    assert "For all" in page
    assert "Mine alone" not in page
    one = SavedSearch.objects.get(name="For all")
    assert client.post(EXPLORE, {"delete": one.pk}).status_code == 404
    client.force_login(ann)
    assert client.post(EXPLORE, {"delete": one.pk}).status_code == 302
    assert SavedSearch.objects.count() == 1


@pytest.mark.parametrize("name", ["", "x" * 81, "\0", "a\0b"])
def test_search_without_a_proper_name_says_so(client, name):
    assert b"Give these filters a name" in saved(client, login(), name=name).content
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("pk", ["x", "9" * 40, "\0", "-1"])
def test_deleting_what_is_not_there_is_no_page(client, pk):
    client.force_login(login())
    assert client.post(EXPLORE, {"delete": pk}).status_code == 404


def test_stranger_saves_nothing(client):
    assert client.post(EXPLORE, {"name": "x", "query": ""}).url.startswith("/accounts/login/")
