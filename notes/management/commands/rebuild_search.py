"""Make what search finds by anew, and prove that it is what the texts say."""

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from notes.models import Action, Decision, Passage, SearchText, Text
from notes.search import backends
from notes.search.rebuilding import rebuild_lines, rebuild_texts


class Command(BaseCommand):
    help = "Rebuild the search index from the texts and prove it equal. Searching goes on meanwhile."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="write nothing; fail if anything differs")

    def handle(self, *, check, verbosity, **options):
        wrong = self.go_through(writes=not check, is_quiet=verbosity == 0)
        is_sound = backends.is_sound()
        if check and (wrong or not is_sound):
            raise CommandError(f"{wrong:,} rows differ; the index is {'sound' if is_sound else 'not sound'}.")
        if not check:
            backends.rebuild()
            if self.go_through(writes=False, is_quiet=verbosity == 0) or not backends.is_sound():
                raise CommandError("Something was saved meanwhile, or cannot be put right: run it once more.")
        texts = SearchText.objects.count()
        self.stdout.write(f"{texts:,} texts, {Passage.objects.count():,} passages: {told(wrong, check)}.")

    def go_through(self, *, writes, is_quiet):
        """Return how many rows are not what their words make them."""

        def progress(rows):
            return tqdm(rows, disable=True if is_quiet else None, unit="batch")

        wrong = sum(rebuild_lines(model, writes=writes, progress=progress) for model in (Passage, Decision, Action))
        return wrong + rebuild_texts(Text, Passage, SearchText, writes=writes, progress=progress)


def told(wrong, is_check):
    if is_check:
        return "the index is equal to them"
    return f"rebuilt, {wrong:,} rows were not as they should, and equal now" if wrong else "rebuilt, and equal"
