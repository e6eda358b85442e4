"""Import weeknotes and posts from text and Markdown files."""

from contextlib import nullcontext

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from tqdm import tqdm

from notes.importing import Options, import_file
from notes.weeks import parse_day, week_of
from people.models import Person


class Command(BaseCommand):
    help = "Import weeknotes and posts from plain text and Markdown files (with front matter, if they have it)."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--author", required=True, metavar="SLUG", help="who wrote them, such as cate-mclaurin")
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--week", metavar="DATE", help="the week they are from, as its Monday: 2019-06-10")
        when.add_argument("--date", metavar="DATE", help="the day they are from")
        parser.add_argument("--kind", choices=["weeknote", "post"])
        parser.add_argument("--draft", action="store_true", help="import them as drafts")
        parser.add_argument("--dry-run", action="store_true", help="say what would be imported; write nothing")

    def handle(self, *, files, author, **options):
        asked = Options(
            author=self.author(author),
            week=self.day("--week", options["week"]),
            day=self.day("--date", options["date"]),
            kind=options["kind"] or "",
            is_draft=options["draft"],
        )
        if asked.week and asked.week != week_of(asked.week):
            raise CommandError(f"--week {asked.week} is not a Monday: that week begins on {week_of(asked.week)}.")
        if asked.week and asked.kind == "post":
            raise CommandError("A post has a day and no week: say --date instead of --week.")
        is_dry_run = options["dry_run"]
        with transaction.atomic() if is_dry_run else nullcontext():
            outcomes = [import_file(path, asked) for path in tqdm(files, unit="file", disable=None)]
            if is_dry_run:
                transaction.set_rollback(True)
        for outcome in outcomes:
            self.report(outcome, is_dry_run=is_dry_run)
        self.sum_up(outcomes, is_dry_run=is_dry_run)

    def author(self, slug):
        people = Person.objects.called(slug)[:2]
        if len(people) != 1:
            raise CommandError(
                f"There is no person “{slug}”. Add them in the admin, or with import_directory, first."
            )
        return people[0]

    def day(self, option, value):
        if value and parse_day(value) is None:
            raise CommandError(f"{option} {value} is not a date: write it as 2019-06-10.")
        return parse_day(value) if value else None

    def report(self, outcome, *, is_dry_run):
        if outcome.problem:
            self.stderr.write(self.style.ERROR(f"{outcome.file_name}: refused. {outcome.problem}"))
        elif outcome.is_new:
            note = outcome.note
            what = f"{note.kind} of {note.week or note.dated_on}: “{note.title}”"
            self.stdout.write(f"{outcome.file_name}: {'would become' if is_dry_run else 'imported as'} the {what}")
        else:
            self.stdout.write(f"{outcome.file_name}: imported before, nothing changed")
        for doubt in outcome.doubts if outcome.is_new or outcome.problem else outcome.doubts[-1:]:
            self.stdout.write(f"    please look at {doubt}" if doubt.startswith("line") else f"    {doubt}")

    def sum_up(self, outcomes, *, is_dry_run):
        fresh = sum(1 for outcome in outcomes if outcome.is_new and not outcome.problem)
        refused = sum(1 for outcome in outcomes if outcome.problem)
        known = len(outcomes) - fresh - refused
        if not fresh and not refused:
            self.stdout.write("Nothing changed.")
            return
        verb = "would be imported" if is_dry_run else "imported"
        self.stdout.write(f"{fresh} {verb}, {known} known already, {refused} refused.")
        if refused:
            raise CommandError(f"{refused} of {len(outcomes)} files refused; the sentences above say why.")
