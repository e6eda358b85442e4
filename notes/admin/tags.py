"""The desk of tags: spelling, and which of them mean the same."""

from django.contrib import admin
from django.urls import reverse
from taggit.models import Tag

from notes.admin.own import is_editor
from notes.models import FormerTag, Passage
from notes.renaming import let_follow
from notes.tags import TagMerging, tags_shown_to
from people.desk import DeskAdmin, RecordInline
from people.merging_desk import MergingDesk


class FormerTagInline(RecordInline):
    """The tags that went into it: of each that is forgotten, the address and the hashtag are its own again."""

    model = FormerTag
    fields = ["slug"]
    verbose_name = "former address"
    verbose_name_plural = "former addresses, which redirect, and hashtags that give this tag"


admin.site.unregister(Tag)  # taggit's own lists generic rows, which this site has none of


@admin.register(Tag)
class TagAdmin(MergingDesk, DeskAdmin):
    merging = TagMerging
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    fields = ["name", "slug"]
    readonly_fields = ["slug"]  # the address, which texts link to
    inlines = [FormerTagInline]

    def get_queryset(self, request):
        return super().get_queryset(request) if is_editor(request.user) else tags_shown_to(request.user)

    def get_form(self, request, obj=None, change=False, **kwargs):
        words = "As it is shown. Another spelling of the same word is the same tag."
        return super().get_form(request, obj, change, help_texts={"name": words}, **kwargs)

    def public_address(self, obj):
        return reverse("tags:detail", args=[obj.slug])

    def after_merge(self, request, merging, merge):
        self.let_texts_follow(request, merging.kept)

    def after_undoing(self, request, kept, again):
        self.let_texts_follow(request, kept, again)

    def let_texts_follow(self, request, *tags):
        """Link the texts anew whose hashtags give these tags."""
        passages = Passage.objects.filter(tags__in=tags).order_by("-on", "text").values_list("text", flat=True)
        if sentence := let_follow(list(dict.fromkeys(passages)), f"the tag “{tags[-1]}”"):
            self.message_user(request, sentence)
