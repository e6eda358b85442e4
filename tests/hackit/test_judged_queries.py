"""What colleagues would ask of the demo content, with what should come first; and that both databases agree."""

import json
from pathlib import Path
from urllib.parse import quote_plus

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.hackit.site import page

pytestmark = pytest.mark.xdist_group("demo")

# Written before anything was tuned by them. Two may be wrong: “Weeknote: Å”, which says it in seven lines, is.
JUDGED = [
    ("spacebank", "Spacebank"),
    ("library wifi", "Library wifi"),
    ("wifi in libraries", "Library wifi"),
    ("Delibas", "Orhan Delibaş"),
    ("bim", "Abimbola Adeyinka"),
    ("Councillor Quaye", "Desmond Quaye"),
    ("security lead", "Delphine Achterberg"),
    ("loti", "LOTI"),
    ("linked offices of technology", "LOTI"),
    ("dmt", "DMT"),
    ("digital management team", "DMT"),
    ("show & tell", "Show and tell"),
    ("Quillfeather", "Quillfeather Networks"),
    ("service desk", "Service Desk"),
    ("apprenticeship programme", "Digital apprenticeships"),
    ("footfall", "Footfall counters"),
    ("head of repairs", "Philomena Drax"),
    ("phone lines", "Weeknote: four hundred and ten phone lines"),
    ("wifi bids", "How we compared four wifi bids"),
    ("core switch", "Weeknote: the night of the core switch"),
    ("how to look at a room", "How to look at a room"),
    ("chess club", "Weeknote: the chess club did it"),
    ("footfall pigeons", "What did the footfall counters teach us?"),
    ("screen reader calendar", "Weeknote: six people, one calendar"),
    ("backups of servers", "Weeknote: paying to store nothing"),
    ("please find enclosed", "Please find enclosed"),
    ("danish keyboards", "Weeknote: Å"),
    ("notebook 64 returned", "Weeknote: notebook 64, returned"),
    ("caretaker keys", "Weeknote: a day with the keys"),
    ("radiator facilities", "Weeknote: to Facilities, about a radiator"),
    ("who names streets clifford", "Who names the streets?"),
    ("fourteen rooms", "Weeknote: fourteen rooms"),
    ("monday report 912%", "An apology, with a percentage in it"),
    ("library borrowers council tax", "Weeknote: we said no"),
    ("phishing author:tomasz-bielak", "Weeknote: I clicked"),
    ('"second person" -proof', "Weeknote: what’s the second person for?"),
    ("wendle street site visit", "Wendle Street site visit"),
    ("people who left software licences", "214 people who don't work here"),
    ("raffle ticket locked out", "Weeknote: number fifty-eight"),
    ("time servers", "Weeknote: six minutes"),
]
MAY_BE_WRONG = 2
FIRST_FIVE = Path(__file__).parent / "first_five.json"  # of each query, written on SQLite


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    """What a stranger finds in the demo content: {query: titles of the first page}."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("demo")
        yield {text: titles(text) for text, _ in JUDGED}
        transaction.set_rollback(True)


def titles(text):
    links = page(Client(), f"/search/?q={quote_plus(text)}").xpath("//a[@class='line-title']")
    return [" ".join(link.text_content().split()) for link in links]


def test_what_colleagues_ask_has_its_answer_first(found):
    wrong = {text: found[text][:3] for text, wanted in JUDGED if found[text][:1] != [wanted]}
    assert len(JUDGED) == 40
    assert len(wrong) <= MAY_BE_WRONG, wrong


def test_both_databases_find_the_same_first_five(found):
    """As one wrote them down and the other finds them. After a change of the ranking: write them anew."""
    kept = json.loads(FIRST_FIVE.read_text())
    assert {text: some[:5] for text, some in found.items()} == kept
