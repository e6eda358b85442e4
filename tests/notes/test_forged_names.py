"""What no browser sends, or only one that somebody tampered with: a sentence or a refusal, never an error page."""

import time
from urllib.parse import quote

import pytest
from django.urls import reverse

from notes.models import NameChoice, Question
from notes.strangers import strangers
from people.models import Person
from people.splitting import Splitting
from tests.desk import change, form_of, save
from tests.factories import PersonFactory, login, weeknote

pytestmark = pytest.mark.django_db

NAMES = "admin:notes_question_changelist"
TOO_BIG = ["9" * 19, "9" * 5000]
NO_WORDS = ["'", "’", "😀", " ", "\x00", "--"]


@pytest.mark.parametrize("words", [*NO_WORDS, "a\x00b", "x" * 121, "ß" * 120, "İ" * 120, "\ud800"])
@pytest.mark.parametrize("button", ["do=drop&for=author", "do=drop&for=text", "do=add", "do=same"])
def test_words_of_a_button(editor_client, words, button):
    note = weeknote("We met Ann there.")
    sent = {"_name": f"{button}&words={quote(words, errors='surrogatepass')}"}
    if words != "\ud800":
        sent[f"same:{words}"] = words
    address = reverse("admin:notes_note_names", args=[note.pk])
    response = editor_client.post(address, sent, headers={"X-Requested-With": "fetch"})
    assert response.status_code == 200
    if words in NO_WORDS:
        assert not NameChoice.objects.exists()


@pytest.mark.parametrize("words", [*NO_WORDS, "ß" * 120, "İ" * 120, "x" * 121])
def test_words_of_a_choice(editor_client, words):
    assert save(editor_client, reverse("admin:notes_namechoice_add"), words=words).status_code in (200, 302)
    if words in NO_WORDS:
        assert not NameChoice.objects.exists()


@pytest.mark.parametrize("number", [*TOO_BIG, "9" * 17, "x", "1\x00"])
@pytest.mark.parametrize(
    "button", ["do=undo&choice={}", "do=choose&words=Ann&entry={}", "do=alias&words=Ann&entry={}"]
)
def test_number_of_a_button(editor_client, number, button):
    note = weeknote("We met Ann there.")
    address = reverse("admin:notes_note_names", args=[note.pk])
    sent = {"_name": button.format(quote(number))}
    assert editor_client.post(address, sent, headers={"X-Requested-With": "fetch"}).status_code == 200


@pytest.mark.parametrize("count", [*TOO_BIG, "26", "1001", "x", "-1", " 1 ", ""])
def test_number_of_names_on_the_page_of_all(editor_client, count):
    weeknote("Thanks to Erdem.")
    sent = form_of(editor_client.get(reverse(NAMES))) | {"form-TOTAL_FORMS": count}
    assert editor_client.post(reverse(NAMES), sent).status_code in (200, 302)
    assert Question.objects.exists()


@pytest.mark.parametrize("what", ["never", "person", "project", "same", "open", "no such"])
@pytest.mark.parametrize(
    ("key", "words"), [("a\x00", "a"), ("erdem", "x" * 200), ("erdem", "'"), ("erdem", "\x00"), ("no key", "x" * 121)]
)
def test_names_on_the_page_of_all(editor_client, key, words, what):
    weeknote("Thanks to Erdem.")
    sent = form_of(editor_client.get(reverse(NAMES)))
    sent |= {"form-0-key": key, "form-0-words": words, "form-0-what": what, "form-0-same": "\x00"}
    assert editor_client.post(reverse(NAMES), sent).status_code == 200
    assert not NameChoice.objects.exists()


@pytest.mark.parametrize("number", TOO_BIG)
def test_number_of_whom_to_merge(editor_client, number):
    address = reverse("admin:people_person_merge", args=[PersonFactory().pk])
    for send in (editor_client.get, editor_client.post):
        assert send(address, {"with": number}).status_code in (200, 404)
    assert editor_client.get(address, {"q": "a\x00"}).status_code == 200


@pytest.mark.parametrize("number", TOO_BIG)
def test_numbers_of_what_goes_to_a_new_one(editor_client, number):
    person = PersonFactory()
    weeknote("x", author=person)
    sent = {"name": "Somebody New", "slug": ""} | {group.name: number for group in Splitting(person).groups}
    assert editor_client.post(reverse("admin:people_person_split", args=[person.pk]), sent).status_code == 200


@pytest.mark.parametrize("number", TOO_BIG)
def test_number_of_a_thanks(client, number):
    person = PersonFactory()
    client.force_login(login(person=person))
    assert (
        client.post(reverse("people:thanks", args=[person.slug]), {"do": "hide", "thanks": number}).status_code == 403
    )


@pytest.mark.parametrize("number", [*TOO_BIG, "x", "1\x00", "²"])
@pytest.mark.parametrize(
    ("form", "field"),
    [
        ("notes_namechoice", "author"),
        ("notes_namechoice", "entry"),
        ("notes_note", "project"),
        ("notes_meeting", "series"),
        ("people_team", "part_of"),
        ("people_person", "team"),
        ("people_person", "login"),
    ],
)
def test_number_in_a_choice_of_a_row(editor_client, form, field, number):
    """The form says what is wrong, and nothing that was typed is lost."""
    address = reverse(f"admin:{form}_add")
    name = "words" if form == "notes_namechoice" else "title" if form.startswith("notes") else "name"
    response = save(editor_client, address, **{name: "Typed with care", field: number})
    assert response.status_code == 200
    content = response.content.decode()
    assert "Typed with care" in content
    assert "Select a valid choice" in content
    assert editor_client.get(address, {field: number}).status_code == 200


@pytest.mark.parametrize("number", [*TOO_BIG, "x"])
def test_number_in_a_row_of_a_form(editor_client, number):
    note = weeknote("x")
    sent = form_of(editor_client.get(change(note)))
    sent |= {"coauthor_set-TOTAL_FORMS": "1", "coauthor_set-0-person": number, "coauthor_set-0-note": note.pk}
    response = editor_client.post(change(note), sent)
    assert response.status_code == 200
    assert "Select a valid choice" in response.content.decode()


def test_more_boxes_are_ticked_than_django_takes_by_itself(editor_client):
    person = PersonFactory(name="Ann Smith")
    sent = {"name": "Somebody New", "slug": "", "notes": [str(number) for number in range(1, 2400)]}
    response = editor_client.post(reverse("admin:people_person_split", args=[person.pk]), sent)
    assert response.status_code == 200
    assert not Person.objects.filter(name="Somebody New").exists()


@pytest.mark.parametrize("words", ["Aa Bb, ", "Aa and Bb ", "Thanks to Aa, ", "Aa’s, ", "AaBb"])
def test_page_of_names_is_read_in_no_time(words):
    start = time.perf_counter()
    list(strangers(words * 6000, [], []))
    assert time.perf_counter() - start < 3
