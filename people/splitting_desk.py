"""The page of the desk on which one entry becomes two."""

from django.contrib import messages
from django.forms import modelform_factory
from django.http import HttpResponseRedirect
from django.urls import path

from people.desk import DeskForm
from people.merging import Refused
from people.splitting import BOTH, GOES, STAYS, Splitting

CHOICES = {STAYS: "stays", GOES: "goes to the new one", BOTH: "both are called so"}


class SplittingDesk:
    """A page to split a row in two: for who may merge as well, as that is the way back."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.split_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_split"
        return [path("<int:object_id>/split/", view, name=name), *super().get_urls()]

    def render_change_form(self, request, context, **kwargs):
        context["may_split"] = kwargs.get("obj") is not None and self.may_merge(request, kwargs["obj"])
        return super().render_change_form(request, context, **kwargs)

    def split_view(self, request, object_id):
        """Choose what goes, look at it in figures, and split: each a step, with or without JavaScript."""
        entry = self.to_be_merged(request, object_id)
        splitting = Splitting(entry)
        new = self.model(**({"category": entry.category} if hasattr(entry, "category") else {}))
        form_of_it = modelform_factory(self.model, form=DeskForm, fields=["name", "slug"])
        form = form_of_it(request.POST or None, instance=new)
        if request.method != "POST" or "_again" in request.POST or not form.is_valid():
            return self.show_split(request, splitting, form)
        try:
            splitting.refuse_known(form.instance.name)
            return self.show_or_split(request, splitting, form)
        except Refused as error:
            form.add_error("name", error.sentences)
            return self.show_split(request, splitting, form)

    def show_or_split(self, request, splitting, form):
        chosen = {group.name: group.chosen(request.POST) for group in splitting.groups}
        aliases = {alias: request.POST.get(f"alias-{alias.pk}", STAYS) for alias in splitting.entry.aliases.all()}
        if "_split" not in request.POST:
            return self.preview_split(request, splitting, form, chosen, aliases)
        return self.split(request, splitting, form.instance, chosen, aliases)

    def show_split(self, request, splitting, form):
        entry = splitting.entry
        return self.page(
            request,
            "split",
            entry,
            f"Split {entry} into two",
            form=form,
            aliases=[(alias, request.POST.get(f"alias-{alias.pk}", STAYS)) for alias in entry.aliases.all()],
            choices=CHOICES.items(),
            groups=[(group, set(request.POST.getlist(group.name))) for group in splitting.groups],
        )

    def preview_split(self, request, splitting, form, chosen, aliases):
        going = [(group, keys) for group in splitting.groups if (keys := chosen[group.name])]
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        return self.page(
            request,
            "split_preview",
            splitting.entry,
            f"Split {splitting.entry} into two",
            new=form.instance,
            going=[(group.say(keys), group.in_words(group.rows().filter(pk__in=keys))) for group, keys in going],
            shared=[alias for alias, goes in aliases.items() if goes == BOTH],
            gone=[alias for alias, goes in aliases.items() if goes == GOES],
            sent=[(name, value) for name, value in sent if not name.startswith(("_", "csrf"))],
        )

    def split(self, request, splitting, new, chosen, aliases):
        entry = splitting.entry
        went = splitting.do(new, chosen, {alias.pk: goes for alias, goes in aliases.items()})
        what = "; ".join(f"{group.say(keys)} ({', '.join(map(str, keys))})" for group, keys in went.items())
        self.log_change(request, entry, f"Split off it: “{new}” (number {new.pk}). With it went {what or 'nothing'}.")
        self.log_addition(request, new, f"Split off “{entry}” (number {entry.pk}).")
        what = ", ".join(group.say(keys) for group, keys in went.items())
        self.message_user(
            request,
            f"{new} is on its own now{f', with {what}' if what else ''}. Merging it into {entry} is the way back.",
            messages.SUCCESS,
        )
        self.after_split(request, entry, new)
        return HttpResponseRedirect(self.desk_address("change", new.pk))

    def after_split(self, request, entry, new):
        """Let the texts follow."""
