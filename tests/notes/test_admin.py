"""The writing desk, through its forms."""

from datetime import date, timedelta

import lxml.html
import pytest
from django.contrib.admin import site
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hackit.roles import Role, give
from notes.models import Action, Meeting, Note
from notes.weeks import this_week
from people.models import Alias, Organisation, Person
from projects.models import Project
from tests.desk import act, change, form_of, save
from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    SeriesFactory,
    editor,
    login,
    meeting,
    post,
    week_after,
    weeknote,
)

pytestmark = pytest.mark.django_db


ADD = "admin:{0.app_label}_{0.model_name}_{1}"


@pytest.mark.parametrize("model", list(site._registry), ids=lambda model: model._meta.model_name)
def test_every_list_and_form_opens(editor_client, model):
    for page in ("changelist", "add"):
        response = editor_client.get(reverse(ADD.format(model._meta, page)))
        assert response.status_code in (200, 403), page


def test_lists_cost_the_same_at_5_and_at_50_rows(editor_client):
    def cost(rows):
        author = PersonFactory()
        for number in range(rows):
            week = week_after(Note.objects.count() + 1)
            weeknote(f"{author}", author=author, week=week, title=f"{number}")
            held = meeting(series=SeriesFactory(), day=week, chair=author)
            Action.objects.create(meeting=held, words="x", owner=author, project=ProjectFactory(lead=author))
        found = {}
        for model in site._registry:
            address = reverse(ADD.format(model._meta, "changelist"))
            editor_client.get(address)
            with CaptureQueriesContext(connection) as queries:
                editor_client.get(address)
            found[model._meta.model_name] = len(queries)
        return found

    few = cost(5)
    assert cost(45) == few


def test_this_weeks_note_is_one_click(client):
    user = editor()
    ann = PersonFactory(name="Ann Lee", login=user)
    client.force_login(user)
    response = client.get("/admin/notes/note/this-week/", follow=True)
    filled_in = response.context["adminform"].form.initial
    assert (filled_in["author"], filled_in["week"]) == (str(ann.pk), this_week().isoformat())
    assert filled_in["title"].startswith("Weeknote w/c ")
    address = response.redirect_chain[-1][0]
    response = save(client, address, body="I met Ann Lee.", _save="Save")
    assert response.status_code == 302, response.context["errors"]
    note = Note.objects.get()
    assert (note.author, note.week, note.state) == (ann, this_week(), "draft")
    assert ann.passages.get().text_id == note.pk


def test_this_weeks_note_begun_is_opened_again(client):
    user = editor()
    ann = PersonFactory(name="Ann Lee", login=user)
    client.force_login(user)
    note = weeknote(author=ann, week=this_week(), is_draft=True)
    assert client.get("/admin/notes/note/this-week/").headers["Location"] == change(note)


def test_note_saved_in_the_admin_is_on_every_page(editor_client):
    PersonFactory(name="Ann Lee")
    note = weeknote("Nothing yet.", title="Mine")
    moment = timezone.now() - timedelta(minutes=1)
    response = save(
        editor_client,
        change(note),
        body="Ann Lee helped.\r\n\r\n- with Spacebank",
        tags="halls, rooms",
        published_at_0=moment.strftime("%d/%m/%Y"),
        published_at_1=moment.strftime("%H:%M:%S"),
    )
    assert response.status_code == 302, response.context["errors"]
    assert "Ann Lee" in editor_client.get("/people/ann-lee/").content.decode()
    assert "helped." in editor_client.get("/people/ann-lee/").content.decode()
    assert set(Note.objects.get().tags.names()) == {"halls", "rooms"}


def test_saving_without_a_change_writes_nothing(editor_client):
    PersonFactory(name="Ann Lee", aliases=["Ann"])
    note = weeknote("Ann helped. #fixit [[Erdem]]", title="Mine", published_at=timezone.now().replace(microsecond=0))
    note.tags.add("halls")
    held = meeting("Ann came", published_at=None)
    Action.objects.create(meeting=held, words="x", owner=PersonFactory())
    for obj in (note, held, Person.objects.get(name="Ann Lee")):
        data = form_of(editor_client.get(change(obj)))
        with CaptureQueriesContext(connection) as queries:
            response = editor_client.post(change(obj), data)
        assert response.status_code == 302, response.context["errors"]
        written = [
            query["sql"]
            for query in queries
            if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE") and "django_session" not in query["sql"]
        ]
        assert written == []
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"week": "11/06/2019"}, "A week begins on a Monday"),
        ({"title": "", "week": ""}, "Give the post a title"),
        ({"slug": "other"}, "Another note of that day has this address already"),
        ({"body": "x" * 60_001}, "the most is 60,000"),
        ({"body": "[" * 2_000}, "that no “]” ends"),
    ],
)
def test_wrong_note_is_a_sentence_and_loses_nothing(editor_client, changes, sentence):
    weeknote(title="Other", slug="other")
    note = weeknote("Long ago", title="Mine")
    response = save(editor_client, change(note), **{"body": "Precious words"} | changes)
    assert response.status_code == 200
    content = response.content.decode()
    assert sentence in content
    assert changes.get("body", "Precious words") in content


def test_second_weeknote_of_a_week_is_a_sentence(editor_client):
    note = weeknote(title="First")
    second = weeknote(title="Second", author=note.author, week=week_after(1))
    response = save(editor_client, change(second), week=f"{MONDAY:%d/%m/%Y}")
    assert "has a weeknote for that week already" in response.content.decode()


def test_names_that_are_not_clear_are_asked(editor_client):
    PersonFactory(name="Michael Day", aliases=["Michael"])
    PersonFactory(name="Michael Scott", aliases=["Michael"])
    note = weeknote("x")
    response = save(editor_client, change(note), body="Thanks Michael and [[Erdem]]", _continue="1")
    content = editor_client.get(response.headers["Location"]).content.decode()
    assert "2 names are not linked, as it is not clear who or what is meant" in content
    assert '<a href="#names">2 names to settle</a>' in content
    assert "Add Erdem to the directory" in content


@pytest.mark.parametrize("kind", ["person", "project"])
def test_deleting_what_is_named_is_refused_with_advice(editor_client, kind):
    entry = PersonFactory(name="Ann Lee") if kind == "person" else ProjectFactory(name="Spacebank")
    advice = "fill in “Left on” instead" if kind == "person" else "set its state to “finished” instead"
    weeknote("Ann Lee on Spacebank. " * 3)
    address = reverse(f"admin:{entry._meta.app_label}_{kind}_delete", args=[entry.pk])
    assert advice in editor_client.get(address).content.decode()
    assert advice in editor_client.post(address, {"post": "yes"}).content.decode()
    listing = reverse(f"admin:{entry._meta.app_label}_{kind}_changelist")
    data = {"action": "delete_selected", "_selected_action": [entry.pk]}
    assert advice in editor_client.post(listing, data).content.decode()
    editor_client.post(listing, {**data, "post": "yes"})
    assert type(entry).objects.filter(pk=entry.pk).exists()


def test_deleting_notes_in_bulk_takes_their_passages_along(editor_client):
    notes = [weeknote("One"), weeknote("Two")]
    data = {"action": "delete_selected", "_selected_action": [note.pk for note in notes], "post": "yes"}
    assert editor_client.post(reverse("admin:notes_note_changelist"), data).status_code == 302
    assert not Note.objects.exists()


def test_texts_follow_a_new_alias(editor_client, django_capture_on_commit_callbacks):
    ann = PersonFactory(name="Ann Lee")
    note = weeknote("Annie helped.")
    with django_capture_on_commit_callbacks(execute=True):
        response = save(editor_client, change(ann), **{"aliases-0-name": "Annie"})
    assert response.status_code == 302
    assert Alias.objects.get().name == "Annie"
    assert ann.passages.get().text_id == note.pk


def test_texts_follow_a_new_person_and_a_changed_address(editor_client, django_capture_on_commit_callbacks):
    note = weeknote("Ann Lee helped.")
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, reverse("admin:people_person_add"), name="Ann Lee")
    ann = Person.objects.get(name="Ann Lee")
    assert ann.passages.get().text_id == note.pk
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, change(ann), slug="annie")
    note.refresh_from_db()
    assert 'href="/people/annie/"' in note.html


@pytest.mark.parametrize(
    ("name", "words"),
    [("Zar O'Neil", "Zar\u00a0O’Neil"), ("Éva Zéd", "éva zéd"), ("李明", "李明")],
)
def test_texts_follow_a_name_however_it_is_spelt(editor_client, django_capture_on_commit_callbacks, name, words):
    weeknote(f"Thanks to {words}.")
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, reverse("admin:people_person_add"), name=name)
    assert Person.objects.get(name=name).passages.count() == 1


def test_hashtag_follows_a_new_project(editor_client, django_capture_on_commit_callbacks):
    weeknote("On to #LibraryWifi.")
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, reverse("admin:projects_project_add"), name="Library wifi")
    assert Project.objects.get().passages.count() == 1


def test_name_is_clear_once_its_other_bearer_is_deleted(editor_client, django_capture_on_commit_callbacks):
    one, other = PersonFactory(name="Zed One", aliases=["Zed"]), PersonFactory(name="Zed Two", aliases=["Zed"])
    weeknote("Hello Zed.")
    with django_capture_on_commit_callbacks(execute=True):
        editor_client.post(reverse("admin:people_person_delete", args=[other.pk]), {"post": "yes"})
    assert one.passages.count() == 1


def test_settling_a_name_links_what_the_author_wrote(editor_client, django_capture_on_commit_callbacks):
    one = PersonFactory(name="Zed One", aliases=["Zed"])
    PersonFactory(name="Zed Two", aliases=["Zed"])
    note = weeknote("Hello Zed.")
    address = reverse("admin:notes_namechoice_add")
    with django_capture_on_commit_callbacks(execute=True):
        response = save(editor_client, address, author=note.author.pk, words="Zed", entry=one.pk)
    assert response.status_code == 302
    assert one.passages.count() == 1
    assert save(editor_client, address, author=note.author.pk, words="Zed", entry="").status_code == 200


@pytest.mark.parametrize("year", ["0001", "0999", "9999"])
def test_year_of_another_age_is_a_sentence(editor_client, year):
    note = weeknote()
    response = save(editor_client, change(note), week=f"01/01/{year}")
    assert "cannot be right: choose one from 1990 to 2199" in response.content.decode()


def test_duplicate_slug_and_alias_are_sentences(editor_client):
    PersonFactory(name="Ann Lee", slug="ann")
    bob = PersonFactory(name="Bob Day", aliases=["Bobby"])
    assert "Another page has this address already" in save(editor_client, change(bob), slug="ann").content.decode()
    content = save(editor_client, change(bob), **{"aliases-1-name": "Bobby"}).content.decode()
    assert "Please correct the duplicate data" in content or "listed already" in content


def test_meeting_with_its_people_decisions_and_actions(editor_client):
    ann = PersonFactory(name="Ann Lee")
    dmt = SeriesFactory(name="DMT")
    address = reverse("admin:notes_meeting_add")
    data = {
        "series": dmt.pk,
        "held_on": "10/06/2019",
        "start_time": "10:00",
        "end_time": "11:00",
        "chair": ann.pk,
        "body": "Ann Lee spoke.",
        "published_at_0": "10/06/2019",
        "published_at_1": "12:00",
        "attendances-TOTAL_FORMS": "1",
        "attendances-0-person": ann.pk,
        "decisions-TOTAL_FORMS": "1",
        "decisions-0-words": "Go on.",
        "actions-TOTAL_FORMS": "1",
        "actions-0-words": "Ring them",
        "actions-0-owner": ann.pk,
        "actions-0-state": "open",
    }
    response = save(editor_client, address, **data)
    assert response.status_code == 302, response.context["errors"]
    held = Meeting.objects.get()
    assert held.get_absolute_url() == "/meetings/dmt/2019-06-10/"
    assert held.on == date(2019, 6, 10)
    action = held.actions.get()
    assert [(change.state, str(change.changed_by)) for change in action.changes.all()] == [("open", "editor")]
    save(editor_client, change(held), **{"actions-0-state": "done"})
    assert [change.state for change in action.changes.all()] == ["open", "done"]
    wrong = save(editor_client, change(held), end_time="09:00")
    assert "The meeting ends before it starts" in wrong.content.decode()


def test_reader_cannot_open_the_desk(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.get("/admin/notes/note/").status_code == 302


@pytest.fixture
def staff_client(client, django_user_model):
    """A browser in which somebody is signed in who may change notes, but is no editor."""
    user = django_user_model.objects.create_user("writer", is_staff=True)
    user.user_permissions.add(*Permission.objects.filter(content_type__app_label__in=["notes", "people"]))
    user.user_permissions.remove(Permission.objects.get(codename="edit_every_text"))
    PersonFactory(name="Staff Writer", login=user)
    client.force_login(user)
    return client


def test_drafts_of_others_are_not_on_the_desk_either(staff_client):
    hidden, own = weeknote(title="Secret", is_draft=True), Person.objects.get(name="Staff Writer")
    weeknote(title="Mine", author=own, is_draft=True)
    weeknote(title="Out", week=week_after(1))
    address = reverse("admin:notes_note_changelist")
    mine, everything = (staff_client.get(address + query).content.decode() for query in ("", "?whose=all"))
    assert "Secret" not in mine + everything
    assert "Mine" in mine
    assert "Out" not in mine
    assert "Out" in everything
    assert staff_client.get(change(hidden)).status_code == 302
    assert staff_client.get(change(own.notes.get())).status_code == 200


def test_actions_of_hidden_meetings_are_not_on_the_desk_either(staff_client):
    for words, is_draft in (("Secret errand", True), ("Open errand", False)):
        held = meeting(is_draft=is_draft, title=words)
        Action.objects.create(meeting=held, words=words, owner=PersonFactory())
    content = staff_client.get(reverse("admin:notes_action_changelist") + "?whose=all").content.decode()
    assert "Open errand" in content
    assert "Secret errand" not in content


def test_somebody_quicker_makes_the_form_say_so(editor_client, monkeypatch):
    """Two people save the same in one moment: the second gets a sentence, and keeps the words."""
    note = weeknote(title="Mine", week=week_after(3))
    address, real = change(note), Note.save

    def slower(self, *args, **kwargs):
        monkeypatch.setattr(Note, "save", real)
        raise IntegrityError

    data = form_of(editor_client.get(address)) | {"body": "Precious words"}
    monkeypatch.setattr(Note, "save", slower)
    assert editor_client.post(address, data).status_code == 302
    assert Note.objects.get(pk=note.pk).body == "Precious words"


def test_renaming_keeps_the_old_name_as_another(editor_client, django_capture_on_commit_callbacks):
    project = ProjectFactory(name="Spacebank")
    weeknote("Spacebank is live.")
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, change(project), name="Space Bank")
    assert project.passages.count() == 1
    assert list(project.aliases.values_list("name", flat=True)) == ["Spacebank"]


def test_deletion_refused_costs_the_same_however_often_it_is_named(editor_client, django_assert_max_num_queries):
    ann = PersonFactory(name="Ann Lee")
    weeknote("\n\n".join(["Ann Lee again."] * 60))
    with django_assert_max_num_queries(40):
        content = editor_client.get(reverse("admin:people_person_delete", args=[ann.pk])).content.decode()
    assert "Ann Lee: 60 mentions" in content


def test_meeting_may_be_written_up_by_whoever_was_there(staff_client):
    held = meeting("Draft", is_draft=True)
    assert staff_client.get(change(held)).status_code == 302
    held.attendances.create(person=Person.objects.get(name="Staff Writer"))
    assert staff_client.get(change(held)).status_code == 200
    assert staff_client.get(held.get_absolute_url()).status_code == 200


def test_name_that_an_author_adds_unlinks_nothing(client, editor_client, django_capture_on_commit_callbacks):
    """An organisation called like a project waits for an editor, who decides."""
    project = ProjectFactory(name="Spacebank")
    weeknote("Spacebank is live.")
    author = login("author", person=PersonFactory(name="Ann Lee"))
    give(author, Role.AUTHOR)
    client = Client()
    client.force_login(author)
    with django_capture_on_commit_callbacks(execute=True):
        save(client, reverse("admin:people_organisation_add"), name="Spacebank", category="partner")
    added = Organisation.objects.get(name="Spacebank")
    assert added.is_to_check
    assert project.passages.count() == 1
    assert "in the directory already. If you meant the same" in client.get("/admin/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        act(editor_client, Organisation, "mark_as_checked", added)
    assert project.passages.count() == 0  # now it is a question, which the desk asks


def test_publish_button_publishes_now_and_says_so(editor_client):
    note = weeknote("Hello", is_draft=True)
    assert "It is a draft" in editor_client.get(change(note)).content.decode()
    response = editor_client.post(
        change(note), form_of(editor_client.get(change(note))) | {"_publish": "Publish now"}
    )
    assert response.status_code == 302
    note.refresh_from_db()
    assert note.state == "published"
    assert "It is published, for everyone." in editor_client.get(change(note)).content.decode()
    assert "Publish now" not in editor_client.get(change(note)).content.decode()


def test_day_without_a_time_begins_at_nine(editor_client):
    note = weeknote("Hello", is_draft=True)
    save(editor_client, change(note), published_at_0="10/06/2019", published_at_1="")
    note.refresh_from_db()
    assert timezone.localtime(note.published_at).isoformat() == "2019-06-10T09:00:00+01:00"


def test_headings_to_begin_with_lose_nothing(editor_client):
    """A script puts them under what is written; without it the link opens a form that has them."""
    tree = lxml.html.fromstring(editor_client.get(reverse("admin:notes_note_add")).content.decode())
    [link] = tree.xpath("//p[@id='beginnings']//a[@data-body]")
    assert link.get("data-body").startswith("## What happened")
    assert tree.xpath("//script[contains(@src, 'hackit/desk.js')]")


def test_publishing_what_cannot_be_is_a_sentence_and_the_rest_is_published(editor_client):
    today = timezone.localdate()
    clash = [weeknote(week=None, title="Hello", is_draft=True, slug="hello", dated_on=day) for day in (MONDAY, today)]
    other = weeknote("x", title="Fine", is_draft=True)
    content = act(editor_client, Note, "publish_now", *clash, other).content.decode()
    assert "has this address already" in content
    assert "2 published." in content
    assert Note.objects.get(pk=other.pk).state == "published"


def test_states_and_weeks_narrow_the_list(editor_client):
    soon = timezone.now() + timedelta(days=1)
    made = {
        "draft": weeknote(title="Mydraft", is_draft=True),
        "scheduled": weeknote(title="Mysoon", published_at=soon),
        "published": weeknote(title="Myout", week=this_week(), published_at=timezone.now()),
        "withdrawn": weeknote(title="Mygone"),
    }
    Note.objects.filter(title="Mygone").withdraw()
    for query, expected in [
        *((f"state={state}", {text.title}) for state, text in made.items()),
        (f"of_week={this_week()}", {"Myout"}),
        ("kind=post", set()),
        ("kind=weeknote", {text.title for text in made.values()}),
    ]:
        content = editor_client.get(f"/admin/notes/note/?{query}").content.decode()
        assert {text.title for text in made.values() if f">{text.title}</a>" in content} == expected, query


def test_who_has_not_started_cannot_have_left(editor_client):
    person = PersonFactory(name="New Comer", started_on=timezone.localdate() + timedelta(days=9))
    assert "has not started yet" in act(editor_client, Person, "mark_as_left", person).content.decode()


def test_author_is_no_coauthor_of_their_own(editor_client):
    note = weeknote()
    data = {"coauthor_set-TOTAL_FORMS": "1", "coauthor_set-0-person": note.author.pk}
    assert "is the author already" in save(editor_client, change(note), **data).content.decode()


def test_withdrawing_in_bulk_takes_the_reason(editor_client):
    note = weeknote()
    data = {"action": "withdraw", "_selected_action": [note.pk], "because": "Wrong figures."}
    editor_client.post(reverse("admin:notes_note_changelist"), data)
    assert "Wrong figures." in editor_client.get(note.get_absolute_url()).content.decode()


def test_hashtag_of_a_project_is_not_taken_by_what_an_author_adds(client):
    project = ProjectFactory(name="Spacebank")
    OrganisationFactory(name="#Spacebank", is_to_check=True)
    weeknote("#spacebank rocks")
    assert project.passages.count() == 1


def test_publish_button_says_what_is_in_the_way(editor_client):
    today = timezone.localdate()
    post(title="News", slug="news", day=today)
    draft = weeknote("Precious words", week=None, title="News", is_draft=True, slug="news", dated_on=MONDAY)
    response = save(editor_client, change(draft), _publish="Publish now")
    assert "has this address already" in response.content.decode()
    assert "Precious words" in response.content.decode()


def test_new_note_is_published_by_its_button(editor_client):
    author = PersonFactory()
    save(editor_client, reverse("admin:notes_note_add"), title="New", author=author.pk, _publish="Publish now")
    assert Note.objects.get().state == "published"
