"""Targets with progress."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories import ProjectFactory
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


def shown(client, *, readings, due_in=30, **values):
    today = timezone.localdate()
    project = ProjectFactory(name="Spacebank")
    target = project.targets.create(due_on=today + timedelta(days=due_in), **values)
    for days_ago, value in readings:
        target.readings.create(read_on=today - timedelta(days=days_ago), value=value)
    return words(page(client, "/projects/spacebank/"), "//section[h2='Targets']")


def test_progress_of_what_grows(client):
    told = shown(client, name="apprenticeships started", goal=100, readings=[(30, 12), (2, 40)])
    assert "100 apprenticeships started by" in told
    assert "40% of the way" in told
    assert "Earlier readings" in told
    assert "12 readings" not in told


def test_progress_of_what_falls(client):
    """From 300 down to 200, 250 is half the way, and 190 is there."""
    told = shown(client, name="overspend", unit="£", goal=200, lower_is_better=True, readings=[(30, 300), (2, 250)])
    assert "£250 on" in told
    assert "50% of the way" in told


@pytest.mark.parametrize(
    ("readings", "due_in", "words_said", "words_not_said"),
    [
        ([(2, 100)], 30, "reached", "of the way"),
        ([(2, 120)], -3, "reached", "overdue"),
        ([(2, 50)], -3, "overdue since", "reached"),
        ([], -3, "No reading yet · overdue since", "of the way"),
        ([], 3, "No reading yet", "overdue"),
        ([(2, -5)], 3, "0% of the way", "overdue"),
        ([(2, 99.99)], 3, "99% of the way", "reached"),
    ],
)
def test_state_of_a_target_is_said_in_words(client, readings, due_in, words_said, words_not_said):
    told = shown(client, name="places", goal=100, readings=readings, due_in=due_in)
    assert words_said in told
    assert words_not_said not in told


@pytest.mark.parametrize(
    ("unit", "goal", "said"), [("%", 95, "95% calls"), ("", 4000, "4,000 calls"), ("kg", 2.5, "2.5 kg calls")]
)
def test_goal_with_its_unit(client, unit, goal, said):
    assert said in shown(client, name="calls", unit=unit, goal=goal, readings=[])


@pytest.mark.parametrize(("latest", "said"), [(0, "reached"), (7, "0% of the way"), (9, "0% of the way"), (1, "85%")])
def test_goal_of_nothing_is_no_error(client, latest, said):
    readings = [(9, 7), (2, latest)]
    assert said in shown(client, name="open faults", goal=0, lower_is_better=True, readings=readings)


def test_target_that_was_left_again_is_not_reached(client):
    readings = [(9, 5), (2, 12)]
    told = shown(client, name="open faults", goal=10, lower_is_better=True, readings=readings)
    assert "0% of the way" in told
    assert "reached" not in told
