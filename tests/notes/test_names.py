"""The matcher is kept until the directory changes, whoever changes it, and is never of another version."""

import threading

import pytest
from django.db import connection, transaction

from notes.names import current
from people.models import Alias, DirectoryVersion, Entry, Organisation, Person
from tests.factories import PersonFactory, ProjectFactory

pytestmark = pytest.mark.django_db


def known(words):
    return bool(current().called(words))


def test_matcher_is_kept_while_nothing_changes(django_assert_num_queries):
    PersonFactory(name="Ann Lee")
    kept = current()
    with django_assert_num_queries(1):
        assert current() is kept


@pytest.mark.parametrize(
    "change",
    [
        lambda person: person.save(),
        lambda person: Person.objects.filter(pk=person.pk).update(left_on="2019-06-10"),
        lambda person: Alias.objects.create(entry=person, name="Annie"),
        lambda person: Alias.objects.bulk_create([Alias(entry=person, name="Annie")]),
        lambda person: person.aliases.filter(name="A").delete(),
        lambda person: person.aliases.update(name="B"),
        lambda person: person.aliases.get().delete(),
        lambda person: person.former_slugs.create(kind=person.kind, slug="annie"),
        lambda person: Entry.objects.filter(pk=person.pk).update(name="Ann Day"),
        lambda person: person.delete(),
        lambda person: ProjectFactory(),
        lambda person: Organisation.objects.create(name="Payroll"),
    ],
)
def test_whatever_changes_the_directory_makes_it_new(change):
    person = PersonFactory(name="Ann Lee", aliases=["A"])
    kept = current()
    change(person)
    assert current() is not kept


def test_what_was_rolled_back_is_not_known_afterwards():
    """A number that goes up would be the same again after the next change."""
    person = PersonFactory(name="Ann Lee")
    with transaction.atomic():
        Alias.objects.create(entry=person, name="Annie")
        assert known("Annie")
        transaction.set_rollback(True)
    Alias.objects.create(entry=person, name="Nan")
    assert known("Nan")
    assert not known("Annie")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_change_that_is_committed_late_is_not_missed():
    """Of two who change the directory at once the second waits, so that whoever looks between sees the first."""
    person = PersonFactory(name="Ann Lee")
    begun, looked = threading.Event(), threading.Event()

    def change_slowly():
        try:
            with transaction.atomic():
                Alias.objects.create(entry=person, name="Slow")
                begun.set()
                looked.wait(10)
        finally:
            connection.close()

    def change_quickly():
        try:
            begun.wait(10)
            Alias.objects.create(entry=person, name="Quick")
        finally:
            connection.close()

    threads = [threading.Thread(target=change_slowly), threading.Thread(target=change_quickly)]
    for thread in threads:
        thread.start()
    begun.wait(10)
    before = DirectoryVersion.now()
    assert not known("Slow")
    looked.set()
    for thread in threads:
        thread.join(10)
    assert DirectoryVersion.now() != before
    assert known("Slow")
    assert known("Quick")
