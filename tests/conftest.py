"""What many tests need."""

import pytest
from hypothesis import HealthCheck, settings

from tests.factories import editor

# Long enough to find something, short enough to run before every commit. Times vary too much here to be judged.
settings.register_profile(
    "suite", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("suite")


@pytest.fixture
def editor_client(client, db):
    """A browser in which an editor is signed in."""
    client.force_login(editor())
    return client
