"""The desk of projects and their targets."""

from django.contrib import admin
from django.db import models
from taggit.models import Tag

from people.desk import DeskAdmin, DeskInline
from people.entry_desk import EntryAdmin
from projects.models import Link, Member, Partnership, Project, Reading, Target


class MemberInline(DeskInline):
    model = Member
    autocomplete_fields = ["person"]


class PartnershipInline(DeskInline):
    model = Partnership
    autocomplete_fields = ["organisation"]
    verbose_name = "partner"


class LinkInline(DeskInline):
    model = Link
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


class TargetInline(DeskInline):
    model = Target
    show_change_link = True


class TagFilter(admin.SimpleListFilter):
    """The tags of projects: those of notes may be of drafts."""

    title = "tag"
    parameter_name = "tag"

    def lookups(self, request, model_admin):
        return Tag.objects.filter(tagged_projects__isnull=False).distinct().values_list("slug", "name")

    def queryset(self, request, queryset):
        return queryset.filter(tags__slug=self.value()) if self.value() else queryset


@admin.register(Project)
class ProjectAdmin(EntryAdmin):
    list_display = ["name", "category", "phase", "state", "lead", "part_of"]
    list_filter = ["state", "phase", "category", ("part_of", admin.RelatedOnlyFieldListFilter), TagFilter]
    list_select_related = ["lead", "part_of"]
    autocomplete_fields = ["part_of", "lead"]
    inlines = [*EntryAdmin.inlines, MemberInline, PartnershipInline, LinkInline, TargetInline]
    fieldsets = [
        (None, {"fields": ["name", "aim", "category", "part_of", "phase", "state", "lead", "tags"]}),
    ]
    actions = ["mark_as_active", "mark_as_paused", "mark_as_finished", *EntryAdmin.actions]

    @admin.action(description="Set to active", permissions=["change"])
    def mark_as_active(self, request, queryset):
        self.mark(request, queryset, Project.State.ACTIVE)

    @admin.action(description="Set to paused", permissions=["change"])
    def mark_as_paused(self, request, queryset):
        self.mark(request, queryset, Project.State.PAUSED)

    @admin.action(description="Set to finished", permissions=["change"])
    def mark_as_finished(self, request, queryset):
        self.mark(request, queryset, Project.State.FINISHED)

    def mark(self, request, queryset, state):
        count = queryset.exclude(state=state).update(state=state)
        self.message_user(request, f"{count} set to {state.label}.")


class ReadingInline(DeskInline):
    model = Reading
    extra = 1


@admin.register(Target)
class TargetAdmin(DeskAdmin):
    list_display = ["name", "project", "goal", "unit", "due_on"]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["project"]
    search_fields = ["name", "project__name"]
    date_hierarchy = "due_on"
    autocomplete_fields = ["project"]
    inlines = [ReadingInline]
