"""Whom a passage thanks."""

import re
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from notes.models import Note, Question, Section, Text, Thanks
from notes.names import current
from notes.renaming import relink
from notes.settling import follow_choice, settle
from notes.thanking import begins_with, thanked
from notes.writing import rewrite, write
from tests.factories import PersonFactory, ProjectFactory, meeting, weeknote

PEOPLE = ["Ann", "Bob", "Cy", "Dee", "O'Fay", "@ann-lee"]
KINDS = dict.fromkeys(PEOPLE, "person") | {"Finance": "organisation", "Spacebank": "project"}
NAMED = re.compile(r"@ann-lee|O'Fay|\b(?:Ann|Bob|Cy|Dee|Finance|Spacebank|Michael)\b")


def names_in(words):
    """Return what linking finds: the names of KINDS, and Michael, who may be either."""
    return [
        SimpleNamespace(start=match.start(), end=match.end(), entry=match[0] if match[0] in KINDS else None)
        for match in NAMED.finditer(words)
    ]


def thanks(words):
    return thanked(words, names_in(words), KINDS)


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("Thank you to Ann, Bob.", "Ann Bob"),
        ("Thank you, Ann and Bob, for the kettle that Cy broke", "Ann Bob"),
        ("well done Ann, Bob, Cy and O'Fay!", "Ann Bob Cy O'Fay"),
        ("Huge thanks to @ann-lee for the demo", "@ann-lee"),
        ("Many thanks, as ever, to Ann & Bob", "Ann Bob"),
        ("Thanks again to Ann (Finance), Bob (Legal) and Cy", "Ann Bob Cy"),
        ("Thanks to Ann from Finance, Bob from Legal and Cy.", "Ann Bob Cy"),
        ("Thanks to Ann for covering while Bob was away.", "Ann"),
        ("Thanks to Ann for the demo, Bob for the cake and Cy for the chairs.", "Ann Bob Cy"),
        ("Thanks to Ann for the tea, and to Bob.", "Ann Bob"),
        ("Thanks to Ann for taking Bob and Cy for a walk", "Ann"),
        ("Thanks to Ann and the whole team in Finance", "Ann"),
        ("Thanks to the Finance team, Ann and Bob", "Ann Bob"),
        ("Thanks to Spacebank, Ann and Bob", "Ann Bob"),
        ("Thanks to Erdem, Ann and Michael", "Ann"),
        ("Thanks to all, especially Ann and Bob.", "Ann Bob"),
        ("Thanks to Cllr Ann and our brilliant Bob", "Ann Bob"),
        ("Thanks to Ann’s hard work, and to Bob.", "Ann Bob"),
        ("Thanks to Ann, Bob was able to go.", "Ann"),
        ("Thanks to Ann, Bob and Cy were able to go.", "Ann"),
        ("Thanks to Ann and Bob we shipped", "Ann Bob"),
        ("Thanks to Ann. Bob was late.", "Ann"),
        ("Thanks for coming, Ann!", "Ann"),
        ("Thank you for the demo, Ann", "Ann"),
        ("Congratulations on passing, Ann!", "Ann"),
        ("Congratulations, Ann!", "Ann"),
        ("Congratulations to Ann on passing, says Bob", "Ann"),
        ("Bob said thanks to Ann", "Ann"),
        ("Bob thanked Ann and asked Cy", "Ann"),
        ("I can’t thank Ann enough", "Ann"),
        ("Kudos to Ann, Bob and Cy for it", "Ann Bob Cy"),
        ("A shout-out to Ann!", "Ann"),
        ("Shout-outs: Ann, Bob", "Ann Bob"),
        ("Hats off to Ann and Bob, who ran it with Cy.", "Ann Bob"),
        ("All credit to Ann", "Ann"),
        ("I’m grateful to Ann for telling Bob.", "Ann"),
        ("We couldn't have done it without Ann.", "Ann"),
        ("Ann and Bob deserve thanks", "Ann Bob"),
        ("Cy went home, and Ann deserves a medal", "Ann"),
    ],
)
def test_people_are_thanked(words, people):
    assert thanks(words) == set(people.split())


@pytest.mark.parametrize(
    "words",
    [
        "No thanks to Ann.",
        "thanks to the weather, Ann was late",
        "Thanks to the rota, Ann and Bob can go home",
        "Thank goodness Ann was there",
        "Thanks, Ann said.",
        "Thanks to everyone in Finance, Ann said",
        "Thanks to everyone who helped Ann",
        "Thanks to Ann's team",
        "Thanks for the demo Ann gave",
        "Thanks to Spacebank",
        "Thanks to Michael",
        "Thanks from Ann",
        "a thank you card for Ann",
        "Nobody thanked Ann.",
        "I never thanked Ann",
        "without thanking Ann",
        "Ann was thanked by Bob",
        "It was well done by Ann",
        "The steak was well done, Ann thought",
        "Photo credit: Ann",
        "a credit card for Ann",
        "I met Ann and Bob.",
        "Thanks all. Ann was late.",
    ],
)
def test_nobody_is_thanked(words):
    assert thanks(words) == set()


@pytest.mark.parametrize(
    ("words", "people"),
    [
        ("Ann for the demo", "Ann"),
        ("Ann and Bob: the demo", "Ann Bob"),
        ("Ann for the demo, Bob for the cake", "Ann Bob"),
        ("@ann-lee, always", "@ann-lee"),
        ("Ann said nothing", ""),
        ("Finance and Ann", "Ann"),
        ("For Ann", ""),
    ],
)
def test_bullet_of_thanks_begins_with_whom_it_thanks(words, people):
    assert begins_with(words, names_in(words), KINDS) == set(people.split())


SAYINGS = "thanks thank you to for well done , . and & ( ) ’s deserves the our".split()
WORDS = st.lists(st.sampled_from([*PEOPLE, "Finance", "Michael", *SAYINGS]) | st.text(max_size=4), max_size=20).map(
    " ".join
)


@given(WORDS)
def test_only_people_who_are_named_are_thanked(words):
    people = {one.entry for one in names_in(words)} & set(PEOPLE)
    assert thanks(words) | begins_with(words, names_in(words), KINDS) <= people


def stored():
    return set(Thanks.objects.values_list("person__entry_ptr__name", "passage__words"))


@pytest.mark.django_db
class TestStored:
    def test_thanks_of_notes_and_meetings_are_kept(self):
        for name in ("Ann Lee", "Bob Day"):
            PersonFactory(name=name)
        weeknote("Thanks to Ann Lee, and to nobody else, says Bob Day.", title="Thanks to Bob Day")
        meeting("- Well done, Bob Day")
        assert stored() == {
            ("Ann Lee", "Thanks to Ann Lee, and to nobody else, says Bob Day."),
            ("Bob Day", "Well done, Bob Day"),
        }

    def test_author_does_not_thank_themselves(self):
        ann = PersonFactory(name="Ann Lee")
        weeknote("Well done, Ann Lee.", author=ann)
        assert stored() == set()

    @pytest.mark.parametrize(("heading", "is_thanks"), [("Thank you", True), ("Heroes", True), ("Halls", False)])
    def test_bullets_under_a_heading_of_thanks(self, heading, is_thanks):
        Section.objects.get(slug="thanks").headings.create(words="Heroes")
        PersonFactory(name="Ann Lee")
        PersonFactory(name="Bob Day")
        weeknote(f"## {heading}\n\n- Ann Lee for the demo\n- The hall, where Bob Day was")
        assert stored() == ({("Ann Lee", "Ann Lee for the demo")} if is_thanks else set())

    def test_hidden_thanks_stay_hidden_when_it_was_not_clear_for_a_while_who_is_thanked(self):
        ann = PersonFactory(name="Ann Lee")
        note = weeknote("Thanks to Ann.")
        Thanks.objects.update(is_hidden=True)
        PersonFactory(name="Ann Day")
        relink(Text.objects.all())
        assert Question.objects.filter(passage__text=note.pk).exists()
        follow_choice(settle(note, "Ann", ann, "text"))
        assert list(Thanks.objects.values_list("person", "is_hidden")) == [(ann.pk, True)]

    def test_thanks_follow_the_text_and_stay_hidden(self):
        PersonFactory(name="Ann Lee")
        PersonFactory(name="Bob Day")
        note = weeknote("Thanks to Ann Lee for the long demo.")
        Thanks.objects.update(is_hidden=True)
        note.body = "Many thanks to Ann Lee and Bob Day for the long demo."
        write(note)
        assert dict(Thanks.objects.values_list("person__name", "is_hidden")) == {"Ann Lee": True, "Bob Day": False}
        note.body = "Ann Lee gave the long demo, thanks to Bob Day."
        write(note)
        assert [thanks.person.name for thanks in Thanks.objects.all()] == ["Bob Day"]

    def test_saving_again_writes_no_thanks(self):
        PersonFactory(name="Ann Lee")
        note = weeknote("Thanks to Ann Lee.\n\n## Thanks\n\n- Ann Lee")
        with CaptureQueriesContext(connection) as queries:
            assert rewrite(Note.objects.get(pk=note.pk), current()) is False
        assert not [query["sql"] for query in queries if re.search(r"(INSERT|UPDATE|DELETE).*thanks", query["sql"])]

    def test_project_is_not_thanked(self):
        ProjectFactory(name="Spacebank")
        weeknote("Thanks to Spacebank.")
        assert stored() == set()
