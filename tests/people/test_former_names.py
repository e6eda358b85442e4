"""A name that changed, and one that must not be seen any more."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from notes.models import Break, NameChoice
from people.models import Alias, FormerSlug
from tests.desk import change, save
from tests.factories import PersonFactory, weeknote
from tests.hackit.site import content

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane():
    person = PersonFactory(name="Jane Doe")
    weeknote("Thanks to Jane Doe.", title="Before")
    return person


def rename(client, person, **changes):
    return save(client, change(person), name="John Doe", **changes)


def everywhere(client):
    """Return what strangers and the desk say, the texts as they were written left out."""
    pages = ["/people/", "/people/john-doe/", "/people/?letter=J", "/", "/notes/", "/projects/"]
    desk = ["/admin/", "/admin/people/person/", "/admin/people/person/?q=doe", "/admin/notes/namechoice/"]
    told = [content(Client().get(address)).decode() for address in pages]
    told += [content(client.get(address)).decode() for address in desk]
    return "".join(told).replace("Thanks to Jane Doe.", "")


def test_changed_name_is_changed_everywhere_and_texts_stay_linked(
    editor_client, jane, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        rename(editor_client, jane)
    page = Client().get("/people/jane-doe/")
    assert page.status_code == 200  # the address is kept, unless somebody changes it
    assert "John Doe" in page.content.decode()
    assert jane.passages.count() == 1
    assert "Thanks to" in page.content.decode()


def test_hidden_former_name_is_nowhere(editor_client, jane, django_capture_on_commit_callbacks):
    save(editor_client, change(jane), role="Designer")  # something in the desk's history
    Alias.objects.create(entry=jane, name="JANE DOE")
    save(editor_client, change(jane), **{"aliases-1-name": "Jane Doe"})
    NameChoice.objects.create(author=PersonFactory(), words="Jane Doe", entry=jane)
    with django_capture_on_commit_callbacks(execute=True):
        response = rename(editor_client, jane, hide_former_name="on")
    assert response.status_code == 302, response.context["errors"]
    editor_client.get("/admin/")  # its messages are said once
    assert "jane" not in everywhere(editor_client).lower()
    assert Client().get("/people/jane-doe/").status_code == 404
    assert not FormerSlug.objects.exists()
    assert not Alias.objects.exists()
    assert not NameChoice.objects.exists()
    history = content(editor_client.get(change(jane).replace("change", "history"))).decode()
    assert "jane" not in history.lower()
    assert not LogEntry.objects.filter(change_message__icontains="jane").exists()


def test_text_stays_as_written_and_no_longer_links(editor_client, jane, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        rename(editor_client, jane, hide_former_name="on")
    shown = Client().get("/notes/2019/06/10/before/").content.decode()
    assert "Thanks to Jane Doe." in shown
    assert "john" not in shown.lower()


def test_handle_made_of_the_former_name_is_forgotten_with_it(editor_client, jane, django_capture_on_commit_callbacks):
    jane.slug = "jd"
    jane.save()
    with django_capture_on_commit_callbacks(execute=True):
        rename(editor_client, jane, hide_former_name="on")
    jane.refresh_from_db()
    assert jane.slug == "jd"  # says nothing of the name
    assert Client().get("/people/jane-doe/").status_code == 404


def test_hiding_without_a_change_of_name_is_a_sentence(editor_client, jane):
    response = save(editor_client, change(jane), hide_former_name="on")
    assert "so there is none to hide" in response.content.decode()


def test_other_forms_of_the_former_name_go_with_it_and_the_rest_is_asked(editor_client, jane):
    for name in ("Janey", "Jane", "J. Doe", "Ms Jane Doe"):
        Alias.objects.create(entry=jane, name=name)
    jane.email = "jane.doe@example.org"
    jane.save()
    rename(editor_client, jane, hide_former_name="on")
    assert set(Alias.objects.values_list("name", flat=True)) == {"Janey", "J. Doe"}
    told = editor_client.get("/admin/").content.decode()
    assert "“Janey”" in told
    assert "jane.doe@example.org" in told


def test_former_name_is_out_of_every_history(editor_client, jane):
    pause = Break.objects.create(person=jane)
    save(editor_client, change(pause), words="Back soon")
    note = weeknote("x", title="Other")
    save(editor_client, change(note), **{"coauthor_set-TOTAL_FORMS": "1", "coauthor_set-0-person": jane.pk})
    assert "Jane Doe" in str(list(LogEntry.objects.values_list("object_repr", "change_message")))
    rename(editor_client, jane, hide_former_name="on")
    assert "Jane" not in str(list(LogEntry.objects.values_list("object_repr", "change_message")))


def test_history_of_others_stays_as_it_was(editor_client):
    """A name may be a part of other words, and one word may be another's name."""
    ed = PersonFactory(name="Ed Smith", aliases=["Ed"])
    others = [PersonFactory(name="Edith Jones"), PersonFactory(name="Ed Day"), PersonFactory(name="Ed Smithson")]
    for other in others:
        save(editor_client, change(other), role="Designer")
    history = LogEntry.objects.exclude(object_id=str(ed.pk)).values_list("object_repr", "change_message")
    before = list(history)
    assert len(before) == 3
    save(editor_client, change(ed), name="Eve Smith", hide_former_name="on")
    assert list(history.filter(object_id__in=[str(other.pk) for other in others])) == before


def test_former_address_of_somebody_is_not_given_to_another():
    jane = PersonFactory(name="Jane Doe")
    jane.name, jane.slug = "Jane Roe", "jane-roe"
    jane.save()
    assert PersonFactory(name="Jane Doe").slug == "jane-doe-2"
    assert Client().get("/people/jane-doe/").headers["Location"] == "/people/jane-roe/"


def test_texts_no_longer_link_to_an_address_that_is_forgotten(
    editor_client, jane, django_capture_on_commit_callbacks
):
    jane.slug = "jane"
    jane.save()
    note = weeknote("We met @jane-doe there.")
    assert jane.mentions.filter(passage__text=note.pk).exists()
    with django_capture_on_commit_callbacks(execute=True):
        response = save(editor_client, change(jane), **{"former_slugs-0-DELETE": "on"})
    assert response.status_code == 302
    assert not FormerSlug.objects.exists()
    assert not jane.mentions.filter(passage__text=note.pk).exists()
