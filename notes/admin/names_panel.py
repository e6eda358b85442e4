"""“Names in this text”, beside it on the desk: what is linked and why, what is asked, and one click to settle it."""

from urllib.parse import parse_qs, urlencode

from django.apps import apps
from django.contrib import messages
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse

from notes.admin.own import is_editor
from notes.breaks import break_offered
from notes.markdown import clean
from notes.matcher import LINKED_KINDS
from notes.models import NameChoice, Note, Question
from notes.settling import add_alias, add_person, follow_choice, names_in, one_called, sentences, settle
from people.models import Entry
from people.rows import as_key

PANEL = "names"  # where it is on the page
SAME = "same:"  # begins the names of the fields in which somebody writes whom a name means


class NamesPanel:
    """The desk of a text whose names can be settled, by a button in its form or without leaving it."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.names_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_names"
        return [path("<path:object_id>/names/", view, name=name), *super().get_urls()]

    def names_view(self, request, object_id):
        """Do what a button of the panel says, and return the panel; for a page without JavaScript, the form."""
        text = self.get_object(request, object_id)
        if text is None or request.method != "POST" or not self.has_change_permission(request, text):
            raise PermissionDenied
        told, level = self.settle_name(request, text, request.POST.get("_name", ""))
        if request.headers.get("X-Requested-With") != "fetch":
            self.message_user(request, told, level)
            return self.to_panel(text)
        field = button_of(request.POST.get("_name", "")).get("words", "")
        typed = {"typed_for": field, "typed": request.POST.get(f"{SAME}{field}", "")}
        context = {"told": told, "is_refused": level == messages.ERROR, **typed}
        return render(request, "admin/notes/_names.html", self.names_context(request, text) | context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Settle names once the text was saved with them for good: nothing that was typed is lost."""
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if text := request.__dict__.pop("text_with_names", None):
            for said in buttons_pressed(request.POST):
                self.message_user(request, *self.settle_name(request, text, said))
        return response

    def response_change(self, request, obj):
        """Lead to the panel where a name is settled, by its button, or by what was written beside it."""
        if not buttons_pressed(request.POST):
            return super().response_change(request, obj)
        request.text_with_names = obj
        return self.to_panel(obj)

    def to_panel(self, text):
        return HttpResponseRedirect(self.panel_address(text))

    def panel_address(self, text):
        page = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[text.pk])
        return f"{page}#{PANEL}"

    def render_change_form(self, request, context, **kwargs):
        text = kwargs.get("obj")
        if text is not None:
            context |= self.names_context(request, text)
        return super().render_change_form(request, context, **kwargs)

    def names_context(self, request, text):
        return {
            "names": names_in(text),
            "text": text,
            "may_settle": self.has_change_permission(request, text),
            "may_add": request.user.has_perm("people.add_person"),
            "speaks_for_author": speaks_for_author(request.user, text),
            "is_own": text.author is not None and text.author.login_id == request.user.pk,
            "names_address": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_names", args=[text.pk]),
        }

    def settle_name(self, request, text, value):
        """Do what a button with this value says; return (a sentence, the level of the message)."""
        try:
            return self.do(request, text, button_of(value)) or "Done.", messages.SUCCESS
        except ValidationError as error:
            return " ".join(error.messages), messages.ERROR

    def do(self, request, text, said):
        field, scope = said.get("words", ""), said.get("for", "text")
        words = clean(field)
        if scope not in ("text", "author") or (scope == "author" and not speaks_for_author(request.user, text)):
            raise PermissionDenied
        buttons = {
            "choose": lambda: self.chosen(text, words, the_entry(said), scope),
            "same": lambda: self.chosen(text, words, one_called(request.POST.get(f"{SAME}{field}", "")), scope),
            "drop": lambda: self.chosen(text, words, None, scope),
            "undo": lambda: self.undone(request, text, said),
            "add": lambda: self.added(request, text, words),
            "alias": lambda: self.listed(request, text, words, the_entry(said)),
            "break": lambda: note_break(request.user, text),
        }
        if said.get("do") not in buttons:
            raise ValidationError("That button is of an older page. Look again, and choose once more.")
        return buttons[said["do"]]()

    def chosen(self, text, words, entry, scope):
        choice = settle(text, words, entry, scope)
        follow = follow_choice(choice, text)
        if scope == "author" and Question.objects.filter(passage__text=text.pk, key=choice.key).exists():
            follow = follow_choice(settle(text, words, entry, "text"), text)  # what holds for all is no answer here
        what = f"“{words}” is {entry}" if entry else f"“{words}” is no name"
        whose = f"in everything {text.author} writes" if scope == "author" else "in this text"
        return sentences(f"{what}, {whose}.", follow)

    def undone(self, request, text, said):
        choice = NameChoice.objects.holding_for(text).filter(pk=as_key(said.get("choice"))).first()
        if choice is None:
            raise ValidationError("That was undone already.")
        if choice.text_id is None and choice.author_id is None:
            raise ValidationError("That was settled for everybody. Editors undo it under “Name choices”.")
        if choice.author_id and not speaks_for_author(request.user, text):
            raise PermissionDenied
        choice.delete()
        return sentences(f"What “{choice.words}” means is open again.", follow_choice(choice, text))

    def added(self, request, text, words):
        if not request.user.has_perm("people.add_person"):
            raise PermissionDenied
        person = add_person(words, is_to_check=not request.user.has_perm("people.change_person"))
        choice = settle(text, words, person, "text")
        follow_choice(choice, text)
        return f"{person} is in the directory now, with a page of their own, and linked in this text."

    def listed(self, request, text, words, entry):
        """Keep a short form: as another name of the entry; by who may not change that, for what the author writes."""
        if not may_change(request.user, entry):
            return self.chosen(text, words, entry, "author" if speaks_for_author(request.user, text) else "text")
        return sentences(f"“{words}” is another name of {entry} now.", add_alias(entry, words))


def button_of(value):
    """Return {name: what a button says} of its value."""
    return {name: values[0] for name, values in parse_qs(value).items()}


def buttons_pressed(data):
    """Return the values of the buttons by which a form was sent: what is written beside one presses it, too."""
    if "_name" in data:
        return [data["_name"]]
    written = [name.removeprefix(SAME) for name, value in data.items() if name.startswith(SAME) and value.strip()]
    return [urlencode({"do": "same", "for": "text", "words": words}) for words in written]


def speaks_for_author(user, text):
    """Whether somebody settles for all that the author of a text writes: the author and editors, no co-author."""
    return text.author is not None and (text.author.login_id == user.pk or is_editor(user))


def the_entry(said):
    entry = Entry.objects.filter(pk=as_key(said.get("entry")), kind__in=LINKED_KINDS).first()
    if entry is None:
        raise ValidationError("That entry is no longer in the directory.")
    return entry


def may_change(user, entry):
    model = next(model for model in apps.get_models() if getattr(model, "KIND", None) == entry.kind)
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}")


def note_break(user, text):
    if not isinstance(text, Note) or not speaks_for_author(user, text):
        raise PermissionDenied
    offered = break_offered(text)
    if offered is None:
        raise ValidationError("That break is noted already.")
    offered.full_clean()
    offered.save()
    return "The break is noted: nobody will look for a weeknote meanwhile."
