"""What several tests of the whole site need."""

from datetime import timedelta

import pytest

from tests.factories import (
    MONDAY,
    PersonFactory,
    ProjectFactory,
    meeting,
    post,
    week_after,
    weeknote,
)
from tests.hackit.world import make


@pytest.fixture
def world(db):
    """One of everything, and an account of each role."""
    return make()


@pytest.fixture
def written(db):
    """Notes, posts and meetings that differ in what filters ask for."""
    ann, bob = PersonFactory(name="Ann Lee"), PersonFactory(name="Bob Day")
    ProjectFactory(name="Spacebank")
    ProjectFactory(name="Finance Review")
    weeknote("Spacebank with Bob Day.\n\nFinance Review alone.", author=ann, title="both").tags.add("halls")
    weeknote("Spacebank alone. #halls", author=bob, title="space", week=week_after(1))
    post("Finance Review with Bob Day.", author=ann, title="review", day=MONDAY + timedelta(days=9))
    meeting("Spacebank met.", title="board", day=MONDAY + timedelta(days=2)).attendances.create(person=bob)
