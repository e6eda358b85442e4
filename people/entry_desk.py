"""The desk of what has a name and a page: when names come, go or change, the texts that say them follow."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.utils.html import format_html

from people.desk import DeskAdmin, DeskForm, DeskInline, RecordInline
from people.forgetting import forget_in_history, forget_in_merges, forget_merges
from people.merging import EntryMerging
from people.merging_desk import MergingDesk
from people.models import Alias, Entry, FormerSlug, Person, names_changed, words_of
from people.splitting_desk import SplittingDesk


class AliasInline(DeskInline):
    model = Alias
    fields = ["name"]
    extra = 1
    verbose_name = "other name"
    verbose_name_plural = "other names that texts use"


class FormerSlugInline(RecordInline):
    """Where a page was: each can be forgotten, and then no longer redirects."""

    model = FormerSlug
    fields = ["slug"]
    verbose_name = "former address"
    verbose_name_plural = "former addresses, which redirect"


class EntryForm(DeskForm):
    hide_former_name = forms.BooleanField(
        label="Hide the former name",
        required=False,
        help_text="When you change the name above: the old one is then no other name, no address that redirects, and "
        "nowhere in the desk’s history. Texts stay as they were written, and no longer link where they say it.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("hide_former_name") and "name" not in self.changed_data:
            self.add_error(
                "hide_former_name",
                "The name is as it was, so there is none to hide. Change it above, or delete an other name or a "
                "former address below.",
            )
        return cleaned


class EntryAdmin(MergingDesk, SplittingDesk, DeskAdmin):
    """The desk of what has a name and a page. When names came or went, the texts that say them follow.

    Who may add but not change adds with fewer fields, and what they add is marked for editors.
    """

    form = EntryForm
    merging = EntryMerging
    search_fields = ["name", "slug", "aliases__name"]
    search_help_text = "By name, other name or @handle"
    inlines = [AliasInline, FormerSlugInline]
    for_authors = ["name"]  # the fields of a form for who may only add
    actions = ["mark_as_checked"]

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), "is_to_check"]

    def is_author(self, request, obj):
        """Whether somebody adds who could not change it afterwards."""
        return obj is None and not self.has_change_permission(request)

    def get_fieldsets(self, request, obj=None):
        if self.is_author(request, obj):
            return [(None, {"fields": self.for_authors})]
        address = ["slug", "hide_former_name"] if obj else ["slug"]
        last = ("Address and former name", {"fields": [*address, *self.in_address(request), "is_to_check"]})
        return [*super().get_fieldsets(request, obj), last]

    def in_address(self, request):
        """Return what else stands among the last fields."""
        return []

    def get_inlines(self, request, obj):
        return [] if self.is_author(request, obj) else super().get_inlines(request, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id:
            entry = self.get_object(request, object_id)
            request.names_before = known_as(entry) if entry else set()
        return super().changeform_view(request, object_id, form_url, extra_context)

    def store(self, request, obj):
        if self.is_author(request, obj if obj.pk else None):
            obj.is_to_check = True
            self.say_who_has_that_name(request, obj)
        super().store(request, obj)

    def say_who_has_that_name(self, request, obj):
        for other in Entry.objects.called(obj.name).distinct()[:3]:
            self.message_user(
                request,
                format_html(
                    "There is {} in the directory already. If you meant the same, tell an editor.",
                    format_html('<a href="{}">{}</a>', other.get_absolute_url(), other),
                ),
                messages.WARNING,
            )

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before = form.initial.get("name")
        if change and before and before != form.instance.name:
            self.keep_or_forget(request, form, before)
        changed = known_as(form.instance) ^ getattr(request, "names_before", set())
        if changed:
            forgotten = getattr(request, "forgotten", ())
            names = names_in(changed) or form.instance.names()
            transaction.on_commit(lambda: self.tell_texts(request, form.instance, names, forgotten=forgotten))

    def keep_or_forget(self, request, form, before):
        """Keep the name an entry had as an alias: what was written under it still means the same. Or forget it."""
        if not form.cleaned_data.get("hide_former_name"):
            form.instance.aliases.get_or_create(name=before)
            self.message_user(
                request, f"“{before}” was kept as another name, so that texts which say it stay linked."
            )
            return
        request.forgotten = {before, *form.instance.forget(before)}
        self.message_user(request, "The former name is hidden. Texts that say it stay as they were written.")
        if count := forget_in_merges(request.forgotten, form.instance):
            said = "A merge said it in its record, and can" if count == 1 else f"{count} merges said it, and can"
            self.message_user(request, f"{said} no longer be undone.", messages.WARNING)
        if kept := self.may_tell_a_former_name(form.instance):
            self.message_user(
                request, f"Look whether these still say it, and change them too: {', '.join(kept)}.", messages.WARNING
            )

    def log_change(self, request, obj, message):
        """Write down what was done, and take a forgotten name out of all that was written down."""
        entry = super().log_change(request, obj, message)
        for name in getattr(request, "forgotten", ()):
            forget_in_history(name, obj)
        return entry

    def may_tell_a_former_name(self, entry):
        """Return what else of an entry may be made of a former name."""
        is_of_the_name = words_of(entry.slug) <= words_of(entry.name)
        address = [] if is_of_the_name else [f"the address {entry.get_absolute_url()}"]
        return [*address, *(f"“{alias}”" for alias in entry.aliases.values_list("name", flat=True))]

    def delete_model(self, request, obj):
        """Delete it, with what was written down of its merges; a name it shared may now be clear."""
        names = obj.names()
        forget_merges(obj)
        super().delete_model(request, obj)
        transaction.on_commit(lambda: self.tell_texts(request, obj, names))

    def delete_queryset(self, request, queryset):
        for entry in queryset:
            self.delete_model(request, entry)

    def tell_texts(self, request, entry, names, **more):
        """Let the texts that say one of the names follow; `more` is what else `names_changed` may say."""
        for _, sentence in names_changed.send(type(entry), entry=entry, names=names, **more):
            if sentence:
                self.message_user(request, sentence)

    def after_merge(self, request, merging, merge):
        self.tell_texts(request, merging.kept, merging.names, merge=merge)

    def after_undoing(self, request, kept, again):
        self.tell_texts(request, again, {again.slug, *again.names()})

    def after_split(self, request, entry, new):
        self.tell_texts(request, entry, {entry.slug, new.slug, *entry.names(), *new.names()})

    @admin.action(description="Take the mark “to be checked” away", permissions=["change"])
    def mark_as_checked(self, request, queryset):
        unchecked = list(queryset.filter(is_to_check=True))
        for entry in unchecked:
            entry.is_to_check = False
            entry.save()
            self.log_change(request, entry, "Checked.")
            self.tell_texts(request, entry, entry.names())
        self.message_user(request, f"{len(unchecked)} checked.")


NAMES = ("name", "unchecked name", "preferred name", "handle")


def known_as(entry):
    """Return {(sort, value)} of what links to an entry depends on: names, address, and when somebody was there."""
    name = "unchecked name" if entry.is_to_check else "name"
    known = {(name, words) for words in entry.names()} | {("handle", entry.slug)}
    known |= {("handle", slug) for slug in entry.former_slugs.values_list("slug", flat=True)}
    if isinstance(entry, Person):
        known |= {("from", entry.started_on), ("until", entry.left_on), ("category", entry.category)}
        known |= {("preferred name", entry.preferred_name)} if entry.preferred_name else set()
    return known


def names_in(known):
    """Return the names and addresses among what `known_as` returns."""
    return {value for sort, value in known if sort in NAMES}
