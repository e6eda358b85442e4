"""Who writes, and two whom a name may mean."""

import pytest

from hackit.roles import Role, give
from tests.factories import PersonFactory, login


@pytest.fixture
def author(client):
    """An author who is signed in."""
    person = PersonFactory(name="Dana Writer")
    user = login("dana", person=person)
    give(user, Role.AUTHOR)
    client.force_login(user)
    return person


@pytest.fixture
def michaels():
    return PersonFactory(name="Michael Obi", aliases=["Michael"]), PersonFactory(
        name="Michael Day", aliases=["Michael"]
    )
