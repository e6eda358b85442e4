"""Days that a text says in words."""

from datetime import date, timedelta

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.days_said import days_said, mark_days, said_on
from notes.models import Note
from notes.names import current
from notes.passages import cut
from notes.weeks import midday
from notes.writing import rewrite, write
from tests.factories import MONDAY, PersonFactory, meeting, post, weeknote
from tests.notes.test_markdown import MARKDOWN, faults


def said(words, on=MONDAY):
    """Return "words: day" of each day that is said, for a text of the Monday 10 June 2019."""
    return [f"{words[one.start : one.end]}: {one.day}" for one in days_said(words, on)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We met this Thursday.", "this Thursday: 2019-06-13"),
        ("This Friday’s demo", "This Friday: 2019-06-14"),
        ("this Thursday 13 June", "this Thursday 13 June: 2019-06-13"),
        ("Thurs 30 May", "Thurs 30 May: 2019-05-30"),
        ("Thursday 30th May", "Thursday 30th May: 2019-05-30"),
        ("on Thursday, the 30th of May,", "Thursday, the 30th of May: 2019-05-30"),
        ("by 30 May", "30 May: 2019-05-30"),
        ("12 June: halls", "12 June: 2019-06-12"),
        ("12\u00a0June", "12\u00a0June: 2019-06-12"),
        ("our 12 June deadline", "12 June: 2019-06-12"),
        ("On 12 June halls open", "12 June: 2019-06-12"),
        ("On 12 June Orhan came", "12 June: 2019-06-12"),
        ("June 12th", "June 12th: 2019-06-12"),
        ("Friday, June 14", "Friday, June 14: 2019-06-14"),
        ("12 June 2018", "12 June 2018: 2018-06-12"),
        ("5 May, 2018", "5 May, 2018: 2018-05-05"),
        ("Wednesday 12 June 2019", "Wednesday 12 June 2019: 2019-06-12"),
        ("13/06/2018", "13/06/2018: 2018-06-13"),
        ("06/06/2018", "06/06/2018: 2018-06-06"),
        ("2018-06-12", "2018-06-12: 2018-06-12"),
        ("in w/c 17 June", "w/c 17 June: 2019-06-17"),
        ("week commencing Monday 17 June", "week commencing Monday 17 June: 2019-06-17"),
        ("Thursday (13 June)", "13 June: 2019-06-13"),
        ("13 June (Thursday)", "13 June: 2019-06-13"),
        ("28 February", "28 February: 2019-02-28"),
        ("30 December", "30 December: 2018-12-30"),
        ("1 May", "1 May: 2019-05-01"),
        ("12 Sept.", "12 Sept: 2019-09-12"),
        ("12 June’s meeting", "12 June: 2019-06-12"),
    ],
)
def test_day_that_is_certain(words, expected):
    assert said(words) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("10 to 14 June", ["10: 2019-06-10", "14 June: 2019-06-14"]),
        ("10-14 June", ["10: 2019-06-10", "14 June: 2019-06-14"]),
        ("10th–14th June", ["10th: 2019-06-10", "14th June: 2019-06-14"]),
        ("Monday 10 to Friday 14 June", ["Monday 10: 2019-06-10", "Friday 14 June: 2019-06-14"]),
        ("28 June to 2 July", ["28 June: 2019-06-28", "2 July: 2019-07-02"]),
        ("28 June–2 July", ["28 June: 2019-06-28", "2 July: 2019-07-02"]),
        ("28 June to 2 July 2018", ["28 June: 2018-06-28", "2 July 2018: 2018-07-02"]),
        ("28 December 2017 to 3 January", ["28 December 2017: 2017-12-28", "3 January: 2018-01-03"]),
        ("14 to 10 June", []),
        ("Tuesday 10 to Friday 14 June", []),
    ],
)
def test_both_ends_of_a_range(words, expected):
    assert said(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        *["Thursday", "next Thursday", "last week", "this week", "May", "May 12", "the 12th", "June 2019"],
        *["this Monday week", "this Friday the 13th", "that Friday feeling", "this Friday feeling"],
        *["Friday 30 May", "Tuesday 12 June 2019", "this Thursday 14 June", "Thursday (14 June)"],
        *["14 June (Thursday)", "w/c 12 June", "31 June", "29 February", "30 Feb 2019", "2th May"],
        *["12/06/2019", "06/13/2019", "2019-06-12-post.txt", "v2019-06-12", "12 june", "June 12 people came"],
        *["12 May be wrong", "12 May Be Wrong", "chapter 12 March on", "round 3 June", "Sprint 12 June"],
        *["DMT 12 June", "version 2.12 June", "at 10.30 June", "24/7", "10/12 June", "£12 June", "#12 June"],
        *["12 June-based", "in 2 March Street", "at 12 April House", "3 June sessions", "12 March starters"],
        *["the first 5 June visits", "on 12 June 2000 people came", "On 12 June last year", "May 1st prize"],
        *["In 2015 we opened on 12 June.", "12 June, two years ago"],
    ],
)
def test_what_is_not_certain_stays_text(words):
    assert said(words) == []


def test_year_is_the_nearest_one():
    assert said("2 March", date(2019, 12, 30)) == ["2 March: 2020-03-02"]
    assert said("30 December", date(2020, 1, 6)) == ["30 December: 2019-12-30"]
    assert said("29 February", date(2020, 1, 6)) == ["29 February: 2020-02-29"]


@pytest.mark.parametrize(("away", "is_said"), [(170, True), (-170, True), (182, False), (-182, False)])
def test_day_half_a_year_away_is_not_certain(away, is_said):
    day = MONDAY + timedelta(days=away)
    assert (said(f"{day.day} {day:%B}") != []) == is_said


@given(st.dates(date(1990, 1, 1), date(2199, 12, 31)), st.integers(-170, 170))
def test_full_date_near_the_text_is_always_found(on, away):
    day = on + timedelta(days=away)
    for words in (f"{day:%A} {day.day} {day:%B}", f"on {day.day} {day:%B}", f"{day:%a} {day.day} {day:%b}"):
        assert [one.day for one in days_said(words, on)] == [day], words


DAYS = ["12", "3rd", "June", "May", "Thursday", "Thurs", "this", "w/c", "2019", "2019-06-12", "13/06/2019"]
MARKS = ["to", "–", "-", "(", ")", ",", ".", "**", "`", "[a](https://example.org)", "@ann", "\u00a0", "|", "\n\n> "]
BITS = st.lists(st.sampled_from([*DAYS, *MARKS]) | st.text(max_size=4), max_size=20).map(" ".join)


@given(BITS | MARKDOWN)
def test_marking_days_changes_no_word(body):
    """Whatever is written: what a reader sees is the same, spans lie in order, marks lie in no mark."""
    root, pieces = cut(body)
    before = root.text_content()
    for piece in pieces:
        end = 0
        for one in days_said(piece.words, MONDAY):
            assert end <= one.start < one.end <= len(piece.words)
            end = one.end
        mark_days(piece, MONDAY)
    once = lxml.html.tostring(root)
    for piece in pieces:
        mark_days(piece, MONDAY)
    assert lxml.html.tostring(root) == once
    assert root.text_content() == before
    assert root.xpath("//time//time | //a//time | //code//time | //pre//time") == []
    assert all(date.fromisoformat(day) for day in root.xpath("//time/@datetime"))


def test_property_above_sees_marks():
    root, [piece] = cut("See **Thurs 13 June**, `12 June` and [12 June](https://example.org), or **Thurs** 13 June.")
    mark_days(piece, MONDAY)
    assert [mark.text for mark in root.iter("time")] == ["Thurs 13 June"]


@pytest.mark.django_db
class TestStored:
    def test_weeknote_counts_from_its_week_and_others_from_their_day(self):
        on_friday = MONDAY + timedelta(days=4)
        for text in (
            weeknote("We met this Wednesday."),
            post("We met this Wednesday.", day=on_friday),
            meeting("We met this Wednesday.", day=on_friday),
        ):
            assert '<time datetime="2019-06-12">this Wednesday</time>' in text.html
            assert '<time datetime="2019-06-12">' in text.passages.last().html

    def test_day_follows_the_week_of_a_weeknote(self):
        note = weeknote("We met this Friday.", is_draft=True)
        note.week += timedelta(weeks=1)
        write(note)
        assert '<time datetime="2019-06-21">this Friday</time>' in note.html

    def test_draft_that_comes_out_counts_from_then(self):
        note = Note(title="A post", body="We meet this Friday.", author=PersonFactory())
        write(note)
        note.published_at = midday(MONDAY)
        write(note)
        assert '<time datetime="2019-06-14">this Friday</time>' in note.html
        assert said_on(Note.objects.get(pk=note.pk)) == note.on == MONDAY
        assert rewrite(Note.objects.get(pk=note.pk), current()) is False

    def test_links_and_days_stand_side_by_side(self):
        PersonFactory(name="Ann Lee")
        note = weeknote("Ann Lee, 12 June: see [13 June](https://example.org) and `14 June` by 14 June, Ann Lee.")
        assert note.html.count('href="/people/ann-lee/"') == 2
        assert [time.text for time in lxml.html.fromstring(note.html).iter("time")] == ["12 June", "14 June"]
        assert faults(note.html) == []
        assert rewrite(Note.objects.get(pk=note.pk), current()) is False

    def test_what_authors_mark_themselves_is_words(self):
        note = weeknote('On <time datetime="1999-01-01">12 June</time>.')
        assert 'On <time datetime="2019-06-12">12 June</time>.' in note.html

    def test_this_friday_of_a_quotation_is_another_one(self):
        note = weeknote("> Come this Friday, or on Tuesday 18 June.")
        assert [time.text for time in lxml.html.fromstring(note.html).iter("time")] == ["Tuesday 18 June"]

    def test_heading_with_a_day_is_in_the_contents(self, client):
        note = weeknote("## By 14 June\n\nAll of it.\n\n## Then\n\nRest.\n\n## And so on\n\nMore.")
        assert '<time datetime="2019-06-14">14 June</time></h2>' in note.html
        content = client.get(note.get_absolute_url()).content.decode()
        assert f'<a href="#{note.passages.get(position=1).anchor}">By 14 June</a>' in content
