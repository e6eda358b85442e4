"""How long linking takes, by how much is known: `make bench`.

One note of 1,500 words that names forty people and projects, against directories of 50 to 50,000 names and aliases.
Only the ratios within one run mean anything; what counts is that the last lines are as the first.
"""

import os
import random
import sys
import time
from statistics import median

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from notes.linking import name_all  # noqa: E402
from notes.names import Listed, build  # noqa: E402
from notes.passages import cut  # noqa: E402

SYLLABLES = "ba be bri co da del e fa gre ha i jo ka la li ma mo na o pa qui ra ri sa so ta to u va we ya zo".split()
PLAIN = "the of and to we met about what they said on in this week our team work for with next plan it was a".split()
WORDS, NAMED, ROUNDS = 1_500, 40, 15


def directory(names, chance):
    """Return {number: Listed} with about this many names and aliases, two for each entry."""
    entries = {}
    for number in range(1, names // 2 + 1):
        if number % 4:
            first, last = a_word(chance), a_word(chance)
            entries[number] = Listed("person", f"entry-{number}", [f"{first} {last}", first])
        else:
            words = f"{a_word(chance)} {a_word(chance)} {a_word(chance)}"
            entries[number] = Listed(
                "project", f"entry-{number}", [words, "".join(part[0] for part in words.split())]
            )
    return entries


def a_word(chance):
    return "".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))).capitalize()


def note(entries, chance):
    """Return the pieces of a note of 1,500 words that says forty of the names."""
    said = [chance.choice(entry.names) for entry in chance.sample(list(entries.values()), min(NAMED, len(entries)))]
    words = [chance.choice(PLAIN) for _ in range(WORDS - len(said))]
    for name in said:
        words.insert(chance.randrange(len(words)), name)
    sentences = [" ".join(words[at : at + 60]) + "." for at in range(0, len(words), 60)]
    return cut("\n\n".join(sentences))[1]


def milliseconds(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main():
    chance = random.Random(5)  # noqa: S311 - the same corpus each time
    rows = []
    for names in (50, 500, 5_000, 50_000):
        entries = directory(names, chance)
        built = median(milliseconds(lambda entries=entries: build(entries)) for _ in range(3))
        matcher = build(entries)
        pieces = note(entries, chance)
        linked = sorted(milliseconds(lambda p=pieces, m=matcher: name_all(p, m)) for _ in range(ROUNDS))
        rows.append((names, built, median(linked), linked[-1]))
    first = rows[0][2]
    sys.stdout.write("   names   built once   1,500 words linked (median)   slowest   against 50 names\n")
    for names, built, usual, slowest in rows:
        sys.stdout.write(f"{names:8,} {built:9.0f} ms {usual:26.1f} ms {slowest:7.1f} ms {usual / first:13.2f}\n")


if __name__ == "__main__":
    main()
