"""The corpus of the benchmarks is the same for a seed, and what it brings in is what saving would."""

import multiprocessing
from datetime import date

import pytest
from django.db import transaction

from notes.models import Mention, Passage, Question, Reference, SearchText, TaggedPassage, Text, Thanks
from notes.writing import write
from tests.bench import loading, notes
from tests.bench.naming import directory
from tests.bench.notes import Maker

LAST = date(2026, 11, 16)
COLUMNS = {
    Text: "title body html vanished_anchors published_at audience withdrawn_at was_published on",
    Passage: "text__title position kind anchor heading heading_key trail words html stems on author "
    "published_at audience withdrawn_at",
    Mention: "passage__anchor passage__text__title entry on places",
    Question: "passage__anchor passage__text__title kind key places",
    TaggedPassage: "content_object__anchor content_object__text__title tag",
    Reference: "passage__anchor passage__text__title text__title",
    SearchText: "title body",
    Thanks: "passage__anchor passage__text__title person",
}


def texts(count, seed):
    return list(Maker(directory(seed), count, seed, LAST).texts())


def rows():
    """Return everything that follows from texts, without primary keys."""
    return {
        model: sorted(model.objects.order_by().values_list(*columns.split()), key=repr)
        for model, columns in COLUMNS.items()
    }


def test_corpus_is_the_same_for_a_seed():
    assert texts(40, 1) == texts(40, 1)
    assert texts(40, 1) != texts(40, 2)


@pytest.mark.django_db
def test_batches_store_what_saving_one_by_one_does(monkeypatch):
    """Four batches of fifty; each is composed before any of its texts is stored."""
    monkeypatch.setattr(notes, "WELL_KNOWN", 0.5)
    monkeypatch.setattr(notes, "LATER", loading.BATCH)
    loading.add_directory(directory(1))
    made = texts(180, 1)[:200]
    found = []
    for bring_in in (by_batches, one_by_one):
        loading.begin((multiprocessing.Condition(), multiprocessing.Value("l", 0)))
        with transaction.atomic():
            bring_in(made)
            found.append(rows())
            transaction.set_rollback(True)
    assert all(found[0].values())
    assert found[0] == found[1]


def by_batches(made):
    for number in range(0, len(made), loading.BATCH):
        loading.write_batch((number // loading.BATCH, made[number : number + loading.BATCH]))


def one_by_one(made):
    loading.known.read()
    for said in made:
        write(loading.text_of(said), matcher=loading.known.matcher)
