""" "Names in this text", on the desk: what is linked and why, what is asked, and how one click settles it."""

from datetime import date
from urllib.parse import urlencode

import lxml.html
import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from notes.models import Break, Mention, NameChoice, Note, Question, Thanks
from notes.settling import follow_choice, names_in, settle
from notes.writing import write
from people.models import Alias, Person
from projects.models import Member, Project
from tests.desk import change, form_of, save
from tests.factories import (
    MONDAY,
    PersonFactory,
    ProjectFactory,
    TeamFactory,
    meeting,
    week_after,
    weeknote,
)

pytestmark = pytest.mark.django_db


def panel(client, text):
    """Return the panel of a text's form, as an element."""
    page = lxml.html.fromstring(client.get(change(text)).content.decode())
    [found] = page.xpath("//aside[@id='names']")
    return found


def words(element):
    return " ".join(element.text_content().split())


def press(client, text, fetches=True, **said):
    """Press a button of the panel: with JavaScript by itself, without it by sending the form."""
    value = urlencode(said)
    if not fetches:
        return client.post(change(text), form_of(client.get(change(text))) | {"_name": value}, follow=True)
    address = reverse(f"admin:notes_{text.kind if text.kind == 'meeting' else 'note'}_names", args=[text.pk])
    return client.post(address, {"_name": value}, headers={"X-Requested-With": "fetch"})


def named(text):
    return set(Mention.objects.filter(passage__text=text.pk).values_list("entry__name", flat=True))


def asked(text):
    return set(Question.objects.filter(passage__text=text.pk).values_list("key", flat=True))


@pytest.mark.parametrize("fetches", [True, False])
class TestOneClick:
    def test_settles_a_name_in_this_text(self, client, author, michaels, fetches):
        note, other = (
            weeknote("Thanks Michael.", author=author),
            weeknote("Michael!", author=author, week=week_after(1)),
        )
        press(client, note, fetches, do="choose", entry=michaels[1].pk, words="Michael", **{"for": "text"})
        assert named(note) == {"Michael Day"}
        assert named(other) == set()
        assert asked(other) == {"michael"}

    def test_settles_it_for_all_the_author_writes_before_and_after(self, client, author, michaels, fetches):
        earlier = weeknote("Michael!", author=author)
        note = weeknote("Thanks Michael.", author=author, week=week_after(1))
        press(client, note, fetches, do="choose", entry=michaels[1].pk, words="Michael", **{"for": "author"})
        later = weeknote("Michael again.", author=author, week=week_after(2))
        assert named(earlier) == named(note) == named(later) == {"Michael Day"}
        assert named(weeknote("Michael!", week=week_after(2))) == set()

    def test_says_that_it_is_no_name(self, client, author, michaels, fetches):
        note = weeknote("Thanks Michael.", author=author)
        press(client, note, fetches, do="drop", words="Michael", **{"for": "author"})
        assert (named(note), asked(note)) == (set(), set())
        assert asked(weeknote("Michael!", author=author, week=week_after(1))) == set()

    def test_can_be_undone(self, client, author, michaels, fetches):
        note = weeknote("Thanks Michael.", author=author)
        before = Note.objects.get(pk=note.pk).html
        press(client, note, fetches, do="choose", entry=michaels[0].pk, words="Michael", **{"for": "text"})
        assert "Undo" in words(panel(client, note))
        press(client, note, fetches, do="undo", choice=NameChoice.objects.get().pk)
        assert (named(note), asked(note)) == (set(), {"michael"})
        assert Note.objects.get(pk=note.pk).html == before

    def test_adds_somebody_whom_nobody_knows(self, client, author, fetches):
        note = weeknote("Thanks to Erdem.", author=author)
        press(client, note, fetches, do="add", words="Erdem")
        assert named(note) == {"Erdem"}
        assert Person.objects.get(name="Erdem").is_to_check

    def test_notes_a_break(self, client, author, fetches):
        note = weeknote("I’m taking a break next week, back on 24 June.", author=author)
        assert "You write of a break" in words(panel(client, note))
        press(client, note, fetches, do="break")
        assert Break.objects.get().ends_on == date(2019, 6, 24)
        assert "You write of a break" not in words(panel(client, note))

    def test_keeps_what_the_text_calls_something(self, client, author, fetches):
        """Who may not change the directory keeps it for what they write."""
        ProjectFactory(name="London Office of Things")
        note = weeknote("The London Office of Things (‘LOT’). LOT is good.", author=author)
        assert "Keep as another name" in words(panel(client, note))
        press(client, note, fetches, do="alias", entry=Project.objects.get().pk, words="LOT")
        assert not Alias.objects.exists()
        assert named(weeknote("LOT again.", author=author, week=week_after(1))) == {"London Office of Things"}


def test_editor_keeps_what_a_text_calls_something_for_everybody(editor_client):
    project = ProjectFactory(name="London Office of Things")
    note, other = weeknote("The London Office of Things (‘LOT’)."), weeknote("LOT is good.")
    press(editor_client, note, do="alias", entry=project.pk, words="LOT")
    assert named(other) == {"London Office of Things"}


@pytest.mark.parametrize("said", ["Matthew Crane", "@matthew-crane", "matthew-crane"])
def test_same_as_somebody_by_name_or_handle(client, author, said):
    PersonFactory(name="Matthew Crane")
    note = weeknote("Thanks to Mattie-Lou.", author=author)
    address = reverse("admin:notes_note_names", args=[note.pk])
    client.post(address, {"_name": "do=same&for=text&words=Mattie-Lou", "same:Mattie-Lou": said})
    assert named(note) == {"Matthew Crane"}


@pytest.mark.parametrize(("said", "answer"), [("", "Say whose other name it is"), ("Nobody", "called “Nobody”")])
def test_same_as_nobody_says_what_to_write(client, author, said, answer):
    note = weeknote("Thanks to Erdem.", author=author)
    address = reverse("admin:notes_note_names", args=[note.pk])
    response = client.post(
        address, {"_name": "do=same&for=text&words=Erdem", "same:Erdem": said}, headers={"X-Requested-With": "fetch"}
    )
    assert answer in response.content.decode()
    assert asked(note) == {"erdem"}


def test_what_was_typed_is_saved_with_a_button_that_sends_the_form(client, author, michaels):
    note = weeknote("Thanks Michael.", author=author)
    sent = form_of(client.get(change(note)))
    value = urlencode({"do": "choose", "for": "text", "entry": michaels[0].pk, "words": "Michael"})
    response = client.post(change(note), sent | {"body": "Thanks Michael, for all.", "_name": value})
    assert response.headers["Location"].endswith("#names")
    note.refresh_from_db()
    assert note.body == "Thanks Michael, for all."
    assert named(note) == {"Michael Obi"}


def test_button_that_does_not_send_the_form_leaves_the_text(client, author, michaels):
    note = weeknote("Thanks Michael.", author=author)
    before = Note.objects.get(pk=note.pk)
    press(client, note, do="choose", entry=michaels[0].pk, words="Michael", **{"for": "text"})
    after = Note.objects.get(pk=note.pk)
    assert (after.body, after.title, after.published_at) == (before.body, before.title, before.published_at)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"do": "nonsense"},
        {"do": "choose", "for": "text", "words": "Michael", "entry": "0"},
        {"do": "choose", "for": "text", "words": "Michael", "entry": "9" * 40},
        {"do": "choose", "for": "text", "words": "Michael", "entry": "x"},
        {"do": "undo", "choice": "1"},
        {"do": "break"},
        {"do": "drop", "for": "text", "words": ""},
        {"do": "drop", "for": "text", "words": "x" * 500},
    ],
)
def test_button_of_an_older_page_gets_a_sentence(client, author, michaels, said):
    note = weeknote("Thanks Michael.", author=author)
    assert press(client, note, **said).status_code == 200
    assert asked(note) == {"michael"}
    assert not NameChoice.objects.exists()


def test_why_each_name_is_linked_is_said(client, author):
    PersonFactory(name="Michael Day", aliases=["Michael"])
    PersonFactory(name="Michael Obi", aliases=["Michael"])
    PersonFactory(name="Cara McAllister")
    ProjectFactory(name="Cates")
    note = weeknote("Michael Day came, Michael left. Thanks Cara and [[Cates]].", author=author)
    said = words(panel(client, note))
    for why in (
        "as listed",
        "named in full elsewhere",
        "nobody else who was there is called so",
        "written expressly",
    ):
        assert why in said


class TestEvidence:
    """Candidates stand in the order of what speaks for them, and it is said."""

    def first(self, note):
        [one, *_] = names_in(note).asked
        return one.candidates[0].entry.name, one.candidates[0].reasons

    def test_role_beside_the_name(self, michaels):
        Person.objects.filter(pk=michaels[1].pk).update(role="Head of audit")
        assert self.first(weeknote("Michael, who heads up our auditing service, came.")) == (
            "Michael Day",
            ["“auditing” stands beside the name"],
        )

    def test_earlier_choice_of_the_author(self, author, michaels):
        earlier = weeknote("Michael!", author=author)
        settle(earlier, "Michael", michaels[1], "text")
        note = weeknote("Michael!", author=author, week=week_after(1))
        assert self.first(note)[0] == "Michael Day"
        assert "chosen in 1 other text" in self.first(note)[1]

    def test_project_that_is_named_too(self, michaels):
        Member.objects.create(project=ProjectFactory(name="Spacebank"), person=michaels[1])
        assert self.first(weeknote("Michael showed us Spacebank.")) == (
            "Michael Day",
            ["works on Spacebank, which is named here"],
        )

    def test_team_of_the_author(self, michaels):
        team = TeamFactory()
        Person.objects.filter(pk=michaels[1].pk).update(team=team)
        assert self.first(weeknote("Michael!", author=PersonFactory(team=team)))[0] == "Michael Day"

    def test_whom_the_author_named_last(self, author, michaels):
        weeknote("Michael Day came.", author=author)
        note = weeknote("Michael!", author=author, week=week_after(1))
        assert self.first(note) == ("Michael Day", ["last named by the author on 10 June 2019"])

    def test_who_was_at_the_meeting(self, michaels):
        record = meeting("Michael asked.")
        record.attendances.create(person=michaels[1])
        assert self.first(record) == ("Michael Day", ["was at this meeting"])

    def test_author_is_the_unlikeliest(self, michaels):
        assert self.first(weeknote("Michael!", author=michaels[1]))[0] == "Michael Obi"


class TestWhoMay:
    def test_not_in_somebody_elses_text(self, client, author, michaels):
        note = weeknote("Thanks Michael.")
        response = press(client, note, do="choose", entry=michaels[0].pk, words="Michael", **{"for": "text"})
        assert response.status_code == 403
        assert asked(note) == {"michael"}

    def test_not_for_everybody(self, client, author, michaels):
        note = weeknote("Thanks Michael.", author=author)
        response = press(client, note, do="choose", entry=michaels[0].pk, words="Michael", **{"for": "everybody"})
        assert response.status_code == 403
        assert not NameChoice.objects.exists()

    def test_not_undo_what_holds_for_everybody(self, client, author, michaels):
        choice = NameChoice.objects.create(words="Michael", entry=michaels[0])
        note = weeknote("Thanks Michael.", author=author)
        press(client, note, do="undo", choice=choice.pk)
        assert named(note) == {"Michael Obi"}

    def test_no_choice_for_everybody_on_the_desk_of_choices(self, client, author, michaels):
        data = {"words": "Michael", "entry": michaels[0].pk, "author": ""}
        client.post(reverse("admin:notes_namechoice_add"), data)
        assert not NameChoice.objects.exists()


def test_narrowest_choice_counts(author, michaels):
    obi, day = michaels
    NameChoice.objects.create(words="Michael", entry=obi)
    everybody = weeknote("Michael!")
    NameChoice.objects.create(words="Michael", entry=day, author=author)
    theirs = weeknote("Michael!", author=author)
    this = weeknote("Michael!", author=author, week=week_after(1))
    settle(this, "Michael", obi, "text")
    follow_choice(NameChoice.objects.get(text=this.pk))
    assert (named(everybody), named(theirs), named(this)) == ({"Michael Obi"}, {"Michael Day"}, {"Michael Obi"})


def test_choice_of_who_had_left_does_not_hold_for_who_came_after(author, michaels):
    obi, _ = michaels
    NameChoice.objects.create(words="Michael", entry=obi, author=author)
    Person.objects.filter(pk=obi.pk).update(left_on=week_after(4))
    assert named(weeknote("Michael!", author=author)) == {"Michael Obi"}
    assert named(weeknote("Michael!", author=author, week=week_after(5))) == {"Michael Day"}


def test_always_does_not_make_a_name_of_a_word(author):
    will = PersonFactory(name="Will Young")
    NameChoice.objects.create(words="Will", entry=will, author=author)
    note = weeknote("Will this work? We asked Will.", author=author)
    assert [mention.places for mention in Mention.objects.filter(passage__text=note.pk)] == [[[25, 29, "chosen"]]]


def test_forgetting_a_person_takes_their_choices_along(author, michaels):
    NameChoice.objects.create(words="Mick", entry=michaels[0], author=author)
    michaels[0].delete()
    assert not NameChoice.objects.exists()


BODIES = st.lists(
    st.sampled_from("Michael Erdem Will thanks to and . , \n\n @michael-obi LOTI".split(" ")), max_size=12
)


@settings(max_examples=25)
@given(BODIES.map(" ".join), st.sampled_from(["Michael", "Erdem", "Will"]), st.sampled_from(["text", "author"]))
def test_choice_undone_restores_what_was(body, words, scope):
    """The stored HTML, the mentions, the questions and the thanks are as before."""
    one = Person.objects.filter(name="Michael Obi").first() or PersonFactory(name="Michael Obi", aliases=["Michael"])
    if not Person.objects.filter(name="Michael Day").exists():
        PersonFactory(name="Michael Day", aliases=["Michael"])
    note = Note(title="x", body=body, author=one, dated_on=MONDAY, on=MONDAY)
    write(note)

    def stored():
        rows = ((Mention, "entry", "places"), (Question, "key", "kind", "places"), (Thanks, "person"))
        return Note.objects.get(pk=note.pk).html, *(
            sorted(model.objects.filter(passage__text=note.pk).values_list("passage__position", *columns))
            for model, *columns in rows
        )

    before = stored()
    choice = settle(note, words, Person.objects.get(name="Michael Day"), scope)
    follow_choice(choice, note)
    assert note.body == Note.objects.get(pk=note.pk).body
    choice.delete()
    follow_choice(choice, note)
    assert stored() == before
    note.delete()


def test_panel_costs_the_same_however_much_is_asked(author, django_assert_max_num_queries):
    for number in range(6):
        PersonFactory(name=f"Michael Num{number}ber", aliases=["Michael"])
        PersonFactory(name=f"Anna Num{number}ber", aliases=["Anna"])
    note = weeknote("Michael and Anna came.\n\n" * 30, author=author)
    with django_assert_max_num_queries(16):
        names_in(note)


class TestAllNames:
    """The editors' page of everything that is not settled."""

    ADDRESS = "admin:notes_question_changelist"

    def send(self, client, **what):
        page = client.get(reverse(self.ADDRESS))
        form = lxml.html.fromstring(page.content.decode()).xpath("//main//form[@method='post']")[0]
        data = dict(form.form_values())
        for name, value in data.copy().items():
            if name.endswith("-words") and value in what:
                answer = what[value]
                prefix = name.removesuffix("words")
                data[f"{prefix}what"] = answer if isinstance(answer, str) else answer[0]
                data[f"{prefix}same"] = "" if isinstance(answer, str) else answer[1]
        return client.post(reverse(self.ADDRESS), data, follow=True)

    def test_shows_each_name_once_those_in_most_texts_first(self, editor_client):
        weeknote("Thanks to Erdem. Thanks to Nuria.\n\nThanks to Nuria.")
        weeknote("Thanks to Erdem.")
        content = editor_client.get(reverse(self.ADDRESS)).content.decode()
        page = lxml.html.fromstring(content)
        assert [words(legend) for legend in page.xpath("//fieldset/legend")] == ["Erdem 2 texts", "Nuria 1 text"]
        assert "Thanks to Nuria." in content

    def test_settles_several_at_once_for_everybody(self, editor_client, michaels):
        matthew = PersonFactory(name="Matthew Crane")
        note = weeknote("Thanks to Erdem, Nuria and Tolu Bee. Michael came, with Matt and HLT.")
        response = self.send(
            editor_client,
            Erdem="person",
            Nuria="never",
            Michael=str(michaels[1].pk),
            Matt=str(matthew.pk),
            **{"Tolu Bee": ("same", "@matthew-crane")},
        )
        assert "5 names settled. 1 text was linked anew" in response.content.decode()
        assert named(note) == {"Erdem", "Michael Day", "Matthew Crane"}
        assert asked(note) == set()
        assert set(matthew.aliases.values_list("name", flat=True)) == {"Matt", "Tolu Bee"}

    def test_what_is_wrong_stands_beside_the_name_and_nothing_is_lost(self, editor_client):
        weeknote("Thanks to Erdem and to Nuria. Thanks to Nuria.")
        content = self.send(editor_client, Erdem=("same", "Nobody At All"), Nuria="never").content.decode()
        assert "called “Nobody At All”" in content
        assert not NameChoice.objects.exists()
        page = lxml.html.fromstring(content)
        assert page.xpath("//input[@value='Nobody At All']")
        assert page.xpath("//input[@value='never'][@checked]")

    def test_nothing_chosen_changes_nothing(self, editor_client):
        weeknote("Thanks to Erdem.")
        assert "everything is as it was" in self.send(editor_client).content.decode()

    def test_nothing_to_settle(self, editor_client):
        assert "Every name is settled" in editor_client.get(reverse(self.ADDRESS)).content.decode()

    def test_authors_do_not_get_there(self, client, author):
        assert client.get(reverse(self.ADDRESS)).status_code == 403
        assert client.post(reverse(self.ADDRESS), {"form-TOTAL_FORMS": "0"}).status_code == 403

    def test_costs_the_same_with_many(self, editor_client, django_assert_max_num_queries):
        for number in range(30):
            weeknote(f"Thanks to Erdem{'abcdefghijklmnopqrstuvwxyzABCD'[number].lower() * 2} Bee.")
        with django_assert_max_num_queries(14):
            editor_client.get(reverse(self.ADDRESS))


def test_save_says_how_many_names_are_open(client, author, michaels):
    note = weeknote("x", author=author)
    save(client, change(note), body="Thanks Michael.")
    assert "1 name is not linked" in client.get(change(note)).content.decode()
