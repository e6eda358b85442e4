"""Fill an empty database with an invented team's weeks, to look around in."""

from django.core.management.base import BaseCommand, CommandError

from hackit.demo.account import ways_in
from hackit.demo.loading import is_empty, load


class Command(BaseCommand):
    help = "Load the demo content: an invented team, its projects and its notes up to this week."

    def add_arguments(self, parser):
        parser.add_argument("--if-empty", action="store_true", help="do nothing where there is content already")

    def handle(self, *, if_empty, **options):
        if is_empty():
            load(shows_progress=True)
        elif not if_empty:
            raise CommandError("There is content here already. Demo content is only for an empty database.")
        for line in ways_in():
            self.stdout.write(line)
