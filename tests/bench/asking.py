"""Ask for every page of one database, and print how long each takes, as JSON: what tests.bench.pages runs."""

import argparse
import json
import sys
import time
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402
from django.utils.http import urlencode  # noqa: E402
from taggit.models import Tag  # noqa: E402

from notes.models import MeetingSeries, Note, Passage  # noqa: E402
from notes.paging import token_of  # noqa: E402
from notes.repetition import NEWEST_FIRST, newest_shown  # noqa: E402
from notes.timeline import SIZE  # noqa: E402
from notes.weeks import week_of  # noqa: E402
from people.models import Person, Team  # noqa: E402
from projects.models import Project  # noqa: E402
from tests.bench.naming import BIGGEST  # noqa: E402
from tests.bench.vocabulary import COUNCIL, said_once_in  # noqa: E402

PAGE = 500
LONGEST = 20_000  # milliseconds for all runs of a page
RARE, MIDDLING, COMMON = 100_000, 6_000, "service"  # words of which one is that word


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=30)
    parser.add_argument("--only", default="")
    return parser.parse_args()


class Corpus:
    """What the addresses are made of: entries that are named often, and days within what was written."""

    def __init__(self):
        named = Count("mentions")
        often = Project.objects.annotate(named=named).filter(category="project").exclude(slug=BIGGEST)
        self.projects = list(often.order_by("-named", "pk").values_list("slug", flat=True)[:10])
        people = Person.objects.annotate(named=named).order_by("-named", "pk")
        self.people = list(people.values_list("slug", flat=True)[:10])
        self.programmes = list(Project.objects.filter(category="programme").values_list("slug", flat=True)[:5])
        self.teams = list(Team.objects.filter(part_of__isnull=False).values_list("slug", flat=True)[:5])
        self.series = list(MeetingSeries.objects.values_list("slug", flat=True)[:5])
        tags = Tag.objects.annotate(used=Count("tagged_passages")).order_by("-used", "pk")
        self.tags = list(tags.values_list("slug", flat=True)[:5])
        self.notes = [note.get_absolute_url() for note in listed(Note)[:5]]
        self.last = week_of(listed(Note)[0].on)
        self.words = {
            "rare": [said_once_in(RARE * (10 + place) / 10) for place in range(5)],
            "middling": [said_once_in(MIDDLING * (10 + place) / 10) for place in range(5)],
            "very common": [COMMON, *COUNCIL[1:4]],
        }

    def days(self, weeks, ago=0):
        until = self.last - timedelta(weeks=ago)
        return {"from": (until - timedelta(weeks=weeks)).isoformat(), "to": until.isoformat()}

    def pages(self):
        """Return {what a page is: [addresses of it that take turns]}."""
        biggest = f"/projects/{BIGGEST}/"
        threes = [(*pair, turn) for turn, pair in enumerate(zip(self.projects, self.people, strict=False))]
        quarters = [self.days(13, 13 * turn) for turn in range(4)]
        return {
            "home": ["/"],
            "a week": [f"/weeks/{self.last - timedelta(weeks=ago)}/" for ago in range(5)],
            "notes": ["/notes/", *(f"/notes/?project={slug}" for slug in self.projects[:4])],
            "a note": self.notes,
            "project of 5% of passages, page 1": [biggest],
            f"project of 5% of passages, page {PAGE}": [f"{biggest}?{urlencode({'after': token_of_page(biggest)})}"],
            "another project": [f"/projects/{slug}/" for slug in self.projects],
            "projects": ["/projects/"],
            "a project and a person": [f"{biggest}?person={slug}" for slug in self.people],
            "a person": [f"/people/{slug}/" for slug in self.people],
            "people": ["/people/"],
            "a team": [f"/teams/{slug}/" for slug in self.teams],
            "a tag": [f"/tags/{slug}/" for slug in self.tags],
            "tags": ["/tags/"],
            "a section (learning)": ["/learning/"],
            "a series": [f"/meetings/{slug}/" for slug in self.series],
            "meetings": ["/meetings/"],
            "actions": ["/actions/"],
            "decisions": ["/decisions/"],
            "explore, no filter": ["/explore/"],
            "explore, one: 5% of passages": [f"/explore/?project={BIGGEST}"],
            "explore, one filter": [f"/explore/?{one}" for one in self.single()],
            "explore, project person from": [
                asked("/explore/", project=project, person=person, **{"from": self.days(26 + 9 * turn)["from"]})
                for project, person, turn in threes
            ],
            "explore, 5% project person from": [
                asked("/explore/", project=BIGGEST, person=slug, **{"from": self.days(100)["from"]})
                for slug in self.people
            ],
            "explore, programme team from to": [
                asked("/explore/", project=programme, team=team, **quarters[turn % 4])
                for turn, (programme, team) in enumerate(zip(self.programmes, self.teams, strict=False))
            ],
            "explore, any of project person tag": [
                asked("/explore/", project=BIGGEST, person=person, tag=self.tags[0], match="any")
                for person in self.people
            ],
            "explore, without project": [f"/explore/?not_project={slug}" for slug in self.projects[:5]],
            "explore, notes of project person": [
                asked("/explore/", project=project, person=person, show="notes") for project, person, _ in threes
            ],
            "explore, 5% project page 500": [
                f"/explore/?{urlencode({'project': BIGGEST, 'after': token_of_page(biggest)})}"
            ],
            **{
                f"explore, q {how}": [asked("/explore/", q=word) for word in some] for how, some in self.words.items()
            },
            "explore, q and project": [
                asked("/explore/", q=word, project=BIGGEST) for some in self.words.values() for word in some[:3]
            ],
            **{
                f"search, {how} word": [asked("/search/", q=word) for word in some]
                for how, some in self.words.items()
            },
            "search, two words": [asked("/search/", q=f"{COMMON} {word}") for word in self.words["middling"]],
            "search, a phrase": [asked("/search/", q='"of the"'), asked("/search/", q='"in a"')],
            "search, a name": [asked("/search/", q=slug.replace("-", " ")) for slug in self.people],
            "search, suggestions": [asked("/search/suggest/", q=slug[:3]) for slug in self.people],
            "report of a quarter, 5% project": [asked("/report/", project=BIGGEST, **days) for days in quarters],
            "report of a quarter, project": [
                asked("/report/", project=slug, **quarters[turn % 4]) for turn, slug in enumerate(self.projects)
            ],
            "report of a quarter, programme": [
                asked("/report/", project=slug, **quarters[0]) for slug in self.programmes
            ],
            "report of a quarter, person": [asked("/report/", person=slug, **quarters[1]) for slug in self.people],
            "compare": [f"/compare/?project={BIGGEST}&project={slug}" for slug in self.projects],
            "feed of everything": ["/feed/"],
            "feed of the 5% project": [f"{biggest}feed/"],
            "feed of explore": [f"/explore/feed/?project={BIGGEST}&person={slug}" for slug in self.people],
            "JSON feed of the 5% project": [f"{biggest}feed.json"],
            "calendar of a series": [f"/meetings/{slug}/calendar.ics" for slug in self.series],
        }

    def single(self):
        return [
            *(f"project={slug}" for slug in self.projects[:2]),
            *(f"person={slug}" for slug in self.people[:2]),
            f"team={self.teams[0]}",
            f"tag={self.tags[0]}",
            f"series={self.series[0]}",
            "kind=meeting",
            f"from={self.days(13)['from']}",
        ]


def asked(path, **parameters):
    return f"{path}?{urlencode(parameters)}"


def listed(model):
    return model.objects.listed_for(AnonymousUser()).order_by("-on", "-pk")


def token_of_page(address):
    """Return the token of the five-hundredth page of the biggest project's timeline, or of its last but one."""
    project = Project.objects.get(slug=address.rstrip("/").rpartition("/")[2])
    shown = newest_shown(project.passages.listed_for(AnonymousUser()), PAGE * SIZE)
    last = max((len(shown) // SIZE - 1) * SIZE, SIZE)
    place = min((PAGE - 1) * SIZE, last) - 1
    return token_of(Passage.objects.get(pk=shown[place]), NEWEST_FIRST)


def is_built(address):
    try:
        return bool(resolve(address.partition("?")[0]))
    except Resolver404:
        return False


def get(client, address):
    response = client.get(address, secure=True, HTTP_HOST="localhost")
    return response.status_code, len(b"".join(response))


def backend():
    """Return where the system counts the CPU of this connection's server process; None where it runs elsewhere."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        counted = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return counted if counted.exists() and "postgres" in (counted.parent / "comm").read_text() else None


def cpu_so_far(server):
    """Return the milliseconds of CPU of this process and of the database's for it; of its helpers none."""
    nanoseconds = time.process_time_ns() + (int(server.read_text().split()[0]) if server else 0)
    return nanoseconds / 1e6


def measure(client, addresses, runs):
    """Return what a page takes: each address twice to warm up, then all in turn, for twenty seconds at most."""
    sizes, queries = [], []
    for address in addresses:
        status, size = get(client, address)
        if status != 200:
            return {"problem": f"{address} answers {status}"}
        with CaptureQueriesContext(connection) as captured:
            get(client, address)
        sizes.append(size)
        queries.append(len(captured))
    taken, cpu, server = [], [], backend()
    for run in range(runs):
        start, before = time.perf_counter(), cpu_so_far(server)
        get(client, addresses[run % len(addresses)])
        taken.append((time.perf_counter() - start) * 1000)
        cpu.append(cpu_so_far(server) - before)
        if sum(taken) > LONGEST and run >= 4:
            break
    cuts = quantiles(taken, n=20, method="inclusive")
    return {
        "p50": cuts[9],
        "p95": cuts[18],
        "cpu": median(cpu),
        "best": min(taken),
        "queries": max(queries),
        "bytes": max(sizes),
    }


def main():
    chosen = arguments()
    if settings.DEBUG:
        sys.exit("DEBUG is on: these are not the settings of an installation.")
    clients = {"stranger": Client(), "colleague": Client()}
    clients["colleague"].force_login(get_user_model().objects.get(username="reader"))
    found = {}
    for name, addresses in Corpus().pages().items():
        if chosen.only not in name:
            continue
        for reader, client in clients.items():
            is_there = is_built(addresses[0])
            taken = measure(client, addresses, chosen.runs) if is_there else {"problem": "not built"}
            found[f"{name}|{reader}"] = taken
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
