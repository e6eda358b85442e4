"""What somebody was thanked for: on their page and on one of its own, and who may hide it."""

import pytest
from django.test import Client
from django.urls import reverse

from notes.models import Thanks
from tests.factories import PersonFactory, meeting, week_after, weeknote
from tests.hackit.site import page, words
from tests.hackit.world import WHO, client_of

pytestmark = pytest.mark.django_db

ANN, ALL = "/people/ann-lee/", "/people/ann-lee/thanks/"
SECTION = "//section[@id='thanked']"


def thank(person, *, times=1, **values):
    """Write notes that thank somebody, one a week; return the last thanks."""
    for number in range(times):
        weeknote(f"Thanks to {person} for tea {number}.", title="Tea", week=week_after(number), **values)
    return person.thanks.order_by("-pk").first()


def send(client, thanks, do, **values):
    """Send what the button beside a thanks sends."""
    return client.post(reverse("people:thanks", args=[thanks.person.slug]), {"thanks": thanks.pk, "do": do, **values})


def said(client, address=ANN, path=SECTION):
    return words(page(client, address), path)


def test_page_of_a_person_shows_the_newest_thanks_and_says_how_many(client):
    ann = PersonFactory(name="Ann Lee")
    thank(ann, times=10, author=PersonFactory(name="Bob Day"))
    tree = page(client, ANN)
    section = words(tree, SECTION)
    assert "Bob Day in Tea w/c 12 August 2019 Thanks to Ann Lee for tea 9." in section
    assert [number for number in range(10) if f"for tea {number}." in section] == list(range(2, 10))
    assert words(tree, f"{SECTION}/details").startswith("Before that BD Bob Day in Tea w/c 29 July")
    assert tree.xpath(f"{SECTION}//p/a[.='All their thanks']/@href") == [ALL]
    assert words(tree, f"//dl//a[@href='{ALL}']") == "10 thanks to Ann Lee"


def test_nothing_is_said_of_nobody_thanked(client):
    PersonFactory(name="Ann Lee")
    tree = page(client, ANN)
    assert tree.xpath(f"{SECTION} | //a[@href='{ALL}'] | //dt[.='Thanks']") == []
    assert "Nothing that you can read thanks them yet." in said(client, ALL, "//main")


def test_thanks_of_a_meeting_lead_to_it(client):
    PersonFactory(name="Ann Lee")
    held = meeting("- Well done, Ann Lee", title="Board")
    passage = held.passages.get(position=1)
    tree = page(client, ANN)
    assert "Board 10 June 2019 Well done, Ann Lee" in words(tree, SECTION)
    assert f"{held.get_absolute_url()}#{passage.anchor}" in tree.xpath(f"{SECTION}//a/@href")


def test_all_thanks_are_listed_by_page_and_can_be_filtered(client):
    ann = PersonFactory(name="Ann Lee")
    thank(ann, times=32, author=PersonFactory(name="Bob Day"))
    thank(ann, author=PersonFactory(name="Cy Roe"))
    tree = page(client, ALL)
    assert len(tree.xpath("//article")) == 30
    [older] = tree.xpath("//a[@rel='next']/@href")
    assert len(page(client, ALL + older).xpath("//article")) == 3
    assert len(page(client, f"{ALL}?author=cy-roe").xpath("//article")) == 1
    assert "for tea 1." in said(client, f"{ALL}?from=2019-06-17&to=2019-06-23", "//main")
    assert "Cy Roe" in said(client, f"{ANN}?author=cy-roe")
    assert "Bob Day" not in said(client, f"{ANN}?author=cy-roe")
    assert "There is something without" in said(client, f"{ALL}?author=cy-roe&from=2019-07-01", "//main")


def test_address_of_a_former_name_leads_to_the_thanks(client):
    ann = PersonFactory(name="Ann Lee")
    ann.slug = "ann-day"
    ann.save()
    assert client.get(ALL).headers["Location"] == "/people/ann-day/thanks/"


MAY_HIDE = {"author", "editor", "administrator"}  # the author is thanked here


@pytest.mark.parametrize("who", WHO)
def test_hiding_is_for_those_thanked_and_editors(world, who):
    thanks, client = thank(world.people["author"]), client_of(who, world)
    for address in ("/people/the-author/", "/people/the-author/thanks/"):
        assert ('value="hide"' in client.get(address).content.decode()) == (who in MAY_HIDE)
    answer = send(client, thanks, "hide")
    assert answer.status_code == (302 if who in MAY_HIDE else 403)
    thanks.refresh_from_db()
    assert thanks.is_hidden == (who in MAY_HIDE)


@pytest.mark.parametrize("who", WHO)
def test_hidden_thanks_are_shown_to_those_thanked_and_brought_back_by_them_alone(world, who):
    thanks, client = thank(world.people["author"]), client_of(who, world)
    Thanks.objects.update(is_hidden=True)
    for address in ("/people/the-author/", "/people/the-author/thanks/"):
        content = client.get(address).content.decode()
        assert ("Show again" in content) == (who == "author")
        assert "thanks to The Author" not in content  # how many there are
    assert send(client, thanks, "show").status_code == (302 if who == "author" else 403)
    thanks.refresh_from_db()
    assert thanks.is_hidden == (who != "author")


def test_hidden_thanks_stay_in_the_timeline_and_in_the_note(client):
    thanks = thank(PersonFactory(name="Ann Lee"))
    Thanks.objects.update(is_hidden=True)
    tree = page(client, ANN)
    assert tree.xpath(SECTION) == []
    assert "Thanks to Ann Lee for tea 0." in words(tree, "//section[@class='week']")
    assert "Thanks to Ann Lee for tea 0." in said(client, thanks.passage.text.note.get_absolute_url(), "//article")


def test_hidden_thanks_of_a_text_that_is_not_for_them_stay_away(world):
    for state in ("draft", "scheduled", "withdrawn"):
        world.people["author"].thanks.all().delete()
        text = getattr(world, state)
        passage = text.passages.create(position=9, kind="paragraph", anchor="x", words="Secret thanks", on=text.on)
        thanks = passage.thanks.create(person=world.people["author"])
        client = client_of("author", world)
        for do, is_hidden in (("hide", False), ("show", True)):
            Thanks.objects.update(is_hidden=is_hidden)
            assert "Secret thanks" not in client.get("/people/the-author/thanks/").content.decode()
            assert send(client, thanks, do).status_code == 403


def test_buttons_lead_back_to_where_they_stand(world):
    client, thanks = client_of("author", world), thank(world.people["author"])
    assert send(client, thanks, "hide").headers["Location"] == "/people/the-author/#thanked"
    assert send(client, thanks, "show", **{"from": "all"}).headers["Location"] == "/people/the-author/thanks/"


def test_button_of_another_person_or_of_nothing_does_nothing(world):
    client, thanks = client_of("author", world), thank(world.people["reader"])
    assert send(client, thanks, "hide").status_code == 403
    for data in ({}, {"thanks": "x"}, {"thanks": "²"}, {"thanks": thanks.pk, "do": "hide"}, {"thanks": "9" * 30}):
        assert client.post("/people/the-author/thanks/", data).status_code in (403, 404)
    assert not Thanks.objects.filter(is_hidden=True).exists()


def test_form_from_elsewhere_hides_nothing(world):
    client, thanks = Client(enforce_csrf_checks=True), thank(world.people["author"])
    client.force_login(world.users["author"])
    assert send(client, thanks, "hide").status_code == 403
    token = page(client, "/people/the-author/").xpath(f"{SECTION}//input[@name='csrfmiddlewaretoken']/@value")[0]
    assert send(client, thanks, "hide", csrfmiddlewaretoken=token).status_code == 302
