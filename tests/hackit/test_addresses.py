"""Addresses that stay: of renamed pages, of days, of what a browser has kept."""

import pytest

from notes.models.texts import Audience
from notes.writing import write
from tests.desk import change, save
from tests.factories import (
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    login,
    meeting,
    week_after,
    weeknote,
)
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


def test_any_day_of_a_week_leads_to_its_monday(client):
    assert client.get("/weeks/2019-06-13/").headers["Location"] == "/weeks/2019-06-10/"


@pytest.mark.parametrize("address", ["/weeks/2019-13-01/", "/weeks/2019-02-30/", "/notes/2019/02/30/x/", "/nothing/"])
def test_day_that_is_none_is_a_page_that_helps(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert b"There is nothing here" in response.content


def test_first_and_last_week_of_the_calendar(client):
    assert client.get("/weeks/9999-12-27/").status_code in (200, 404)
    assert client.get("/weeks/0001-01-01/").status_code in (200, 404)


def test_address_of_a_renamed_page_redirects(client):
    person, project, series = (
        PersonFactory(name="Ann Lee"),
        ProjectFactory(name="Spacebank"),
        SeriesFactory(name="DMT"),
    )
    held = meeting(series=series)
    for entry in (person, project, series):
        entry.slug = f"new-{entry.slug}"
        entry.save()
    for old, new in (
        ("/people/ann-lee/", "/people/new-ann-lee/"),
        ("/projects/spacebank/?person=ann-lee", "/projects/new-spacebank/?person=ann-lee"),
        ("/meetings/dmt/", "/meetings/new-dmt/"),
        (f"/meetings/dmt/{held.slug}/", f"/meetings/new-dmt/{held.slug}/"),
    ):
        response = client.get(old)
        assert (response.status_code, response.headers["Location"]) == (301, new)
    assert client.get("/projects/new-spacebank/?person=ann-lee").status_code == 200


def test_former_slug_still_filters_and_still_is_a_handle(client):
    ann = PersonFactory(name="Ann Lee")
    ann.slug = "ann-day"
    ann.save()
    weeknote("Thanks @ann-lee", title="Thanks")
    assert "Thanks" in words(page(client, "/notes/?named=ann-lee"), "//section")
    assert "Thanks" in words(page(client, "/people/ann-day/"))


def test_address_of_a_renamed_note_or_moved_meeting_redirects(client):
    note, held = weeknote(title="Old"), meeting(series=SeriesFactory(name="DMT"))
    note.slug = "new"
    write(note)
    held.held_on = week_after(1)
    write(held)
    assert client.get("/notes/2019/06/10/old/").headers["Location"] == "/notes/2019/06/10/new/"
    assert client.get("/meetings/dmt/2019-06-10/").headers["Location"] == "/meetings/dmt/2019-06-17/"


def test_former_address_survives_a_second_rename(client):
    series = SeriesFactory(name="DMT")
    held = meeting(series=series)
    held.held_on = week_after(1)
    write(held)
    series.slug = "board"
    series.save()
    assert client.get("/meetings/dmt/2019-06-10/").headers["Location"] == "/meetings/board/2019-06-17/"


def test_meeting_on_its_own_is_no_series(client):
    series = SeriesFactory(name="Visit")
    series.slug = "visits"
    series.save()
    held = meeting(title="Visit")
    held.held_on = week_after(1)
    write(held)
    assert client.get("/meetings/2019-06-10/visit/").headers["Location"] == "/meetings/2019-06-17/visit/"


def test_former_address_tells_a_stranger_nothing(client):
    note = weeknote(title="Old")
    note.slug, note.audience = "secret-plan", Audience.SIGNED_IN
    write(note)
    assert client.get("/notes/2019/06/10/old/").status_code == 404
    client.force_login(login())
    assert client.get("/notes/2019/06/10/old/").status_code == 301


def test_page_unchanged_is_not_sent_again(client):
    weeknote("Hello")
    first = client.get("/notes/")
    again = client.get("/notes/", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "private" in first.headers["Cache-Control"]
    assert "Cookie" in first.headers["Vary"]


def test_former_address_is_kept_through_a_time_as_a_draft(client):
    note = weeknote(title="Old")
    moment, note.published_at = note.published_at, None
    write(note)
    note.slug, note.published_at = "new", moment
    write(note)
    assert client.get("/notes/2019/06/10/old/").headers["Location"] == "/notes/2019/06/10/new/"


HUGE = "9" * 30


@pytest.mark.parametrize(
    "address",
    [
        f"/files/{HUGE}/x.pdf",
        f"/admin/notes/note/{HUGE}/change/",
        f"/admin/notes/note/?author__id__exact={HUGE}",
        f"/admin/auth/user/add/?person={HUGE}",
        "/admin/notes/note/?of_week=9999-12-31&whose=x&state=y",
        "/admin/notes/note/this-week/?start=x",
    ],
)
def test_number_that_no_row_can_have_is_no_error(editor_client, address):
    assert editor_client.get(address).status_code in (200, 302, 404)


def test_form_with_a_number_that_no_row_can_have_is_no_error(editor_client):
    note = weeknote()
    assert save(editor_client, change(note), author=HUGE).status_code in (200, 404)
