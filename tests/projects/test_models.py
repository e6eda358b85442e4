"""Rules of projects."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from projects.models import Member, Partnership, Reading, Target
from tests.factories import OrganisationFactory, PersonFactory, ProjectFactory, weeknote

pytestmark = pytest.mark.django_db


def test_project_cannot_be_part_of_itself():
    project = ProjectFactory()
    project.part_of = project
    with pytest.raises(ValidationError, match="cannot be part of itself"):
        project.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        project.save()


def test_project_cannot_be_part_of_its_own_part():
    programme = ProjectFactory()
    part = ProjectFactory(part_of=programme)
    programme.part_of = part
    with pytest.raises(ValidationError, match="cannot be part of itself"):
        programme.full_clean()


def test_membership_ends_after_it_starts():
    member = Member(
        project=ProjectFactory(), person=PersonFactory(), started_on=date(2020, 2, 1), ended_on=date(2020, 1, 1)
    )
    with pytest.raises(ValidationError, match="“Ended on” is before “Started on”"):
        member.full_clean()


def test_named_project_cannot_be_deleted():
    project = ProjectFactory(name="Spacebank")
    weeknote("We tried Spacebank.")
    with pytest.raises(ProtectedError):
        project.delete()


def test_partner_is_listed_once():
    partnership = Partnership.objects.create(project=ProjectFactory(), organisation=OrganisationFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(project=partnership.project, organisation=partnership.organisation)


def test_target_is_read_once_a_day():
    target = Target.objects.create(project=ProjectFactory(), name="apprenticeships", goal=100)
    Reading.objects.create(target=target, read_on=date(2020, 1, 1), value=41)
    with pytest.raises(ValidationError, match="reading for that day already"):
        Reading(target=target, read_on=date(2020, 1, 1), value=42).full_clean()
