"""Filters, chips and pages of lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notes.weeks import this_week
from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    meeting,
    week_after,
    weeknote,
)
from tests.hackit.site import furnish, page, words

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "notes", "meetings"),
    [
        ("", "both space review", "board"),
        ("project=spacebank", "both space", "board"),
        ("project=spacebank&project=finance-review", "both", ""),
        ("person=bob-day", "both space review", "board"),
        ("author=bob-day", "space", ""),
        ("named=bob-day", "both review", ""),
        ("author=ann-lee&named=bob-day", "both review", ""),
        ("tag=halls", "both space", ""),
        ("kind=post", "review", ""),
        ("kind=weeknote", "both space", ""),
        ("kind=meeting", "", "board"),
        ("from=2019-06-12", "space review", "board"),
        ("to=2019-06-12", "both", "board"),
        ("from=2019-06-11&to=2019-06-18", "space", "board"),
        ("project=spacebank&person=bob-day&from=2019-06-17", "space", ""),
        ("person=Bob+Day", "both space review", "board"),
        ("project=nothing", "", ""),
        ("from=yesterday", "both space review", "board"),
    ],
)
def test_filters_of_lists(client, written, query, notes, meetings):
    titles = page(client, f"/notes/?{query}").xpath("//section[@class='week']//a[@class='line-title']/text()")
    assert sorted(titles) == sorted(notes.split())
    held = page(client, f"/meetings/?{query}").xpath(
        "//h2[.='Held']/following-sibling::ul[1]//a[@class='line-title']/text()"
    )
    assert held == meetings.split()


@pytest.mark.parametrize(
    ("query", "passages"),
    [
        ("", 3),
        ("person=bob-day", 2),
        ("author=bob-day", 1),
        ("named=bob-day", 1),
        ("kind=meeting", 1),
        ("tag=halls", 2),
        ("project=finance-review", 0),
        ("from=2019-06-12", 2),
        ("to=2019-06-10", 1),
    ],
)
def test_filters_of_a_timeline(client, written, query, passages):
    assert len(page(client, f"/projects/spacebank/?{query}").xpath("//a[@class='to-passage']")) == passages


def test_filters_of_the_directory(client, written):
    names = page(client, "/people/?project=finance-review").xpath("//a[@class='line-title']/text()")
    assert names == ["Ann Lee", "Bob Day"]
    assert page(client, "/projects/?author=bob-day").xpath("//h2/a/text()") == ["Spacebank"]


def test_filters_of_a_week_and_of_home(client):
    ProjectFactory(name="Spacebank")
    ann = PersonFactory(name="Ann Lee")
    weeknote("Spacebank is live.", title="mine", author=ann, week=this_week(), published_at=timezone.now())
    weeknote("Spacebank is slow.", title="other", week=this_week(), published_at=timezone.now())
    for address in ("/", f"/weeks/{this_week()}/"):
        assert "other" in words(page(client, address))
        narrowed = words(page(client, f"{address}?author=ann-lee"))
        assert "mine" in narrowed
        assert "other" not in narrowed
        assert "Spacebank is slow" not in narrowed


def test_chip_takes_its_filter_off_and_keeps_the_others(client, written):
    tree = page(client, "/notes/?project=spacebank&person=bob-day")
    chips = {words(chip, "."): chip.get("href") for chip in tree.xpath("//a[@class='chip']")}
    assert chips == {
        "Take off the filter Project: Spacebank ×": "/notes/?person=bob-day",
        "Take off the filter Person: Bob Day ×": "/notes/?project=spacebank",
    }


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("project=nothing", "There is no project “nothing”."),
        ("person=nobody", "There is no person “nobody”."),
        ("tag=nothing", "Nothing has the tag “nothing”."),
        ("kind=novel", "“novel” is no kind of text"),
        ("from=10/06/2019", "“10/06/2019” is not a date"),
        ("from=2019-06-10&to=2019-06-09", "“From” is after “To”"),
    ],
)
def test_wrong_filter_is_a_sentence(client, query, sentence):
    assert sentence in words(page(client, f"/notes/?{query}"))


@pytest.mark.parametrize(
    ("query", "notes", "meetings"),
    [
        ("project=spacebank&project=finance-review&match=any", "both space review", "board"),
        ("author=ann-lee&tag=halls&match=any", "both space review", ""),
        ("author=ann-lee&author=bob-day", "", ""),
        ("author=ann-lee&author=bob-day&match=any", "both space review", ""),
        ("project=spacebank&project=finance-review&match=any&to=2019-06-12", "both", "board"),
        ("project=nothing&project=spacebank&match=any", "both space", "board"),
        ("project=nothing&match=any", "", ""),
        ("not_project=spacebank", "review", ""),
        ("not_person=bob-day", "", ""),
        ("not_author=bob-day", "both review", "board"),
        ("not_named=bob-day", "space", "board"),
        ("not_tag=halls", "review", "board"),
        ("not_kind=post", "both space", "board"),
        ("project=spacebank&not_tag=halls", "", "board"),
        ("not_project=nothing", "both space review", "board"),
        ("author=ann-lee&project=spacebank&match=any&not_kind=post", "both space", "board"),
        ("match=any", "both space review", "board"),
    ],
)
def test_any_of_the_filters_and_exclusion(client, written, query, notes, meetings):
    titles = page(client, f"/notes/?{query}").xpath("//section[@class='week']//a[@class='line-title']/text()")
    assert sorted(titles) == sorted(notes.split())
    held = page(client, f"/meetings/?{query}").xpath(
        "//h2[.='Held']/following-sibling::ul[1]//a[@class='line-title']/text()"
    )
    assert held == meetings.split()


@pytest.mark.parametrize(
    ("query", "notes", "meetings"),
    [
        ("organisation=finance", "ours named", ""),
        ("not_organisation=finance", "other", "board"),
        ("series=dmt", "named", "board"),
        ("not_series=dmt", "other ours", ""),
        ("organisation=Finance+Service&series=dmt", "named", ""),
    ],
)
def test_organisations_and_series_are_filters(client, query, notes, meetings):
    finance = OrganisationFactory(name="Finance Service", slug="finance")
    meeting("Hello", title="board", series=SeriesFactory(name="DMT"))
    weeknote("x", title="ours", author=PersonFactory(organisation=finance))
    weeknote("Finance Service at DMT", title="named")
    weeknote("x", title="other")
    titles = page(client, f"/notes/?{query}").xpath("//section[@class='week']//a[@class='line-title']/text()")
    assert sorted(titles) == sorted(notes.split())
    held = page(client, f"/meetings/?{query}").xpath("//div[h2='Held']//a[@class='line-title']/text()")
    assert held == meetings.split()


def test_exclusion_in_a_timeline_is_of_passages(client, written):
    """The passage of a note that names both is out; the other notes' are in."""
    shown = page(client, "/projects/spacebank/?not_person=bob-day").xpath("//a[@class='to-passage']")
    assert len(shown) == 1


FILTERED = ["/", "/notes/", "/people/", "/projects/", "/meetings/", "/actions/", "/decisions/", "/learning/"]


@pytest.mark.parametrize("address", FILTERED)
def test_every_filter_is_understood_by_every_list(client, address):
    """The same spelling everywhere: none is a problem, and each has its chip."""
    furnish()
    values = {
        **dict.fromkeys(["person", "author", "named"], "ann-lee"),
        **{"project": "spacebank", "team": "digital", "organisation": "finance", "series": "dmt"},
        **{"section": "learning", "tag": "fixit", "kind": "meeting"},
    }
    for match in ("all", "any"):
        query = "&".join(f"{name}={value}&not_{name}={value}" for name, value in values.items())
        tree = page(client, f"{address}?{query}&from=2019-06-10&to=2030-01-01&match={match}")
        assert len(tree.xpath("//ul[@aria-label='Filters that are on']/li/a[@class='chip']")) == 22
        assert not tree.xpath("//p[@role='alert']")


ODD = [
    "[null,null]",
    '["2019-06-10",1,null]',
    '["2019-06-10",Infinity]',
    '["\\ud800",1]',
    f'["2019-06-10",{10**23}]',
    f'["2019-06-10",{10**23},1]',
    "%00",
    "%ff",
    "'",
    "\\",
    "-1",
    "9" * 30,
    "[]",
    '["2019-06-10"]',
    '["x",1]',
    "[" * 2000,
    '["2019-06-10",1e999]',
    "😀",
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_odd_parameters_are_no_error(client, odd):
    furnish()
    names = ["project", "person", "author", "named", "tag", "kind", "from", "to", "after", "passages", "letter"]
    query = "&".join(f"{name}={odd}" for name in names)
    for address in ("/", "/notes/", "/people/", "/projects/", "/meetings/", "/projects/spacebank/", "/tags/fixit/"):
        assert client.get(f"{address}?{query}").status_code == 200
        assert client.get(f"{address}?after={odd}").status_code == 200


def test_pages_of_a_long_list_cover_it_once(client):
    author = PersonFactory()
    ProjectFactory(name="Spacebank")
    for number in range(70):
        weeknote(f"Spacebank {number}", title=f"Note {number}", author=author, week=week_after(number))
    for start, path in (
        ("/notes/", "//section//a[@class='line-title']"),
        ("/projects/spacebank/", "//a[@class='to-passage']"),
    ):
        address, seen = start, []
        while address:
            tree = page(client, address)
            seen += tree.xpath(f"{path}/@href")
            following = tree.xpath("//a[@rel='next']/@href")
            address = start + following[0] if following else None
        assert len(seen) == len(set(seen)) == 70


def test_all_passages_of_a_project_in_a_week_are_as_many_as_said(client):
    author = PersonFactory()
    ProjectFactory(name="Spacebank")
    weeknote("\n\n".join(f"Spacebank {number}" for number in range(5)), author=author)
    weeknote("Spacebank later", author=author, week=week_after(1))
    link = page(client, f"/weeks/{MONDAY}/").xpath("//p[@class='more']/a")[0]
    assert "All 5 passages" in link.text
    assert len(page(client, link.get("href")).xpath("//a[@class='to-passage']")) == 5


def test_any_day_of_a_week_keeps_the_filters(client):
    assert client.get("/weeks/2019-06-13/?tag=x").headers["Location"] == "/weeks/2019-06-10/?tag=x"


def test_lists_leave_the_texts_themselves_in_the_database(client):
    furnish()
    for address in (
        "/",
        f"/weeks/{this_week()}/",
        "/notes/",
        "/meetings/",
        "/people/ann-lee/",
        "/projects/spacebank/",
    ):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        assert not [query["sql"] for query in queries if '"notes_text"."body"' in query["sql"]], address
