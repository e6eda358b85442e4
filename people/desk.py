"""What the admin of every model has in common: forms that check whole models, and deletions refused with advice."""

import json
import re

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import PROTECT, Q
from django.utils.html import format_html
from django.utils.text import capfirst

from people.models import Alias, Entry, FormerSlug, names_changed, words_of


class DeskForm(forms.ModelForm):
    """A form that checks every constraint, also those on fields it does not show: a sentence, never an error page."""

    def validate_unique(self):
        """Check what Django leaves to us, once all fields are right."""
        super().validate_unique()
        if not self.errors:
            try:
                self.instance.validate_constraints()
            except ValidationError as error:
                self.add_error(None, error.messages)


class PlainRelations:
    """Beside the choice of a related row only what is safe and useful there: to add one."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and hasattr(field.widget, "can_delete_related"):
            field.widget.can_change_related = field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field


class DeskFormSet(forms.BaseInlineFormSet):
    def add_fields(self, form, index):
        """Name the box that deletes a row, too."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].widget.attrs["aria-label"] = "Delete"


class DeskInline(PlainRelations, admin.TabularInline):
    """Rows inside another form."""

    form = DeskForm
    formset = DeskFormSet
    extra = 0

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Name each field for those who do not see the column it stands in."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs.setdefault("aria-label", capfirst(db_field.verbose_name))
        return field


class DeskAdmin(PlainRelations, admin.ModelAdmin):
    """A form saved without a change writes nothing; a deletion that would take others' work along is refused."""

    form = DeskForm
    list_per_page = 50
    show_full_result_count = False  # a count of all rows is of no use beside the count of those found

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Show or save a form; once more if somebody saved in the same moment, so that it says what is wrong."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_inlines(self, request, obj):
        """Leave out the records of which there are none: they are not added here."""
        return [
            inline
            for inline in super().get_inlines(request, obj)
            if not issubclass(inline, RecordInline) or inline.is_of_use(request, self.model, obj)
        ]

    def save_model(self, request, obj, form, change):
        if not change or form.changed_data:
            self.store(request, obj)

    def store(self, request, obj):
        """Save what is new."""
        obj.save()

    def log_change(self, request, obj, message):
        return super().log_change(request, obj, message) if message else None

    def get_deleted_objects(self, objs, request):
        """Say in figures what stands in the way of a deletion: a project may be named by thousands of passages."""
        if in_the_way := [sentence for obj in objs for sentence in what_is_in_the_way(obj)]:
            return [], {}, set(), in_the_way
        return super().get_deleted_objects(objs, request)


def what_is_in_the_way(obj):
    """Yield a sentence for each sort of thing that forbids deleting an object: a query each."""
    for relation in obj._meta.related_objects:
        if relation.on_delete is PROTECT:
            count = relation.related_model._base_manager.filter(**{relation.field.name: obj}).count()
            meta = relation.related_model._meta
            if count:
                yield f"{obj}: {count:,} {meta.verbose_name if count == 1 else meta.verbose_name_plural}"


class AliasInline(DeskInline):
    model = Alias
    fields = ["name"]
    extra = 1
    verbose_name = "other name"
    verbose_name_plural = "other names that texts use"


class RecordInline(DeskInline):
    """What the site wrote down by itself: to be read, and not added to."""

    @classmethod
    def is_of_use(cls, request, model, obj):
        """Whether there is something to show; of a form that is sent, whether it was shown."""
        if obj is None:
            return False
        [relation] = [one for one in model._meta.related_objects if one.related_model is cls.model]
        if request.method == "POST":
            return f"{relation.get_accessor_name()}-TOTAL_FORMS" in request.POST
        return cls.model._default_manager.filter(**{relation.field.name: obj.pk}).exists()

    def get_readonly_fields(self, request, obj=None):
        return self.fields

    def has_add_permission(self, request, obj=None):
        return False


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


class EntryAdmin(DeskAdmin):
    """The desk of what has a name and a page. When names came or went, the texts that say them follow.

    Who may add but not change adds with fewer fields, and what they add is marked for editors.
    """

    form = EntryForm
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
            transaction.on_commit(lambda: self.tell_texts(request, form.instance, {words for _, words in changed}))

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
        """Delete it; a name it shared may now be clear."""
        names = obj.names()
        super().delete_model(request, obj)
        transaction.on_commit(lambda: self.tell_texts(request, obj, names))

    def delete_queryset(self, request, queryset):
        for entry in queryset:
            self.delete_model(request, entry)

    def tell_texts(self, request, entry, names):
        for _, sentence in names_changed.send(type(entry), entry=entry, names=names):
            if sentence:
                self.message_user(request, sentence)

    @admin.action(description="Take the mark “to be checked” away", permissions=["change"])
    def mark_as_checked(self, request, queryset):
        unchecked = list(queryset.filter(is_to_check=True))
        for entry in unchecked:
            entry.is_to_check = False
            entry.save()
            self.log_change(request, entry, "Checked.")
            self.tell_texts(request, entry, entry.names())
        self.message_user(request, f"{len(unchecked)} checked.")


def forget_in_history(name, entry):
    """Put an entry's name where the desk's history says its former one, as whole words.

    A name of one word may well be somebody else's, so it is looked for in the entry's own history only.
    """
    as_stored = json.dumps(name)[1:-1]
    said = Q(object_repr__contains=name) | Q(change_message__contains=name) | Q(change_message__contains=as_stored)
    history = LogEntry.objects.filter(said)
    if len(name.split()) == 1:
        history = history.filter(content_type=ContentType.objects.get_for_model(entry), object_id=str(entry.pk))
    for logged in history:
        logged.object_repr = whole_word(name).sub(lambda _: entry.name, logged.object_repr)[:200]
        message = whole_word(name).sub(lambda _: entry.name, logged.change_message)
        logged.change_message = whole_word(as_stored).sub(lambda _: json.dumps(entry.name)[1:-1], message)
        logged.save(update_fields=["object_repr", "change_message"])


def whole_word(name):
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def known_as(entry):
    """Return what links to an entry depends on: its names and its address."""
    name = "unchecked name" if entry.is_to_check else "name"
    return {(name, words) for words in entry.names()} | {("handle", entry.slug)}
