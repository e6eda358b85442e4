"""Make a corpus of any size and bring it in: `python -m tests.bench.corpus --notes 20000 --seed 1 --database URL`.

The same for a seed (and the same `--last` week, which is the one before this when it is not said). `--write FILE`
writes it down instead, as JSON lines: first who and what there is, then a text a line. `--read FILE` brings in such
a file, of which a note needs only a title, a date, an author, tags and md. `--copy FILE` copies the rows of a corpus
that is in SQLite to PostgreSQL, which is quicker than to compose it again; both need the same migrations.
"""

import argparse
import json
import os
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import django


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, default=1_000, help="how many notes; a meeting more for every ten")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--last", type=date.fromisoformat, help="the Monday of the last week")
    parser.add_argument("--database", help="the address of a database, such as sqlite:////tmp/bench.sqlite3")
    parser.add_argument("--read", type=Path, help="bring in this file")
    parser.add_argument("--copy", type=Path, help="copy the rows of this file of SQLite to a database of PostgreSQL")
    parser.add_argument("--write", type=Path, help="write this file, and bring nothing in")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    return parser.parse_args()


chosen = arguments() if __name__ == "__main__" else None
if chosen:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    if chosen.database:
        os.environ["DATABASE_URL"] = chosen.database
    django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from notes.models import Mention, Passage, Text  # noqa: E402
from notes.weeks import week_of  # noqa: E402
from people.models import Person  # noqa: E402
from tests.bench.copying import copy_rows  # noqa: E402
from tests.bench.loading import load  # noqa: E402
from tests.bench.naming import directory  # noqa: E402
from tests.bench.notes import Maker  # noqa: E402


def made(count, seed, last):
    """Return the directory, the texts and how many there are of a corpus that is made."""
    maker = Maker(directory(seed), count, seed, last or week_of(date.today()) - timedelta(weeks=1))  # noqa: DTZ011
    return directory(seed), maker.texts(), count + count // 10


def read(path):
    """Return the directory, the texts and how many there are of a file."""
    with path.open(encoding="utf-8") as lines:
        total = sum(1 for line in lines if line.strip()) - 1
    lines = (json.loads(line) for line in path.open(encoding="utf-8") if line.strip())
    return next(lines), numbered(lines), total


def numbered(texts):
    """Yield texts in which the second weeknote of an author for a week is an extra one: a week has one."""
    seen = set()
    for text in texts:
        if text.get("kind", "weeknote") == "weeknote" and not text.get("project"):
            one = text["author"], week_of(date.fromisoformat(text["date"]))
            text["is_extra"] = one in seen
            seen.add(one)
        yield text


def write(path, first, texts):
    with path.open("w", encoding="utf-8") as file:
        for line in (first, *texts):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def add_reader():
    """Add a colleague who can sign in, as the first of the authors."""
    person = Person.objects.filter(notes__isnull=False).order_by("pk").first()
    person.login = get_user_model().objects.create_user("reader")
    person.save()


def analyse():
    """Let the database count what it has, as an installation does overnight."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def main():
    first, texts, total = read(chosen.read) if chosen.read else made(chosen.notes, chosen.seed, chosen.last)
    if chosen.write:
        write(chosen.write, first, texts)
        return
    start = time.perf_counter()
    call_command("migrate", verbosity=0)
    if Text.objects.exists():
        sys.exit("There are texts in this database already: give one that is empty.")
    if chosen.copy:
        copy_rows(chosen.copy)
    else:
        load(first, texts, total, processes=chosen.processes)
        add_reader()
    analyse()
    rows = ", ".join(f"{model.objects.count():,} {model.__name__.lower()}s" for model in (Text, Passage, Mention))
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{rows}; {seconds:.0f} seconds, {total / seconds:.0f} texts a second.\n")


if __name__ == "__main__":
    main()
