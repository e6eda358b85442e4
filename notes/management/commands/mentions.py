"""Print what is named where, for other programs."""

import json

from django.core.management.base import BaseCommand, CommandError

from notes.mentions import notes_with_mentions
from notes.models import Note


class Command(BaseCommand):
    help = "Print the passages of notes and what each names, as JSON."

    def add_arguments(self, parser):
        parser.add_argument("--note", metavar="SLUG", help="only the notes with this slug")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *, note, **options):
        notes = Note.objects.order_by("on", "pk")
        if note:
            notes = notes.filter(slug=note)
            if not notes.exists():
                raise CommandError(f"There is no note with the slug “{note}”.")
        self.stdout.write(json.dumps(notes_with_mentions(notes), ensure_ascii=False, indent=1))
