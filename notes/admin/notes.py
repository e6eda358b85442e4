"""The desk of notes."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode

from notes.admin.narrowing import KindFilter
from notes.admin.own import OwnWorkAdmin, person_of
from notes.admin.texts import TextAdmin
from notes.models import Break, Coauthor, Note, Passage, Section
from notes.weeks import this_week, week_in_words
from people.desk import DeskFormSet, DeskInline


class CoauthorFormSet(DeskFormSet):
    def clean(self):
        super().clean()
        for form in self.forms:
            person = getattr(form, "cleaned_data", {}).get("person")
            if person and person.pk == self.instance.author_id:
                form.add_error("person", f"{person} is the author already.")


class CoauthorInline(DeskInline):
    model = Coauthor
    formset = CoauthorFormSet
    autocomplete_fields = ["person"]
    verbose_name = "co-author"


@admin.register(Note)
class NoteAdmin(TextAdmin):
    list_display = ["title", "author", "week", "state_in_words", "audience", "published_at"]
    belongs_to = "author"
    list_filter = [
        *TextAdmin.list_filter,
        ("author", admin.RelatedOnlyFieldListFilter),
        ("project", admin.RelatedOnlyFieldListFilter),
        ("team", admin.RelatedOnlyFieldListFilter),
        KindFilter,
    ]
    list_select_related = ["author"]
    date_hierarchy = "on"
    search_fields = ["title", "body", "author__name"]
    search_help_text = "By title, words in it, or author"
    autocomplete_fields = ["author", "project", "team"]
    inlines = [CoauthorInline, *TextAdmin.inlines]
    fieldsets = [
        (None, {"fields": ["title", "body", "tags"]}),
        ("Whose it is, and of which week", {"fields": ["author", "week", "is_extra"]}),
        ("Who sees it, and when", {"fields": ["published_at", "audience"]}),
        ("On behalf of", {"fields": ["project", "team"], "classes": ["collapse"]}),
        ("More", {"fields": ["slug"], "classes": ["collapse"]}),
    ]

    def get_urls(self):
        view = self.admin_site.admin_view(self.this_week)
        return [path("this-week/", view, name="notes_note_this_week"), *super().get_urls()]

    def render_change_form(self, request, context, **kwargs):
        if kwargs.get("add"):
            context["beginnings"] = beginnings(person_of(request.user))
        return super().render_change_form(request, context, **kwargs)

    def this_week(self, request):
        """Open this week's note of whoever asks: the one begun, or a new one with author, Monday and title."""
        week = this_week()
        author = person_of(request.user)
        if not self.has_add_permission(request):
            raise PermissionDenied
        begun = author and Note.objects.own_weeknotes().filter(author=author, week=week).first()
        if begun:
            if begun.is_published:
                self.message_user(
                    request, "This week’s note is published already: what you change here, readers see."
                )
            return HttpResponseRedirect(reverse("admin:notes_note_change", args=[begun.pk]))
        filled_in = {"week": week.isoformat(), "title": f"Weeknote {week_in_words(week)}"}
        if author:
            filled_in["author"] = author.pk
        for _, start, body in beginnings(author):
            if start == request.GET.get("start"):
                filled_in["body"] = body
        return HttpResponseRedirect(f"{reverse('admin:notes_note_add')}?{urlencode(filled_in)}")


def beginnings(author):
    """Return [(what it is, its name in an address, the text)] of what a new note can begin with: 4 queries."""
    sections = Section.objects.filter(position__isnull=False).prefetch_related("headings")
    usual = [heading.words for section in sections for heading in section.headings.all()[:1]]
    last = author and Note.objects.own_weeknotes().filter(author=author).first()
    headings = last.passages.filter(kind=Passage.Kind.HEADING).values_list("words", flat=True)[:20] if last else []
    offered = [("the usual headings", "usual", usual), ("the headings of your last note", "last", headings)]
    return [
        (words, start, "\n\n\n".join(f"## {heading}" for heading in headings))
        for words, start, headings in offered
        if headings
    ]


@admin.register(Break)
class BreakAdmin(OwnWorkAdmin):
    belongs_to = "person"
    list_display = ["person", "starts_on", "ends_on", "words"]
    list_filter = [("person", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person"]
    search_fields = ["person__name", "words"]
    date_hierarchy = "starts_on"
    autocomplete_fields = ["person"]

    def get_queryset(self, request):
        return Break.objects.changeable_by(request.user)
