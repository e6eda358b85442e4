"""What the desks of notes and meetings have in common."""

from contextlib import suppress

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join

from notes import names
from notes.markdown import refuse_unreadable
from notes.models import ChangeNote, FormerAddress, Mention, Source
from notes.writing import write
from people.desk import DeskAdmin, RecordInline
from people.models import Entry


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("draft", "Draft"), ("scheduled", "Scheduled"), ("published", "Published")]

    def queryset(self, request, queryset):
        if self.value() == "draft":
            return queryset.filter(published_at__isnull=True)
        if self.value() == "scheduled":
            return queryset.filter(published_at__isnull=False).exclude(pk__in=queryset.published().values("pk"))
        return queryset.published() if self.value() == "published" else queryset


class ChangeNoteInline(admin.TabularInline):
    model = ChangeNote
    extra = 0
    verbose_name = "note of a change"
    verbose_name_plural = "notes of what was changed after publication, for readers"


class FormerAddressInline(RecordInline):
    model = FormerAddress
    fields = ["path"]
    verbose_name_plural = "former addresses, which redirect"


class SourceInline(RecordInline):
    """The file it was imported from: kept as it was."""

    model = Source
    fields = ["file_name", "imported_at"]
    can_delete = False
    verbose_name_plural = "imported from"


class TextAdmin(DeskAdmin):
    """A text is saved by `write`, with everything that follows from its words."""

    inlines = [ChangeNoteInline, FormerAddressInline, SourceInline]
    readonly_fields = ["names_to_settle"]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Render before the form's transaction begins: on SQLite it holds everybody else up."""
        with suppress(ValidationError):  # the form says it again, beside the field
            refuse_unreadable(request.POST.get("body", "").strip())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_queryset(self, request):
        """Show the drafts of others to nobody but editors, here as well."""
        readable = self.model.objects.readable_by(request.user).order_by()
        return super().get_queryset(request).filter(pk__in=readable.values("pk"))

    def store(self, request, obj):
        write(obj)
        if questions := unsettled(obj):
            names_asked = ", ".join(f"“{words}”" for words, _ in questions)
            self.message_user(
                request, f"Not linked, as it is not clear who or what is meant: {names_asked}.", messages.WARNING
            )

    def delete_queryset(self, request, queryset):
        for text in queryset:
            text.delete()

    @admin.display(description="names to settle")
    def names_to_settle(self, text):
        """What was not linked because it is not clear who is meant, and how to say it."""
        if text is None or text.pk is None:
            return "Save once, and names that are not clear are asked here."
        questions = unsettled(text)
        if not questions:
            return "None: every name that is known is linked."
        return format_html(
            '<ul class="questions">{}</ul>',
            format_html_join("", "<li>{}</li>", ((question(words, entries),) for words, entries in questions)),
        )

    @admin.display(description="state")
    def state_in_words(self, text):
        return text.state.capitalize()


def unsettled(text):
    """Return [(words, the entries that may be meant)] of the names in a text that are still a question."""
    matcher = names.current()
    asked = {}
    for mention in Mention.objects.filter(passage__text=text.pk, entry__isnull=True).select_related("passage"):
        for start, end, _ in mention.places:
            words = mention.passage.words[start:end]
            asked.setdefault(words.lower(), (words, matcher.called(words)))
    entries = Entry.objects.in_bulk({pk for _, found in asked.values() for pk in found})
    return [(words, [entries[pk] for pk in sorted(found) if pk in entries]) for words, found in asked.values()]


def question(words, entries):
    if not entries:
        return format_html("<strong>{}</strong> is not in the directory. Add it there, or leave it as it is.", words)
    ways = format_html_join(
        " or ",
        "{} (write {})",
        ((entry, f"@{entry.slug}" if entry.kind == Entry.Kind.PERSON else f"[[{entry}]]") for entry in entries),
    )
    return format_html("<strong>{}</strong>: do you mean {}?", words, ways)
