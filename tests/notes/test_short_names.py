"""What people write for a name that is listed in full: understood when it is clear, asked when it is not."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.found import DEFINED, LINKED, MOST_OFFERS, SETTLED, SUGGESTED
from notes.linking import name_all
from notes.names import Listed, build
from notes.passages import cut

MONDAY = date(2019, 6, 10)
DAY = timedelta(days=1)

PEOPLE = {
    "cara": Listed("person", "cara-mcallister", ["Cara McAllister"], place="Delivery manager Digital"),
    "matthew": Listed("person", "matthew-crane", ["Matthew Crane"], place="Head of digital"),
    "michael": Listed("person", "michael-obi", ["Michael Obi", "Michael"], place="Head of audit"),
    "mike": Listed("person", "michael-day", ["Michael Day", "Michael"], place="Estates"),
    "cynthia": Listed("person", "ruth-ocynthia", ["Ruth O’Cynthia"]),
    "zoe": Listed("person", "zoe-nunez", ["Zoë Núñez"]),
    "anne": Listed("person", "anne-marie-smith-jones", ["Anne-Marie Smith-Jones"]),
    "will": Listed("person", "will-young", ["Will Young"]),
    "mark": Listed("person", "mark-price", ["Mark Price", "Mark"]),
    "may": Listed("person", "may-tan", ["May Tan", "May"]),
    "dawn": Listed("person", "dawn-hale", ["Dawn Hale"], place="Accountant Finance"),
    "hope": Listed("person", "hope-london", ["Hope London"]),
    "ada": Listed("person", "ada-williams", ["Councillor Ada Williams"], category="councillor"),
    "amina": Listed("person", "amina-mensah", ["Dr Amina Mensah"], category="partner"),
    "eddie": Listed("person", "eddie-coleman", ["Eddie Coleman"], category="partner"),
    "ian": Listed("person", "ian", ["Ian"]),
    "mayor": Listed("person", "the-mayor", ["the Mayor"], category="councillor"),
    "olga": Listed("person", "olga-berg", ["Olga van der Berg"]),
}
THINGS = {
    "loti": Listed("project", "loti", ["London Office of Technology and Innovation"]),
    "apprentices": Listed("project", "apprentices", ["Digital apprenticeships"]),
    "wifi": Listed("project", "wifi", ["WiFi-4-All"]),
    "bins": Listed("project", "bins", ["Bin Day"]),
    "hlt": Listed("organisation", "hlt", ["Harbour Learning Trust"]),
    "finance": Listed("organisation", "finance", ["Finance"]),
    "northmoor": Listed("organisation", "northmoor", ["Northmoor Council", "Northmoor"]),
    "kestrel": Listed("project", "kestrel", ["Kestrel"]),
    "board": Listed("meeting_series", "board", ["Kestrel Programme Board"]),
}
EVERYTHING = PEOPLE | THINGS


def found(body, entries=EVERYTHING, *, day=MONDAY, author=None, choices=None):
    """Return [(words, the key of the entry or of those asked about, how)] of what a text names."""
    numbers = dict(enumerate(entries, start=1))
    matcher = build({number: entries[key] for number, key in numbers.items()})
    pieces = cut(body)[1]
    keys = {key: number for number, key in numbers.items()}
    namings = name_all(pieces, matcher, choices, day=day, author=keys.get(author))
    return [
        (one.words, numbers[one.entry] if one.entry else {numbers[entry] for entry in one.entries}, one.how)
        for naming in namings
        for one in naming.found
    ]


def linked(body, entries=EVERYTHING, **kwargs):
    return [(words, entry) for words, entry, how in found(body, entries, **kwargs) if how != SUGGESTED]


def asked(body, entries=EVERYTHING, **kwargs):
    return [(words, entry) for words, entry, how in found(body, entries, **kwargs) if how == SUGGESTED]


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("Cara", "cara"),
        ("McAllister", "cara"),
        ("C. McAllister", "cara"),
        ("C McAllister", "cara"),
        ("Cara M", "cara"),
        ("Matt Crane", "matthew"),
        ("O'Cynthia", "cynthia"),
        ("O’Cynthia", "cynthia"),
        ("Zoe Nunez", "zoe"),
        ("Zoe", "zoe"),
        ("Núñez", "zoe"),
        ("Anne-Marie", "anne"),
        ("Anne Marie", "anne"),
        ("Smith-Jones", "anne"),
        ("Ada Williams", "ada"),
        ("Cllr Williams", "ada"),
        ("Cllr. Williams", "ada"),
        ("Councillor Williams", "ada"),
        ("Dr Mensah", "amina"),
        ("our Mayor", "mayor"),
        ("van der Berg", "olga"),
        ("Wifi 4 All", "wifi"),
        ("the digital apprenticeship programme", "apprentices"),
        ("Finance Services", "finance"),
    ],
)
def test_other_forms_of_a_name_link(words, entry):
    assert [one for _, one in linked(f"We met {words} this week.")] == [entry]


def test_name_across_a_line_break_links():
    assert linked("We met Cara\nMcAllister and Anne-Marie\nSmith-Jones.") == [
        ("Cara McAllister", "cara"),
        ("Anne-Marie Smith-Jones", "anne"),
    ]


@pytest.mark.parametrize(
    ("words", "entry"),
    [
        ("Matt", "matthew"),
        ("HLT", "hlt"),
        ("Eddie", "eddie"),  # from elsewhere
        ("Dr Williams", "ada"),  # a councillor, and nobody called so
        ("Kestrel board", "board"),
        ("LOTI", "loti"),
    ],
)
def test_what_is_less_sure_is_asked(words, entry):
    assert asked(f"We met {words} this week.") == [(words.removeprefix("Dr "), {entry})]
    assert linked(f"We met {words} this week.") == []


@pytest.mark.parametrize(
    "body",
    [
        "Will this work? Mark my words. May I say so? Hope springs. Dawn broke.",
        "Finance is hard. In May, by May 2019, on 3 May and in early May.",
        "Price rises. Young people. London calling.",
        "We went to Mark Lane, Hope Street surgery and the May Day picnic, at Kestrel Way.",
        "I will mark the price of hope at dawn, and may be young.",
        "Everybody on Will Lane. The road to London.",
        "Mark Twain said so, and Hope Ashworth.",
        "a retired engineer, another Ian, and a Michael from the café",
        "They live in Northmoor, by Northmoor station.",
        "my sister Cara, and Cara, my sister",
        "the will, the bin day, and your finance",
        "Mrs McAllister-Hughes and Mr Price",
        "“CAB” means nothing. St Mark came.",
        "will young people read this?",
    ],
)
def test_words_that_only_look_like_names_do_not_link(body):
    assert linked(body) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Dawn from finance came.", [("Dawn", {"dawn"})]),
        ("Mark showed us how.", [("Mark", {"mark"})]),
        ("May, on being told, laughed.", [("May", {"may"})]),
        ("Finance are moving.", [("Finance", {"finance"})]),
    ],
)
def test_where_meaning_decides_it_is_asked(body, expected):
    assert found(body) == [(*one, SUGGESTED) for one in expected]


def test_common_word_is_a_name_within_a_sentence():
    assert linked("We asked Mark, and then Dawn, about Finance.") == [
        ("Mark", "mark"),
        ("Dawn", "dawn"),
        ("Finance", "finance"),
    ]


class TestWithinOneText:
    def test_full_name_settles_the_short_one_before_and_after_it(self):
        text = "Thanks Michael.\n\nMichael Day came.\n\nMichael left."
        assert found(text) == [
            ("Michael", "mike", SETTLED),
            ("Michael Day", "mike", LINKED),
            ("Michael", "mike", SETTLED),
        ]

    def test_handle_settles_it(self):
        assert ("Michael", "michael", SETTLED) in found("Thanks Michael. See @michael-obi.")

    def test_name_in_full_makes_an_ordinary_word_a_name(self):
        assert ("Mark", "mark") in linked("Mark Price came. Mark showed us how.")
        assert ("Mark", "mark") not in linked("Mark Price came. Mark my words.")

    def test_two_in_full_settle_nothing(self):
        assert ("Michael", {"michael", "mike"}) in asked("Michael Obi met Michael Day. Michael left.")

    def test_full_name_of_a_stranger_is_not_merged_with_somebody_known(self):
        """Of "Matthew Smith" and a bare "Matthew" in one text the second may well be the first."""
        assert linked("Matthew Smith came. We thanked Matthew.") == []
        assert ("Matthew", {"matthew"}) in asked("Matthew Smith came. We thanked Matthew.")

    def test_partner_is_clear_once_named_in_full(self):
        assert ("Eddie", "eddie", SETTLED) in found("Eddie Coleman spoke. We thanked Eddie.")

    def test_short_form_that_the_text_defines(self):
        text = "#LOTI\n\nThe London Office of Technology & Innovation (‘LOTI’) began.\n\nLOTI is #LOTI."
        assert [(words, how) for words, entry, how in found(text) if entry == "loti"][-2:] == [
            ("LOTI", DEFINED),
            ("#LOTI", "explicit"),
        ]
        assert not asked(text)

    def test_definition_of_another_thing_does_not_take_a_name(self):
        assert linked("Ian (HackIT) and Kestrel (the bird) and Finance (see below)") == [
            ("Ian", "ian"),
            ("Kestrel", "kestrel"),
            ("Finance", "finance"),
        ]

    def test_text_that_says_what_capitals_mean_here_is_believed(self):
        entries = EVERYTHING | {"cab": Listed("meeting_series", "cab", ["Change Advisory Board", "CAB"])}
        assert linked("The CAB is the citizens advice bureau.", entries) == []
        assert linked("The CAB met.", entries) == [("CAB", "cab")]

    def test_role_beside_a_name_that_nobody_of_it_has_is_a_doubt(self):
        assert linked("Jo from Payroll rang, and Cara from Digital.") == [("Cara", "cara")]
        assert ("Cara", {"cara"}) in asked("Cara from Payroll rang.")


class TestWhoWasThere:
    AARON = {"aaron": Listed("person", "aaron-abel", ["Aaron Abel", "Aaron"], left=MONDAY)}
    AARONS = AARON | {"other": Listed("person", "aaron-moss", ["Aaron Moss"], came=MONDAY)}

    def test_one_of_two_had_left(self):
        assert linked("Thanks Aaron.", self.AARONS, day=MONDAY) == [("Aaron", "other")]

    def test_one_of_two_had_not_come(self):
        assert linked("Thanks Aaron.", self.AARONS, day=MONDAY - 14 * DAY) == [("Aaron", "aaron")]

    def test_who_left_is_still_meant_when_nobody_else_can_be(self):
        assert linked("The first week without Aaron.", self.AARON, day=MONDAY + 70 * DAY) == [("Aaron", "aaron")]

    def test_full_name_means_who_has_left(self):
        assert linked("Aaron Abel visited.", self.AARONS, day=MONDAY + 70 * DAY) == [("Aaron Abel", "aaron")]

    def test_author_does_not_say_their_own_name(self):
        assert linked("Thanks Cara.", author="cara") == []
        assert asked("Thanks Cara.", author="cara") == [("Cara", {"cara"})]


class TestStrangers:
    @pytest.mark.parametrize(
        ("body", "names"),
        [
            ("Cara, Erdem, Tolu and Nana gave a talk.", ["Erdem", "Tolu", "Nana"]),
            ("On Monday Erdem and I met.", ["Erdem"]),
            ("Thanks to Erdem Demir for the cake.", ["Erdem Demir"]),
            ("Well done Erdem!", ["Erdem"]),
            ("It was Philip's idea.", ["Philip"]),
        ],
    )
    def test_name_that_nobody_knows_is_offered(self, body, names):
        assert [words for words, entries in asked(body) if not entries] == names

    @pytest.mark.parametrize(
        "body",
        [
            "We work with Hackney and Camden, at Hackney Town Hall, in London.",
            "Thanks to Facilities, everybody. The Bloomberg offices. On Wednesday and Thursday.",
            "To mangle a phrase from John F Kennedy.",
            "Kept calm and carried on. I'm here and I'd stay.",
            "The Town Hall’s lifts and London’s councils",
        ],
    )
    def test_other_capitals_are_not(self, body):
        assert [words for words, entries in asked(body) if not entries] == []


def test_no_more_is_asked_than_somebody_reads_and_the_likeliest_first():
    names = [f"Ja{letter}o Kel{letter}o" for letter in "bdfgklmnprtv"]
    body = f"Michael came. We thanked {', '.join(names)} and Cara. HLT as well."
    questions = asked(body)
    assert len({words for words, _ in questions}) == MOST_OFFERS
    assert ("Michael", {"michael", "mike"}) in questions


WORDS = st.lists(
    st.sampled_from([part for entry in EVERYTHING.values() for name in entry.names for part in [name, *name.split()]])
    | st.sampled_from("and the from in (LOTI) ’s , . — - Mrs Cllr Thanks to \n\n ** @michael-obi #LOTI I".split(" "))
    | st.text(max_size=5),
    max_size=25,
).map(" ".join)


@given(WORDS)
def test_places_lie_in_the_passage_and_questions_are_few(body):
    pieces = cut(body)[1]
    matcher = build(dict(enumerate(EVERYTHING.values())))
    keys = set()
    for piece, naming in zip(pieces, name_all(pieces, matcher, day=MONDAY), strict=True):
        end = 0
        for one in naming.found:
            assert end <= one.start < one.end <= len(piece.words)
            assert piece.words[one.start : one.end] == one.words
            assert one.entry or one.kind
            end = one.end
            keys |= set() if one.entry else {one.key}
    assert len(keys) <= MOST_OFFERS


@given(WORDS, st.randoms())
def test_order_of_the_directory_does_not_matter(body, random):
    keys = list(EVERYTHING)
    random.shuffle(keys)
    assert found(body, {key: EVERYTHING[key] for key in keys}) == found(body)
