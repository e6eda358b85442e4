"""The form and chips of a list's filters, and what an empty list says."""

import lxml.html
import pytest

from notes.models import Note
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    TeamFactory,
    meeting,
)
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


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
