"""What links where, known from both ends."""

import pytest

from notes.models import Reference
from notes.writing import write
from tests.factories import PersonFactory, SeriesFactory, meeting, week_after, weeknote
from tests.hackit.site import page, words

pytestmark = pytest.mark.django_db


def linked_from(client, text):
    return words(page(client, text.get_absolute_url()), "//aside//section[h2='Links here']")


@pytest.fixture
def note():
    return weeknote("First", title="First", author=PersonFactory(name="Ann Lee"))


ADDRESSES = [
    "/notes/2019/06/10/first/",
    "/notes/2019/06/10/first/#h-something",
    "/notes/2019/06/10/first/?from=mail",
    "http://testserver/notes/2019/06/10/first/",
    "https://testserver/notes/2019/06/10/first/#x",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_note_shows_what_links_to_it(client, settings, note, address):
    settings.ALLOWED_HOSTS = ["testserver"]
    weeknote(f"See [this]({address}).", title="Second", week=week_after(1))
    assert "Second" in linked_from(client, note)


@pytest.mark.parametrize(
    "address", ["https://example.org/notes/2019/06/10/first/", "/notes/2019/06/11/first/", "/people/ann-lee/", "//["]
)
def test_other_addresses_are_no_links_to_it(client, settings, note, address):
    settings.ALLOWED_HOSTS = ["testserver"]
    weeknote(f"See [this]({address}).", title="Second", week=week_after(1))
    assert not Reference.objects.exists()


def test_meetings_of_a_series_and_on_their_own(client):
    held, alone = meeting(series=SeriesFactory(name="DMT")), meeting(title="Visit")
    weeknote(f"At [it]({held.get_absolute_url()}) and [that]({alone.get_absolute_url()}).", title="Second")
    assert "Second" in linked_from(client, held)
    assert "Second" in linked_from(client, alone)


def test_former_address_counts_and_a_renamed_note_keeps_its_links(client, note):
    follower = weeknote("See [this](/notes/2019/06/10/first/).", title="Second", week=week_after(1))
    note.slug = "renamed"
    write(note)
    assert "Second" in linked_from(client, note)
    follower.body += " Again."
    write(follower)
    assert "Second" in linked_from(client, note)


def test_link_taken_out_is_gone_and_nothing_links_to_itself(client, note):
    follower = weeknote("See [this](/notes/2019/06/10/first/).", title="Second", week=week_after(1))
    follower.body = "No more."
    write(follower)
    note.body = "See [above](/notes/2019/06/10/first/)."
    write(note)
    assert not Reference.objects.exists()


def test_saving_again_writes_nothing(note, django_assert_max_num_queries):
    follower = weeknote("See [this](/notes/2019/06/10/first/).", title="Second", week=week_after(1))
    assert write(follower) is False


def test_place_in_the_authors_series(client):
    ann = PersonFactory(name="Ann Lee")
    notes = [weeknote(title=f"Number {number}", author=ann, week=week_after(number)) for number in range(3)]
    weeknote(title="Hidden", author=ann, week=week_after(3), is_draft=True)
    weeknote(title="Of another", week=week_after(1))
    tree = page(client, notes[1].get_absolute_url())
    assert "Number 2 of 3 weeknotes by Ann Lee" in words(tree)
    assert "Number 0" in words(tree, "//a[@rel='prev']")
    assert "Number 2" in words(tree, "//a[@rel='next']")
    assert "Hidden" not in words(page(client, notes[2].get_absolute_url()))
