"""Headings in a list of passages: only where nothing under them is in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.models import Passage
from notes.repetition import Line, newest_lines, without_repeated_headings
from tests.factories import PersonFactory, ProjectFactory, week_after, weeknote

KINDS = [Passage.Kind.TITLE, Passage.Kind.HEADING, Passage.Kind.PARAGRAPH, Passage.Kind.ITEM]
LINES = st.lists(
    st.builds(
        Line,
        pk=st.integers(),
        text=st.integers(0, 3),
        position=st.integers(0, 30),
        part=st.sampled_from(KINDS),
        heading=st.sampled_from(["", "Housing", "Digital"]),
    ),
    unique_by=lambda line: (line.text, line.position),
    max_size=25,
).map(lambda lines: sorted(lines, key=lambda line: (-line.text, line.position)))


def is_repeated(line, lines):
    if line.part not in Passage.HEADINGS:
        return False
    return any(
        other.text == line.text
        and other.position > line.position
        and other.part not in Passage.HEADINGS
        and (line.part == Passage.Kind.TITLE or other.heading == line.heading)
        for other in lines
    )


@given(LINES)
def test_heading_stays_where_nothing_under_it_does(lines):
    assert without_repeated_headings(lines) == [line for line in lines if not is_repeated(line, lines)]


@pytest.mark.django_db
@pytest.mark.parametrize("most", [1, 2, 5, 40])
@pytest.mark.parametrize("read", [1, 3, 7, None])
def test_however_few_are_read_at_once_the_list_is_the_same(most, read):
    """Page after page, too."""
    project, author = ProjectFactory(name="Spacebank"), PersonFactory()
    for number in range(4):
        under = "\n\n".join(f"Spacebank {line}." if line % (number + 2) else "No." for line in range(6))
        body = f"## Spacebank\n\n{under}\n\n## Spacebank again\n\nNothing."
        weeknote(body, title="Of Spacebank", week=week_after(number), author=author)
    everything = newest_lines(project.passages.all(), 1_000)
    assert len(everything) > 15
    assert newest_lines(project.passages.all(), most, read=read) == everything[:most]
    last = project.passages.get(pk=everything[most - 1].pk) if most <= len(everything) else None
    if last:
        token = f'["{last.on}",{last.text_id},{last.position}]'
        assert newest_lines(project.passages.all(), most, token, read=read) == everything[most : 2 * most]
