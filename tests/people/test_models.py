"""Rules of people, teams, organisations, and of everything that has a name."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from people.models import Entry, FormerSlug, Person
from tests.factories import OrganisationFactory, PersonFactory, ProjectFactory, TeamFactory, weeknote

pytestmark = pytest.mark.django_db


def test_slug_is_made_of_the_name():
    assert PersonFactory(name="Cate McLaurin").slug == "cate-mclaurin"


def test_second_of_a_name_gets_a_number():
    PersonFactory(name="Michael Scott")
    assert PersonFactory(name="Michael Scott").slug == "michael-scott-2"


def test_person_and_project_may_share_a_slug():
    """Their pages have different addresses."""
    assert PersonFactory(name="Loti").slug == ProjectFactory(name="LOTI").slug == "loti"


@pytest.mark.parametrize("name", ["李明", "Ольга", "!!!"])
def test_name_without_a_latin_letter_still_has_an_address(name):
    assert PersonFactory(name=name).slug.startswith("person")


def test_a_long_name_ends_its_slug_at_a_word():
    slug = PersonFactory(name="Wolfeschlegelsteinhausen " * 4).slug
    assert len(slug) <= 60
    assert slug == "wolfeschlegelsteinhausen-wolfeschlegelsteinhausen"


def test_two_pages_of_a_kind_cannot_share_an_address():
    PersonFactory(slug="ann")
    with pytest.raises(IntegrityError), transaction.atomic():
        PersonFactory(slug="ann")


def test_sharing_an_address_is_a_sentence_in_a_form():
    PersonFactory(slug="ann")
    with pytest.raises(ValidationError, match="Another page has this address already"):
        Person(name="Ann", slug="ann").full_clean()


def test_former_slug_is_remembered_and_forgotten_when_taken_back():
    person = PersonFactory(name="Ann Lee")
    person.slug = "ann-day"
    person.save()
    assert FormerSlug.objects.get().slug == "ann-lee"
    person.slug = "ann-lee"
    person.save()
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["ann-day"]


def test_leaving_before_starting_is_refused():
    person = Person(name="Ann", started_on=date(2020, 1, 2), left_on=date(2020, 1, 1))
    with pytest.raises(ValidationError, match="“Left on” is before “Started on”"):
        person.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        person.save()


def test_team_cannot_be_part_of_itself_however_far_up():
    top = TeamFactory(name="Top")
    below = TeamFactory(name="Below", part_of=top)
    top.part_of = below
    with pytest.raises(ValidationError, match="cannot be part of itself"):
        top.full_clean()


def test_entry_is_found_by_slug_name_and_alias_in_any_case():
    person = PersonFactory(name="Cate McLaurin", aliases=["Cate"])
    for words in ("cate-mclaurin", "CATE MCLAURIN", "cate", " Cate  McLaurin "):
        assert list(Entry.objects.called(words)) == [Entry.objects.get(pk=person.pk)]


def test_person_who_wrote_cannot_be_deleted():
    """Nobody's writing goes with them, whichever way the deletion comes."""
    note = weeknote("Hello")
    with pytest.raises(ProtectedError):
        note.author.delete()
    with pytest.raises(ProtectedError):
        Person.objects.filter(pk=note.author.pk).delete()
    assert Person.objects.filter(pk=note.author.pk).exists()


def test_person_who_is_named_cannot_be_deleted():
    person = PersonFactory(name="Ann Lee")
    weeknote("Thank you, Ann Lee.")
    with pytest.raises(ProtectedError):
        person.delete()


def test_person_nobody_named_can_be_deleted():
    PersonFactory().delete()
    assert not Entry.objects.exists()


def test_organisation_with_people_cannot_be_deleted():
    person = PersonFactory(organisation=OrganisationFactory())
    with pytest.raises(ProtectedError):
        person.organisation.delete()
