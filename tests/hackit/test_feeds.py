"""Feeds: the notes and meetings in full, for programs that ask whether something is new."""

import json
from datetime import timedelta

import feedparser
import lxml.html
import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from notes.models import Action, Decision, Note, Text
from notes.weeks import this_week
from notes.writing import write
from people.models import DirectoryVersion, Person
from projects.models import Project
from tests.factories import (
    MONDAY,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    login,
    meeting,
    post,
    week_after,
    weeknote,
)
from tests.hackit.site import addresses, content, furnish, is_outlet, page

pytestmark = pytest.mark.django_db

HARD = "\x00\x08\x0b\x1f\ufffe\ud800 ]]> & <b>bold</b> &amp; 🎉 <script>x</script> \u2028 "


def parsed(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    found = feedparser.parse(response.content)
    assert not found.bozo, f"{address}: {found.get('bozo_exception')}"
    return found


def feeds(note, kind):
    return {route: address for route, address in addresses(note).items() if route.endswith(kind)}


def test_every_feed_is_read_by_a_feed_reader(client):
    note = furnish()
    atom, as_json = feeds(note, "_feed"), feeds(note, "_feed_json")
    assert len(atom) == len(as_json) == 12
    for (route, address), (other, json_address) in zip(atom.items(), as_json.items(), strict=True):
        found, same = parsed(client, address), json.loads(client.get(json_address).content)
        assert other == f"{route}_json"
        assert found.version == "atom10"
        assert same["version"] == "https://jsonfeed.org/version/1.1"
        assert same["feed_url"] == f"http://testserver{json_address}"
        assert [entry.id for entry in found.entries] == [item["id"] for item in same["items"]]
        told = [said_in(entry.content[0].value) for entry in found.entries]
        assert told == [said_in(item["content_html"]) for item in same["items"]]
        assert found.entries or route == "sections:detail_feed", route
        assert found.feed.link == f"http://testserver{page_of_feed(address)}"


def said_in(html):
    return lxml.html.fromstring(html).text_content()


def page_of_feed(address):
    return address.removesuffix("feed/")


def test_item_has_the_whole_text_its_authors_tags_and_days(client):
    ann = PersonFactory(name="Ann Lee")
    note = weeknote(
        "Spacebank is **live**. #halls\n\n[Here](/notes/) and[^1].\n\n[^1]: A note.", author=ann, title="Live"
    )
    note.coauthors.add(PersonFactory(name="Bob Day"))
    note.tags.add("Digital")
    [entry] = parsed(client, "/feed/").entries
    assert entry.title == "Live"
    assert entry.link == f"http://testserver{note.get_absolute_url()}"
    assert "<strong>live</strong>" in entry.content[0].value
    assert [author.name for author in entry.authors] == ["Ann Lee", "Bob Day"]
    assert {tag.term for tag in entry.tags} == {"Digital", "halls"}
    assert entry.published.startswith("2019-06-14T11:00:00")
    [item] = json.loads(client.get("/feed.json").content)["items"]
    assert item["authors"][0] == {"name": "Ann Lee", "url": "http://testserver/people/ann-lee/"}
    assert item["tags"] == ["Digital", "halls"]


def test_every_address_in_an_item_is_in_full(client):
    note = weeknote("[Here](/notes/) and[^1], ![x](/static/x.png) [odd](http://[x) \n\n## A\n\n[^1]: A note.")
    html = lxml.html.fromstring(parsed(client, "/feed/").entries[0].content[0].value)
    links = html.xpath("//@href | //@src")
    assert len(links) > 3
    assert f"http://testserver{note.get_absolute_url()}#fn:1" in links
    assert not [link for link in links if not link.startswith("http")]


def test_meeting_is_there_with_what_it_decided_and_asked_for(client):
    ann = PersonFactory(name="Ann Lee")
    held = meeting("Hello.", series=SeriesFactory(name="DMT"), title="", place="Room 1", chair=ann)
    Decision.objects.create(meeting=held, words="Go on.")
    Action.objects.create(meeting=held, words="Ring them", owner=ann, due_on=MONDAY)
    [entry] = parsed(client, "/meetings/feed/").entries
    assert entry.title == "DMT, 10 June 2019"
    for said in ("Monday 10 June 2019", "Room 1", "Go on.", "Ring them", "due 10 June 2019", "Hello."):
        assert said in entry.content[0].value
    assert 'href="http://testserver/people/ann-lee/"' in entry.content[0].value


def test_hard_texts_are_legal_xml_and_json(client):
    """What comes from before the site refused it, or past its forms."""
    note = weeknote("x " * 15_000, title="Long", author=PersonFactory(name="Ann"))
    if_kept = HARD.replace("\x00", "").replace("\ud800", "")  # no database holds these two
    Text.objects.filter(pk=note.pk).update(title=f"T{if_kept}", html=f"<p>{if_kept}{'y' * 30_000}</p>")
    Person.objects.update(name=f"Ann{if_kept}")
    note.tags.add("ta\x08g")
    for address in ("/feed/", f"/people/{note.author.slug}/feed/"):
        [entry] = parsed(client, address).entries
        assert len(entry.content[0].value) > 30_000
    assert "🎉" in json.loads(client.get("/feed.json").content)["items"][0]["title"]


def test_ids_stay_whatever_is_renamed(client):
    note = furnish()
    before = {route: parsed(client, address) for route, address in feeds(note, "_feed").items()}
    for model in (Person, Project, SeriesFactory._meta.model):
        for entry in model.objects.all():
            entry.name, entry.slug = f"New {entry.name}", f"new-{entry.slug}"
            entry.save()
    for one in Note.objects.all():
        one.slug = f"new-{one.slug}"
        write(one)
    for route, address in feeds(note, "_feed").items():
        response = client.get(address, follow=True)
        now = feedparser.parse(response.content)
        assert now.feed.id == before[route].feed.id, route
        if route in ("home_feed", "notes:list_feed", "meetings:list_feed"):  # the texts say the former names
            assert [one.id for one in before[route].entries] == [one.id for one in now.entries], route


def test_former_address_of_a_feed_redirects(client):
    project = ProjectFactory(name="Spacebank")
    project.slug = "halls"
    project.save()
    assert client.get("/projects/spacebank/feed/?tag=x").headers["Location"] == "/projects/halls/feed/?tag=x"
    assert client.get("/projects/spacebank/calendar.ics").headers["Location"] == "/projects/halls/calendar.ics"
    assert client.get("/sections/learning/feed/?tag=x").headers["Location"] == "/learning/feed/?tag=x"
    assert client.get("/projects/nothing/feed/").status_code == 404
    assert client.get("/sections/nothing/feed.json").status_code == 404


def test_series_called_feed_has_a_page_and_a_feed(client):
    series = SeriesFactory(name="Feed")
    assert SeriesFactory(name="Feed").slug != series.slug
    assert client.get(series.get_absolute_url()).status_code == 200
    assert parsed(client, f"{series.get_absolute_url()}feed/").feed.title.startswith("Feed")


def test_pages_of_a_feed_lead_through_everything(client):
    author = PersonFactory()
    for number in range(45):
        weeknote("x", author=author, week=week_after(number), title=f"Week {number}", is_extra=True)
    address, titles, pages = "/notes/feed/?author=" + author.slug, [], 0
    while address:
        found = parsed(client, address)
        titles += [entry.title for entry in found.entries]
        links = {link.rel: link.href for link in found.feed.links}
        assert ("first" in links) == bool(pages)
        address, pages = links.get("next"), pages + 1
    assert titles == [f"Week {number}" for number in reversed(range(45))]
    assert pages == 3
    assert json.loads(client.get("/notes/feed.json").content)["next_url"].startswith(
        "http://testserver/notes/feed.json?"
    )


def test_late_note_is_new_in_the_feed(client):
    """Lists are by week; who follows a feed wants what came since."""
    weeknote("x", title="On time", week=week_after(9))
    weeknote("x", title="Late", week=MONDAY, published_at=timezone.now())
    assert [entry.title for entry in parsed(client, "/feed/").entries] == ["Late", "On time"]


def test_feed_answers_to_the_filters(client, written):
    def titles(address):
        return {entry.title for entry in parsed(client, address).entries}

    assert titles("/explore/feed/?project=spacebank") == {"both", "space", "board"}
    assert titles("/notes/feed/?project=spacebank&not_tag=halls") == set()
    assert titles("/feed/?kind=meeting&person=bob-day") == {"board"}
    assert titles("/feed/?project=nothing") == set()
    assert titles("/people/bob-day/feed/") == {"both", "space", "review", "board"}
    assert titles("/tags/halls/feed/") == {"both", "space"}
    assert "Project: Spacebank" in parsed(client, "/notes/feed/?project=spacebank").feed.title


def test_each_page_says_where_its_feeds_are_with_its_filters(client):
    note = furnish()
    pages = addresses(note)
    for route, address in pages.items():
        if f"{route}_feed" in pages or f"{route}_calendar" in pages:
            tree = page(client, f"{address}?project=spacebank&after=x")
            links = tree.xpath("//head/link[@rel='alternate']")
            assert links
            for link in links:
                assert link.get("href").endswith("?project=spacebank")
                response = client.get(link.get("href"))
                assert response.headers["Content-Type"].startswith(link.get("type"))
                assert tree.xpath(f"//p[contains(@class, 'follow')]/a[@href='{link.get('href')}']")


# Whether something is new


def outlets(note):
    return {route: address for route, address in addresses(note).items() if is_outlet(route)}


@pytest.mark.parametrize(("who", "queries"), [("stranger", 1), ("colleague", 3)])
def test_nothing_new_costs_one_small_query(client, who, queries, django_assert_num_queries):
    """Two more say who is signed in."""
    if who == "colleague":
        client.force_login(login())
    for route, address in outlets(furnish()).items():
        for query in ("", "?project=spacebank&person=ann-lee&tag=fixit"):
            tag = client.get(address + query).headers["ETag"]
            with django_assert_num_queries(queries):
                answer = client.get(address + query, headers={"If-None-Match": f'"x", W/{tag}'})
            assert answer.status_code == 304, route
            assert not answer.content
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 200  # it is of another address


def test_whether_something_is_new_is_told_by_date_as_well(client):
    note = furnish()
    long_ago = timezone.now() - timedelta(days=1)
    Text._base_manager.update(changed_at=long_ago, published_at=long_ago)
    DirectoryVersion.objects.update(changed_at=long_ago)
    for route, address in outlets(note).items():
        since = client.get(address).headers["Last-Modified"]
        assert client.get(address, headers={"If-Modified-Since": since}).status_code == 304, route
        early = http_date((long_ago - timedelta(days=9)).timestamp())
        assert client.get(address, headers={"If-Modified-Since": early}).status_code == 200
    missing = client.get("/projects/nothing/feed/", headers={"If-Modified-Since": since})
    assert missing.status_code == 404
    assert client.get("/projects/nothing/feed/", headers={"If-None-Match": "*"}).status_code == 404


def test_second_of_a_change_has_no_date_yet(client):
    """Another change in the same second would have the same date."""
    weeknote("x")
    assert "Last-Modified" not in client.get("/feed/").headers


def test_head_says_the_same_and_nothing_else_is_asked(client):
    furnish()
    for address in ("/feed/", "/feed.json", "/calendar.ics"):
        response = client.head(address)
        assert response.status_code == 200
        assert response.headers["ETag"] == client.get(address).headers["ETag"]
        assert not content(response)
        assert client.post(address).status_code == 405


def test_feed_is_kept_by_its_reader_alone(client):
    furnish()
    colleague = Client()
    colleague.force_login(login())
    for address in ("/feed/", "/feed.json", "/calendar.ics"):
        answers = [client.get(address), colleague.get(address)]
        assert answers[0].headers["ETag"] != answers[1].headers["ETag"]
        again = client.get(address, headers={"If-None-Match": answers[0].headers["ETag"]})
        for answer in [*answers, again]:
            assert "private" in answer.headers["Cache-Control"]
            assert "Cookie" in answer.headers["Vary"]


def test_draft_tells_nobody_that_it_was_saved(client):
    furnish()
    tag = client.get("/feed/").headers["ETag"]
    note = post("Secret.", published_at=None, author=Person.objects.first())
    note.body = "More of it."
    write(note)
    weeknote("For colleagues.", audience="signed-in", week=this_week() - timedelta(days=7), author=note.author)
    assert client.get("/feed/", headers={"If-None-Match": tag}).status_code == 304
