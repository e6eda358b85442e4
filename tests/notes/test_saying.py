"""Which texts say a name: all that may link to it, and none that does not have its words."""

import pytest
from django.core.management import call_command
from hypothesis import example, given
from hypothesis import strategies as st

from notes.matcher import Matcher
from notes.models import Mention, Passage, Question
from notes.names import Listed, build
from notes.renaming import follow, texts_naming
from notes.saying import newest_first, texts_saying, what_says
from tests.factories import OrganisationFactory, PersonFactory, ProjectFactory, week_after, weeknote


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Chloe", "We met Chloë."),
        ("Chloë", "We met Chloe."),
        ("Zoë", "We met ZOË."),
        ("Łukasz", "We met Lukasz."),
        ("Ömer", "We met Ömer’s team."),
        ("Юля", "мы и ЮЛЯ"),
        ("O'Neal", "We met O’Neal."),
        ("Ann Smith", "We met ann\u00a0smith."),
        ("Ann Smith", "We met Ann-Smith."),
        ("Space Bank", "See #SpaceBank"),
        ("Space Bank", "See #space_bank"),
        ("Benefits and Rents", "On Benefits & Rents."),
        ("Benefits & Rents", "On benefits and rents."),
        ("WiFi-4-All", "On WiFi 4 All."),
        ("C++", "We wrote C++."),
        ("Brandy Anderson", "Brandy Anderson came."),
    ],
)
@pytest.mark.django_db
def test_is_found_however_it_is_spelt(name, body):
    note = weeknote(body)
    weeknote("Nothing of that sort, and nothing else.")
    assert list(texts_saying([name], Passage.objects.all())) == [note.pk]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("Al Xu", "It is also all of metal, says the mayoral board."),
        ("Ian", "The librarian came."),
        ("Ann Smith", "Ann met a smith."),
        ("Chloe", "Chloës and Zoë came."),
        ("---", "A --- dash."),
    ],
)
@pytest.mark.django_db
def test_is_not_found_within_other_words(name, body):
    weeknote(body)
    assert texts_saying([name], Passage.objects.all()) == {}


@pytest.mark.django_db
def test_newest_come_first():
    notes = [weeknote("Hello Ann.", week=week_after(number)) for number in (1, 3, 2)]
    found = texts_saying(["Ann"], Passage.objects.all())
    assert newest_first(found) == [notes[1].pk, notes[2].pk, notes[0].pk]


@pytest.mark.django_db
def test_finding_costs_one_query_whatever_is_found(django_assert_num_queries):
    for number in range(30):
        weeknote(f"Hello Ann and Chloë {number}.", week=week_after(number))
    with django_assert_num_queries(1):
        assert len(texts_saying(["Ann", "Chloe", "Юля"], Passage.objects.all())) == 30


NAMES = st.sampled_from(
    ["Chloë Ó Briain", "Al Xu", "O'Neal", "Data & Insight", "Stand-up", "Łucja", "HackIT 2.0", "ß-team"]
)
WRITTEN = st.sampled_from([str, str.upper, str.lower, lambda words: words.replace(" ", "\u00a0").replace("'", "’")])


@given(NAMES, WRITTEN, st.text(alphabet="ab .,-'é", max_size=6), st.text(alphabet="ab .,-'é", max_size=6))
@example("Stand-up", str.lower, "a ", "")
def test_whatever_the_matcher_finds_is_said(name, written, before, after):
    text = f"{before}{written(name)}{after}"
    matcher: Matcher = build({1: Listed("project", "one", [name])})
    if any(names for _, _, names in matcher.find(text) if name in {one.words for one in names}):
        assert what_says([name])(text)


@pytest.mark.django_db
class TestFollowing:
    def test_name_without_the_accents_of_the_text(self):
        note = weeknote("We met Chloë there.")
        person = PersonFactory(name="Chloe")
        follow(None, person, {"Chloe"})
        assert set(person.mentions.values_list("passage__text", flat=True)) == {note.pk}

    def test_text_with_other_words_is_not_touched(self):
        for number in range(5):
            weeknote("It is also all of metal.", week=week_after(number))
        assert texts_naming(PersonFactory(name="Al Xu"), {"Al Xu"}) == []

    def test_half_of_an_organisations_name_that_is_no_longer_its_own(self):
        """What follows is what linking everything anew gives."""
        OrganisationFactory(name="Harrowmere Council")
        weeknote("Then Harrowmere said yes.")
        other = ProjectFactory(name="Harrowmere Homes Improvement")
        follow(None, other, {other.name})
        rows = [sorted(model.objects.values_list("passage", "places")) for model in (Mention, Question)]
        call_command("relink")
        assert rows == [sorted(model.objects.values_list("passage", "places")) for model in (Mention, Question)]
