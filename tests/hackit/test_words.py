"""Words as a filter: the same ?q= on every list, with what may be typed into the search box."""

import pytest

from tests.factories import PersonFactory, ProjectFactory, week_after, weeknote

pytestmark = pytest.mark.django_db


@pytest.fixture
def written():
    ann = PersonFactory(name="Ann Leed")
    ProjectFactory(name="Spacebank")
    weeknote("The halls opened.\n\nSpacebank has halls and a café.", author=ann)
    weeknote("Nothing of it.\n\nThe café closed. Halls, halls, halls.", author=ann, week=week_after(1), title="Later")
    return ann


@pytest.mark.parametrize(
    ("address", "there", "absent"),
    [
        ("/explore/?q=cafe", ["has halls", "closed"], ["Nothing of it", "opened"]),
        ("/explore/?q=hall", ["opened", "closed", "has halls"], ["Nothing of it"]),
        ("/explore/?q=hall+-caf%C3%A9", ["opened"], ["closed"]),
        ("/explore/?q=%22opened+halls%22", [], ["opened."]),
        ("/explore/?q=halls+project:spacebank", ["has halls"], ["opened", "closed"]),
        ("/explore/?q=halls&project=spacebank&match=any", ["has halls"], ["closed"]),
        ("/explore/?q=%22%22%20-%20OR", ["opened", "closed"], []),
        ("/projects/spacebank/?q=cafe", ["has halls"], ["closed"]),
        ("/people/ann-leed/?q=closed", [], []),
        ("/notes/?q=nothing", ["Later"], ["A week</a>"]),
    ],
)
def test_words_narrow_every_list(client, written, address, there, absent):
    page = client.get(address).content.decode()
    for words in there:
        assert words in page
    for words in absent:
        assert words not in page


def test_filters_typed_among_the_words_can_be_taken_off(client, written):
    page = client.get("/explore/?q=halls+project:spacebank").content.decode()
    assert 'href="/explore/?q=halls"' in page
    assert 'href="/explore/?project=spacebank"' in page


def test_best_answers_come_first_where_asked(client, written):
    newest = client.get("/explore/?q=halls").content.decode()
    assert newest.index("Halls, halls") < newest.index("The halls opened")
    weeknote("Of the halls, one word in many others that have nothing to do with them at all.", week=week_after(2))
    best = client.get("/explore/?q=halls&order=relevance").content.decode()
    assert best.index("Halls, halls") < best.index("Of the halls")
    assert "Best answers first" in best
    for show in ("notes", "meetings", "decisions", "actions"):
        assert client.get(f"/explore/?q=halls&order=relevance&show={show}&page=x").status_code == 200


def test_pages_of_best_answers_hold_each_row_once(client, monkeypatch):
    monkeypatch.setattr("hackit.pages.explore.PAGE", 3)
    author = PersonFactory()
    for number in range(8):
        weeknote(f"Line {number} of the halls.", week=week_after(number), author=author, title="")
    seen = []
    for page in ("1", "2", "3"):
        found = client.get(f"/explore/?q=halls&order=relevance&page={page}").content.decode()
        seen += [number for number in range(8) if f"Line {number} of" in found]
    assert sorted(seen) == list(range(8))
