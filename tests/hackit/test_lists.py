"""Filters, chips and pages of lists."""

from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notes.models import Note
from notes.weeks import this_week
from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    meeting,
    post,
    week_after,
    weeknote,
)
from tests.hackit.site import furnish, page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    """Notes, posts and meetings that differ in what filters ask for."""
    ann, bob = PersonFactory(name="Ann Lee"), PersonFactory(name="Bob Day")
    ProjectFactory(name="Spacebank")
    ProjectFactory(name="Finance Review")
    weeknote("Spacebank with Bob Day.\n\nFinance Review alone.", author=ann, title="both").tags.add("halls")
    weeknote("Spacebank alone. #halls", author=bob, title="space", week=week_after(1))
    post("Finance Review with Bob Day.", author=ann, title="review", day=MONDAY + timedelta(days=9))
    meeting("Spacebank met.", title="board", day=MONDAY + timedelta(days=2)).attendances.create(person=bob)


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


def test_chips_say_what_is_left_out_and_how_filters_add_up(client, written):
    tree = page(client, "/notes/?project=spacebank&tag=halls&not_person=bob-day")
    assert "Without person: Bob Day" in words(tree, "//a[@class='chip']")
    assert "All of these together" in words(tree, "//li[@class='chips-match']")
    other = tree.xpath("//li[@class='chips-match']/a/@href")[0]
    assert "match=any" in other
    assert "Any of these is enough" in words(page(client, other))


def test_empty_list_says_what_to_loosen(client, written):
    tree = page(client, "/notes/?project=finance-review&author=bob-day&kind=weeknote")
    assert "Nothing answers to all of these filters together" in words(tree)
    looser = {words(chip, "."): chip.get("href") for chip in tree.xpath("//a[@class='chip chip-off']")}
    assert looser == {
        "Project: Finance Review (1)": "/notes/?author=bob-day&kind=weeknote",
        "Written by: Bob Day (1)": "/notes/?project=finance-review&kind=weeknote",
    }
    for address in looser.values():
        assert len(page(client, address).xpath("//section[@class='week']//a[@class='line-title']")) == 1


def test_what_to_loosen_counts_what_a_timeline_would_show(client, written):
    tree = page(client, "/projects/spacebank/?author=bob-day&kind=meeting")
    looser = {words(chip, "."): chip.get("href") for chip in tree.xpath("//a[@class='chip chip-off']")}
    assert set(looser) == {"Written by: Bob Day (1)", "Kind: Meetings (1)"}
    for address in looser.values():
        assert len(page(client, address).xpath("//a[@class='to-passage']")) == 1


def test_one_filter_that_finds_nothing_is_simply_taken_off(client, written):
    PersonFactory(name="Cy Roe")
    tree = page(client, "/notes/?author=cy-roe")
    assert "Nothing answers to this filter" in words(tree)
    assert not tree.xpath("//a[@class='chip chip-off']")


def hidden_fields(tree):
    return sorted((field.get("name"), field.get("value")) for field in tree.xpath("//form//input[@type='hidden']"))


@pytest.mark.parametrize(
    ("address", "carried"),
    [
        ("/notes/?project=spacebank", []),
        ("/notes/?project=spacebank&project=finance-review", [("project", "finance-review")]),
        ("/notes/?not_section=learning&letter=A", [("letter", "A"), ("not_section", "learning")]),
        ("/actions/?state=done&by=owner&tag=halls", [("by", "owner"), ("state", "done"), ("tag", "halls")]),
        ('/notes/?after=["2019-06-10",1]&match=any', []),
        ("/notes/?from=2019-06-10&not_person=bob-day", []),
    ],
)
def test_form_carries_what_it_has_no_field_for(client, written, address, carried):
    """What is asked stays asked, except for the page one was on."""
    assert hidden_fields(page(client, address)) == carried


def test_address_that_a_form_made_is_short(client):
    response = client.get("/notes/?project=spacebank&person=&author=&from=&match=")
    assert response.headers["Location"] == "/notes/?project=spacebank"
    assert client.get("/notes/?person=").headers["Location"] == "/notes/"


def test_parameter_that_is_no_filter_is_a_sentence(client):
    assert "“owner” is no filter here" in words(page(client, "/actions/?owner=x"))
    assert not page(client, "/notes/?utm_source=mail&letter=A&state=open").xpath("//p[@role='alert']")


def test_name_that_several_have_is_a_question(client):
    PersonFactory(name="Priya Shah", aliases=["Priya"])
    PersonFactory(name="Priya Kuttan", aliases=["Priya"])
    told = words(page(client, "/notes/?person=priya"))
    assert "“priya” may be Priya Kuttan (priya-kuttan) or Priya Shah (priya-shah): write one of them." in told


@pytest.mark.parametrize(
    "query", ["person=ann-lee-2", "project=SPACEBANK", "project=Finance+Review", "person=Émile+Day"]
)
def test_form_sent_as_it_is_asks_the_same(client, written, query):
    PersonFactory(name="Ann Lee")
    PersonFactory(name="Émile Day")
    [form] = page(client, f"/notes/?{query}").xpath("//form[@action='/notes/']")
    sent = client.get("/notes/", dict(form.form_values()), follow=True)
    chips = [words(chip, ".") for chip in page(client, f"/notes/?{query}").xpath("//a[@class='chip']")]
    assert [words(chip, ".") for chip in lxml.html.fromstring(sent.content).xpath("//a[@class='chip']")] == chips
    assert len(chips) == 1
    assert b"There is no" not in sent.content


def test_more_filters_than_count_are_a_sentence(client, written):
    query = "&".join(f"tag=tag-{number}" for number in range(40))
    assert "more than 30 filters" in words(page(client, f"/notes/?{query}"))


def test_short_address_leads_to_no_other_host(client):
    for address in ("//evil.example/?x=", "/%2Fevil.example/?x=", "/people/a%3Fb/?x=", "/\\evil.example/?x="):
        location = client.get(address).headers.get("Location", "/")
        assert location.startswith("/"), address
        assert not location.startswith(("//", "/\\")), address
    assert client.get("/people/a%3Fb/?x=").headers["Location"] == "/people/a%3Fb/"


def test_people_by_team_and_by_what_they_write_together(client, written):
    team = TeamFactory(name="Digital", slug="digital")
    PersonFactory(name="Cy Roe", team=team)
    bob = PersonFactory._meta.model.objects.get(name="Bob Day")
    bob.team = team
    bob.save()
    cat = PersonFactory(name="Cat Fox")
    Note.objects.get(title="review").coauthors.add(cat)

    def names(query):
        return page(client, f"/people/?{query}").xpath("//main//a[@class='line-title']/text()")

    assert names("team=digital") == ["Bob Day", "Cy Roe"]
    assert names("team=digital&project=finance-review") == ["Bob Day"]
    assert names("project=finance-review") == ["Ann Lee", "Bob Day", "Cat Fox"]
    assert names("team=digital&project=finance-review&match=any") == ["Ann Lee", "Bob Day", "Cat Fox", "Cy Roe"]
    assert names("not_team=digital&project=finance-review&match=any") == ["Ann Lee", "Cat Fox"]
    assert names("team=digital&from=2019-06-01&match=any") == ["Bob Day"]


def test_meeting_is_of_the_team_whose_people_were_there(client):
    finance = OrganisationFactory(name="Finance", slug="finance")
    ann = PersonFactory(name="Ann Lee", team=TeamFactory(name="Digital", slug="digital"), organisation=finance)
    meeting(title="attended").attendances.create(person=ann)
    meeting(title="chaired", chair=ann)
    meeting(title="missed").attendances.create(person=ann, sent_apologies=True)
    for query in ("team=digital", "organisation=finance", "person=ann-lee"):
        held = page(client, f"/meetings/?{query}").xpath("//div[h2='Held']//a[@class='line-title']/text()")
        assert sorted(held) == ["attended", "chaired"], query


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "Asleep Busy Done"),
        ("?state=active", "Busy"),
        ("?state=finished&phase=live", "Done"),
        ("?phase=alpha", "Asleep Busy"),
        ("?state=nonsense&phase=nonsense", "Asleep Busy Done"),
    ],
)
def test_projects_by_state_and_phase(client, query, names):
    for name, state, phase in (
        ("Busy", "active", "alpha"),
        ("Asleep", "paused", "alpha"),
        ("Done", "finished", "live"),
    ):
        ProjectFactory(name=name, state=state, phase=phase)
    assert page(client, f"/projects/{query}").xpath("//h2/a/text()") == names.split()


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
