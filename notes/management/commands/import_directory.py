"""Import people, teams, organisations, projects and series of meetings."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from notes.directory import MODELS, Unreadable, bring_in, read


class Command(BaseCommand):
    help = "Import a directory from JSON (a list for each kind) or CSV (a file for each kind)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--kind", choices=list(MODELS), help="what a CSV file lists, if its name does not say")
        parser.add_argument("--dry-run", action="store_true", help="say what would change; write nothing")

    def handle(self, *, file, **options):
        try:
            data = read(file.name, file.read_bytes(), options["kind"] or "")
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        report = bring_in(data, is_dry_run=options["dry_run"])
        for doubt in report.doubts:
            self.stdout.write(f"    {doubt}")
        self.stdout.write(f"{'Would be: ' if options['dry_run'] else ''}{report}")
