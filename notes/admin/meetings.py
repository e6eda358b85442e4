"""The desk of meetings, their decisions and actions."""

from django.contrib import admin

from notes.admin.texts import StateFilter, TextAdmin
from notes.models import Action, ActionChange, Attendance, Decision, Meeting, MeetingProject, MeetingSeries
from people.desk import DeskAdmin, DeskForm, EntryAdmin, RecordInline


@admin.register(MeetingSeries)
class MeetingSeriesAdmin(EntryAdmin):
    list_display = ["name"]
    fields = ["name", "about", "slug"]


class AttendanceInline(admin.TabularInline):
    model = Attendance
    autocomplete_fields = ["person"]
    extra = 0
    verbose_name = "person"
    verbose_name_plural = "attended, or sent apologies"


class MeetingProjectInline(admin.TabularInline):
    model = MeetingProject
    autocomplete_fields = ["project"]
    extra = 0
    verbose_name = "project"
    verbose_name_plural = "projects it was about"


class DecisionInline(admin.TabularInline):
    model = Decision
    autocomplete_fields = ["project"]
    extra = 0


class ActionInline(admin.TabularInline):
    model = Action
    form = DeskForm
    autocomplete_fields = ["owner", "project"]
    extra = 0


@admin.register(Meeting)
class MeetingAdmin(TextAdmin):
    list_display = ["__str__", "series", "held_on", "chair", "state_in_words", "audience"]
    list_filter = [
        StateFilter,
        "audience",
        ("series", admin.RelatedOnlyFieldListFilter),
        ("projects", admin.RelatedOnlyFieldListFilter),
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
class ActionAdmin(DeskAdmin):
    list_display = ["words", "owner", "project", "due_on", "state", "meeting"]
    list_filter = [
        "state",
        ("owner", admin.RelatedOnlyFieldListFilter),
        ("project", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["owner", "project", "meeting__series"]
    search_fields = ["words", "owner__name"]
    date_hierarchy = "due_on"
    autocomplete_fields = ["meeting", "owner", "project"]
    inlines = [ActionChangeInline]

    def get_queryset(self, request):
        """Show nobody what a meeting asks for that they may not open."""
        readable = Meeting.objects.readable_by(request.user).order_by()
        return super().get_queryset(request).filter(meeting__in=readable.values("pk"))

    def store(self, request, obj):
        obj.save(changed_by=request.user)
