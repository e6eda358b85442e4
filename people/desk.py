"""What the admin of every model has in common: forms that check whole models, and deletions refused with advice."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import PROTECT

from people.models import Alias, FormerSlug, names_changed


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


class DeskAdmin(admin.ModelAdmin):
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


class AliasInline(admin.TabularInline):
    model = Alias
    fields = ["name"]
    extra = 1
    verbose_name = "other name"
    verbose_name_plural = "other names that texts use"


class RecordInline(admin.TabularInline):
    """What the site wrote down by itself: to be read, and not added to."""

    extra = 0

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


class EntryAdmin(DeskAdmin):
    """The desk of what has a name and a page. When names came or went, the texts that say them follow."""

    search_fields = ["name", "slug", "aliases__name"]
    search_help_text = "By name, other name or @handle"
    inlines = [AliasInline, FormerSlugInline]

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method == "POST" and object_id:
            entry = self.get_object(request, object_id)
            request.names_before = known_as(entry) if entry else set()
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        before = form.initial.get("name")
        if change and before and before != form.instance.name:
            # What was written under the old name still means the same.
            form.instance.aliases.get_or_create(name=before)
            self.message_user(
                request, f"“{before}” was kept as another name, so that texts which say it stay linked."
            )
        changed = known_as(form.instance) ^ getattr(request, "names_before", set())
        if changed:
            transaction.on_commit(lambda: self.tell_texts(request, form.instance, {words for _, words in changed}))

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
            self.message_user(request, sentence)


def known_as(entry):
    """Return what links to an entry depends on: its names and its address."""
    return {("name", name) for name in entry.names()} | {("handle", entry.slug)}
