"""A target's readings, drawn: the line, the goal, the day it is due, and their words."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.models import Target
from projects.progress import BOTTOM, HIGH, LEFT, RIGHT, TOP, WIDE, Progress, overlap
from tests.factories import ProjectFactory

FIRST = date(2019, 6, 10)


def course(readings, *, goal=100, unit="", due=None, lower_is_better=False):
    """Draw readings given as {days after the first: value}."""
    target = Target(name="places", goal=Decimal(goal), unit=unit, lower_is_better=lower_is_better)
    target.due_on = None if due is None else FIRST + timedelta(days=due)
    read = [
        SimpleNamespace(
            read_on=FIRST + timedelta(days=day), value=Decimal(value), in_words=target.in_words(Decimal(value))
        )
        for day, value in readings.items()
    ]
    drawn = SimpleNamespace(
        readings=SimpleNamespace(all=lambda: read),
        goal=target.goal,
        due_on=target.due_on,
        lower_is_better=lower_is_better,
        in_words=target.in_words,
    )
    return Progress(drawn)


VALUES = st.decimals(-(10**9), 10**9, places=2)
READINGS = st.dictionaries(st.integers(0, 4_000), VALUES, min_size=2, max_size=70)


@given(
    READINGS,
    VALUES,
    st.sampled_from(["", "%", "£", "people and their dogs, all told"]),
    st.none() | st.integers(-900, 9_000),
    st.booleans(),
)
def test_nothing_is_outside_and_no_words_cover_another_or_the_line(readings, goal, unit, due, lower):
    drawn = course(readings, goal=goal, unit=unit, due=due, lower_is_better=lower)
    assert drawn
    for x, y in [*drawn.points, (LEFT, drawn.goal)]:
        assert LEFT <= x <= RIGHT
        assert TOP <= y <= BOTTOM
    assert drawn.due is None or LEFT <= drawn.due <= RIGHT
    boxes = [label.box for label in drawn.labels]
    for left, top, right, bottom in boxes:
        assert 0 <= left <= right <= WIDE
        assert 0 <= top <= bottom <= HIGH
    for place, box in enumerate(boxes):
        assert not drawn.crosses(box)
        assert not any(overlap(box, other) for other in boxes[:place])


@given(READINGS)
def test_later_is_further_right_and_more_is_higher(readings):
    drawn = course(readings)
    pairs = list(zip(drawn.readings, drawn.points, strict=True))
    for (one, (x, y)), (other, (next_x, next_y)) in pairwise(pairs):
        assert x <= next_x
        assert (y >= next_y) if other.value >= one.value else (y <= next_y)


def test_what_grows_starts_from_nothing_and_what_falls_ends_at_its_goal():
    assert course({0: 50, 10: 60}).y(Decimal(0)) == BOTTOM
    falls = course({0: 300, 10: 250}, goal=200, lower_is_better=True)
    assert falls.goal == BOTTOM
    assert falls.points[0][1] == TOP
    assert [label.words for label in falls.labels] == ["Goal: at most 200", "250"]


def test_one_reading_is_no_line():
    assert not course({0: 5})
    assert course({0: 5, 1: 5})


def test_day_it_is_due_is_drawn_where_it_is():
    assert course({0: 5, 10: 6}, due=20).due == RIGHT
    assert course({0: 5, 10: 6}, due=5).due == (LEFT + RIGHT) / 2


@pytest.mark.django_db
def test_page_draws_readings_with_a_name_and_says_each_in_a_table(client):
    project = ProjectFactory(name="Spacebank")
    target = project.targets.create(name="rooms listed", goal=40)
    for number in range(5):
        target.readings.create(read_on=FIRST + timedelta(days=number), value=number * 3)
    tree = lxml.html.fromstring(client.get("/projects/spacebank/").content)
    [chart] = tree.xpath("//*[@class='chart']")
    named = [tree.get_element_by_id(key).text_content() for key in chart.get("aria-labelledby").split()]
    assert named == ["40 rooms listed: 5 readings", "From 0 to 12; the goal is 40. The table below says each."]
    assert len(chart.xpath(".//circle")) == 5
    assert [cell.text_content() for cell in tree.xpath("//figure//td")] == ["12", "9", "6", "3", "0"]
