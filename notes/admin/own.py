"""Desks of work that is somebody's: who may write may change what is theirs, and editors everything."""

from notes.models.texts import EDITS_EVERY_TEXT
from people.desk import DeskAdmin
from people.models import Person


def is_editor(user):
    return user.has_perm(EDITS_EVERY_TEXT)


class OwnWorkAdmin(DeskAdmin):
    """A desk whose model's queryset says what is `theirs` and what is `changeable_by` a user.

    What a list shows as `mine` may be less. `belongs_to` names the field of the person whose work it is, where the
    model has one: who is no editor adds in their own name only, and gives nothing to somebody else.
    """

    belongs_to = None

    def may_change(self, request, obj):
        """Whether this user may change it: asked of the database once a request."""
        known = request.__dict__.setdefault("may_change", {})
        key = type(obj), obj.pk
        if key not in known:
            known[key] = type(obj)._default_manager.changeable_by(request.user).filter(pk=obj.pk).exists()
        return known[key]

    def has_add_permission(self, request):
        """Who is no editor needs a person in the directory, in whose name they write."""
        return super().has_add_permission(request) and (
            is_editor(request.user) or person_of(request.user) is not None
        )

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or self.may_change(request, obj))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or self.may_change(request, obj))

    def changeable(self, request, queryset):
        """Return those of the chosen rows that this user may change: for actions on many."""
        return queryset.filter(pk__in=self.model.objects.changeable_by(request.user).order_by().values("pk"))

    def get_autocomplete_fields(self, request):
        fields = super().get_autocomplete_fields(request)
        return fields if is_editor(request.user) else [field for field in fields if field != self.belongs_to]

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        is_fixed = self.belongs_to and obj is not None and not is_editor(request.user)
        return [*fields, self.belongs_to] if is_fixed else fields

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == self.belongs_to and not is_editor(request.user):
            kwargs |= {"queryset": Person.objects.filter(login=request.user), "initial": person_of(request.user)}
            kwargs |= {"empty_label": None}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def person_of(user):
    """Return the person in the directory that an account belongs to, or None."""
    return getattr(user, "person", None)
