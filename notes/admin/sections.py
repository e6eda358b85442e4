"""The desk of sections: which headings mean the same."""

from django import forms
from django.contrib import admin
from django.db.models import Count, Min, Q

from notes.headings import recognise_all
from notes.models import Passage, Section, SectionHeading
from notes.models.sections import Standing, heading_key
from people.desk import DeskAdmin, DeskForm, DeskFormSet, DeskInline

MOST = 30  # headings offered
LONGEST = 100


def headings_without_a_section(section):
    """Return [(a heading as somebody wrote it, in how many texts it is)] of those no section has, most first.

    What another section refused is offered, what this one refused is not.
    """
    taken = SectionHeading.objects.order_by()
    if section.pk:
        taken = taken.exclude(pk__in=taken.filter(standing=Standing.REFUSED).exclude(section=section).values("pk"))
    else:
        taken = taken.exclude(standing=Standing.REFUSED)
    free = Passage.objects.filter(heading_key__gt="").exclude(heading_key__in=taken.values("key")).order_by()
    counts = free.values("heading_key").annotate(texts=Count("text", distinct=True), words=Min("heading"))
    return list(counts.order_by("-texts", "heading_key").values_list("words", "texts")[:MOST])


def uses_of(section):
    """Return {heading's key: in how many texts it is} of a section: 1 query."""
    under = Passage.objects.filter(heading_key__gt="", heading_key__in=section.headings.order_by().values("key"))
    counts = under.order_by().values("heading_key").annotate(texts=Count("text", distinct=True))
    return dict(counts.values_list("heading_key", "texts"))


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
            (words, f"{words} ({texts})")
            for words, texts in headings_without_a_section(self.instance)
            if len(words) <= LONGEST
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
    fields = ["words", "standing", "texts"]
    readonly_fields = ["texts"]
    verbose_name_plural = (
        "headings. Others that mean the same are recognised by their words: say of one that is wrong that it is not "
        "of this section, and it stays out"
    )

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("-standing", "pk")  # refused last of all, found after listed

    @admin.display(description="texts")
    def texts(self, heading):
        """In how many notes and meetings it is, drafts among them."""
        return self.uses.get(heading.key, 0) if heading.pk else "–"

    def get_formset(self, request, obj=None, **kwargs):
        self.uses = uses_of(obj) if obj else {}
        return super().get_formset(request, obj, **kwargs)


@admin.register(Section)
class SectionAdmin(DeskAdmin):
    form = SectionForm
    list_display = ["name", "position", "number_of_headings", "number_recognised"]
    search_fields = ["name", "headings__words"]
    fieldsets = [(None, {"fields": ["name", "about", "position", "slug", "adopted"]})]
    inlines = [HeadingInline]

    def get_queryset(self, request):
        of = {"listed": Standing.LISTED, "found": Standing.FOUND}
        counts = {name: Count("headings", filter=Q(headings__standing=value)) for name, value in of.items()}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description="headings listed", ordering="listed")
    def number_of_headings(self, section):
        return section.listed

    @admin.display(description="recognised by their words", ordering="found")
    def number_recognised(self, section):
        return section.found

    def get_readonly_fields(self, request, obj=None):
        """Keep the address of a section that has one: links lead there."""
        return ["slug"] if obj else []

    def save_formset(self, request, form, formset, change):
        """Remember which of the headings that were found somebody deletes: they would be found again."""
        super().save_formset(request, form, formset, change)
        for heading in formset.deleted_objects:
            if heading.standing == Standing.FOUND:
                form.instance.headings.create(words=heading.words, standing=Standing.REFUSED)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        for words in form.cleaned_data.get("adopted") or ():
            SectionHeading.objects.update_or_create(
                key=heading_key(words),
                defaults={"section": form.instance, "words": words, "standing": Standing.LISTED},
            )
        recognise_all()
