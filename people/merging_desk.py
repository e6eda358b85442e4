"""The pages of the desk on which two rows of a model become one, and two again."""

from django.apps import apps
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst

from people.merging import EntryMerging, Refused
from people.models import Merge
from people.rows import Pointer, as_key
from people.unmerging import undo, what_forbids_undoing

MOST_FOUND = 20
SHORTEST = 3  # letters of a word by which something similar is looked for


class MergingDesk:
    """Pages to merge another row into one, and to undo that: for who may both change and delete.

    `merging` is the class that does it.
    """

    merging = EntryMerging
    change_form_template = "admin/people/entry_change_form.html"

    def get_urls(self):
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<int:object_id>/merge/", view(self.merge_view), name=f"{name}_merge"),
            path("<int:object_id>/merges/<int:merge_id>/", view(self.merged_view), name=f"{name}_merged"),
            *super().get_urls(),
        ]

    def may_merge(self, request, obj=None):
        return self.has_change_permission(request, obj) and self.has_delete_permission(request, obj)

    def to_be_merged(self, request, object_id):
        """Return the row that is asked for, to who may merge it."""
        obj = get_object_or_404(self.get_queryset(request), pk=object_id)
        if not self.may_merge(request, obj):
            raise PermissionDenied
        return obj

    def desk_address(self, page, *arguments):
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=arguments)

    def render_change_form(self, request, context, **kwargs):
        """Lead to what else can be done, and show what was merged into it."""
        obj = kwargs.get("obj")
        if obj is not None and self.may_merge(request, obj):
            kind = self.merging(obj, obj).kind
            context["may_merge"] = True
            context["merges"] = Merge.objects.filter(kind=kind, kept=obj.pk).select_related("made_by")
        return super().render_change_form(request, context, **kwargs)

    def page(self, request, template, obj, title, **context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "title": title,
            "change_address": self.desk_address("change", obj.pk),
            **context,
        }
        return TemplateResponse(request, f"admin/people/{template}.html", context)

    def merge_view(self, request, object_id):
        """Choose another, look at what would move, and merge it: each a step, with or without JavaScript."""
        kept = self.to_be_merged(request, object_id)
        other = as_key(request.POST.get("with", request.GET.get("with", "")))
        if other and other != kept.pk:
            merging = self.merging(kept, self.to_be_merged(request, other))
            return self.merge(request, merging) if request.method == "POST" else self.preview(request, merging)
        return self.choose(request, kept)

    def choose(self, request, kept):
        asked = request.GET.get("q", "").replace("\0", "").strip()
        others = self.get_queryset(request).exclude(pk=kept.pk)
        if asked:
            found, _ = self.get_search_results(request, others, asked)
            found = found.distinct()
        else:
            found = others.filter(alike(kept.name))
        found = list(found.order_by("name", "pk")[: MOST_FOUND + 1])
        return self.page(
            request,
            "merge_choose",
            kept,
            f"Merge another {self.opts.verbose_name} into {kept}",
            asked=asked,
            found=found[:MOST_FOUND],
            has_more=len(found) > MOST_FOUND,
        )

    def preview(self, request, merging, problems=None):
        kept, gone = merging.kept, merging.gone
        return self.page(
            request,
            "merge_preview",
            kept,
            f"Merge {gone} into {kept}",
            kept=kept,
            gone=gone,
            address=self.public_address(gone),
            new_address=self.public_address(kept),
            problems=problems or merging.problems,
            moves=merging.moves,
            both_have=[move for move in merging.moves if move.is_twofold],
            names=sorted(getattr(gone, "names", set)() - {kept.name}),
            filled=self.in_words(merging),
            other_way=f"{self.desk_address('merge', gone.pk)}?with={kept.pk}",
        )

    def in_words(self, merging):
        """Return [(a field, its value)] of what the one that is kept takes over."""
        fields = {name: merging.gone._meta.get_field(name) for name in merging.filled}
        return [(capfirst(one.verbose_name), said(merging.gone, one)) for one in fields.values()]

    def public_address(self, obj):
        return obj.get_absolute_url()

    def merge(self, request, merging):
        try:
            merge = merging.do(request.user)
        except Refused as error:
            return self.preview(request, merging, error.sentences)
        kept, gone = merging.kept, merging.gone
        what = ", ".join(merging.in_words()) or "nothing pointed at it"
        self.log_change(request, kept, f"Merged “{gone}” (number {gone.pk}) into it: {what}.")
        self.log_change(request, gone, f"Merged into “{kept}” (number {kept.pk}).")
        self.message_user(request, f"{gone} was merged into {kept}.", messages.SUCCESS)
        self.after_merge(request, merging, merge)
        return HttpResponseRedirect(self.desk_address("change", kept.pk))

    def merged_view(self, request, object_id, merge_id):
        """Show what a merge moved, by every number, and undo it."""
        kept = self.to_be_merged(request, object_id)
        merge = get_object_or_404(Merge, pk=merge_id, kept=kept.pk, kind=self.merging(kept, kept).kind)
        problems = what_forbids_undoing(merge)
        if request.method == "POST":
            try:
                kept, again = undo(merge)
            except Refused as error:
                problems = error.sentences
            else:
                self.log_change(request, kept, f"The merge of “{again}” (number {again.pk}) was undone.")
                self.log_change(request, again, f"The merge into “{kept}” (number {kept.pk}) was undone.")
                self.message_user(request, f"{again} is on its own again.", messages.SUCCESS)
                self.after_undoing(request, kept, again)
                return HttpResponseRedirect(self.desk_address("change", again.pk))
        return self.page(
            request,
            "merged",
            kept,
            f"What was merged into {kept}",
            merge=merge,
            problems=problems,
            moved=list(moved_in_words(merge.moved)),
        )

    def after_merge(self, request, merging, merge):
        """Let the texts follow."""

    def after_undoing(self, request, kept, again):
        """Let the texts follow."""


def alike(name):
    """Return the condition that a name shares a word with another."""
    condition = Q(pk__in=[])
    for word in name.split():
        if len(word) >= SHORTEST:
            condition |= Q(name__icontains=word)
    return condition


def said(obj, one):
    value = one.value_from_object(obj)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return getattr(obj, one.name)


def moved_in_words(log):
    """Yield (what, how many, their numbers) for each sort of rows that a merge moved or dropped."""
    for label, fields in log.get("rows", {}).items():
        for name, keys in fields.items():
            model = apps.get_model(label)
            yield str(Pointer(model, model._meta.get_field(name))), len(keys), numbers(keys)
    for label in dict.fromkeys(row["model"] for row in log.get("dropped", ())):
        keys = [row["pk"] for row in log["dropped"] if row["model"] == label]
        what = apps.get_model(label)._meta.verbose_name_plural
        yield f"{capfirst(what)} that were there already, and were dropped", len(keys), numbers(keys)


def numbers(keys):
    return ", ".join(str(key) for key in keys)
