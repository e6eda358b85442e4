"""What a query means, on either database, and that the index follows what is written."""

import random
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from notes.conditions import ACTIONS, DECISIONS, PASSAGES, PEOPLE, TEXTS
from notes.models import Action, Decision, Note, Passage, SearchText, Text
from notes.search import entries
from notes.search.backends import INDEX, Match, Matches, is_sound
from notes.search.entries import Fit
from notes.search.queries import MOST, Query
from notes.search.ranking import Searched, rank
from notes.search.stems import line, stem_line, stem_lines, stems
from notes.writing import write
from people.models import Alias, Person
from projects.models import Project
from tests.factories import (
    MONDAY,
    OrganisationFactory,
    PersonFactory,
    ProjectFactory,
    TeamFactory,
    meeting,
    post,
    week_after,
    weeknote,
)

pytestmark = pytest.mark.django_db

NOBODY = AnonymousUser()
WORDS = [
    "wifi",
    "library",
    "libraries",
    "Delibaş",
    "council’s",
    "2nd",
    "1e5a",
    "IT",
    "who",
    "Wi-Fi",
    "日本",
    "learning",
]


def found(text, user=NOBODY):
    return set(Text.objects.listed_for(user).filter(Query.read(text).texts()).values_list("pk", flat=True))


# Stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("councils", "council’s"),
        ("library", "Libraries"),
        ("Delibas", "Delibaş's"),
        ("cafe\u0301", "café"),
        ("learning", "learned"),
        ("Straße", "STRASSE"),
        ("I'm", "I’m"),
        ("Łódź", "lodz"),
    ],
)
def test_words_that_read_the_same_have_the_same_stem(one, other):
    assert stems(one) == stems(other) != []


def test_words_are_cut_at_what_is_no_letter_or_digit():
    assert stems("WiFi-4-All") == stems("wifi 4 all")
    assert stems("IT, who will?") == ["it", "who", "will"]
    assert stems("-- ?! …") == []


@given(st.text())
def test_any_text_becomes_tokens_that_both_databases_keep(text):
    for stem in stems(text):
        assert stem.isascii()
        assert stem.isalnum()
        assert stem == stem.lower()
        assert not stem[0].isdigit()
        assert len(stem) <= 40


@given(st.lists(st.text(alphabet="abxz0189e", min_size=1, max_size=9), max_size=30))
def test_database_keeps_every_token_whole(words):
    note = SearchText(text=Text.objects.create(on=MONDAY), title=stem_line(" ".join(words)), body="")
    note.save()
    for stem in {stem for word in words for stem in stems(word)}:
        assert Text.objects.filter(Matches(Match((((stem,),),))), pk=note.pk).exists()


def test_no_phrase_goes_from_one_passage_to_the_next():
    assert line(("b", "c")) not in stem_lines(["a b", "c d"])
    assert stem_lines(["a b", "", "c d"]) == " a b 0 c d "
    weeknote("Alpha beta.\n\nGamma delta.", title="x")
    assert found("beta gamma")
    assert not found('"beta gamma"')


# What people type


@pytest.mark.parametrize(
    ("text", "groups", "without", "pairs"),
    [
        ("wifi libraries", [["wifi"], ["libraries"]], [], []),
        ('"show and tell" lift', [["show and tell"], ["lift"]], [], []),
        ("“show and tell”", [["show and tell"]], [], []),
        ('"unbalanced quote', [["unbalanced quote"]], [], []),
        ("alpha OR beta gamma", [["alpha", "beta"], ["gamma"]], [], []),
        ("alpha AND beta", [["alpha"], ["beta"]], [], []),
        ("parking -permits", [["parking"]], ["permits"], []),
        ("parking NOT permits", [["parking"]], ["permits"], []),
        ("OR alpha OR", [["alpha"]], [], []),
        ('- -- OR NOT ! ""', [], [], []),
        ("-only", [], ["only"], []),
        ("Wi-Fi", [["Wi-Fi"]], [], []),
        ("project:spacebank x", [["x"]], [], [("project", "spacebank")]),
        ('project:"Digital apprenticeships"', [], [], [("project", "Digital apprenticeships")]),
        ("-tag:halls", [], [], [("not_tag", "halls")]),
        ("from:2019-06 to:2019-02", [], [], [("from", "2019-06-01"), ("to", "2019-02-28")]),
        ("from:2019 to:2019", [], [], [("from", "2019-01-01"), ("to", "2019-12-31")]),
        ("from:soon", [], [], [("from", "soon")]),
        ("http://example.org", [["http://example.org"]], [], []),
    ],
)
def test_query_means_what_people_mean(text, groups, without, pairs):
    query = Query.read(text)
    assert [[term.words for term in group] for group in query.groups] == groups
    assert [term.words for term in query.without] == without
    assert query.pairs == pairs


def test_query_of_very_many_words_says_how_many_count():
    query = Query.read("word " * 2000)
    assert query.size == MOST
    assert query.problems == [f"Only the first {MOST} words of a search count."]


@given(st.text() | st.text(alphabet='ab"-: OR\0“”()*^{}+~<>|&!\\', max_size=60))
def test_any_query_is_answered(text):
    query = Query.read(text)
    assert query.size <= MOST
    list(Text.objects.filter(query.texts()))
    list(Passage.objects.filter(query.condition(PASSAGES)))
    list(Decision.objects.filter(query.condition(DECISIONS)))
    list(Action.objects.filter(query.condition(ACTIONS)))
    list(Person.objects.filter(query.condition(PEOPLE)))
    entries.current().find(query)


# The same as by hand


def write_some(seed):
    """Write a few texts of few words, some of them not for everybody."""
    chance = random.Random(seed)  # noqa: S311 - the same for a seed
    for number in range(10):
        body = "\n\n".join(
            " ".join(chance.choices(WORDS, k=chance.randint(1, 5))) for _ in range(chance.randint(0, 3))
        )
        title = " ".join(chance.choices(WORDS, k=chance.randint(1, 3)))
        state = chance.choice(["", "", "", "draft", "internal", "withdrawn"])
        values = {
            "draft": {"published_at": None},
            "internal": {"audience": "signed-in"},
            "withdrawn": {"withdrawn_at": timezone.now()},
        }.get(state, {})
        weeknote(body, title=title, week=week_after(number), **values)


queries = st.lists(
    st.sampled_from([*WORDS, '"wifi library"', '"who IT', "-wifi", "-who", "OR", "NOT", "-", '"2nd 1e5a" OR 日本']),
    max_size=5,
).map(" ".join)


@pytest.fixture(params=[1, 2, 3])
def corpus(db, request):
    write_some(request.param)


@given(text=queries, is_signed_in=st.booleans())
def test_database_finds_what_reading_every_text_finds(corpus, text, is_signed_in):
    user = login_of(is_signed_in)
    query = Query.read(text)
    listed = Text.objects.listed_for(user).values_list("pk", "search_text__title", "search_text__body")
    assert found(text, user) == {pk for pk, *lines in listed if query.is_answered_by(*lines)}
    passages = Passage.objects.listed_for(user)
    by_hand = {pk for pk, kept in passages.values_list("pk", "stems") if query.is_answered_by(kept)}
    assert set(passages.filter(query.condition(PASSAGES)).values_list("pk", flat=True)) == by_hand
    if query.groups:
        in_title = (
            Text.objects.listed_for(user).filter(Matches(query.match().in_title())).values_list("pk", flat=True)
        )
        wanted = Query(groups=query.groups)
        assert set(in_title) == {pk for pk, title, _ in listed if wanted.is_answered_by(title)}


class SignedIn:
    is_authenticated = True


def login_of(is_signed_in):
    return SignedIn() if is_signed_in else NOBODY


def test_word_said_very_often_is_in_phrases_however_late():
    """PostgreSQL's index knows 255 places of a word at most."""
    weeknote(f"{'wifi library ' * 400} wifi council", title="x")
    assert found('"wifi council"')


def test_outcome_is_found_by_its_own_words():
    held = meeting("Nothing.", title="Board")
    Decision.objects.create(meeting=held, words="Go on with the libraries")
    decision = Decision.objects.filter(Query.read("library").condition(DECISIONS))
    assert decision.count() == 1
    action = Action.objects.create(meeting=held, words="Ring them", owner=PersonFactory())
    action.words = "Write to the council"
    action.save()
    assert not Action.objects.filter(Query.read("ring").condition(ACTIONS))
    assert Action.objects.filter(Query.read("council’s").condition(ACTIONS)).get() == action


# The index follows


def test_saved_text_is_found_by_its_new_words_only():
    note = weeknote("Parking permits.", title="Old title")
    assert found("permit") == found("old") == {note.pk}
    note.title, note.body = "New title", "Library cards."
    write(note)
    assert not found("permit") | found("old")
    assert found("new library") == {note.pk}
    note.body = ""
    write(note)
    assert not found("library")
    assert is_sound()


def test_deleted_text_leaves_the_index():
    note = weeknote("Parking permits.")
    note.delete()
    assert not SearchText.objects.exists()
    assert not found("parking")
    assert is_sound()


def test_text_shows_by_its_state_without_a_write_to_the_index(django_assert_num_queries):
    note = weeknote("Parking permits.")
    Note.objects.withdraw()
    assert not found("parking")
    Note.objects.put_back()
    assert found("parking") == {note.pk}


def test_text_that_did_not_change_has_nothing_of_it_written(django_assert_num_queries):
    note = weeknote("Parking permits.")
    note = Note.objects.get(pk=note.pk)
    queries = []
    with connection.execute_wrapper(lambda run, sql, *rest: (queries.append(sql), run(sql, *rest))[1]):
        write(note)
    assert not [sql for sql in queries if "searchtext" in sql]


def test_check_finds_what_is_wrong_and_rebuilding_puts_it_right():
    note = weeknote("Parking permits.\n\nLibrary cards.", title="A title")
    call_command("rebuild_search", "--check", stdout=StringIO(), verbosity=0)
    Passage.objects.filter(words="Library cards.").update(stems=" x ")
    SearchText.objects.update(title=" y ")
    with pytest.raises(CommandError, match="2 rows differ; the index is sound"):
        call_command("rebuild_search", "--check", verbosity=0)
    told = StringIO()
    call_command("rebuild_search", stdout=told, verbosity=0)
    assert "1 texts, 3 passages: rebuilt, 2 rows were not as they should, and equal now." in told.getvalue()
    assert found("title card") == {note.pk}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL generates its columns itself")
def test_check_finds_an_index_that_is_not_of_its_content():
    weeknote("Parking permits.")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {INDEX}(rowid, title, body) VALUES (9999, ' a ', ' b ')")  # noqa: S608
    assert not is_sound()
    call_command("rebuild_search", stdout=StringIO(), verbosity=0)
    assert is_sound()


# Who comes first


def ranked(text, *texts):
    found = [
        Searched(pk, stem_line(title), stem_lines(body), MONDAY - timedelta(days=pk), "post")
        for pk, (title, body) in enumerate(texts)
    ]
    return [one.pk for one in rank(found, Query.read(text), MONDAY)]


def test_title_comes_before_phrase_and_phrase_before_words():
    texts = [
        ("x", ["library here", "and wifi there"]),
        ("x", ["library or wifi in one passage"]),
        ("x", ["the library wifi"]),
        ("wifi of a library", ["x"]),
        ("our library wifi", ["x"]),
        ("library wifi", ["x"]),
    ]
    assert ranked("library wifi", *texts) == [5, 4, 3, 2, 1, 0]


def test_newer_of_two_equal_texts_comes_first_and_a_frequent_word_before_a_rare_one():
    assert ranked("wifi", ("x", ["wifi"]), ("x", ["wifi"])) == [0, 1]
    assert ranked("wifi", ("x", ["wifi " + "y " * 300]), ("x", ["wifi wifi wifi"])) == [1, 0]


# The directory


def listed(text):
    return [(fit, entry.name) for fit, entry in entries.current().find(Query.read(text))]


def test_person_is_found_by_name_alias_nickname_and_role():
    matthew = PersonFactory(name="Matthew Cain", role="Head of things", aliases=["The Boss"])
    PersonFactory(name="Cathy McLaurin")
    PersonFactory(name="Catherine Jones")
    assert listed("Matt") == listed("matthew") == [(Fit.EXACT, "Matthew Cain")]
    assert listed("matt cain") == [(Fit.EXACT, "Matthew Cain")]
    assert listed("the boss") == [(Fit.EXACT, "Matthew Cain")]
    assert listed("cai") == [(Fit.BEGINNING, "Matthew Cain")]
    assert listed("head of things") == [(Fit.ROLE, "Matthew Cain")]
    assert listed("thing") == [(Fit.ABOUT, "Matthew Cain")]
    assert [name for _, name in listed("Cathy")] == ["Cathy McLaurin", "Catherine Jones"]
    matthew.left_on = timezone.localdate()
    matthew.save()
    assert entries.current().find(Query.read("matt"))[0][1].has_left


def test_directory_in_memory_follows_every_change(django_assert_num_queries):
    team, project = TeamFactory(name="Web"), ProjectFactory(name="Spacebank", aim="Rooms for everybody")
    organisation = OrganisationFactory(name="Finance", about="Counts coins")
    assert listed("coin")
    assert listed("room")
    assert listed("web")
    with django_assert_num_queries(1):
        listed("spacebank")
    organisation.about = "Keeps books"
    organisation.save()
    Project.objects.filter(pk=project.pk).update(aim="Halls")
    assert not listed("coin") + listed("room")
    assert listed("books")
    assert listed("hall")
    alias = Alias.objects.create(entry=team, name="Webbers")
    assert listed("webbers")
    alias.delete()
    assert not listed("webbers")


def test_forgotten_name_is_found_nowhere():
    person = PersonFactory(name="Jane Oldname", aliases=["Janey Oldname"])
    assert listed("oldname")
    person.name = "Jane Newname"
    person.save()
    person.forget("Jane Oldname")
    assert not listed("oldname")
    assert listed("jane newname")


def test_colleagues_who_left_come_after_those_who_are_here():
    PersonFactory(name="Ann Abbot", left_on=MONDAY)
    PersonFactory(name="Ann Zed")
    assert [name for _, name in listed("ann")] == ["Ann Zed", "Ann Abbot"]


def test_name_of_no_letters_harms_nobody():
    PersonFactory(name="!!!")
    assert listed("x") == []


def test_filter_of_posts_and_words_together():
    post("Parking permits.", title="P")
    weeknote("Parking permits.", title="W")
    assert {note.title for note in Note.objects.filter(Query.read("permit").condition(TEXTS))} == {"P", "W"}
