"""A text that is taken back: gone from every page, and its address says so."""

import pytest
from django.test import Client

from notes.models import Meeting, Note
from notes.models.texts import Audience
from notes.writing import write
from tests.desk import act, change, save
from tests.factories import PersonFactory, login, meeting, week_after, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def note():
    return weeknote("Ann Lee was wrong.", title="A mistake", author=PersonFactory(name="Ann Lee"))


def withdraw(client, note, because="The figures were wrong."):
    return save(client, change(note), is_withdrawn="on", withdrawn_because=because)


def test_withdrawn_note_says_so_in_the_words_of_its_author(note, editor_client):
    response = withdraw(editor_client, note)
    assert response.status_code == 302, response.context["errors"]
    client = Client()
    response = client.get(note.get_absolute_url())
    assert response.status_code == 410
    content = response.content.decode()
    assert "The figures were wrong." in content
    assert "A mistake" not in content
    assert "noindex" in content
    assert "A mistake" not in client.get("/people/ann-lee/").content.decode()


def test_withdrawn_without_a_reason_still_says_something(client, note):
    Note.objects.all().withdraw()
    assert "no longer published" in client.get(note.get_absolute_url()).content.decode()


def test_former_address_of_a_withdrawn_note_leads_to_the_sentence(client, note):
    note.slug = "corrected"
    write(note)
    Note.objects.all().withdraw("Wrong.")
    response = client.get("/notes/2019/06/10/a-mistake/", follow=True)
    assert response.status_code == 410


def test_address_of_a_withdrawn_internal_note_tells_a_stranger_nothing(client, note):
    note.audience = Audience.SIGNED_IN
    write(note)
    Note.objects.all().withdraw("Wrong.")
    assert client.get(note.get_absolute_url()).status_code == 404
    client.force_login(login())
    assert client.get(note.get_absolute_url()).status_code == 410


def test_put_back_it_is_where_it_was(client, editor_client, note):
    withdraw(editor_client, note)
    data = save(editor_client, change(note), is_withdrawn="")
    assert data.status_code == 302
    note.refresh_from_db()
    assert (note.state, note.withdrawn_because) == ("published", "")
    assert client.get(note.get_absolute_url()).status_code == 200


def test_draft_cannot_be_withdrawn(editor_client):
    note = weeknote("x", is_draft=True)
    note.was_published = True
    write(note)
    Note.objects.update(was_published=True)
    response = withdraw(editor_client, note)
    assert "Only what is published can be withdrawn" in response.content.decode()


def test_editor_sees_what_links_to_it(editor_client, note):
    weeknote(f"As said in [last week’s]({note.get_absolute_url()}).", title="A follower", week=week_after(1))
    content = editor_client.get(change(note)).content.decode()
    assert "A follower" in content
    followed = act(editor_client, Note, "withdraw", note)
    assert "1 withdrawn" in followed.content.decode()
    assert "A follower" in followed.content.decode()


def test_draft_that_links_to_it_is_told_to_nobody(editor_client, note):
    weeknote(f"See [this]({note.get_absolute_url()}).", title="Secret plan", week=week_after(1), is_draft=True)
    assert "No other text links to it" in editor_client.get(change(note)).content.decode()
    assert "Secret plan" not in act(editor_client, Note, "withdraw", note).content.decode().split("<form")[0]


def test_withdrawing_and_putting_back_in_bulk(client, editor_client):
    notes = [weeknote("One"), weeknote("Two")]
    draft = weeknote("Three", is_draft=True)
    held = meeting("x")
    act(editor_client, Note, "withdraw", *notes, draft)
    act(editor_client, Meeting, "withdraw", held)
    assert {client.get(text.get_absolute_url()).status_code for text in [*notes, held]} == {410}
    assert Note.objects.get(pk=draft.pk).state == "draft"
    act(editor_client, Note, "put_back", *notes)
    assert {client.get(text.get_absolute_url()).status_code for text in notes} == {200}
    assert "None of those you chose" in act(editor_client, Note, "put_back", *notes).content.decode()


def test_publishing_in_bulk_dates_a_post_and_its_passages(editor_client):
    note = weeknote("Hello", week=None, is_draft=True, title="A post")
    act(editor_client, Note, "publish_now", note)
    note.refresh_from_db()
    assert note.state == "published"
    assert {passage.on for passage in note.passages.all()} == {note.published_at.date()}


def test_withdrawn_note_keeps_its_week(editor_client, note):
    """It can be put back at any time, so no second one takes its place."""
    withdraw(editor_client, note)
    second = weeknote(author=note.author, week=week_after(1))
    response = save(editor_client, change(second), week="10/06/2019")
    assert "has a weeknote for that week already" in response.content.decode()


def test_page_of_the_withdrawn_leads_on(client, note):
    Note.objects.all().withdraw("Wrong.")
    tree = client.get(note.get_absolute_url())
    assert b"/weeks/2019-06-10/" in tree.content
    assert "Wrong" not in words(page(client, "/weeks/2019-06-10/"))
