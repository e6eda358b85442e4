"""The desk of names: what was settled of them, and for editors all that is not, most frequent first."""

from collections import defaultdict

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, F, Min, Window
from django.db.models.functions import RowNumber
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse

from notes import names
from notes.admin.own import OwnWorkAdmin, is_editor
from notes.markdown import clean
from notes.models import MeetingSeries, Mention, NameChoice, Question
from notes.models.names import LONGEST_NAME
from notes.settling import follow_choice, follow_words, one_called, refuse_known, sentences, settle_everywhere
from notes.words import squash
from people.desk import DeskAdmin
from people.models import Entry, Organisation, Person
from projects.models import Project

A_PAGE = 25
SHOWN = 3  # passages of a name
OPEN = "open"
NEW = {"person": Person, "project": Project, "organisation": Organisation, "meeting_series": MeetingSeries}


@admin.register(NameChoice)
class NameChoiceAdmin(OwnWorkAdmin):
    belongs_to = "author"
    list_display = ["words", "meaning", "holds_for", "made_on"]
    list_display_links = ["words"]
    list_filter = [("author", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["author", "entry", "text"]
    search_fields = ["words", "author__name", "entry__name"]
    autocomplete_fields = ["author", "entry"]

    def get_queryset(self, request):
        return (
            super()
            .get_queryset(request)
            .filter(pk__in=NameChoice.objects.changeable_by(request.user).order_by().values("pk"))
        )

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Let only editors settle a name for everybody."""
        form = super().get_form(request, obj, change, **kwargs)
        if "author" in form.base_fields:
            form.base_fields["author"].required = not is_editor(request.user)
        return form

    @admin.display(description="they mean", ordering="entry__name")
    def meaning(self, choice):
        return choice.entry or "no name at all"

    @admin.display(description="in")
    def holds_for(self, choice):
        if choice.text_id:
            return f"“{choice.text}”"
        return f"what {choice.author} writes" if choice.author_id else "everybody’s texts"

    def store(self, request, obj):
        before = NameChoice.objects.filter(pk=obj.pk).first() if obj.pk else None
        super().store(request, obj)
        is_elsewhere = before and (before.key, before.author_id) != (obj.key, obj.author_id)
        self.follow(request, *([before, obj] if is_elsewhere else [obj]))

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        self.follow(request, obj)

    def delete_queryset(self, request, queryset):
        for choice in queryset:
            self.delete_model(request, choice)

    def follow(self, request, *choices):
        """Let what was written before follow the choices."""

        def tell():
            followed = sentences(*[follow_choice(choice) for choice in choices])
            self.message_user(request, followed or "No text had to be linked anew.")

        transaction.on_commit(tell)


class NameForm(forms.Form):
    """What is done with one name that is not settled."""

    key = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_NAME)
    what = forms.ChoiceField(widget=forms.RadioSelect, initial=OPEN)
    same = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"size": 20, "aria-label": "Name or handle of whom it is"})
    )

    def __init__(self, *args, candidates=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.candidates = candidates
        self.fields["what"].choices = [
            (OPEN, "leave it open"),
            *((str(entry.pk), f"{entry} ({entry.get_kind_display()})") for entry in candidates),
            *((kind, f"new {model._meta.verbose_name}") for kind, model in NEW.items()),
            ("never", "no name"),
            ("same", "another one in the directory:"),
        ]

    def clean(self):
        cleaned = super().clean()
        words, what = cleaned.get("words", ""), cleaned.get("what")
        if what == OPEN and cleaned.get("same"):
            what = cleaned["what"] = "same"
        try:
            if what == "same":
                cleaned["entry"] = one_called(cleaned.get("same", ""))
            elif what in NEW:
                refuse_known(NEW[what], words)
            elif not squash(words):
                raise ValidationError("Say a name.")
        except ValidationError as error:
            self.add_error("same" if what == "same" else "what", error)
        return cleaned

    def settled(self):
        """Return (words, entry or None for no name); make the entry if it is new."""
        words, what = self.cleaned_data["words"], self.cleaned_data["what"]
        if what == "never":
            return words, None
        if what in NEW:
            entry = NEW[what](name=words)
            entry.full_clean(exclude=["slug"])
            entry.save()
            return words, entry
        return words, self.cleaned_data.get("entry") or Entry.objects.get(pk=int(what))


class NamesFormSet(forms.BaseFormSet):
    def __init__(self, *args, groups=(), **kwargs):
        self.groups = groups
        super().__init__(*args, **kwargs)

    def get_form_kwargs(self, index):
        return {"candidates": self.groups[index]["candidates"]} if index is not None else {}


@admin.register(Question)
class QuestionAdmin(DeskAdmin):
    """All names that are not settled, each once, to settle for everybody."""

    exclude = ["passage", "kind", "key", "places"]  # none is edited by itself
    actions = None

    def has_module_permission(self, request):
        return is_editor(request.user)

    def has_view_permission(self, request, obj=None):
        return is_editor(request.user)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Let a question go with its text."""
        return True

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        raise PermissionDenied

    def delete_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def history_view(self, request, object_id, extra_context=None):
        raise PermissionDenied

    def changelist_view(self, request, extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        kind = request.GET.get("kind", "")
        kind = kind if kind in Question.Kind else ""
        page = Paginator(groups_of(kind), A_PAGE).get_page(request.GET.get("p"))
        groups = with_passages(list(page.object_list))
        formset_class = forms.formset_factory(
            NameForm, formset=NamesFormSet, extra=0, max_num=A_PAGE, absolute_max=A_PAGE
        )
        initial = [{"key": group["key"], "words": group["words"]} for group in groups]
        formset = formset_class(groups=groups, initial=initial)
        if request.method == "POST":
            formset = formset_class(request.POST)
            formset.groups = groups = groups_again(request.POST, formset.total_form_count())
            if formset.is_valid() and self.settle(
                request, [form for form in formset if form.cleaned_data["what"] != OPEN]
            ):
                return HttpResponseRedirect(request.get_full_path())
        context = {
            **self.admin_site.each_context(request),
            "title": "Names to settle",
            "opts": self.opts,
            "page": page,
            "formset": formset,
            "rows": list(zip(formset, groups, strict=True)),
            "kind": kind,
            "kinds": Question.Kind.choices,
        }
        return TemplateResponse(request, "admin/notes/names_to_settle.html", context)

    def settle(self, request, forms_of_names):
        """Settle the names for everybody, and let all texts that say one follow, once; return whether it was done."""
        if not forms_of_names:
            self.message_user(request, "Nothing was chosen, so everything is as it was.")
            return True
        matcher = names.current()
        try:
            with transaction.atomic():
                settled = [form.settled() for form in forms_of_names]
                settle_everywhere(settled, matcher)
        except ValidationError as error:
            self.message_user(request, f"Nothing was settled: {' '.join(error.messages)}", messages.ERROR)
            return False
        count = f"{len(settled)} name{'' if len(settled) == 1 else 's'} settled."
        self.message_user(request, sentences(count, follow_words([words for words, _ in settled])))
        return True


def groups_of(kind):
    """Return {key, kind, texts, passages} of each name, those in most texts first."""
    questions = Question.objects.filter(kind=kind) if kind else Question.objects.all()
    counts = (
        questions.order_by()
        .values("key")
        .annotate(texts=Count("passage__text", distinct=True), passages=Count("pk"), kind=Min("kind"))
    )
    return counts.order_by("-texts", "-passages", "key")


def groups_again(data, count):
    """Return the groups that a form with so many of them is about."""
    return with_passages([{"key": clean(data.get(f"form-{number}-key", ""))} for number in range(count)])


def with_passages(groups):
    """Add to each group its words, its newest passages and whom it may mean, the most named first: 4 queries."""
    keys = [group["key"] for group in groups]
    newest = Window(RowNumber(), partition_by=F("key"), order_by=[F("passage__on").desc(), F("pk").desc()])
    shown = Question.objects.filter(key__in=keys).annotate(number=newest).filter(number__lte=SHOWN)
    samples = defaultdict(list)
    for question in shown.select_related("passage__text__note", "passage__text__meeting__series", "passage__author"):
        samples[question.key].append(question)
    matcher = names.current()
    for group in groups:
        group["samples"] = samples[group["key"]]
        group["words"] = said(group["samples"][0]) if group["samples"] else group["key"]
        is_known = any(question.kind != Question.Kind.WHO for question in group["samples"])
        group["pks"] = matcher.perhaps(group["words"]) if is_known else ()
    every = {pk for group in groups for pk in group["pks"]}
    entries = Entry.objects.in_bulk(every)
    named = dict(Mention.objects.filter(entry__in=every).order_by().values_list("entry").annotate(Count("pk")))
    for group in groups:
        found = [entries[pk] for pk in group["pks"] if pk in entries]
        group["candidates"] = sorted(found, key=lambda entry: (-named.get(entry.pk, 0), entry.name, entry.pk))
    return groups


def said(question):
    start, end = question.places[0]
    return question.passage.words[start:end]
