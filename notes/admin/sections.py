"""The desk of sections: which headings mean the same."""

from django import forms
from django.contrib import admin
from django.db.models import Count, Min

from notes.models import Passage, Section, SectionHeading
from notes.models.sections import heading_key
from people.desk import DeskAdmin, DeskForm, DeskFormSet, DeskInline

MOST = 30  # headings offered


def headings_of_no_section():
    """Return [(a heading as somebody wrote it, in how many texts it is)] of those no section has, most first."""
    listed = SectionHeading.objects.order_by().values("key")
    free = Passage.objects.filter(heading_key__gt="").exclude(heading_key__in=listed).order_by()
    counts = free.values("heading_key").annotate(texts=Count("text", distinct=True), words=Min("heading"))
    return list(counts.order_by("-texts", "heading_key").values_list("words", "texts")[:MOST])


class SectionForm(DeskForm):
    adopted = forms.MultipleChoiceField(
        label="Add headings that are in use",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Headings that no section has yet, those of most notes first. Tick what means the same.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["adopted"].choices = [
            (words, f"{words} ({texts})") for words, texts in headings_of_no_section() if len(words) <= 100
        ]


class HeadingFormSet(DeskFormSet):
    def clean(self):
        """Refuse two spellings of one heading."""
        super().clean()
        seen = set()
        for form in self.forms:
            words = getattr(form, "cleaned_data", {}).get("words", "")
            if words and not form.cleaned_data.get("DELETE"):
                if heading_key(words) in seen:
                    form.add_error("words", "This heading is listed already, in another spelling.")
                seen.add(heading_key(words))


class HeadingInline(DeskInline):
    model = SectionHeading
    formset = HeadingFormSet
    extra = 1


@admin.register(Section)
class SectionAdmin(DeskAdmin):
    form = SectionForm
    list_display = ["name", "position"]
    search_fields = ["name", "headings__words"]
    fieldsets = [(None, {"fields": ["name", "about", "position", "slug", "adopted"]})]
    inlines = [HeadingInline]

    def get_readonly_fields(self, request, obj=None):
        """Keep the address of a section that has one: links lead there."""
        return ["slug"] if obj else []

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for words in form.cleaned_data.get("adopted") or ():
            SectionHeading.objects.get_or_create(
                key=heading_key(words), defaults={"section": form.instance, "words": words}
            )
