"""Say how well names are linked, on labelled texts."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from notes.checking import Score, check
from notes.directory import Unreadable


class Command(BaseCommand):
    help = "Link the labelled texts of a folder with its own directory, and compare. The database is not touched."

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--without-aliases", action="store_true", help="as if nobody had listed any other name")
        parser.add_argument("--faults", action="store_true", help="list every fault")

    def handle(self, *, folder, without_aliases, faults, **options):
        try:
            scores = list(tqdm(check(folder, has_aliases=not without_aliases), unit="note", disable=None))
        except OSError as error:
            raise CommandError(f"{error.filename} cannot be read: {error.strerror}.") from error
        except (Unreadable, ValueError, KeyError) as error:
            raise CommandError(f"{folder} does not hold labelled texts as it should: {error}") from error
        if not scores:
            raise CommandError(f"{folder} holds no text with labels: a .txt and beside it a .labels.json.")
        for name, score in scores:
            self.stdout.write(f"{name}: {score}")
            for fault in score.faults if faults else ():
                self.stdout.write(f"    {fault}")
        self.stdout.write(f"All {len(scores)}: {sum((score for _, score in scores), Score())}")
