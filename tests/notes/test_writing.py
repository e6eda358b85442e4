"""A text saved with everything that follows from its words."""

import lxml.html
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from taggit.models import Tag

from notes.models import Mention, NameChoice, Note, Passage, Question
from notes.names import current
from notes.writing import rewrite, write
from people.models import Alias
from tests.attacks import ATTACKS
from tests.factories import PersonFactory, ProjectFactory, SeriesFactory, meeting, post, weeknote
from tests.notes.test_markdown import MARKDOWN, faults

pytestmark = pytest.mark.django_db


def writes(queries):
    return [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_passage_and_mention_are_stored():
    ann = PersonFactory(name="Ann Lee")
    note = weeknote("## Spacebank\n\nWe met Ann Lee. Ann Lee was right.", title="A week")
    passage = note.passages.get(position=2)
    assert (passage.kind, passage.heading, passage.words) == (
        "paragraph",
        "Spacebank",
        "We met Ann Lee. Ann Lee was right.",
    )
    assert (passage.on, passage.author) == (note.on, note.author)
    mention = passage.mentions.get()
    assert (mention.entry_id, mention.places) == (ann.pk, [[7, 14, "linked"], [16, 23, "linked"]])
    assert [str(passage.kind) for passage in note.passages.all()] == ["title", "heading", "paragraph"]


def test_links_in_the_page_and_out_of_it():
    PersonFactory(name="Ann Lee")
    note = weeknote("We met Ann Lee.[^1]\n\n[^1]: In *Ann Lee*’s room.")
    paragraph = note.passages.get(position=1)
    assert f'<p id="{paragraph.anchor}">We met <a href="/people/ann-lee/" class="mention">Ann Lee</a>.' in note.html
    assert 'id="' not in paragraph.html
    assert 'href="/notes/2019/06/10/a-week/#fn:1"' in paragraph.html
    assert 'id="fn:1"' in note.html
    assert note.passages.get(position=2).html.count("/people/ann-lee/") == 1


def test_name_across_markup_is_one_link():
    PersonFactory(name="Ann Lee")
    note = weeknote("We met **Ann** Lee.")
    assert note.html.count('href="/people/ann-lee/"') == 1
    assert Mention.objects.get().places == [[7, 14, "linked"]]


def test_title_is_a_passage_too():
    project = ProjectFactory(name="LOTI")
    note = weeknote("", title="A lorra LOTI")
    assert list(project.passages.values_list("kind", "words")) == [("title", note.title)]


def test_meeting_is_cut_and_linked_as_a_note_is():
    ann = PersonFactory(name="Ann Lee")
    held = meeting("- Ann Lee reported", series=SeriesFactory(name="DMT"))
    passage = ann.passages.get()
    assert (passage.text_id, passage.author, str(passage.kind)) == (held.pk, None, "item")


def test_hashtag_of_no_project_tags_the_passage_and_not_the_note():
    note = weeknote("We are here to #FixThePlumbing.\n\nAnd to #fixtheplumbing again.")
    assert list(note.tags.names()) == []
    assert [list(passage.tags.slugs()) for passage in note.passages.all()] == [
        [],
        ["fixtheplumbing"],
        ["fixtheplumbing"],
    ]
    assert 'href="/tags/fixtheplumbing/"' in note.html


def test_hashtag_finds_a_tag_by_its_name_in_any_case():
    Tag.objects.create(name="OwnName", slug="elsewhere")
    note = weeknote("We #ownname it.")
    assert list(note.passages.get(position=1).tags.slugs()) == ["elsewhere"]
    assert Tag.objects.count() == 1


def test_unknown_name_is_plain_text_and_a_question():
    note = weeknote("Thanks to [[Erdem]].")
    assert "Thanks to <span" in note.html
    assert "<a" not in note.html
    assert not Mention.objects.exists()
    question = Question.objects.get()
    assert (question.key, question.kind, question.places) == ("erdem", Question.Kind.WHO, [[10, 15]])


def test_settled_name_is_linked_for_its_author_alone():
    one = PersonFactory(name="Michael Scott", aliases=["Michael"])
    PersonFactory(name="Michael Day", aliases=["Michael"])
    author = PersonFactory()
    NameChoice.objects.create(author=author, words="Michael", entry=one)
    assert weeknote("Thank you, Michael.", author=author).passages.get(position=1).entries.get().pk == one.pk
    assert not weeknote("Thank you, Michael.").passages.get(position=1).entries.exists()


def test_saving_again_without_a_change_writes_no_passage():
    PersonFactory(name="Ann Lee")
    note = weeknote("We met Ann Lee to #fixit.\n\n- one\n- two\n\n[[Erdem]]")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert rewrite(Note.objects.get(pk=note.pk), current()) is False
    assert writes(queries) == []
    assert write(note) is False


def test_cost_of_saving_does_not_grow_with_the_text():
    """Rendering and linking first, then a handful of statements."""
    PersonFactory(name="Ann Lee")
    author = PersonFactory()

    def cost(paragraphs):
        note = Note(title=f"{paragraphs}", body="Ann Lee said so to #fixit.\n\n" * paragraphs, author=author)
        with CaptureQueriesContext(connection) as queries:
            write(note)
        return len(queries)

    cost(1)
    assert cost(50) == cost(5) <= 20


def test_edit_keeps_anchors_and_remembers_what_is_gone():
    note = weeknote("We met the team on Monday.\n\nThis will go away entirely.")
    kept, gone = note.passages.values_list("anchor", flat=True)[1:]
    note.body = "New first paragraph here.\n\nWe met the whole team on Monday."
    write(note)
    note.refresh_from_db()
    assert note.passages.get(position=2).anchor == kept
    assert note.vanished_anchors == [gone]
    assert f'id="{kept}"' in note.html


def test_relinking_is_idempotent_and_follows_the_directory():
    note = weeknote("We met Cate.")
    assert not note.passages.filter(entries__isnull=False).exists()
    cate = PersonFactory(name="Cate McLaurin")
    Alias.objects.create(entry=cate, name="Cate")
    assert rewrite(note, current()) is True
    assert rewrite(note, current()) is False
    assert cate.passages.get().text_id == note.pk


def test_relinking_leaves_a_text_to_whoever_saved_it_meanwhile():
    note = weeknote("Before.")
    read_earlier = Note.objects.get(pk=note.pk)
    note.body = "After."
    write(note)
    assert rewrite(read_earlier, current()) is False
    assert note.passages.get(position=1).words == "After."


def test_moving_a_note_moves_its_passages():
    note = weeknote("We met.", is_draft=True)
    other = PersonFactory()
    note.author = other
    note.week = note.week.replace(day=17)
    write(note)
    assert set(note.passages.values_list("author", "on")) == {(other.pk, note.week)}


def test_control_characters_and_line_ends_are_put_right():
    note = weeknote("one\x00\x07\r\n\r\ntwo", title="A\x00 \n week")
    assert (note.title, note.body) == ("A week", "one\n\ntwo")


@pytest.mark.parametrize("attack", ATTACKS[::3])
def test_attack_in_title_body_and_name_is_stored_harmless(attack):
    person = PersonFactory(name=f"Ann {attack}"[:120])
    note = post(f"We met {attack} and {person.name}", title=f"Title {attack}"[:255], author=person)
    assert faults(note.html) == []
    assert [faults(passage.html) for passage in note.passages.all() if faults(passage.html)] == []


@given(MARKDOWN)
def test_any_text_is_stored_whole_and_once(body):
    """Whatever is typed: stored links are safe, mentions lie where they say, and a second walk changes nothing."""
    note = Note.objects.filter(title="Any text").first() or Note(title="Any text", author=PersonFactory())
    note.body = body
    write(note)
    note.refresh_from_db()
    assert faults(note.html) == []
    ids = lxml.html.fragment_fromstring(note.html or "<p></p>", create_parent="div").xpath(".//@id")
    anchors = [passage.anchor for passage in note.passages.all() if passage.kind != "title"]
    assert [id for id in ids if not id.startswith("fn")] == anchors
    for passage in Passage.objects.filter(text=note.pk):
        assert faults(passage.html) == []
        assert "\x00" not in passage.words
    assert rewrite(note, current()) is False
