"""Who settles what: authors for all that they write, co-authors for one text; and what it then says."""

from datetime import date
from urllib.parse import urlencode

import lxml.html
import pytest
from django.urls import reverse

from hackit.roles import Role, give
from notes.models import Attendance, Break, Mention, NameChoice, Question
from people.models import Person
from tests.desk import change, form_of, save
from tests.factories import PersonFactory, TeamFactory, login, meeting, week_after, weeknote
from tests.notes.test_settling import asked, named, panel, press, words

pytestmark = pytest.mark.django_db

BREAK = "I’m on leave next week, so there will be no weeknotes for two weeks."


def act_as(client, person):
    """Sign somebody in who writes, and may change what is theirs."""
    user = login(person.slug, person=person)
    give(user, Role.AUTHOR)
    client.force_login(user)
    return person


@pytest.fixture
def theirs(client):
    """A note of somebody else, whose co-author is signed in."""

    def write(body, **values):
        note = weeknote(body, author=PersonFactory(name="Ola Owner"), **values)
        note.coauthors.add(act_as(client, PersonFactory(name="Cora Second")))
        return note

    return write


class TestCoauthor:
    """Settles names in the text, and nothing for all that its author writes."""

    def test_settles_a_name_in_the_text(self, client, michaels, theirs):
        note = theirs("Thanks Michael.")
        press(client, note, do="choose", entry=michaels[0].pk, words="Michael", **{"for": "text"})
        assert named(note) == {"Michael Obi"}

    @pytest.mark.parametrize("what", ["choose", "drop", "same"])
    def test_settles_nothing_for_the_author(self, client, michaels, theirs, what):
        note = theirs("Thanks Michael.")
        said = {"do": what, "entry": michaels[0].pk, "words": "Michael", "for": "author"}
        assert press(client, note, **said).status_code == 403
        assert not NameChoice.objects.exists()
        assert "always for" not in words(panel(client, note))
        assert not panel(client, note).xpath("//button[contains(@value, 'for=author')]")

    def test_undoes_nothing_of_the_author(self, client, michaels, theirs):
        note = theirs("Thanks Michael and Mike.")
        choice = NameChoice.objects.create(author=note.author, words="Mike", entry=michaels[0])
        assert press(client, note, do="undo", choice=choice.pk).status_code == 403
        assert NameChoice.objects.exists()

    def test_is_shown_no_button_that_undoes_it(self, client, michaels, theirs):
        note = theirs("")
        for number, entry in enumerate([michaels[0], None]):
            NameChoice.objects.create(author=note.author, words=["Mike", "Moe"][number], entry=entry)
        note = weeknote("Thanks Mike and Moe.", author=note.author, week=week_after(1))
        note.coauthors.add(Person.objects.get(name="Cora Second"))
        found = panel(client, note)
        assert "for everything Ola Owner writes" in words(found)
        assert "No names 1" in words(found)
        assert not found.xpath("//button[contains(@value, 'do=undo')]")

    def test_keeps_a_learnt_name_for_the_text_only(self, client, theirs):
        loti = PersonFactory(name="London Office")
        note = theirs("We met.")
        press(client, note, do="alias", entry=loti.pk, words="LOTI")
        assert list(NameChoice.objects.values_list("text", "author")) == [(note.pk, None)]

    def test_notes_no_break_of_the_author(self, client, theirs):
        note = theirs(BREAK)
        assert "You write of a break" in words(panel(client, note))
        assert not panel(client, note).xpath("//button[contains(@value, 'do=break')]")
        assert press(client, note, do="break").status_code == 403
        assert not Break.objects.exists()


def test_who_was_at_a_meeting_settles_nothing_for_its_chair(client, michaels):
    held = meeting("Thanks Michael.", chair=PersonFactory(name="Ola Owner"))
    Attendance.objects.create(meeting=held, person=act_as(client, PersonFactory(name="Cora Second")))
    assert press(client, held, do="drop", words="Michael", **{"for": "author"}).status_code == 403
    assert not NameChoice.objects.exists()


def test_meeting_has_no_break_to_note(editor_client):
    chair = PersonFactory()
    assert press(editor_client, meeting(BREAK, chair=chair), do="break").status_code == 403
    assert not Break.objects.exists()


def test_author_and_editors_note_the_break(client, author):
    note = weeknote(BREAK, author=author)
    press(client, note, do="break")
    assert Break.objects.get().person == author


def test_coauthor_is_told_nothing_of_drafts(client, michaels, theirs):
    note = theirs("Thanks Michael.", week=week_after(3))
    draft = weeknote("Michael Day came, Michael!", author=note.author, is_draft=True, week=week_after(1))
    NameChoice.objects.create(text=draft.text_ptr, words="Michael", entry=michaels[1])
    withdrawn = weeknote("Michael Day came.", author=note.author, week=week_after(2))
    type(withdrawn).objects.filter(pk=withdrawn.pk).withdraw("")
    told = words(panel(client, note))
    assert "last named" not in told
    assert "chosen in" not in told


# “Always for me”, and “never”


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("Will said it works.", "Will"),
        ("May presented it.", "May"),
        ("Ann from Leeds came.", "Ann"),
        ("We met our new colleague Ann there.", "Ann"),
    ],
)
@pytest.mark.parametrize("what", ["choose", "drop"])
def test_always_settles_the_name_in_the_very_note(client, author, body, what, first):
    one = PersonFactory(name=f"{first} Smith", role="Designer")
    PersonFactory(name=f"{first} Jones", role="Designer")
    note = weeknote(body, author=author)
    assert asked(note) == {first.lower()}
    press(client, note, do=what, entry=one.pk, words=first, **{"for": "author"})
    assert asked(note) == set()
    assert named(note) == ({one.name} if what == "choose" else set())
    assert NameChoice.objects.filter(author=author).exists()


@pytest.mark.parametrize("first", ["Élodie", "Ömer", "Łukasz", "Øyvind", "Юля", "Zoë", "Jean-Luc", "O’Neal"])
def test_always_holds_for_a_name_with_accents(client, author, first):
    one = PersonFactory(name=f"{first} Smith", aliases=[first])
    PersonFactory(name=f"{first} Jones", aliases=[first])
    earlier = weeknote(f"We met {first} there.", author=author)
    note = weeknote(f"We met {first} there.", author=author, week=week_after(1))
    press(client, note, do="choose", entry=one.pk, words=first, **{"for": "author"})
    assert named(note) == named(earlier) == {one.name}


# What is told


@pytest.fixture
def one_at_once(monkeypatch):
    monkeypatch.setattr("notes.renaming.MOST_AT_ONCE", 1)


def test_link_to_what_waits_is_a_link(client, author, michaels, one_at_once):
    notes = [weeknote("Thanks Michael.", author=author, week=week_after(number)) for number in range(3)]
    link = 'wait: <a href="/admin/notes/waiting/">let them follow</a>'
    said = {"do": "choose", "entry": michaels[0].pk, "words": "Michael", "for": "author"}
    assert link in press(client, notes[0], **said).content.decode()
    said = {"do": "undo", "choice": NameChoice.objects.get(author=author).pk}
    assert link in press(client, notes[0], **said).content.decode()


def test_link_to_what_waits_is_a_link_on_the_page_of_all_names(editor_client, one_at_once):
    for number in range(3):
        weeknote("Thanks to Erdem.", week=week_after(number))
    address = reverse("admin:notes_question_changelist")
    data = form_of(editor_client.get(address)) | {"form-0-what": "never"}
    told = editor_client.post(address, data, follow=True).content.decode()
    assert '1 name settled. 1 text was linked anew with these names. 2 more wait: <a href="/admin/notes/wait' in told


def test_link_after_saving_leads_to_the_names_of_that_text(client, author):
    note = weeknote("Nobody.", author=author)
    form = form_of(client.get(change(note))) | {"body": "Thanks to Erdem.", "_save": "Save"}
    told = client.post(change(note), form, follow=True).content.decode()
    assert f'<a href="{change(note)}#names">settle</a>' in told


def test_words_within_other_words_are_not_said(client, author):
    NameChoice.objects.create(author=author, words="Al", entry=None)
    assert "No names" not in words(panel(client, weeknote("We also did it all.", author=author)))
    assert "No names 1" in words(panel(client, weeknote("“Al” came.", author=author, week=week_after(1))))


def test_five_of_many_candidates_are_shown_and_the_others_one_click_further(client, author):
    for number in range(12):
        PersonFactory(name=f"Ann Sur{'abcdefghijkl'[number]}name")
    found = panel(client, weeknote("We met Ann there.", author=author))
    buttons = found.xpath(".//button[contains(@value, 'do=choose')][contains(@value, 'for=text')]")
    assert len(buttons) == 12
    folded = [button for button in buttons if button.xpath("ancestor::details")]
    assert len(folded) == 7
    assert "7 more called so" in words(found)


# Pressing Enter, and pressing twice


def test_enter_in_a_field_saves_and_never_publishes(client, author):
    """The first button of a form is what Enter presses."""
    note = weeknote("Thanks to Erdem.", author=author, is_draft=True)
    for address in (change(note), reverse("admin:notes_note_add")):
        page = lxml.html.fromstring(client.get(address).content.decode())
        button, *_ = page.xpath("//form[@id='note_form']//*[@type='submit']")
        assert button.get("name") == "_continue"


@pytest.mark.parametrize("button", ["_continue", "_save", "_publish"])
def test_whom_somebody_wrote_beside_a_name_is_not_lost_when_they_save(client, author, button):
    esra = PersonFactory(name="Esra Kaya")
    note = weeknote("Thanks to Erdem. Thanks to Nuria.", author=author, is_draft=True)
    form = form_of(client.get(change(note))) | {"same:Erdem": "Esra Kaya", button: "x"}
    response = client.post(change(note), form)
    assert response["Location"] == f"{change(note)}#names"
    assert named(note) == {esra.name}
    assert asked(note) == {"nuria"}
    note.refresh_from_db()
    assert (note.published_at is not None) == (button == "_publish")


def test_adding_somebody_twice_adds_one(editor_client):
    note = weeknote("Thanks to Erdem.")
    for _ in range(2):
        response = press(editor_client, note, do="add", words="Erdem")
    assert Person.objects.filter(name="Erdem").count() == 1
    assert "is in the directory already. Use “Same as”." in response.content.decode()


def test_sending_the_page_of_all_names_twice_adds_one(editor_client):
    weeknote("Thanks to Erdem.")
    address = reverse("admin:notes_question_changelist")
    data = form_of(editor_client.get(address)) | {"form-0-what": "person"}
    assert editor_client.post(address, data).status_code == 302
    assert "is in the directory already" in editor_client.post(address, data).content.decode()
    assert Person.objects.filter(name="Erdem").count() == 1


def test_who_may_add_nobody_adds_nobody(client, author):
    note = weeknote("Thanks to Erdem.", author=author)
    for group in author.login.groups.all():
        group.permissions.remove(*group.permissions.filter(codename="add_person"))
    assert press(client, note, do="add", words="Erdem").status_code == 403
    assert not Person.objects.filter(name="Erdem").exists()


# The desk of what was settled


def linked_words(text):
    mentions = Mention.objects.filter(passage__text=text.pk)
    return [mention.passage.words[start:end] for mention in mentions for start, end, _ in mention.places]


@pytest.mark.parametrize("what", ["words", "author"])
def test_texts_follow_when_a_choice_is_changed(
    editor_client, author, michaels, what, django_capture_on_commit_callbacks
):
    editor_client.force_login(login("chief", is_staff=True, is_superuser=True))
    choice = NameChoice.objects.create(author=author, words="Moe", entry=michaels[0])
    other = PersonFactory()
    notes = [weeknote("Moe and Joe came.", author=one, week=week_after(1)) for one in (author, other)]
    assert [named(note) for note in notes] == [{"Michael Obi"}, set()]
    with django_capture_on_commit_callbacks(execute=True):
        save(editor_client, change(choice), **({"words": "Joe"} if what == "words" else {"author": other.pk}))
    assert list(map(linked_words, notes)) == ([["Joe"], []] if what == "words" else [[], ["Moe"]])


def test_team_is_no_choice(editor_client):
    """No text links to a team by its name: the choice would say that the words are no name."""
    team, person = TeamFactory(name="Ann Team"), PersonFactory(name="Ann Smith")
    note = weeknote("We met Ann there.")
    response = save(editor_client, reverse("admin:notes_namechoice_add"), words="Ann", entry=team.pk)
    assert response.status_code == 200
    assert not NameChoice.objects.exists()
    assert named(note) == {person.name}
    of = {"app_label": "notes", "model_name": "namechoice", "field_name": "entry", "term": "Ann"}
    offered = editor_client.get(f"{reverse('admin:autocomplete')}?{urlencode(of)}").json()["results"]
    assert [one["text"] for one in offered] == ["Ann Smith"]


def test_new_person_for_everybody_settles_nothing_of_later_namesakes(editor_client):
    weeknote("Thanks to Esra.")
    address = reverse("admin:notes_question_changelist")
    editor_client.post(address, form_of(editor_client.get(address)) | {"form-0-what": "person"})
    assert Mention.objects.get().entry.name == "Esra"
    assert not NameChoice.objects.exists()
    PersonFactory(name="Esra Demir", aliases=["Esra"])
    later = weeknote("We met Esra there.", published_at=None, week=date(2019, 7, 1))
    assert Question.objects.filter(passage__text=later.pk).exists()


# What was typed, and what is quoted


def test_whom_nobody_is_called_is_not_lost(client, author):
    note = weeknote("Thanks to Erdem.", author=author)
    address = reverse("admin:notes_note_names", args=[note.pk])
    sent = {"_name": "do=same&for=text&words=Erdem", "same:Erdem": "Nobody At All"}
    content = client.post(address, sent, headers={"X-Requested-With": "fetch"}).content.decode()
    found = lxml.html.fromstring(content)
    assert found.xpath("//p[@role='alert'][contains(@class, 'errornote')]")
    [field] = found.xpath("//input[@data-refused]")
    assert (field.get("name"), field.get("value")) == ("same:Erdem", "Nobody At All")


def test_quotation_is_cut_around_the_name(editor_client):
    note = weeknote(f"{'very ' * 60}long. Thanks to Erdem{' and on' * 40}.")
    page = editor_client.get(reverse("admin:notes_question_changelist")).content.decode()
    for content in (page, editor_client.get(change(note)).content.decode()):
        assert "long. Thanks to <strong>Erdem</strong> and on" in content
        assert (
            "very " * 20
            not in lxml.html.fromstring(content).xpath("//aside[@id='names'] | //form")[-1].text_content()
        )


def test_whom_somebody_wrote_on_the_page_of_all_names_is_taken(editor_client):
    esra = PersonFactory(name="Esra Kaya")
    note = weeknote("Thanks to Erdem.")
    address = reverse("admin:notes_question_changelist")
    editor_client.post(address, form_of(editor_client.get(address)) | {"form-0-same": "Esra Kaya"})
    assert named(note) == {esra.name}


def test_choices_on_the_page_of_all_names_say_what_they_are(editor_client):
    weeknote("Thanks to Erdem.")
    page = lxml.html.fromstring(editor_client.get(reverse("admin:notes_question_changelist")).content.decode())
    assert not page.xpath("//input[@type='radio'][@aria-label]")
