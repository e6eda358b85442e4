"""Commands over what is stored."""

import json

import pytest
from django.core.management import CommandError, call_command

from notes.models import Mention, Passage
from people.models import Alias
from tests.factories import OrganisationFactory, PersonFactory, meeting, weeknote

pytestmark = pytest.mark.django_db


def mentions(capsys, *options):
    call_command("mentions", *options)
    return json.loads(capsys.readouterr().out)


def test_mentions_say_who_is_named_where(capsys):
    PersonFactory(name="Ann Lee")
    PersonFactory(name="Michael Day", aliases=["Michael"])
    PersonFactory(name="Michael Scott", aliases=["Michael"])
    note = weeknote("## News\n\nAnn Lee and @ann-lee met Michael and [[Erdem]].", title="A week")
    [found] = mentions(capsys)
    assert (found["note"], found["source_file"]) == (note.slug, None)
    title, heading, paragraph = found["passages"]
    assert (title["kind"], heading["kind"], paragraph["heading"]) == ("title", "heading", "News")
    for mention in paragraph["mentions"]:
        assert paragraph["text"][mention["start"] : mention["end"]] == mention["text"]
    assert [
        (one["text"], one["kind"], one["key"], one["how"], one["candidates"]) for one in paragraph["mentions"]
    ] == [
        ("Ann Lee", "person", "ann-lee", "linked", ["ann-lee"]),
        ("@ann-lee", "person", "ann-lee", "explicit", ["ann-lee"]),
        ("Michael", "person", None, "suggested", ["michael-day", "michael-scott"]),
        ("Erdem", None, None, "suggested", []),
    ]


def test_mentions_of_one_note(capsys):
    weeknote(title="One")
    weeknote(title="Two")
    assert [note["note"] for note in mentions(capsys, "--note", "two")] == ["two"]
    with pytest.raises(CommandError, match="There is no note"):
        call_command("mentions", "--note", "three")


def test_relink_walks_notes_and_meetings_and_then_has_nothing_to_do(capsys):
    weeknote("We met LGA.")
    meeting("LGA came.")
    Alias.objects.create(entry=OrganisationFactory(name="Local Government Association"), name="LGA")
    call_command("relink")
    assert capsys.readouterr().out == "2 of 2 texts changed.\n"
    assert Mention.objects.count() == 2
    call_command("relink")
    assert capsys.readouterr().out == "Nothing changed.\n"


def test_relink_mends_what_was_lost(capsys):
    PersonFactory(name="Ann Lee")
    note = weeknote("We met Ann Lee.")
    anchors = list(note.passages.values_list("anchor", flat=True))
    Passage.objects.all().delete()
    call_command("relink")
    assert list(note.passages.values_list("anchor", flat=True)) == anchors
    assert Mention.objects.count() == 1
