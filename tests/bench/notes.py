"""Notes and meetings in Markdown, as a council's digital team might write them. The same for a seed."""

import random
from datetime import timedelta
from itertools import accumulate
from math import ceil

from tests.bench.naming import AUTHORS, BIGGEST
from tests.bench.vocabulary import some_words

WEEKS = 200
HEADINGS = [
    "What I’ve been doing",
    "Something I’m learning",
    "Something I've learned this week",
    "Things I'm thinking about",
    "Next week",
    "What went well",
    "What was hard",
    "Thanks",
    "Show and tell",
    "Things to read",
]
SHARE_OF_BIGGEST = 0.05  # of all passages
WELL_KNOWN = 0.05  # of the notes, the oldest: later ones link to these
LATER = 500  # texts, after which a note is linked to: a batch knows those of earlier batches only
STATES = {"draft": 0.006, "scheduled": 0.006, "withdrawn": 0.008}


class Maker:
    """What one corpus is made of: `directory` is what tests.bench.naming makes, `last` the Monday it ends with."""

    def __init__(self, directory, count, seed, last):
        self.count, self.seed, self.last = count, seed, last
        self.weeks = max(WEEKS, ceil(count / AUTHORS * 2))
        self.people, self.projects = directory["people"], directory["projects"]
        self.authors, self.tags = self.people[:AUTHORS], directory["tags"]
        self.others = [project["name"] for project in self.projects if project["key"] != BIGGEST]
        self.biggest = next(project["name"] for project in self.projects if project["key"] == BIGGEST)
        self.usual = list(accumulate(1 / (rank + 1) for rank in range(1, len(self.others) + 1)))
        self.series = [series["name"] for series in directory["meeting_series"]]
        self.places = [entry["name"] for kind in ("organisations", "teams") for entry in directory[kind]]
        self.team = {author["name"]: author["team"] for author in self.authors}
        self.mates, self.work = {}, {name: [] for name in self.team}
        for author in self.authors:
            self.mates.setdefault(author["team"], []).append(author["name"])
        for project in self.projects[1:]:
            for name in (project["lead"], *(member["person"] for member in project["members"])):
                self.work[name].append(project["name"])
        self.known = []  # (number, address) of well-known notes

    def texts(self):
        """Yield the notes, and a meeting for every ten of them, oldest first."""
        chance = random.Random(f"{self.seed}/weeks")  # noqa: S311 - nothing secret
        own = ceil(self.count * 0.9)
        slots = chance.sample(range(self.weeks * AUTHORS), own)
        rows = [(slot // AUTHORS, "weeknote", slot % AUTHORS) for slot in slots]
        rows += [
            (chance.randrange(self.weeks), chance.choice(["post", "behalf"]), chance.randrange(AUTHORS))
            for _ in range(self.count - own)
        ]
        rows += [(chance.randrange(self.weeks), "meeting", number) for number in range(self.count // 10)]
        rows.sort()
        for number, (week, kind, who) in enumerate(rows):
            text = self.text(number, self.last - timedelta(weeks=self.weeks - 1 - week), kind, who)
            if number < WELL_KNOWN * len(rows) and kind != "meeting" and text["state"] == "published":
                self.known.append((number, f"/notes/{text['date'].replace('-', '/')}/{text['slug']}/"))
            yield text

    def text(self, number, monday, kind, who):
        chance = random.Random(f"{self.seed}/{number}")  # noqa: S311
        self.linked = [address for other, address in self.known if other <= number - LATER]
        if kind == "meeting":
            return self.meeting(chance, number, monday)
        author = self.authors[who]
        draw = chance.random()
        state = "published"
        for name, share in STATES.items():
            if 0 <= draw < share:
                state = name
            draw -= share
        title = " ".join(some_words(chance, chance.randint(3, 7))).capitalize()
        day = monday + timedelta(days=chance.randrange(5)) if kind == "post" else monday
        return {
            "kind": "post" if kind == "post" else "weeknote",
            "title": title if chance.random() > 0.1 else f"{title} of {self.project(chance, author['name'])}",
            "slug": f"note-{number}",
            "date": day.isoformat(),
            "author": author["name"],
            "coauthors": [chance.choice(self.mates[author["team"]])] if chance.random() < 0.05 else [],
            "project": self.others[number % len(self.others)] if kind == "behalf" else "",
            "audience": "everyone" if chance.random() < 0.7 else "signed-in",
            "state": state,
            "tags": chance.sample(self.tags, chance.choice([0, 0, 1, 2, 3])),
            "md": self.body(chance, author["name"], day),
        }

    def meeting(self, chance, number, monday):
        there = [person["name"] for person in chance.sample(self.authors, 7)]
        day = monday + timedelta(days=chance.randrange(5))
        about = list(dict.fromkeys(self.project(chance, there[0]) for _ in range(chance.randint(0, 2))))
        return {
            "kind": "meeting",
            "series": chance.choice(self.series) if chance.random() < 0.9 else "",
            "title": " ".join(some_words(chance, 4)).capitalize(),
            "date": day.isoformat(),
            "chair": there[0],
            "attended": there[1:6],
            "apologies": there[6:],
            "projects": about,
            "audience": "everyone" if chance.random() < 0.7 else "signed-in",
            "state": "published" if chance.random() < 0.98 else "draft",
            "decisions": [self.sentence(chance, there[0], day) for _ in range(chance.randint(0, 3))],
            "actions": [
                {
                    "words": self.sentence(chance, there[0], day)[:200],
                    "owner": chance.choice(there[:6]),
                    "project": self.project(chance, there[0]) if chance.random() < 0.5 else "",
                    "due_on": (day + timedelta(days=chance.randint(3, 60))).isoformat(),
                    "state": chance.choices(["done", "open", "dropped"], [70, 25, 5])[0],
                }
                for _ in range(chance.randint(0, 4))
            ],
            "md": self.body(chance, there[0], day, most=13),
        }

    def body(self, chance, author, day, most=20):
        """Return about twenty passages with the title, and 250 to 900 words."""
        passages, words = chance.randint(most - 6, most + 4), chance.randint(250, 900)
        each = words / passages
        lines = [self.passage(chance, author, day, each) for _ in range(chance.randint(1, 3))]
        headings = chance.sample(HEADINGS, chance.randint(2, 5))
        left = passages - len(lines) - len(headings)
        for place, heading in enumerate(headings):
            here = max(1, left // (len(headings) - place))
            left -= here
            lines.append(f"## {heading}")
            lines += self.under_heading(chance, author, day, each, here)
        return "\n\n".join(lines) + "\n"

    def under_heading(self, chance, author, day, each, count):
        if chance.random() < 0.45:
            bullets = [self.passage(chance, author, day, each * 0.8) for _ in range(count)]
            indents = [0, *(chance.choice([0, 0, 0, 4]) for _ in bullets[1:])]
            return ["\n".join(f"{' ' * indent}- {words}" for indent, words in zip(indents, bullets, strict=True))]
        blocks = [self.passage(chance, author, day, each * 1.1) for _ in range(count)]
        return [f"> {block}" if chance.random() < 0.05 else block for block in blocks]

    def passage(self, chance, author, day, words):
        """Return a few sentences; the share of the biggest project is of all passages, titles and headings too."""
        left, sentences = max(6, round(chance.gauss(words, words / 3))), []
        while left > 0:
            size = min(left, chance.randint(6, 24))
            sentences.append(some_words(chance, size))
            left -= size
        said = sentences[chance.randrange(len(sentences))]
        if what := self.named(chance, author, day):
            said.insert(chance.randrange(len(said) + 1), what)
        if chance.random() < SHARE_OF_BIGGEST / 0.72:
            said = chance.choice(sentences)
            said.insert(chance.randrange(len(said) + 1), self.biggest)
        return " ".join(finished(chance, sentence) for sentence in sentences)

    def sentence(self, chance, author, day):
        words = some_words(chance, chance.randint(6, 16))
        words.insert(chance.randrange(len(words)), self.named(chance, author, day))
        return finished(chance, [word for word in words if word])

    def named(self, chance, author, day):  # noqa: PLR0911 - one for each sort of thing that is named
        draw = chance.random()
        if draw < 0.18:
            return self.project(chance, author)
        if draw < 0.36:
            return self.colleague(chance, author)
        if draw < 0.39:
            return self.colleague(chance, author).split()[0]
        if draw < 0.42:
            return f"thanks to {self.colleague(chance, author)}"
        if draw < 0.47:
            return chance.choice(self.places)
        if draw < 0.49:
            return chance.choice(self.series)
        if draw < 0.53:
            return f"#{chance.choice(self.tags)}"
        if draw < 0.55:
            return f"on {day + timedelta(days=chance.randrange(1, 9)):%A %-d %B}"
        if draw < 0.56 and self.linked:
            return f"[earlier]({chance.choice(self.linked)})"
        return ""

    def project(self, chance, author):
        own = self.work.get(author)
        return (
            chance.choice(own)
            if own and chance.random() < 0.6
            else chance.choices(self.others, cum_weights=self.usual)[0]
        )

    def colleague(self, chance, author):
        if chance.random() < 0.6:
            return chance.choice(self.mates[self.team[author]])
        return chance.choice(self.people)["name"]


def finished(chance, words):
    """Return a sentence of words, which may be names and begin with a capital already."""
    if len(words) > 12 and chance.random() < 0.5:
        words[len(words) // 2] += ","
    first = words[0] if words[0].startswith("#") else words[0][0].upper() + words[0][1:]
    return " ".join([first, *words[1:]]) + chance.choice([".", ".", ".", ".", "!", "?"])
