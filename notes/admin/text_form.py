"""The form of a note or meeting: when it is published, and whether it is withdrawn."""

from datetime import time

from django import forms
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils import timezone

from notes.models import Text
from notes.weeks import refuse_another_age
from notes.writing import known_tags
from people.desk import DeskForm

NINE = time(9)


class MomentField(forms.SplitDateTimeField):
    """A day and a time; a day alone is taken to begin at nine."""

    def compress(self, data_list):
        if data_list and data_list[0] and not data_list[1]:
            data_list = [data_list[0], NINE]
        return super().compress(data_list)


class TextForm(DeskForm):
    published_at = MomentField(
        label="Published",
        required=False,
        validators=[refuse_another_age],
        widget=AdminSplitDateTime,
        help_text=Text._meta.get_field("published_at").help_text,
    )
    is_withdrawn = forms.BooleanField(
        label="Withdrawn",
        required=False,
        help_text="It is gone from every page at once, and its address says so. Take the tick away to put it back.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for widget, words in zip(self.fields["published_at"].widget.widgets, ("date", "time"), strict=True):
            widget.attrs["aria-label"] = f"Published, {words}"
        self.fields["is_withdrawn"].initial = self.instance.withdrawn_at is not None

    def clean_tags(self):
        """Take the former name of a tag for the tag it went into."""
        known = known_tags(set(self.cleaned_data["tags"]))
        return [known[name].name if name in known else name for name in self.cleaned_data["tags"]]

    def clean(self):
        cleaned = super().clean()
        if "is_withdrawn" in self.changed_data:
            self.instance.withdrawn_at = timezone.now() if cleaned["is_withdrawn"] else None
        if "_publish" in self.data and self.instance.state in ("draft", "scheduled"):
            cleaned["published_at"] = timezone.now()
        moment = cleaned.get("published_at", self.instance.published_at)
        if self.instance.withdrawn_at and (moment is None or moment > timezone.now()):
            self.add_error("is_withdrawn", "Only what is published can be withdrawn; no reader sees this anyway.")
        if not self.instance.withdrawn_at:
            cleaned["withdrawn_because"] = ""
        return cleaned


class ReasonForm(ActionForm):
    because = forms.CharField(label="Why, when you withdraw:", required=False, max_length=255)
