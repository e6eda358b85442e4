"""The page of search, as a reader sees it: what is found, shown, suggested, and what never is."""

from datetime import timedelta

import lxml.html
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from notes.models import Note
from people.models import Person
from tests.factories import PersonFactory, ProjectFactory, SeriesFactory, login, meeting, week_after, weeknote
from tests.hackit.site import furnish, page, words
from tests.hackit.test_costs import fill
from tests.hackit.test_outlets import HIDDEN, hide

pytestmark = pytest.mark.django_db

MOST = 12  # queries, with words that are found
MOST_WITHOUT_A_RESULT = 20  # with two words that are put right, and the search for what was perhaps meant


def results(client, text="", **asked):
    return page(
        client, f"/search/?{'&'.join(f'{name}={value}' for name, value in {'q': text, **asked}.items() if value)}"
    )


def titles(tree):
    return [" ".join(link.text_content().split()) for link in tree.xpath("//a[@class='line-title']")]


def test_people_and_projects_come_before_texts_and_each_opens_where_it_says(client):
    furnish()
    tree = results(client, "spacebank")
    assert titles(tree)[:2] == ["Spacebank", "A week of Spacebank"]
    links = tree.xpath("//a[@class='line-title']/@href")
    assert links[0] == "/projects/spacebank/"
    note = Note.objects.get(title="A week of Spacebank")
    anchor = note.passages.filter(words__contains="Spacebank").exclude(kind__in=["title", "heading"]).first().anchor
    assert links[1] == f"{note.get_absolute_url()}#{anchor}"
    assert client.get(links[1]).status_code == 200


def test_words_are_marked_whatever_their_form_and_nothing_else_is_html(client):
    weeknote("The <b>libraries</b> & `<script>alert(1)</script>` libraries’ cards.", title="Of a library <i>")
    tree = results(client, "library")
    assert [mark.text_content() for mark in tree.xpath("//main//mark")] == ["library", "libraries", "libraries"]
    assert "<script>alert(1)</script> libraries’ cards." in words(tree)
    assert not tree.xpath("//main//i | //main//b | //main//script")


def test_query_is_shown_as_text(client):
    told = client.get("/search/", {"q": '"><script>x</script>'}).content.decode()
    assert "<script>x" not in told


def test_long_passage_is_cut_around_the_words(client):
    weeknote(f"{'before ' * 100} library {'after ' * 100}", title="Long")
    shown = results(client, "library").xpath("string(//span[@class='line-opening'])")
    assert shown.startswith("… before")
    assert "library" in shown
    assert shown.endswith(" …")
    assert len(shown) < 260


def test_filters_of_the_query_and_of_the_address_narrow_it_alike(client):
    ann, bob = PersonFactory(name="Ann Lee"), PersonFactory(name="Bob Day")
    ProjectFactory(name="Spacebank")
    weeknote("Library of Spacebank.", title="Hers", author=ann)
    weeknote("Library.", title="His", author=bob)
    weeknote("Library.", title="Later", author=bob, week=week_after(9))
    assert titles(results(client, "library author:ann-lee")) == ["Hers"]
    assert titles(results(client, "library", author="ann-lee")) == ["Hers"]
    assert titles(results(client, 'library author:"Bob Day" to:2019-06')) == ["His"]
    assert titles(results(client, "library -project:spacebank", to="2019-07-01")) == ["His"]
    assert titles(results(client, "project:spacebank")) == ["Hers"]
    assert titles(results(client, project="spacebank")) == ["Hers"]
    assert "There is no project “nosuch”." in words(results(client, "library project:nosuch"))
    assert "“soon” is not a date" in words(results(client, "library from:soon"))
    tree = results(client, "library author:ann-lee", project="spacebank")
    assert tree.xpath("//a[text()='Search everything']/@href") == ["/search/?q=library"]
    assert tree.xpath("//input[@type='hidden']/@name") == ["project"]


def test_meetings_of_a_series_are_found_by_its_name_also_after_a_rename(client):
    series = SeriesFactory(name="Spacebank board")
    meeting("Of chairs.", series=series)
    assert titles(results(client, "spacebank board"))[:2] == ["Spacebank board", "Spacebank board"]
    series.name = "Rooms board"
    series.save()
    assert titles(results(client, "rooms board"))[:2] == ["Rooms board", "Rooms board"]
    assert not titles(results(client, "spacebank board"))


def test_tag_is_found_by_its_words_by_those_who_see_something_with_it(client):
    weeknote("x").tags.add("plain english")
    weeknote("x", is_draft=True, week=week_after(1)).tags.add("secret english")
    assert titles(results(client, "plain english")) == ["plain english"]
    assert titles(results(client, "english")) == ["plain english"]
    assert not titles(results(client, "secret"))


def test_kinds_are_tabs_with_counts(client):
    furnish()
    tree = results(client, "spacebank")
    tabs = {tab.text_content(): tab.get("href") for tab in tree.xpath("//nav[@aria-label='Kinds of results']//a")}
    assert list(tabs) == ["All (4)", "Notes (1)", "Meetings (1)", "People (1)", "Projects (1)"] or len(tabs) > 2
    for told, address in tabs.items():
        shown = page(client, f"/search/{address}")
        assert f"({len(titles(shown))})" in told


def test_pages_go_on_to_the_twentieth_and_no_further(client):
    for number in range(45):
        weeknote("Library.", title=f"Week {number}", week=week_after(number))
    first, last = results(client, "library"), results(client, "library", page=3)
    assert (len(titles(first)), len(titles(last))) == (20, 5)
    assert not {*titles(first)} & {*titles(last)}
    assert first.xpath("//a[@rel='next']/@href") == ["?q=library&page=2"]
    assert not last.xpath("//a[@rel='next']")
    for wrong in ("0", "-1", "99999", "x", "٣", "1" * 5000):
        assert titles(results(client, "library", page=wrong))


def test_colleague_who_has_left_is_said_to(client):
    PersonFactory(name="Ann Lee", left_on=timezone.localdate() - timedelta(days=1))
    assert "has left" in words(results(client, "ann lee"))


def test_nothing_found_says_so_and_how_to_search(client):
    assert "Nothing that you can read answers to “qqqq”" in words(results(client, "qqqq"))
    tree = page(client, "/search/")
    assert "Nothing" not in words(tree)
    assert "What you can write" in words(tree)


# Did you mean


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("librery", "library"),
        ("aprenticeship", "apprenticeship"),
        ("Spacebnak", "spacebank"),
        ("libary cards", "library cards"),
    ],
)
def test_misspelt_word_is_put_right_where_that_finds_something(client, text, meant):
    ProjectFactory(name="Spacebank")
    weeknote("The library has cards for each apprenticeship.")
    tree = results(client, text)
    link = tree.xpath("//p[@class='lead']/a")[0]
    assert link.text_content() == meant
    assert titles(page(client, f"/search/{link.get('href')}"))


def test_nothing_is_suggested_that_finds_nothing_or_for_what_finds_enough(client):
    for number in range(4):
        weeknote("A librery.", week=week_after(number))
    weeknote("A library.", week=week_after(9))
    assert "Did you mean" not in words(results(client, "librery"))
    assert "Did you mean" not in words(results(client, "xylophome"))


# What nobody is told


@pytest.mark.parametrize("state", ["draft", "scheduled", "internal", "withdrawn"])
def test_hidden_text_is_neither_found_nor_suggested_nor_meant(client, state):
    furnish()
    hide(state)
    Person.objects.filter(name__contains=HIDDEN).update(name="Zed")
    for text in (
        HIDDEN,
        f"{HIDDEN[:-1]}",
        "Xilophone",
        f'"{HIDDEN} Spacebank"',
        f"{HIDDEN} OR spacebank",
        "kind:post",
        "-zzz",
    ):
        tree = results(client, text)
        assert HIDDEN not in words(tree, "//main//li | //main//nav"), text
        assert "Did you mean" not in words(tree)
        assert f"{HIDDEN} " not in client.get("/search/suggest/", {"q": text}).content.decode()
    assert not [title for title in titles(results(client, HIDDEN)) if title != "Zed"]


def test_colleague_finds_what_is_for_colleagues():
    """The test above could not fail, if nothing of it were ever found."""
    furnish()
    hide("internal")
    client = Client()
    client.force_login(login())
    assert f"{HIDDEN} Spacebank" in titles(results(client, HIDDEN))
    assert "Did you mean" in words(results(client, "Xylophonr"))
    assert HIDDEN in client.get("/search/suggest/", {"q": HIDDEN}).content.decode()


# Suggestions


def suggested(client, text):
    groups = client.get("/search/suggest/", {"q": text}, follow=True).json()["groups"]
    return {group["label"]: [item["name"] for item in group["items"]] for group in groups}


def test_pages_are_suggested_by_kind_while_somebody_types(client):
    furnish()
    assert suggested(client, "spa") == {"Projects": ["Spacebank"], "Notes and meetings": ["A week of Spacebank"]}
    assert suggested(client, "an")["People"] == ["Ann Lee"]
    assert suggested(client, "fixi") == {"Tags": ["fixit"]}
    assert suggested(client, "DM")["Series of meetings"] == ["DMT"]
    for nothing in ("", "s", "zzzz", "tag:fixit", "-spa", "\0"):
        assert suggested(client, nothing) == {}


def test_suggestions_cost_the_same_however_much_there_is(client, django_assert_num_queries):
    furnish()
    fill(5)
    suggested(client, "week")
    with django_assert_num_queries(3):
        found = suggested(client, "week")
    assert len(found["Notes and meetings"]) == 4


# Costs


def cost(client, text):
    client.get("/search/", {"q": text})
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/search/", {"q": text})
    assert response.status_code == 200
    assert len(response.content) < 100_000
    return len(queries)


def test_search_costs_the_same_at_5_and_at_50_rows(client):
    furnish()
    texts = ["spacebank", "ann lee", "week -fixit", '"ann lee" OR spacebank', "project:spacebank tag:fixit week"]
    wrong = ["spacebnak", "librery aprentice", "qqqqqq"]
    fill(5)
    few = [cost(client, text) for text in texts + wrong]
    fill(45)
    many = [cost(client, text) for text in texts + wrong]
    assert many == few
    assert max(many[: len(texts)]) <= MOST
    assert max(many) <= MOST_WITHOUT_A_RESULT


# Anything at all


@given(
    text=st.text(max_size=200) | st.text(alphabet='ab"-: OR\0“”()*^{}+~<>&%\\', max_size=80),
    asked=st.dictionaries(
        st.sampled_from(["page", "only", "project", "tag", "from", "to", "match", "not_person", "kind", "x"]),
        st.text(max_size=12),
        max_size=3,
    ),
)
def test_whatever_is_asked_has_an_answer(text, asked):
    client = Client()
    for address in ("/search/", "/search/suggest/"):
        response = client.get(address, {"q": text, **asked}, follow=True)
        assert response.status_code == 200


def test_ten_thousand_characters_have_an_answer(client):
    furnish()
    for text in (
        "a" * 10_000,
        "a " * 5000,
        '"' * 10_000,
        "-" * 10_000,
        "OR " * 3000,
        "project:x " * 1000,
        "(" * 9999,
    ):
        assert client.get("/search/", {"q": text}).status_code == 200
        assert client.get("/search/suggest/", {"q": text}).status_code == 200
    assert "Only the first 20 words" in words(results(client, "a+" * 500))


def test_results_are_whole_pages_on_their_own(client):
    """Every page has the box, as a form that works without a script."""
    furnish()
    for address in ("/", "/people/", "/search/", "/accessibility/"):
        form = lxml.html.fromstring(client.get(address).content).xpath("//form[@role='search']")
        assert [(one.get("action"), one.xpath(".//input[@type='search']/@name")) for one in form] == [
            ("/search/", ["q"])
        ]
