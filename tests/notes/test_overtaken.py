"""What several people and processes do in the same moment: no text keeps links that are no longer so."""

import threading

import pytest
from django.db import IntegrityError, connection, connections

from notes import renaming, settling, writing
from notes.models import Mention, NameChoice, Note, Waiting
from people.merging import EntryMerging
from people.models import Alias, Person
from tests.factories import PersonFactory, weeknote

pytestmark = pytest.mark.django_db(transaction=True)

on_a_server = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")


def elsewhere(*works):
    """Do something in other processes, all at once, and wait for them. SQLite in memory has but this one."""
    if connection.vendor == "sqlite":
        [work] = works
        work()
        return
    problems = []

    def go(work):
        try:
            work()
        except Exception as error:
            problems.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not problems


def just_after(monkeypatch, name, work, *, before=False):
    """Let something be done elsewhere, once, after a function of notes.writing, or just before it."""
    real, done = getattr(writing, name), []

    def function(*arguments):
        is_first = not done
        done.append(1)
        if is_first and before:
            elsewhere(work)
        result = real(*arguments)
        if is_first and not before:
            elsewhere(work)
        return result

    monkeypatch.setattr(writing, name, function)


@pytest.fixture
def anns():
    return PersonFactory(name="Ann Smith"), PersonFactory(name="Ann Jones")


def named(text):
    return set(Mention.objects.filter(passage__text=text.pk).values_list("entry__name", flat=True))


@pytest.mark.parametrize("is_waiting_there", [True, False])
def test_name_that_is_settled_while_its_text_is_linked_is_linked(monkeypatch, anns, is_waiting_there):
    note = weeknote("We met Ann there.")
    renaming.wait([note.pk])

    def settle():
        choice = settling.settle(Note.objects.get(pk=note.pk), "Ann", anns[0], "text")
        if is_waiting_there:
            renaming.wait([choice.text_id])  # and links none, as another process is at it

    just_after(monkeypatch, "compose", settle)
    renaming.link_waiting([note.pk])
    assert named(note) == {"Ann Smith"}
    assert not Waiting.objects.exists()


def test_choice_that_is_undone_while_its_text_is_linked_is_undone(monkeypatch, anns):
    note = weeknote("We met Ann there.")
    settling.settle(note, "Ann", anns[0], "text")
    renaming.wait([note.pk])
    just_after(monkeypatch, "compose", lambda: NameChoice.objects.get().delete())
    renaming.link_waiting([note.pk])
    assert named(note) == set()


def test_name_that_comes_while_a_text_is_saved_is_linked(monkeypatch, anns):
    note = weeknote("A quiet week.")
    just_after(monkeypatch, "compose", lambda: settling.add_alias(anns[0], "Mikey Foo"))
    note.body = "We met Mikey Foo there."
    writing.write(note)
    assert named(note) == {"Ann Smith"}
    assert "/people/ann-smith/" in Note.objects.get(pk=note.pk).html


def test_name_that_goes_while_a_text_is_saved_is_not_linked(monkeypatch, anns):
    Alias.objects.create(entry=anns[0], name="Mikey Foo")
    note = weeknote("A quiet week.")
    just_after(monkeypatch, "compose", lambda: Alias.objects.all().delete())
    note.body = "We met Mikey Foo there."
    writing.write(note)
    assert named(note) == set()


def test_saving_costs_two_queries_to_know_that_nothing_changed(anns, django_assert_max_num_queries):
    note = weeknote("We met Ann Smith there.")
    versions = "people_directoryversion"
    with django_assert_max_num_queries(30) as asked:
        writing.write(note)
    assert sum(versions in query["sql"] for query in asked.captured_queries) == 3  # and one for the matcher


@on_a_server
def test_merge_while_a_text_is_linked_to_who_goes(monkeypatch, anns):
    note = weeknote("We met Cy Foo there.")
    Alias.objects.create(entry=anns[0], name="Cy Foo")
    renaming.wait([note.pk])
    merging = lambda: EntryMerging(*[Person.objects.get(pk=one.pk) for one in (anns[1], anns[0])]).do()  # noqa: E731
    just_after(monkeypatch, "store", merging, before=True)
    renaming.link_waiting([note.pk])
    assert named(note) <= {"Ann Jones"}
    assert not Waiting.objects.exists()


def test_what_is_wrong_for_another_reason_is_told(monkeypatch, anns):
    note = weeknote("We met Ann there.")
    renaming.wait([note.pk])

    def fail(*arguments):
        raise IntegrityError("something else")

    monkeypatch.setattr(writing, "store", fail)
    with pytest.raises(IntegrityError):
        renaming.link_one(note.pk)
    assert Waiting.objects.exists()


@on_a_server
@pytest.mark.parametrize("scope", ["text", "author"])
def test_two_settle_the_same_name_at_once(anns, scope):
    note = weeknote("We met Ann there.")
    start = threading.Barrier(2)

    def settle(entry):
        for _ in range(10):
            start.wait(10)
            settling.settle(Note.objects.get(pk=note.pk), "Ann", entry, scope)

    elsewhere(*[lambda entry=entry: settle(entry) for entry in anns])
    assert NameChoice.objects.count() == 1


@on_a_server
def test_two_add_the_same_person_at_once():
    start, said = threading.Barrier(2), []

    def add():
        start.wait(10)
        try:
            settling.add_person("Esra Kaya", is_to_check=False)
        except settling.ValidationError as error:
            said.extend(error.messages)

    elsewhere(add, add)
    assert Person.objects.filter(name="Esra Kaya").count() == 1
    assert len(said) == 1
