"""A break that an author announces in a note."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.breaks import break_offered, read_break
from notes.models import Break
from people.models import Person
from tests.factories import MONDAY, PersonFactory, post, weeknote

ON = date(2020, 6, 8)  # a Monday
ANN = Person(name="Ann Lee")


def read(*passages, on=ON):
    """Return (first day, day of coming back) of the break that passages announce, or None."""
    found = read_break(passages, on, ANN)
    return found and tuple(day and f"{day.day} {day:%B}" for day in (found.starts_on, found.ends_on))


@pytest.mark.parametrize(
    ("words", "starts_on", "ends_on"),
    [
        ("(I’m resting, so my next weeknote will arrive in w/c 6 July)", "15 June", "6 July"),
        ("I'm taking a break this week.", "15 June", "22 June"),
        ("I’m taking a break next week", "15 June", "22 June"),
        ("I’m on leave next week.", "15 June", "22 June"),
        ("I am on holiday next week and the week after.", "15 June", "29 June"),
        ("I'm on leave in Wales next week, so ask Bob.", "15 June", "22 June"),
        ("While I'm on leave next week, Bob has the keys.", "15 June", "22 June"),
        ("No weeknote from me for the next two weeks.", "15 June", "29 June"),
        ("There will be no weeknote next week as I’m away.", "15 June", "22 June"),
        ("I won't be writing a weeknote next week.", "15 June", "22 June"),
        ("I'm away until 14 August.", "15 June", "14 August"),
        ("I’m away for three weeks, so no weeknote until I’m back.", "15 June", "6 July"),
        ("I'm away with the family for a couple of weeks.", "15 June", "29 June"),
        ("Back on Monday 7 September.", "15 June", "7 September"),
        ("I’ll be back on 7 September.", "15 June", "7 September"),
        ("I’m off for a fortnight. Back Monday 6 July.", "15 June", "6 July"),
        ("taking a break from weeknotes until the new year", "15 June", None),
        ("I'm taking a short break from weeknotes until September.", "15 June", None),
        ("I'm on leave for a few weeks.", "15 June", None),
        ("I'll be off from 3 to 14 August.", "3 August", "17 August"),
        ("I'll be on leave from 3 August for two weeks.", "3 August", "17 August"),
        ("I’m on maternity leave from 13 July.", "13 July", None),
        ("My next weeknote will be in three weeks.", "15 June", "29 June"),
        ("My next weeknote will be in September.", "15 June", None),
        ("My roof needs me, and my next note’s on Friday 3 July.", "15 June", "3 July"),
        ("Next weeknote: w/c 29 June.", "15 June", "29 June"),
        ("Weeknotes will be back on 7 September.", "15 June", "7 September"),
        ("I'm taking next week off.", "15 June", "22 June"),
        ("I've got next week off.", "15 June", "22 June"),
        ("I'm taking two weeks off.", "15 June", "29 June"),
    ],
)
def test_break_is_understood(words, starts_on, ends_on):
    assert read(words) == (starts_on, ends_on)


@pytest.mark.parametrize(
    "words",
    [
        "we took a break at eleven",
        "after a break for lunch",
        "a break-in at the depot next week",
        "Spring break is next week.",
        "I'm taking a lunch break next week.",
        "I'm taking a break from meetings until September.",
        "Please take a break next week.",
        "the team is taking a break next week",
        "We're taking a break from weeknotes until September.",
        "Bob is on leave next week.",
        "Bob says I'm on leave next week.",
        "“I'm on leave next week,” said Bob.",
        '"I\'m away until 14 August" is what Bob’s mail said.',
        "He goes on leave on Friday for a fortnight.",
        "Bins is live, everywhere. Bob is away until Monday 31 August.",
        "No weeknote from Bob next week.",
        "No weeknote last week, as I was away.",
        "No news next week.",
        "The next weeknote is Bob’s.",
        "I was on leave last week.",
        "I'm back from leave.",
        "I'm back on Monday.",
        "Back on 12 May, we said so.",
        "Back on Tuesday 16 June.",
        "Next weeknote on 5 June.",
        "I'll be back in the hall on 25 June to see the kettle.",
        "I'm not on leave next week.",
        "If I'm on leave next week, ask Bob.",
        "When I'm on leave for two weeks, the inbox fills.",
        "I wish I'm on leave next week",
        "I'm on leave on Friday.",
        "I'm on leave tomorrow.",
        "I'm on leave next week on Tuesday.",
        "I'm on leave for two days next week.",
        "I'm on leave until Friday 12 June.",
        "I'm on leave in August.",
        "I'm taking two weeks off in August.",
        "I'm on leave next month.",
        "I'm out of the office on Thursday.",
        "I'll be away from my desk this afternoon.",
        "I'm off sick today.",
        "I'm off to Leeds next week.",
        "I'm off the hook until Monday.",
        "I'm away at a conference next week.",
        "I'm in Leeds until 14 August.",
        "I'm on call until 14 August.",
        "I'm on the board until 14 August.",
        "I'm taking leave of my senses.",
        "My next weeknote will be about Spacebank.",
        "My next weeknote will be about 12 July.",
        "Our next meeting is in w/c 29 June.",
        "The school holidays begin on 20 July.",
        "It broke the build until 14 August.",
    ],
)
def test_what_is_no_break_of_the_author(words):
    assert read(words) is None


def test_day_of_coming_back_may_be_said_in_another_passage():
    assert read("I’m on leave for a while next week.", "(Back Monday 6 July.)") == ("15 June", "6 July")


def test_sentence_is_kept_without_its_brackets_and_not_too_long():
    words = f"I’m on leave next week, {'with more to say ' * 30}."
    assert read_break(["It was hot. (I’m on leave next week.) Bye."], ON, ANN).words == "I’m on leave next week."
    assert len(read_break([words], ON, ANN).words) == 255


@given(st.lists(st.sampled_from("I’m on leave away back until next week weeknote no ( ) “ 14 August § .".split())))
def test_any_words_are_a_break_with_a_friday_or_none(words):
    found = read_break([" ".join(words)], ON, ANN)
    assert found is None or found.starts_on >= ON
    assert found is None or found.ends_on is None or (found.ends_on - found.starts_on).days > 3


@pytest.mark.django_db
class TestOffer:
    def test_break_is_offered_for_the_week_after_and_not_saved(self):
        note = weeknote("All fine.\n\n*(I’m on leave next week.)*")
        found = break_offered(note)
        assert (found.person, found.starts_on, found.ends_on) == (note.author, date(2019, 6, 17), date(2019, 6, 24))
        assert found.words == "I’m on leave next week."
        assert found.pk is None
        found.full_clean()

    def test_post_of_any_day_counts_from_its_week(self):
        note = post("I’m on leave next week.", day=date(2019, 6, 14))
        assert break_offered(note).starts_on == date(2019, 6, 17)

    def test_quotation_and_title_announce_nothing(self):
        assert break_offered(weeknote("> I’m on leave next week.", title="I’m on leave next week.")) is None

    @pytest.mark.parametrize(
        ("starts_on", "ends_on", "is_offered"),
        [
            (date(2019, 6, 17), date(2019, 6, 24), False),
            (date(2019, 6, 1), date(2019, 6, 18), False),
            (date(2019, 6, 1), None, False),
            (date(2019, 6, 21), None, False),
            (date(2019, 6, 1), date(2019, 6, 17), True),
            (date(2019, 6, 24), None, True),
        ],
    )
    def test_break_of_these_days_is_not_offered_again(self, starts_on, ends_on, is_offered):
        note = weeknote("I’m on leave next week.")
        Break.objects.create(person=PersonFactory(), starts_on=MONDAY)
        Break.objects.create(person=note.author, starts_on=starts_on, ends_on=ends_on)
        assert (break_offered(note) is not None) == is_offered

    def test_break_without_an_end_meets_every_later_one(self):
        note = weeknote("I’m taking a break from weeknotes until September.")
        assert break_offered(note).ends_on is None
        Break.objects.create(person=note.author, starts_on=date(2020, 6, 8), ends_on=date(2020, 6, 15))
        assert break_offered(note) is None

    def test_offer_costs_two_queries_and_one_where_there_is_none(self, django_assert_num_queries):
        note, other = weeknote("I’m on leave next week."), weeknote("Nothing. " * 50, title="Another")
        with django_assert_num_queries(2):
            assert break_offered(note)
        with django_assert_num_queries(1):
            assert not break_offered(other)
