"""Who and what a passage names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notes.choices import Choices
from notes.forms import Name
from notes.found import CHOSEN, EXPLICIT, SETTLED, SUGGESTED
from notes.linking import name_all
from notes.matcher import Matcher
from notes.passages import cut
from notes.words import same

PERSON, PROJECT, ORGANISATION, SERIES = "person", "project", "organisation", "meeting_series"


def matcher(*names, handles=()):
    """Build a matcher from (entry, kind, words); handles are (slug, entry) of people."""
    entries = {entry: (kind, f"entry-{entry}") for entry, kind, _ in names}
    return Matcher(
        [Name(entry, kind, same(words)) for entry, kind, words in names],
        {(PERSON, slug): entry for slug, entry in handles},
        entries,
    )


def found(body, names, choices=None):
    """Return (words, entry, how) of what is named in a body."""
    _, pieces = cut(body)
    namings = name_all(pieces, names, Choices(of_author=choices or {}))
    return [
        (piece.words[one.start : one.end], one.entry, one.how)
        for piece, naming in zip(pieces, namings, strict=True)
        for one in naming.found
    ]


def linked(body, names, choices=None):
    return [(words, entry) for words, entry, how in found(body, names, choices) if how != SUGGESTED]


IAN = matcher((1, PERSON, "Ian"))
LOTI = matcher(
    (1, PROJECT, "London Office of Technology and Innovation"),
    (1, PROJECT, "LOTI"),
    (2, ORGANISATION, "London Councils"),
    (3, SERIES, "DMT"),
    (4, SERIES, "DMT Away Day"),
    (5, PROJECT, "apprenticeships"),
    (6, PERSON, "Siân O'Brien"),
    (7, PROJECT, "WiFi-4-All"),
    (8, ORGANISATION, "Housing"),
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("the librarian met Ian.", [("Ian", 1)]),
        ("Ian’s idea, and Ian's", [("Ian", 1), ("Ian", 1)]),
        ("(Ian)", [("Ian", 1)]),
        ("“Ian”", [("Ian", 1)]),
        ("**Ian** said", [("Ian", 1)]),
        ("ian", []),
        ("IAN", []),
        ("Iane", []),
        ("Jo-Ian", []),
        ("Ian-Paul", []),
        ("Ian-led", [("Ian", 1)]),
        ("D'Ian", []),
        ("`Ian`", []),
        ("[Ian](https://example.org)", []),
        ("https://example.org/Ian", []),
        ("Ian@example.org", []),
        ("example.org/Ian", []),
        ("    Ian", []),
        ("Ian McKellen played", []),
        ("we saw Sir Ian yesterday", [("Ian", 1)]),
        ("we saw Jim Ian yesterday", []),
        ("Thanks Ian", [("Ian", 1)]),
        ("on Monday Ian and I", [("Ian", 1)]),
        ("with Ian. The end", [("Ian", 1)]),
        ("Ian\nMcKellen", []),
        ("Cabinet Member Ian spoke", [("Ian", 1)]),
        ("so FutureGov Ian spoke", [("Ian", 1)]),
        ("with Ian LOTI grew", [("Ian", 1)]),
        ("with Ian HackIT grew", [("Ian", 1)]),
        ("with Ian McKellen", []),
        ("Catch Up With Ian About Data", [("Ian", 1)]),
    ],
)
def test_name_of_one_word(body, expected):
    assert linked(body, IAN) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("the LONDON OFFICE of technology AND innovation", [("LONDON OFFICE of technology AND innovation", 1)]),
        ("London\u00a0Councils", [("London\u00a0Councils", 2)]),
        ("London\nCouncils", [("London Councils", 2)]),
        ("London’s councils", []),
        ("DMT Away Day and DMT", [("DMT Away Day", 4), ("DMT", 3)]),
        ("Apprenticeships are apprenticeships", [("Apprenticeships", 5), ("apprenticeships", 5)]),
        ("APPRENTICESHIPS", []),
        ("siân o’brien", [("siân o’brien", 6)]),
        ("Sia\u0302n O'Brien", [("Siân O'Brien", 6)]),
        ("WiFi-4-All!", [("WiFi-4-All", 7)]),
        ("the LOTI-funded one", [("LOTI", 1)]),
        ("LOTI, LOTI: (‘LOTI’)", [("LOTI", 1)] * 3),
        ("social housing", []),
        ("we met Housing", [("Housing", 8)]),
        ("Housing is hard", []),
        ("Hackney Housing First", []),
        ("London-Councils", [("London-Councils", 2)]),
        ("the DMT Away-Day", [("DMT Away-Day", 4)]),
        ("London Office of Technology & Innovation", [("London Office of Technology & Innovation", 1)]),
        ("London  Councils", [("London Councils", 2)]),
        ("London, Councils", []),
    ],
)
def test_names_in_other_shapes(body, expected):
    assert linked(body, LOTI) == expected


NAMES = matcher(
    (1, PERSON, "Michael Scott"),
    (1, PERSON, "Michael"),
    (2, PERSON, "Michael Day"),
    (2, PERSON, "Michael"),
    (3, PROJECT, "Digital apprenticeships"),
    handles=[("michael-scott", 1), ("michael-day", 2)],
)


def test_shared_name_does_not_link_by_itself():
    assert found("Thank you, Michael.", NAMES) == [("Michael", None, SUGGESTED)]


@pytest.mark.parametrize("settling", ["Michael Day came.", "@michael-day came.", "[[Michael Day]] came."])
def test_shared_name_is_settled_by_the_same_text(settling):
    assert ("Michael", 2, SETTLED) in found(f"Thank you, Michael.\n\n{settling}", NAMES)


def test_both_in_one_text_settle_nothing():
    assert ("Michael", None, SUGGESTED) in found("Michael Day met Michael Scott. Michael left.", NAMES)


def test_author_settles_a_name_once():
    assert found("Thank you, Michael.", NAMES, {"michael": 1}) == [("Michael", 1, CHOSEN)]


def test_choice_of_what_is_gone_settles_nothing():
    assert found("Thank you, Michael.", NAMES, {"michael": 4}) == [("Michael", None, SUGGESTED)]


def test_the_text_itself_counts_more_than_an_earlier_choice():
    assert ("Michael", 2, SETTLED) in found("Michael Day came. Thank you, Michael.", NAMES, {"michael": 1})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("@michael-day", [("@michael-day", 2, EXPLICIT)]),
        ("@Michael-Day.", [("@Michael-Day", 2, EXPLICIT)]),
        ("@nobody", []),
        ("ann@michael-day", []),
        ("[[michael scott]]", [("michael scott", 1, EXPLICIT)]),
        ("[[Erdem]]", [("Erdem", None, SUGGESTED)]),
        ("`[[Michael Day]]`", []),
        ("#DigitalApprenticeships", [("#DigitalApprenticeships", 3, EXPLICIT)]),
        ("#digital-apprenticeships", [("#digital-apprenticeships", 3, EXPLICIT)]),
        ("#fixtheplumbing", []),
    ],
)
def test_what_is_said_expressly(body, expected):
    assert found(body, NAMES) == expected


def test_settled_name_does_not_link_half_of_another():
    assert linked("Michael Day met Michael Jones.", NAMES) == [("Michael Day", 2)]
    assert linked("I met Michael Jones.", NAMES, {"michael": 1}) == []


def test_names_in_neighbouring_cells_are_apart():
    assert linked("| Ian | When |\n|---|---|\n| Ian | Soon |", IAN) == [("Ian", 1), ("Ian", 1)]


def test_alias_that_is_a_hashtag_stands_alone():
    assert found("a#zlead", matcher((1, PERSON, "#zlead"))) == []


def test_hashtag_of_no_project_is_a_tag():
    _, pieces = cut("to #fixtheplumbing, #42 and `#code`")
    assert list(name_all(pieces, NAMES)[0].hashtags.values()) == ["fixtheplumbing"]


WORDS = st.lists(
    st.sampled_from(
        ["Michael", "Day", "Scott", "michael", "digital", "apprenticeships", "and", "the", "@michael-day"]
    )
    | st.sampled_from(
        ["[[Michael Day]]", "#digitalapprenticeships", "’s", ",", ".", "-", "\u00a0", "\n\n", "**", "`"]
    )
    | st.text(max_size=5),
    max_size=25,
).map(" ".join)


@given(WORDS)
def test_places_lie_in_the_passage_and_never_overlap(body):
    _, pieces = cut(body)
    for piece, naming in zip(pieces, name_all(pieces, NAMES), strict=True):
        end = 0
        for one in naming.found:
            assert end <= one.start < one.end <= len(piece.words)
            assert piece.words[one.start : one.end].strip()
            end = one.end


@given(WORDS, st.randoms())
def test_order_of_the_directory_does_not_matter(body, random):
    names = [
        (1, PERSON, "Michael Scott"),
        (1, PERSON, "Michael"),
        (2, PERSON, "Michael Day"),
        (2, PERSON, "Michael"),
        (3, PROJECT, "Digital apprenticeships"),
    ]
    random.shuffle(names)
    handles = [("michael-scott", 1), ("michael-day", 2)]
    assert found(body, matcher(*names, handles=handles)) == found(body, NAMES)
