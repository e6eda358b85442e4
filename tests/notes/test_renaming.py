"""When a name comes, goes or changes, the texts that say it follow: some at once, the others from a list."""

import threading
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from hackit.roles import Role, give
from notes import writing
from notes.models import Mention, NameChoice, Text, Waiting
from notes.renaming import link_one, link_waiting, texts_naming, wait
from people.models import DirectoryVersion, Entry, Person
from tests.desk import act, change, save
from tests.factories import (
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    login,
    meeting,
    post,
    week_after,
    weeknote,
)
from tests.people.test_merging import merge, shown

pytestmark = pytest.mark.django_db

PAGE = "/admin/notes/waiting/"


@pytest.fixture
def few_at_once(monkeypatch):
    for module in ("notes.renaming", "notes.admin.waiting"):
        monkeypatch.setattr(f"{module}.MOST_AT_ONCE", 3)


@pytest.fixture
def texts():
    """Eight that say a name nobody has yet."""
    return [weeknote("Thanks to Kemar Pottinger.", title=f"Week {number}") for number in range(8)]


def add_alias(client, entry, name):
    return save(client, change(entry), **{f"aliases-{entry.aliases.count()}-name": name})


def command(capsys, *options):
    call_command("relink", *options)
    return capsys.readouterr().out.strip()


@pytest.fixture
def eight_wait(editor_client, texts, few_at_once, django_capture_on_commit_callbacks):
    """A name was added that eight texts say: three follow, five wait."""
    person = PersonFactory(name="Kay Pea")
    with django_capture_on_commit_callbacks(execute=True):
        add_alias(editor_client, person, "Kemar Pottinger")
    return person


def test_first_texts_follow_at_once_and_it_is_said_how_many_wait(editor_client, texts, few_at_once):
    kept, gone = PersonFactory(name="Kay Pea"), PersonFactory(name="Kemar Pottinger")
    call_command("relink")
    told = merge(editor_client, kept, gone).content.decode()
    said = "3 texts were linked anew with the names of Kay Pea. 5 more wait: "
    assert f'{said}<a href="{PAGE}">let them follow</a>' in told
    assert Waiting.objects.count() == 5
    assert kept.mentions.count() == 8  # who is meant moved at once; only the links wait
    assert ">5 texts</a> still follow" in editor_client.get("/admin/").content.decode()


def test_each_press_of_the_button_links_some_more_until_none_waits(editor_client, eight_wait):
    told = shown(editor_client.get(PAGE))
    assert "0 of 5 texts follow." in told
    told = shown(editor_client.post(PAGE, follow=True))
    assert "3 of 5 texts follow; 3 of them had other links before." in told
    assert eight_wait.mentions.count() == 6
    response = editor_client.post(PAGE, follow=True)
    assert "5 of 5 texts follow; 5 of them had other links before." in shown(response)
    assert "No text waits" in shown(response)
    assert b"waiting-form" not in response.content
    assert "still follow" not in shown(editor_client.get("/admin/"))
    assert eight_wait.mentions.count() == 8


def test_page_begins_anew_with_the_next_change(editor_client, eight_wait):
    for _ in range(2):
        editor_client.post(PAGE, follow=True)
    wait([Text.objects.first().pk])
    assert "0 of 1 text follows." in shown(editor_client.get(PAGE))


def test_command_links_all_that_wait(eight_wait, capsys):
    assert command(capsys, "--waiting") == "5 texts follow now, 5 changed."
    assert eight_wait.mentions.count() == 8
    assert command(capsys, "--waiting") == "No text waits."


def test_command_that_is_stopped_goes_on_where_it_was(eight_wait, capsys, monkeypatch):
    compose, seen = writing.compose, []

    def stop_at_the_third(text, matcher):
        seen.append(text.pk)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return compose(text, matcher)

    monkeypatch.setattr("notes.writing.compose", stop_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        call_command("relink", "--waiting")
    assert (eight_wait.mentions.count(), Waiting.objects.count()) == (5, 3)
    assert command(capsys, "--waiting") == "3 texts follow now, 3 changed."
    assert len(set(seen)) == 5  # only the one it was stopped at was begun twice
    assert len(seen) == 6


def test_whole_relink_that_is_stopped_is_on_the_list(texts, monkeypatch):
    monkeypatch.setattr("notes.writing.compose", lambda text, matcher: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        call_command("relink")
    assert Waiting.objects.count() == len(texts)


def test_text_that_is_linked_while_a_name_changes_is_linked_again(texts, monkeypatch):
    """What was composed by the directory as it was is not stored."""
    PersonFactory(name="Kemar Pottinger")
    compose, seen = writing.compose, []
    versions = iter(["as it was"])
    monkeypatch.setattr(DirectoryVersion, "with_choices", lambda: next(versions, "as it is"))
    monkeypatch.setattr("notes.writing.compose", lambda text, matcher: seen.append(text.pk) or compose(text, matcher))
    wait([texts[0].pk])
    assert link_one(texts[0].pk) is True
    assert seen == [texts[0].pk] * 2
    assert Mention.objects.get().passage.text_id == texts[0].pk
    assert not Waiting.objects.exists()


def test_text_that_another_process_was_quicker_with_is_left_to_it(texts, monkeypatch):
    PersonFactory(name="Kemar Pottinger")
    compose = writing.compose

    def be_overtaken(text, matcher):
        sheet = compose(text, matcher)
        Waiting.objects.all().delete()
        return sheet

    monkeypatch.setattr("notes.writing.compose", be_overtaken)
    wait([texts[0].pk])
    assert link_one(texts[0].pk) is None
    assert not Mention.objects.exists()


def test_text_deleted_meanwhile_does_not_wait(texts):
    wait([texts[0].pk])
    texts[0].delete()
    assert not Waiting.objects.exists()
    assert link_one(texts[0].pk) is None


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is of one process")
@pytest.mark.django_db(transaction=True)
def test_two_processes_share_the_list_and_do_nothing_twice(texts, monkeypatch):
    PersonFactory(name="Kemar Pottinger")
    compose, seen, done = writing.compose, [], []

    def note_down(text, matcher):
        seen.append(text.pk)
        return compose(text, matcher)

    def work():
        done.append(link_waiting().linked)
        connection.close()

    monkeypatch.setattr("notes.writing.compose", note_down)
    wait([text.pk for text in texts])
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == sorted(text.pk for text in texts)
    assert sum(done) == len(texts)
    assert Mention.objects.count() == len(texts)


def test_page_is_for_who_writes(client, eight_wait):
    for role, status in ((Role.READER, 302), (Role.AUTHOR, 200), (Role.EDITOR, 200)):
        user = login(role.value)
        give(user, role)
        client.force_login(user)
        assert client.get(PAGE).status_code == status
        before = Waiting.objects.count()
        client.post(PAGE)
        assert (Waiting.objects.count() < before) == (status == 200)
        told = shown(client.get("/admin/", follow=True))
        assert ("still follow" in told) == (role == Role.EDITOR and Waiting.objects.exists())


# Which texts


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Kemar POTTINGER", "Kemar Pottinger"),
        ("thanks Kemar", "Kemar Pottinger"),
        ("Pottinger’s idea", "Kemar Pottinger"),
        ("Matt Young said", "Matthew Young"),
        ("O’Cynthia", "O'Cynthia"),
        ("at HLT", "Housing Leadership Team"),
        ("the #digitalapprenticeships", "Digital apprenticeships"),
        ("по Ольга", "Ольга"),
    ],
)
def test_texts_that_may_say_a_name_are_found(body, name):
    note = weeknote(body)
    weeknote("Nothing of that sort.")
    factory = PersonFactory if name.istitle() and "Team" not in name else ProjectFactory
    assert texts_naming(factory(name=name), {name}) == [note.pk]


def test_only_texts_with_the_words_are_touched(editor_client, monkeypatch, django_capture_on_commit_callbacks):
    saying = weeknote("Thanks to the Mayor.")
    person = PersonFactory(name="Philip Glanville")
    weeknote("Philip Glanville came.")
    weeknote("A quiet week.")
    compose, seen = writing.compose, []
    monkeypatch.setattr("notes.writing.compose", lambda text, matcher: seen.append(text.pk) or compose(text, matcher))
    with django_capture_on_commit_callbacks(execute=True):
        add_alias(editor_client, person, "the Mayor")
    assert seen == [saying.pk]


def test_changed_address_is_followed_by_whatever_links_to_it(editor_client, django_capture_on_commit_callbacks):
    person = PersonFactory(name="Philip Glanville", aliases=["the Mayor"])
    note = weeknote("The Mayor came.")
    NameChoice.objects.create(author=note.author, words="Phil the boss", key="phil the boss", entry=person)
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, change(person), slug="mayor")
    note.refresh_from_db()
    assert 'href="/people/mayor/"' in note.html
    assert NameChoice.objects.exists()


def test_body_stays_as_written(editor_client, eight_wait, texts):
    bodies = [text.body for text in texts]
    call_command("relink", "--waiting")
    assert [Text.objects.get(pk=text.pk).body for text in texts] == bodies


# When somebody came and left


def test_day_somebody_left_decides_whom_half_a_name_means(editor_client, django_capture_on_commit_callbacks):
    first, second = PersonFactory(name="Michael Day"), PersonFactory(name="Michael Scott")
    note = post("Thanks to Michael.", day=date(2019, 6, 10))
    assert not note.passages.filter(mentions__isnull=False).exists()
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, change(second), left_on="01/02/2019")
    assert set(first.passages.values_list("text", flat=True)) == {note.pk}
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, change(second), left_on="")
    assert not first.passages.exists()


def test_preferred_name_is_a_name(editor_client, django_capture_on_commit_callbacks):
    person = PersonFactory(name="Adeyemi Okafor")
    note = weeknote("Thanks to Yemi.")
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, change(person), preferred_name="Yemi")
    assert set(person.passages.values_list("text", flat=True)) == {note.pk}


def test_marking_as_left_writes_the_day_for_linking_too(editor_client):
    person = PersonFactory(name="Michael Day")
    act(editor_client, Person, "mark_as_left", person)
    person.refresh_from_db()
    assert person.has_left
    assert Entry.objects.get(pk=person.pk)


# What was settled


def test_choice_of_a_name_that_is_taken_away_is_forgotten(editor_client, django_capture_on_commit_callbacks):
    person, author = PersonFactory(name="Philip Glanville", aliases=["the Mayor"]), PersonFactory()
    for words in ("the Mayor", "the boss"):
        NameChoice.objects.create(author=author, words=words, key=words.lower(), entry=person)
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, change(person), **{"aliases-0-DELETE": "on"})
    assert list(NameChoice.objects.values_list("words", flat=True)) == ["the boss"]


def test_choice_of_half_a_hidden_name_is_forgotten(editor_client, django_capture_on_commit_callbacks):
    jane, author = PersonFactory(name="Jane Doe"), PersonFactory()
    for words in ("Jane", "the boss"):
        NameChoice.objects.create(author=author, words=words, key=words.lower(), entry=jane)
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, change(jane), name="John Doe", hide_former_name="on")
    assert list(NameChoice.objects.values_list("words", flat=True)) == ["the boss"]


def test_deleted_entry_leaves_its_texts_linked_to_what_else_has_the_name(
    editor_client, django_capture_on_commit_callbacks
):
    kept, gone = OrganisationFactory(name="LOTI"), ProjectFactory(name="Loti", aliases=["LOTI"])
    note = weeknote("We met LOTI.")
    assert not Mention.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        editor_client.post(reverse("admin:projects_project_delete", args=[gone.pk]), {"post": "yes"})
    assert set(kept.passages.values_list("text", flat=True)) == {note.pk}


def test_meetings_follow_as_notes_do(editor_client, django_capture_on_commit_callbacks):
    held = meeting("Kemar Pottinger spoke.", day=week_after(1))
    person = PersonFactory(name="Kay Pea")
    with django_capture_on_commit_callbacks(execute=True):
        add_alias(editor_client, person, "Kemar Pottinger")
    assert set(person.passages.values_list("text", flat=True)) == {held.pk}
