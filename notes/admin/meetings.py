"""The desk of meetings, their decisions and actions."""

from django import forms
from django.contrib import admin
from django.db import models

from notes.admin.own import OwnWorkAdmin, WhoseFilter, is_editor, person_of
from notes.admin.texts import TextAdmin
from notes.models import Action, ActionChange, Attendance, Decision, Meeting, MeetingProject, MeetingSeries
from notes.outcomes import find_projects
from people.desk import DeskInline, EntryAdmin, RecordInline


@admin.register(MeetingSeries)
class MeetingSeriesAdmin(EntryAdmin):
    list_display = ["name"]
    fieldsets = [(None, {"fields": ["name", "about"]})]


class AttendanceInline(DeskInline):
    model = Attendance
    autocomplete_fields = ["person"]
    verbose_name = "person"
    verbose_name_plural = "attended, or sent apologies"


class MeetingProjectInline(DeskInline):
    model = MeetingProject
    autocomplete_fields = ["project"]
    verbose_name = "project"
    verbose_name_plural = "projects it was about"


class DecisionInline(DeskInline):
    model = Decision
    autocomplete_fields = ["project"]


class ActionInline(DeskInline):
    model = Action
    autocomplete_fields = ["owner", "project"]
    formfield_overrides = {models.CharField: {"widget": forms.Textarea(attrs={"rows": 2})}}  # to be read in full


@admin.register(Meeting)
class MeetingAdmin(TextAdmin):
    list_display = ["__str__", "series", "held_on", "chair", "state_in_words", "audience"]
    list_filter = [
        *TextAdmin.list_filter,
        ("series", admin.RelatedOnlyFieldListFilter),
        ("projects", admin.RelatedOnlyFieldListFilter),
        ("chair", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["series", "chair"]
    date_hierarchy = "held_on"
    search_fields = ["title", "body", "series__name"]
    search_help_text = "By title, words in the notes, or series"
    autocomplete_fields = ["series", "chair"]
    inlines = [AttendanceInline, MeetingProjectInline, DecisionInline, ActionInline, *TextAdmin.inlines]
    fieldsets = [
        (None, {"fields": ["series", "title", "held_on", "start_time", "end_time", "place", "chair"]}),
        ("Notes", {"fields": ["body", "names_to_settle"]}),
        ("Who sees it, and when", {"fields": ["published_at", "audience"]}),
    ]

    def get_changeform_initial_data(self, request):
        """Take whoever adds a meeting for its chair, until they say otherwise."""
        return {"chair": person_of(request.user)} | super().get_changeform_initial_data(request)

    def save_related(self, request, form, formsets, change):
        """Settle what decisions and actions are about; see that whoever adds a meeting may go on writing it up."""
        super().save_related(request, form, formsets, change)
        find_projects(form.instance)
        meeting, person = form.instance, person_of(request.user)
        if not change and not Meeting.objects.changeable_by(request.user).filter(pk=meeting.pk).exists():
            meeting.attendances.update_or_create(person=person, defaults={"sent_apologies": False})
            self.message_user(request, "You were put down as having attended, so that you can write it up.")

    def save_formset(self, request, form, formset, change):
        """Write down who changed the state of an action."""
        if formset.model is not Action:
            super().save_formset(request, form, formset, change)
            return
        for action in formset.save(commit=False):
            action.save(changed_by=request.user)
        for action in formset.deleted_objects:
            action.delete()


class ActionChangeInline(RecordInline):
    model = ActionChange
    fields = ["state", "changed_at", "changed_by"]
    can_delete = False
    verbose_name_plural = "history"


@admin.register(Action)
class ActionAdmin(OwnWorkAdmin):
    list_display = ["words", "owner", "project", "due_on", "state", "meeting"]
    list_filter = [
        WhoseFilter,
        "state",
        ("owner", admin.RelatedOnlyFieldListFilter),
        ("project", admin.RelatedOnlyFieldListFilter),
        ("meeting__series", admin.RelatedOnlyFieldListFilter),
    ]
    actions = ["mark_as_done", "mark_as_dropped", "mark_as_open"]
    list_select_related = ["owner", "project", "meeting__series"]
    search_fields = ["words", "owner__name"]
    date_hierarchy = "due_on"
    autocomplete_fields = ["meeting", "owner", "project"]
    inlines = [ActionChangeInline]

    def get_queryset(self, request):
        """Show nobody what a meeting asks for that they may not open."""
        readable = Meeting.objects.readable_by(request.user).order_by()
        return super().get_queryset(request).filter(meeting__in=readable.values("pk"))

    def has_add_permission(self, request):
        """An action comes from a meeting: there it is added by whoever writes the meeting up."""
        return super().has_add_permission(request) and is_editor(request.user)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if is_editor(request.user) else [*fields, "meeting"]

    def store(self, request, obj):
        obj.save(changed_by=request.user)

    @admin.action(description="Mark as done", permissions=["change"])
    def mark_as_done(self, request, queryset):
        self.mark(request, queryset, Action.State.DONE)

    @admin.action(description="Mark as dropped", permissions=["change"])
    def mark_as_dropped(self, request, queryset):
        self.mark(request, queryset, Action.State.DROPPED)

    @admin.action(description="Open again", permissions=["change"])
    def mark_as_open(self, request, queryset):
        self.mark(request, queryset, Action.State.OPEN)

    def mark(self, request, queryset, state):
        actions = self.changeable(request, queryset).exclude(state=state)
        for action in actions:
            action.state = state
            self.store(request, action)
            self.log_change(request, action, f"Marked as {state.label.lower()}.")
        self.message_user(request, f"{len(actions)} marked as {state.label.lower()}.")
