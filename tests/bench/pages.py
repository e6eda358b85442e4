"""How long pages take, and how that grows: `python -m tests.bench.pages --notes 1000 --notes 20000`.

Every page is asked for through Django's test client with the settings of an installation, by a stranger and by a
colleague, thirty times after it was once, at addresses that take turns; pages that are not there yet are left out. On
SQLite and, where BENCH_SERVER or TEST_DATABASE_URL says where one is, on PostgreSQL. The corpora are made by
tests.bench.corpus where they are not there yet, and kept: in the folder BENCH_KEPT, else in `bench` of the system's
folder for temporary files, and as databases hackit_bench_1000 and so on.
"""

import argparse
import json
import os
import subprocess
import sys

import psycopg

from tests.bench.settings import KEPT

RUNS = 30
SERVER = (os.environ.get("BENCH_SERVER") or os.environ.get("TEST_DATABASE_URL") or "").rpartition("/")[0]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--notes", type=int, action="append", help="sizes of the corpora, the smallest first")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--only", default="", help="only the pages whose name has this in it")
    parser.add_argument("--sqlite-only", action="store_true")
    return parser.parse_args()


def run(module, *words, database, output=None):
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, env=environment, check=True, stdout=output, text=True)


def databases(count, *, sqlite_only):
    """Return {vendor: address} of the databases for so many notes."""
    found = {"SQLite": f"sqlite:///{KEPT / f'{count}.sqlite3'}"}
    return found if sqlite_only or not SERVER else found | {"PostgreSQL": f"{SERVER}/hackit_bench_{count}"}


def make(count, seed, vendor, database):
    """Make the corpus where it is not there yet; PostgreSQL gets the rows of SQLite. Bring both up to date."""
    file, words = KEPT / f"{count}.sqlite3", ["--notes", str(count), "--seed", str(seed), "--database", database]
    if vendor == "SQLite" and not file.exists():
        run("tests.bench.corpus", *words, database=database)
    if vendor == "PostgreSQL":
        name = database.rpartition("/")[2]
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as server:
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                server.execute(f'CREATE DATABASE "{name}"')
                run("tests.bench.corpus", *words, "--copy", str(file), database=database)
    run("manage", "migrate", "--verbosity", "0", database=database)


def measure(database, chosen):
    """Return [[page, reader, p50, p95, queries, bytes]] of a database, from a process of its own."""
    words = ["--runs", str(chosen.runs), "--only", chosen.only]
    answer = run("tests.bench.asking", *words, database=database, output=subprocess.PIPE)
    return json.loads(answer.stdout)


def show(vendor, sizes, found):
    """Print a table: a line for each page and reader, with what each size takes and how it grows."""
    sys.stdout.write(f"\n{vendor}: milliseconds (p50, p95, CPU of site and database), queries; growth of the CPU\n\n")
    sys.stdout.write(f"{'page':<44}{'reader':<11}")
    sys.stdout.write("".join(f"{size:>16,} notes{'':>7}" for size in sizes) + f"{'growth':>8}{'kB':>6}\n")
    for key, first in found[sizes[0]].items():
        name, reader = key.split("|")
        rows = [found[size].get(key) for size in sizes]
        if problem := next((row["problem"] for row in rows if "problem" in row), ""):
            sys.stdout.write(f"{name:<44}{problem}\n" if reader == "stranger" else "")
            continue
        columns = "".join(
            f"{row['p50']:>8.1f}{row['p95']:>8.1f}{row['cpu']:>8.1f}{row['queries']:>5}" for row in rows
        )
        growth = rows[-1]["cpu"] / first["cpu"]
        queries = "" if len({row["queries"] for row in rows}) == 1 else "  queries differ"
        sys.stdout.write(f"{name:<44}{reader:<11}{columns}{growth:>8.2f}{rows[-1]['bytes'] / 1000:>6.0f}{queries}\n")


def main():
    chosen = arguments()
    sizes = chosen.notes or [1_000, 20_000]
    KEPT.mkdir(parents=True, exist_ok=True)
    run("manage", "collectstatic", "--noinput", "--verbosity", "0", database="sqlite://:memory:")
    found = {}
    for size in sizes:
        for vendor, database in databases(size, sqlite_only=chosen.sqlite_only).items():
            make(size, chosen.seed, vendor, database)
            found.setdefault(vendor, {})[size] = measure(database, chosen)
    for vendor, of_sizes in found.items():
        show(vendor, sizes, of_sizes)


if __name__ == "__main__":
    main()
