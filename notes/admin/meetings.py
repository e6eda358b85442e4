"""The desk of meetings, their decisions and actions."""

from django import forms
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from notes.admin.narrowing import WhoseFilter
from notes.admin.own import OwnWorkAdmin, is_editor, person_of
from notes.admin.texts import TextAdmin
from notes.models import Action, ActionChange, Attendance, Decision, Meeting, MeetingProject, MeetingSeries
from notes.outcomes import find_projects
from people.desk import DeskForm, DeskInline, RecordInline
from people.entry_desk import EntryAdmin

MOST_OPEN = 30


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


class ActionForm(DeskForm):
    """A form that was open while somebody else closed the action does not open it again."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "state" in self.fields:
            self.fields["state"].show_hidden_initial = True

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and "state" in cleaned and "state" not in self.changed_data:
            cleaned["state"] = self.instance.state
        return cleaned


class ActionInline(DeskInline):
    model = Action
    form = ActionForm
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
    readonly_fields = [*TextAdmin.readonly_fields, "open_from_before"]
    inlines = [AttendanceInline, MeetingProjectInline, DecisionInline, ActionInline, *TextAdmin.inlines]
    fieldsets = [
        (None, {"fields": ["series", "title", "held_on", "start_time", "end_time", "place", "chair"]}),
        ("Notes", {"fields": ["body", "open_from_before"]}),
        ("Who sees it, and when", {"fields": ["published_at", "audience"]}),
    ]

    @admin.display(description="still open from before")
    def open_from_before(self, meeting):
        """The open actions of earlier meetings of the series, each with the way to close it."""
        if meeting is None or meeting.pk is None or meeting.series is None:
            return "Once the meeting is saved, the open actions of earlier ones in its series are here."
        earlier = Action.objects.filter(meeting__series=meeting.series, meeting__held_on__lt=meeting.held_on)
        actions = earlier.listed_for(meeting.opened_by).open().with_links()[:MOST_OPEN]
        if not actions:
            return "Nothing."
        lines = (
            (reverse("admin:notes_action_change", args=[action.pk]), action, action.owner, action.meeting)
            for action in actions
        )
        return format_html(
            '<ul class="questions">{}</ul>', format_html_join("", '<li><a href="{}">{}</a>: {}, from {}</li>', lines)
        )

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
    """Whoever may write up the meeting changes an action; its owner says how it stands, and by when."""

    form = ActionForm
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

    def may_change_meeting(self, request, obj):
        return Meeting.objects.changeable_by(request.user).filter(pk=obj.meeting_id).exists()

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or self.may_change_meeting(request, obj))

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if is_editor(request.user):
            return fields
        is_owner_only = obj is not None and not self.may_change_meeting(request, obj)
        return [*fields, "meeting", *(["words", "owner", "project"] if is_owner_only else [])]

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
