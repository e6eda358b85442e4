"""The desk of people, teams and organisations."""

from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile

from people.desk import DeskAdmin, DeskForm, EntryAdmin
from people.models import Entry, Organisation, Person, Team
from people.photos import plain_photo


@admin.register(Entry)
class AnyEntryAdmin(DeskAdmin):
    """Not a desk, but what lets forms suggest entries of every kind."""

    search_fields = ["name", "slug", "aliases__name"]

    def has_module_permission(self, request):
        return False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class PersonForm(DeskForm):
    def clean_photo(self):
        photo = self.cleaned_data["photo"]
        return plain_photo(photo) if isinstance(photo, UploadedFile) else photo


@admin.register(Person)
class PersonAdmin(EntryAdmin):
    form = PersonForm
    list_display = ["name", "role", "team", "organisation", "category", "left_on"]
    list_filter = ["category", "team", "organisation", ("left_on", admin.EmptyFieldListFilter)]
    list_select_related = ["team", "organisation"]
    autocomplete_fields = ["team", "organisation", "login"]
    fieldsets = [
        (None, {"fields": ["name", "preferred_name", "category", "role", "team", "organisation", "place"]}),
        ("Photo and contact", {"fields": ["photo", "email", "telephone", "contact_is_open"]}),
        ("Here from and until", {"fields": ["started_on", "left_on"]}),
        ("Address and account", {"fields": ["slug", "login"]}),
    ]


@admin.register(Team)
class TeamAdmin(EntryAdmin):
    list_display = ["name", "part_of"]
    list_filter = [("part_of", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["part_of"]
    autocomplete_fields = ["part_of"]
    fields = ["name", "part_of", "about", "slug"]


@admin.register(Organisation)
class OrganisationAdmin(EntryAdmin):
    list_display = ["name", "category"]
    list_filter = ["category"]
    fields = ["name", "category", "about", "slug"]
