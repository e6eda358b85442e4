"""What the admin of every model has in common: forms that check whole models, and deletions refused with advice."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import PROTECT
from django.utils.text import capfirst

from people.rows import as_key


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


class RelationField(forms.ModelChoiceField):
    """A choice of a row by its key: what can be no key is no choice, rather than an error of the database."""

    def to_python(self, value):
        if isinstance(value, str) and value and not as_key(value):
            said = {"value": value[:20]}
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=said)
        return super().to_python(value)


class RelationSelect(AutocompleteSelect):
    def optgroups(self, name, value, attrs=None):
        """Show nothing chosen where what was sent is no key: Django would look it up as it is."""
        return super().optgroups(name, [one for one in value if as_key(str(one))], attrs)


class PlainRelations:
    """Beside the choice of a related row only what is safe and useful there: to add one."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        kwargs.setdefault("form_class", RelationField)
        if "widget" not in kwargs and db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = RelationSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

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
