"""What the pages show, through the front door."""

import re
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from taggit.models import Tag

from notes.models import Action, Break, Note
from notes.weeks import this_week
from notes.writing import write
from people.models import Alias
from tests.attacks import ATTACKS
from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    TeamFactory,
    login,
    meeting,
    week_after,
    weeknote,
)
from tests.hackit.site import (
    ACCOUNTS,
    STAFF,
    addresses,
    content,
    furnish,
    is_outlet,
    needs_arguments,
    page,
    picture,
    routes,
    words,
)

pytestmark = pytest.mark.django_db


def test_every_page_answers_on_a_furnished_site(client):
    for route, address in addresses(furnish()).items():
        assert client.get(address).status_code in ({200, 302, 405} if route in ACCOUNTS else {200}), address


def test_every_page_answers_with_nothing_in_the_database(client):
    fixed = [
        route
        for route in routes()
        if route not in ACCOUNTS | STAFF | {"healthz", "colours", "search_suggest"}
        and not needs_arguments(route)
        and not is_outlet(route)
    ]
    assert len(fixed) > 12
    filters = "?project=x&person=y&team=z&section=w&from=2019-06-10&match=any&not_tag=v"
    for address in [*map(reverse, fixed), f"/weeks/{this_week()}/"]:
        for query in ("", filters, "?state=all&by=owner&letter=A"):
            tree = page(client, address + query)
            assert len(tree.xpath("//h1")) == 1


OWN_SCRIPT = re.compile(r'<script src="/static/hackit/\w+\.js" defer></script>')  # it only adds: see tests/browser


def test_each_page_is_small_and_needs_no_script(client):
    for route, address in addresses(furnish()).items():
        answer = content(client.get(address))
        assert len(answer) < 100_000, route
        assert b"style=" not in answer, route
        assert "<script" not in OWN_SCRIPT.sub("", answer.decode(errors="ignore")), route


def test_project_shows_passages_by_week_newest_first(client):
    """The main job: written once, in a note; there, on the project's page, dated and linked."""
    ProjectFactory(name="Spacebank")
    author = PersonFactory(name="Ann Lee")
    old = weeknote("- Tested it:\n    - Spacebank works", author=author, title="Old")
    new = weeknote("## Halls\n\nSpacebank is live.", author=author, title="New", week=week_after(1))
    tree = page(client, "/projects/spacebank/")
    assert [" ".join(week.text_content().split()) for week in tree.xpath("//h3[@class='week-name']")] == [
        "w/c 17 June 2019",
        "w/c 10 June 2019",
    ]
    first, second = tree.xpath("//article[@class='extract kind-weeknote']")
    assert "Ann Lee in New" in words(first, "header")
    assert "Halls" in words(first, ".//p[@class='trail']")
    assert "Tested it:" in words(second, ".//p[@class='trail']")
    for article, note, position in ((first, new, 2), (second, old, 2)):
        anchor = note.passages.get(position=position).anchor
        assert article.xpath(".//a[@class='to-passage']/@href") == [f"{note.get_absolute_url()}#{anchor}"]
        assert page(client, note.get_absolute_url()).xpath(f"//*[@id='{anchor}']")


def test_heading_that_names_it_is_left_out_when_a_passage_under_it_does(client):
    ProjectFactory(name="Spacebank")
    weeknote("## Spacebank\n\nSpacebank is live.\n\n## Spacebank again\n\nNothing.", title="Spacebank week")
    tree = page(client, "/projects/spacebank/")
    assert [words(passage, "p[not(@class)]") for passage in tree.xpath("//div[starts-with(@class, 'passage ')]")] == [
        "Spacebank is live.",
        "Spacebank again Nothing.",  # and what follows it, as it would say little alone
    ]


def test_person_wrote_is_told_from_was_named_in(client):
    ann, bob = PersonFactory(name="Ann Lee"), PersonFactory(name="Bob Day")
    weeknote("Thanks to Bob Day.", author=ann, title="By Ann")
    weeknote("Thanks to Ann Lee.", author=bob, title="By Bob")
    tree = page(client, "/people/ann-lee/")
    assert words(tree, "//section[h2='Wrote']//h3") == "By Ann"
    named = words(tree, "//section[@class='week']")
    assert "Bob Day in By Bob" in named
    assert "By Ann" not in named


def test_week_shows_its_notes_by_team_its_meetings_and_who_is_away(client):
    team = TeamFactory(name="Digital Team")
    weeknote(title="Ours", author=PersonFactory(name="Ann Lee", team=team))
    weeknote(title="Alone", author=PersonFactory(name="Bob Day"))
    meeting(series=SeriesFactory(name="DMT"), day=MONDAY + timedelta(days=2))
    Break.objects.create(person=PersonFactory(name="Cy Dee"), starts_on=MONDAY, ends_on=week_after(2))
    tree = page(client, f"/weeks/{MONDAY}/")
    assert words(tree, "//section[h3='Digital Team']").startswith("Digital Team Ours")
    assert words(tree, "//section[h3='No team']").startswith("No team Alone")
    assert "DMT Wednesday 12 June 2019" in words(tree, "//section[h2='Meetings']")
    assert "Cy Dee is taking a break, back 24 June 2019" in words(tree, "//section[h2='On a break']")


def test_home_falls_back_to_the_last_week_somebody_wrote(client):
    weeknote("Long ago", title="Old news")
    text = words(page(client, "/"))
    assert "Nobody has published a note yet this week" in text
    assert "Old news" in text


def test_learnings_are_on_the_home_page(client):
    weeknote("## What I learned\n\nTo listen.", week=this_week(), published_at=timezone.now())
    assert "To listen." in words(page(client, "/"), "//section[h2='What we are learning']")


def test_coming_meeting_is_announced(client):
    tomorrow = timezone.localdate() + timedelta(days=1)
    meeting(series=SeriesFactory(name="DMT"), day=tomorrow, published_at=timezone.now())
    assert "DMT" in words(page(client, "/"), "//section[h2='Coming meetings']")


def test_note_names_what_it_names(client):
    PersonFactory(name="Ann Lee")
    OrganisationFactory(name="London Councils")
    note = weeknote("Ann Lee went to London Councils.")
    assert words(page(client, note.get_absolute_url()), "//section[h2='Named here']//a") == "Ann Lee London Councils"


def test_link_to_a_vanished_passage_says_so(client):
    note = weeknote("This will go away entirely.")
    anchor = note.passages.get(position=1).anchor
    note.body = "Something else."
    write(note)
    tree = page(client, note.get_absolute_url())
    assert "no longer in the text" in words(tree, f"//p[@id='{anchor}']")


def test_meeting_says_who_was_there_what_was_decided_and_who_does_what(client):
    furnish()
    text = words(page(client, f"/meetings/dmt/{timezone.localdate()}/"))
    for part in ("Ann Lee chair", "Decided Go on.", "Ring them Ann Lee", "Spacebank"):
        assert part in text


def test_contact_details_are_for_colleagues_unless_opened(client):
    ann = PersonFactory(name="Ann Lee", email="ann@example.org")
    assert "ann@example.org" not in words(page(client, "/people/ann-lee/"))
    ann.contact_is_open = True
    ann.save()
    assert "ann@example.org" in words(page(client, "/people/ann-lee/"))
    ann.contact_is_open = False
    ann.save()
    client.force_login(login())
    assert "ann@example.org" in words(page(client, "/people/ann-lee/"))


@pytest.mark.parametrize("attack", ATTACKS[1::4])
def test_attack_in_a_name_title_or_tag_is_shown_as_words(client, attack):
    person = PersonFactory(name=attack[:120], slug="evil", role=attack[:150])
    project = ProjectFactory(name=attack[:120], slug="evil", aim=attack, lead=person)
    Alias.objects.create(entry=project, name="Evil Project")
    note = weeknote("The Evil Project met.", title=attack[:255], author=person, slug="evil")
    note.tags.add(attack[:90])
    for address in (
        "/",
        "/notes/",
        "/people/",
        "/people/evil/",
        "/projects/",
        "/projects/evil/",
        note.get_absolute_url(),
    ):
        content = client.get(address).content.decode()
        if "<" in attack and escape(attack[:90]) != attack[:90]:
            assert attack[:90] not in content, address
        assert b"alert(1)" not in b"".join(
            script.encode() for script in OWN_SCRIPT.sub("", content).split("<script")[1:]
        )


def test_person_lists_each_meeting_once(client):
    ann = PersonFactory(name="Ann Lee")
    held = meeting(title="Visit", chair=ann)
    for person in (ann, PersonFactory(), PersonFactory()):
        held.attendances.create(person=person)
    assert len(page(client, "/people/ann-lee/").xpath("//section[h2='Meetings']//li")) == 1


def test_policy_has_no_exception(client, admin_client):
    addresses_now = [*addresses(furnish()).values(), "/admin/", "/admin/notes/note/add/", "/nothing/"]
    for address in addresses_now:
        policy = admin_client.get(address).headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy.split("; "))


def test_database_answers_for_health(client):
    assert client.get("/healthz").content == b"ok"
    assert Note.objects.count() == 0


def test_meeting_can_be_learnt_from(client):
    """A meeting's passages have no author."""
    meeting(
        "## What we are learning\n\nTo listen.", title="Retro", day=timezone.localdate(), published_at=timezone.now()
    )
    weeknote("x", week=this_week(), published_at=timezone.now())
    for address in ("/", f"/weeks/{this_week()}/"):
        content = client.get(address).content.decode()
        assert "To listen." in content
        assert "None</a>" not in content


def test_team_page_shows_where_its_people_are_named(client):
    team = TeamFactory(name="Digital Team")
    PersonFactory(name="Ann Lee", team=team)
    weeknote("Thanks to Ann Lee.")
    assert "Thanks to Ann Lee." in words(page(client, team.get_absolute_url()))


def test_who_leaves_next_month_is_still_here(client):
    team = TeamFactory(name="Digital Team")
    PersonFactory(name="Ann Lee", team=team, left_on=timezone.localdate() + timedelta(days=30))
    assert "Ann Lee" in words(page(client, team.get_absolute_url()))
    assert "left" not in words(page(client, "/people/"), "//ul[@class='faces']")


def test_hashtag_leads_to_its_tag(client):
    Tag.objects.create(name="OwnName", slug="elsewhere")
    note = weeknote("We #ownname it.")
    [link] = page(client, note.get_absolute_url()).xpath("//a[@class='hashtag']/@href")
    assert "We #ownname it." in words(page(client, link))


def test_health_fails_without_tables(client, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("no such table")

    monkeypatch.setattr("people.models.EntryQuerySet.exists", gone)
    with pytest.raises(OperationalError):
        client.get("/healthz")


def test_heading_alone_shows_what_follows_it(client):
    ProjectFactory(name="Spacebank")
    weeknote("## Spacebank\n\nTwelve points met, two not.\n\n## Spacebank again")
    first, second = page(client, "/projects/spacebank/").xpath("//div[@class='passage passage-heading']")
    assert [element.text_content() for element in first.xpath("p")] == ["Spacebank", "Twelve points met, two not."]
    assert [element.text_content() for element in second.xpath("p")] == ["Spacebank again"]


def test_open_action_comes_back_on_the_next_meeting_until_it_is_closed(client):
    dmt, today = SeriesFactory(name="DMT"), timezone.localdate()
    first = meeting(series=dmt, day=today - timedelta(days=14))
    second = meeting(series=dmt, day=today - timedelta(days=7))
    coming = meeting(series=dmt, day=today + timedelta(days=1), published_at=timezone.now())
    action = Action.objects.create(meeting=first, words="Ring them", owner=PersonFactory())
    back = "//section[h2='Still open from before']"
    assert "Ring them" in words(page(client, second.get_absolute_url()), back)
    assert "Ring them" in words(page(client, coming.get_absolute_url()), back)
    assert not page(client, first.get_absolute_url()).xpath(back)
    action.state = Action.State.DONE
    action.save()
    assert not page(client, coming.get_absolute_url()).xpath(back)


def test_photo_is_for_colleagues_unless_opened(client):
    ann = PersonFactory(name="Ann Lee")
    ann.photo.save("ann.jpg", picture())
    assert client.get("/people/ann-lee/photo.jpg").status_code == 404
    assert not page(client, "/people/ann-lee/").xpath("//img")
    client.force_login(login())
    [address] = page(client, "/people/ann-lee/").xpath("//img/@src")
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "private" in answer.headers["Cache-Control"]
    ann.photo.save("ann.jpg", picture())
    assert page(client, "/people/ann-lee/").xpath("//img/@src") != [address]  # so the old one may be kept for a day


def test_chair_who_sent_apologies_was_not_there(client):
    ann = PersonFactory(name="Ann Lee")
    held = meeting(title="Visit", chair=ann)
    held.attendances.create(person=ann, sent_apologies=True)
    held.attendances.create(person=PersonFactory(name="Bob Day"))
    tree = page(client, held.get_absolute_url())
    assert words(tree, "//section[h2='Who was there']/ul[@class='faces']//a") == "Bob Day"
    assert words(tree, "//h3[.='Chair']/following-sibling::ul[1]") == "Ann Lee"


def test_coauthor_is_asked_about_what_they_wrote_with_others(client):
    ProjectFactory(name="Spacebank")
    note = weeknote("Spacebank.", week=this_week(), published_at=timezone.now())
    note.coauthors.add(PersonFactory(name="Ann Lee"))
    tree = page(client, "/people/ann-lee/")
    assert words(tree, "//dl//a[contains(@class, 'kind-project')]") == "Spacebank 1 passage"
    assert words(tree, "//figcaption").startswith("1 passage in 52 weeks")


def test_week_of_more_notes_than_are_shown_says_so(client, monkeypatch):
    monkeypatch.setattr("hackit.pages.weeks.MOST", 3)
    for _ in range(4):
        weeknote("x", week=this_week(), published_at=timezone.now())
    assert "More than 3 notes" in words(page(client, "/"))
    assert page(client, f"/weeks/{this_week()}/").xpath("//a[.='All notes of this week']")
    monkeypatch.setattr("hackit.pages.weeks.MOST", 4)
    assert "4 notes by 4 people" in words(page(client, "/"))
    assert not page(client, f"/weeks/{this_week()}/").xpath("//a[.='All notes of this week']")
