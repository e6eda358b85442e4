"""Make what search finds by anew from the words themselves, or prove that it is what it would be."""

from notes.search import backends
from notes.search.stems import stem_line, stem_lines

TITLE = "title"
BATCH = 1000


def rebuild_lines(model, *, writes, progress=lambda rows: rows):
    """Make `stems` of passages, decisions or actions agree with their words; return how many did not.

    Reads and writes in batches; `progress` is given what it goes through.
    """
    wrong = 0
    rows = model.objects.order_by("pk").values_list("pk", "words", "stems")
    for batch in batches(rows, progress):
        fresh = [(stem_line(words), pk, stems) for pk, words, stems in batch]
        changed = [(pk, line) for line, pk, stems in fresh if line != stems]
        wrong += len(changed)
        if writes and changed:
            backends.write_stems(model._meta.db_table, changed)
    return wrong


def rebuild_texts(text_model, passage_model, search_model, *, writes, progress=lambda rows: rows):
    """Make the `SearchText` of each text agree with its title and passages; return how many did not."""
    wrong = 0
    for batch in batches(text_model.objects.order_by("pk").values_list("pk", "title"), progress):
        bodies = {pk: [] for pk, _ in batch}
        passages = passage_model.objects.filter(text__in=list(bodies)).exclude(kind=TITLE)
        for text, words in passages.order_by("text", "position").values_list("text", "words"):
            bodies[text].append(words)
        stored = {row.pk: (row.title, row.body) for row in search_model.objects.filter(pk__in=list(bodies))}
        fresh = {pk: (stem_line(title), stem_lines(bodies[pk])) for pk, title in batch}
        changed = [pk for pk, lines in fresh.items() if stored.get(pk, ("", "")) != lines]
        wrong += len(changed)
        if writes:
            search_model.objects.bulk_create(
                [search_model(text_id=pk, title=fresh[pk][0], body=fresh[pk][1]) for pk in changed],
                update_conflicts=True,
                unique_fields=["text"],
                update_fields=["title", "body"],
            )
    return wrong


def batches(rows, progress):
    """Yield lists of rows by key, which comes first in each, so that no cursor stays open while they are written."""
    total, after = rows.count(), 0
    for _ in progress(range(0, total, BATCH)):
        batch = list(rows.filter(pk__gt=after)[:BATCH])
        if not batch:
            return
        after = batch[-1][0]
        yield batch
