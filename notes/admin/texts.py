"""What the desks of notes and meetings have in common."""

from contextlib import suppress

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from notes.admin.names_panel import NamesPanel
from notes.admin.narrowing import StateFilter, WeekFilter, WhoseFilter
from notes.admin.own import OwnWorkAdmin, is_editor
from notes.admin.text_form import ReasonForm, TextForm
from notes.markdown import refuse_unreadable
from notes.models import Attachment, ChangeNote, FormerAddress, Question, Source, Text
from notes.models.texts import Audience
from notes.renaming import MOST_AT_ONCE
from notes.weeks import day_in_words
from notes.writing import write
from people.desk import DeskInline, RecordInline

MOST_LINKS = 30


class AttachmentInline(DeskInline):
    model = Attachment
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    verbose_name = "file"
    verbose_name_plural = "files: slides, a PDF, a recording"


class ChangeNoteInline(DeskInline):
    model = ChangeNote
    verbose_name = "note of a change"
    verbose_name_plural = "notes of what was changed after publication, for readers"


class FormerAddressInline(RecordInline):
    model = FormerAddress
    fields = ["path"]
    verbose_name_plural = "former addresses, which redirect"


class SourceInline(RecordInline):
    """The file it was imported from: kept as it was."""

    model = Source
    fields = ["file_name", "imported_at"]
    can_delete = False
    verbose_name_plural = "imported from"


class TextAdmin(NamesPanel, OwnWorkAdmin):
    """A text is saved by `write`, with everything that follows from its words."""

    form = TextForm
    action_form = ReasonForm
    change_form_template = "admin/notes/text_change_form.html"
    inlines = [AttachmentInline, ChangeNoteInline, FormerAddressInline, SourceInline]
    readonly_fields = ["what_links_here"]
    list_filter = [WhoseFilter, StateFilter, WeekFilter, "audience"]
    actions = ["publish_now", "withdraw", "put_back", "show_to_everyone", "show_to_colleagues"]

    def get_fieldsets(self, request, obj=None):
        """Offer to withdraw what was published."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not obj.has_been_published:
            return fieldsets
        fields = ["is_withdrawn", "withdrawn_because", "what_links_here"]
        classes = [] if obj.withdrawn_at else ["collapse"]
        return [*fieldsets, ("Withdraw", {"fields": fields, "classes": classes})]

    def has_delete_permission(self, request, obj=None):
        """Who is no editor deletes drafts, and withdraws what was published."""
        was_published = obj is not None and obj.has_been_published
        return super().has_delete_permission(request, obj) and (is_editor(request.user) or not was_published)

    def render_change_form(self, request, context, **kwargs):
        """Say how the text stands, and offer to publish what is not published."""
        text = kwargs.get("obj")
        context["state_in_a_sentence"] = state_in_a_sentence(text) if text else ""
        is_theirs = text is None or self.has_change_permission(request, text)
        context["may_publish"] = is_theirs and (text is None or text.state in ("draft", "scheduled"))
        return super().render_change_form(request, context, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Render before the form's transaction begins: on SQLite it holds everybody else up."""
        with suppress(ValidationError):  # the form says it again, beside the field
            refuse_unreadable(request.POST.get("body", "").strip())
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_queryset(self, request):
        """Show the drafts of others to nobody but editors, here as well."""
        readable = self.model.objects.readable_by(request.user).order_by()
        return super().get_queryset(request).filter(pk__in=readable.values("pk"))

    def get_object(self, request, object_id, from_field=None):
        """Remember who opens it: what links to it is told only as far as they may see that."""
        text = super().get_object(request, object_id, from_field)
        if text is not None:
            text.opened_by = request.user
        return text

    def save_model(self, request, obj, form, change):
        """Save what is published by its button as well: nothing else may have changed."""
        if "_publish" in request.POST:
            self.store(request, obj)
            if change:
                self.log_change(request, obj, "Published.")
        else:
            super().save_model(request, obj, form, change)

    def store(self, request, obj):
        write(obj)
        self.message_user(request, state_in_a_sentence(obj))
        if count := Question.objects.filter(passage__text=obj.pk).values("key").distinct().count():
            names = "1 name is" if count == 1 else f"{count} names are"
            ask = format_html("{} not linked, as it is not clear who or what is meant: ", names)
            settle = format_html('{}<a href="{}">settle</a>.', ask, self.panel_address(obj))
            self.message_user(request, settle, messages.WARNING)

    def delete_queryset(self, request, queryset):
        for text in queryset:
            text.delete()

    @admin.action(description="Publish now", permissions=["change"])
    def publish_now(self, request, queryset):
        chosen = self.changeable(request, queryset).filter(withdrawn_at__isnull=True)
        waiting = chosen.exclude(pk__in=chosen.published().values("pk"))
        published = 0
        for text in waiting[:MOST_AT_ONCE]:
            try:
                publish(text)
            except ValidationError as error:
                self.message_user(request, f"{text}: {' '.join(error.messages)}", messages.ERROR)
                continue
            published += 1
            self.log_change(request, text, "Published.")
        self.tell(request, published, "published")
        if waiting.count():
            self.message_user(request, f"{waiting.count()} are not published yet.", messages.WARNING)

    @admin.action(description="Withdraw", permissions=["change"])
    def withdraw(self, request, queryset):
        texts = list(self.changeable(request, queryset).published())
        because = request.POST.get("because", "").strip()[:255]
        self.model.objects.filter(pk__in=[text.pk for text in texts]).withdraw(because)
        for text in texts:
            self.log_change(request, text, "Withdrawn.")
        self.tell(request, len(texts), "withdrawn; “Put back” undoes it")
        if sources := what_links_to(texts, request.user):
            self.message_user(request, format_html("Links to them are in {}.", sources), messages.WARNING)

    @admin.action(description="Put back what was withdrawn", permissions=["change"])
    def put_back(self, request, queryset):
        texts = list(self.changeable(request, queryset).withdrawn())
        self.model.objects.filter(pk__in=[text.pk for text in texts]).put_back()
        for text in texts:
            self.log_change(request, text, "Put back.")
        self.tell(request, len(texts), "put back")

    @admin.action(description="Show to everyone", permissions=["change"])
    def show_to_everyone(self, request, queryset):
        self.show_to(request, queryset, Audience.EVERYONE)

    @admin.action(description="Show to signed-in colleagues only", permissions=["change"])
    def show_to_colleagues(self, request, queryset):
        self.show_to(request, queryset, Audience.SIGNED_IN)

    def show_to(self, request, queryset, audience):
        texts = list(self.changeable(request, queryset).exclude(audience=audience))
        self.model.objects.filter(pk__in=[text.pk for text in texts]).update(audience=audience)
        for text in texts:
            self.log_change(request, text, f"Shown to {audience.label}.")
        self.tell(request, len(texts), f"shown to {audience.label.lower()} now")

    def tell(self, request, count, what):
        if count:
            self.message_user(request, f"{count} {what}.")
        else:
            self.message_user(request, "None of those you chose can be: nothing was changed.", messages.WARNING)

    @admin.display(description="what links here")
    def what_links_here(self, text):
        """The notes and meetings whose links would then lead to a withdrawn page."""
        if text is None or text.pk is None:
            return "–"
        return what_links_to([text], text.opened_by) or "No other text links to it."

    @admin.display(description="state")
    def state_in_words(self, text):
        return text.state.capitalize()


def state_in_a_sentence(text):
    """Return how a text stands, and who sees it."""
    if text.state == "scheduled":
        moment = timezone.localtime(text.published_at)
        return f"It is scheduled for {day_in_words(moment)}, {moment:%H:%M}, and appears then by itself."
    return {
        "draft": "It is a draft: only who wrote it and editors can open it.",
        "published": f"It is published, for {text.get_audience_display().lower()}.",
        "withdrawn": "It is withdrawn: no page shows it, and its address says so.",
    }[text.state]


def publish(text):
    """Publish a text now, or raise a ValidationError that says why not."""
    text.published_at = timezone.now()
    text.clean()
    text.validate_constraints()
    write(text)


def what_links_to(texts, user):
    """Return links to the newest of what links to texts, as far as a user sees it; empty for nothing. 1 query."""
    linking = Text.objects.listed_for(user).linking_to(texts).with_addresses().without_body()
    shown = [text.whole for text in linking[: MOST_LINKS + 1]]
    links = ((text.get_absolute_url(), text) for text in shown[:MOST_LINKS])
    joined = format_html_join(", ", '<a href="{}">{}</a>', links)
    return format_html("{} and more", joined) if len(shown) > MOST_LINKS else joined
