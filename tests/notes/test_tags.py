"""Tags that mean the same become one, and two again."""

import pytest
from django.test import Client
from taggit.models import Tag

from notes.models import FormerTag, Note, TaggedPassage
from people.models import Merge
from tests.desk import change, save
from tests.factories import PersonFactory, ProjectFactory, week_after, weeknote
from tests.people.merges import differences, snapshot
from tests.people.test_merging import merge, page, shown, undo_last

pytestmark = pytest.mark.django_db


@pytest.fixture
def tags():
    """Two spellings, in a text, on a note and on a project."""
    author = PersonFactory()
    weeknote("About the #hall.", author=author).tags.add("hall")
    weeknote("About the #halls and the #hall.", author=author, week=week_after(1)).tags.add("halls", "hall")
    for project, name in ((ProjectFactory(), "hall"), (ProjectFactory(), "halls")):
        project.tags.add(name)
    return Tag.objects.get(slug="halls"), Tag.objects.get(slug="hall")


def test_everything_with_the_one_tag_has_the_other(editor_client, tags):
    kept, gone = tags
    told = shown(editor_client.get(page(kept, "merge"), {"with": gone.pk}))
    for words in ("1 note with this tag", "1 passage with this hashtag", "1 project with this tag"):
        assert words in told
    assert "/tags/hall/ then leads to /tags/halls/" in told
    response = merge(editor_client, kept, gone)
    assert "linked anew with the tag “halls”" in shown(response)
    assert not Tag.objects.filter(pk=gone.pk).exists()
    assert (kept.tagged_notes.count(), kept.tagged_passages.count(), kept.tagged_projects.count()) == (2, 2, 2)


def test_old_address_and_filter_lead_to_the_tag(client, editor_client, tags):
    merge(editor_client, *tags)
    response = client.get("/tags/hall/?from=2019-06-01")
    assert (response.status_code, response.headers["Location"]) == (301, "/tags/halls/?from=2019-06-01")
    assert client.get("/notes/?tag=hall").content.count(b"line-title") == 2
    assert Client().get("/tags/hal/").status_code == 404


def test_links_of_texts_lead_to_the_tag(editor_client, tags):
    merge(editor_client, *tags)
    note = Note.objects.get(on="2019-06-10")
    assert '<a href="/tags/halls/" class="hashtag">#hall</a>' in note.html


def test_old_hashtag_gives_the_tag_from_then_on(editor_client, tags):
    kept, gone = tags
    merge(editor_client, kept, gone)
    note = weeknote("Once more the #hall.", week=week_after(2))
    assert [tagged.tag for tagged in TaggedPassage.objects.filter(content_object__text=note.pk)] == [kept]
    assert not Tag.objects.filter(slug="hall").exists()
    assert FormerTag.objects.get().tag == kept


def test_old_tag_that_an_author_types_is_the_tag_it_went_into(editor_client, tags):
    merge(editor_client, *tags)
    note = weeknote("Nothing else.", week=week_after(2))
    save(editor_client, change(note), tags="hall, new one")
    assert set(note.tags.values_list("name", flat=True)) == {"halls", "new one"}


def test_desk_lists_the_former_address_which_can_be_forgotten(client, editor_client, tags):
    kept, gone = tags
    merge(editor_client, kept, gone)
    assert "former addresses, which redirect, and hashtags that give this tag" in shown(
        editor_client.get(change(kept))
    ).replace("Former", "former")
    save(editor_client, change(kept), **{"former_slugs-0-DELETE": "on"})
    assert client.get("/tags/hall/").status_code == 404


def test_merged_and_two_again_is_as_before(editor_client, tags):
    before = snapshot()
    merge(editor_client, *tags)
    assert differences(before, snapshot()) != {}
    undo_last(editor_client, tags[0])
    assert differences(before, snapshot()) == {}
    assert Merge.objects.get().undone_at


def test_tag_made_anew_with_the_old_address_forbids_undoing(editor_client, tags):
    merge(editor_client, *tags)
    ProjectFactory().tags.add("hall")
    assert "hall has the name or address that hall had" in shown(undo_last(editor_client, tags[0]))


def test_tag_that_went_twice_leads_to_where_it_is(client, editor_client, tags):
    kept, gone = tags
    merge(editor_client, kept, gone)
    ProjectFactory().tags.add("rooms")
    rooms = Tag.objects.get(slug="rooms")
    merge(editor_client, rooms, kept)
    for old in ("hall", "halls"):
        assert client.get(f"/tags/{old}/").headers["Location"] == "/tags/rooms/"
