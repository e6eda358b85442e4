"""What somebody else's notes showed, which nobody here had seen: each with names of our own."""

import pytest

from notes.models import Mention
from notes.settling import names_in
from tests.factories import OrganisationFactory, PersonFactory, weeknote

pytestmark = pytest.mark.django_db


def test_handle_does_not_make_the_name_doubtful():
    kasia = PersonFactory(name="Kasia Lind")
    note = weeknote("@kasia suggested it. Kasia is in charge.")
    assert list(Mention.objects.filter(passage__text=note.pk).values_list("entry", flat=True)) == [kasia.pk]


def test_organisation_named_like_a_town_is_where_somebody_works():
    council = OrganisationFactory(name="Tidewell Council", aliases=["Tidewell"])
    weeknote("We met the new head of digital at Tidewell.")
    assert Mention.objects.get().entry_id == council.pk


@pytest.mark.parametrize("body", ["Tom presented it.", "We met Tom there."])
def test_half_of_a_name_that_another_is_usually_called_is_a_question(body):
    tom, thomas = PersonFactory(name="Tom Achebe"), PersonFactory(name="Thomas Greaves")
    note = weeknote(body)
    assert not Mention.objects.exists()
    [one] = names_in(note).asked
    assert {candidate.entry.pk for candidate in one.candidates} == {tom.pk, thomas.pk}
    assert one.kind == "which"


def test_listed_short_form_links():
    tom = PersonFactory(name="Tom Achebe", aliases=["Tom"])
    PersonFactory(name="Thomas Greaves")
    weeknote("Tom presented it.")
    assert Mention.objects.get().entry_id == tom.pk
